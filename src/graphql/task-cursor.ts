import { z } from 'zod';
import { InvalidQueryError } from '../errors.ts';
import type { ExportTask } from '../exports/task.ts';

const cursorText = z.tuple([z.int(), z.uuid()]);

/** Given a task, return the cursor that reads on behind it. */
export function formatTaskCursor({ createdAt, id }: Pick<ExportTask, 'createdAt' | 'id'>): string {
  return Buffer.from(JSON.stringify([createdAt, id])).toString('base64url');
}

/** Given a cursor's text, return where it stands; throws `BAD_USER_INPUT` where it is none of ours. */
export function parseTaskCursor(text: string): Pick<ExportTask, 'createdAt' | 'id'> {
  try {
    const [createdAt, id] = cursorText.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    return { createdAt, id };
  } catch {
    throw new InvalidQueryError('after: is not a cursor of this list');
  }
}
