import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RowsLayout } from '../../src/analytics/exports.ts';

/** Parts that lie on the disk as an export has fetched them, and how they are read. */
export interface StagedParts {
  readonly parts: readonly string[];
  readonly isGzip: boolean;
  readonly layout: RowsLayout;
}

/** Say in a folder what is to be converted there, for the processes that do it. */
export async function keepStagedParts(folder: string, staged: StagedParts): Promise<void> {
  await writeFile(join(folder, 'staged.json'), JSON.stringify(staged));
}

/** Given a folder, return what is to be converted there. */
export async function readStagedParts(folder: string): Promise<StagedParts> {
  return JSON.parse(await readFile(join(folder, 'staged.json'), 'utf8')) as StagedParts;
}
