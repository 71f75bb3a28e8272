import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { EventPosition, EventsRequest } from '../analytics/events.ts';
import { InvalidQueryError } from '../errors.ts';

/** Where reading stands, and the window it was begun with: "the last 7 days" must not move between two pages. */
export interface EventsCursor {
  readonly position: EventPosition;
  /** Milliseconds since the epoch: the window's first moment, and the first one behind it. */
  readonly start: number;
  readonly end: number;
}

// The first and the last moment that a date can be.
const epoch = z.int().min(-8.64e15).max(8.64e15);

// Not signed: whoever makes one up gets no more than a question for that period would get.
const cursorText = z
  .tuple([z.literal(1), z.string(), epoch, epoch, z.iso.datetime({ offset: true }), z.string(), z.int().min(1)])
  .refine(([, , start, end]) => start < end);

/** Given a cursor and the question it belongs to, return it as opaque text. */
export function formatCursor({ position, start, end }: EventsCursor, request: EventsRequest): string {
  const parts: z.infer<typeof cursorText> = [
    1,
    fingerprint(request),
    start,
    end,
    position.at,
    position.id,
    position.rank,
  ];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Given a cursor's text, return it; throws `BAD_USER_INPUT` where it is none of ours, or belongs to another question. */
export function parseCursor(text: string, request: EventsRequest): EventsCursor {
  const parsed = cursorText.safeParse(parseJson(Buffer.from(text, 'base64url').toString()));
  if (!parsed.success) throw new InvalidQueryError('after: is not a cursor of this server');
  const [, asked, start, end, at, id, rank] = parsed.data;
  if (asked !== fingerprint(request)) {
    throw new InvalidQueryError('after: belongs to another query. Read on with the query that the cursor came from');
  }
  return { start, end, position: { at, id, rank } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fingerprint({ source, period, timezone, names, filters, options }: EventsRequest): string {
  const asked = JSON.stringify([source, period, timezone ?? null, names, filters, options ?? null]);
  return createHash('sha256').update(asked).digest('base64url').slice(0, 16);
}
