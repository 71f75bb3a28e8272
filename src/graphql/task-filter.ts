import { Temporal } from 'temporal-polyfill';
import { InvalidQueryError } from '../errors.ts';
import type { ExportTaskFilter } from './__generated__/resolvers.ts';

/** Given a filter as asked for, return it with its moments in milliseconds since the epoch; throws `BAD_USER_INPUT` for a moment that is none. */
export function toTaskFilter({ states, sources, createdFrom, createdBefore }: ExportTaskFilter) {
  return {
    ...(states && { states }),
    // No data source has such a key, and Postgres keeps no text with a null byte that it could be compared with.
    ...(sources && { sources: sources.filter((key) => !key.includes('\0')) }),
    ...(typeof createdFrom === 'string' && { createdFrom: parseMoment(createdFrom, 'filter.createdFrom') }),
    ...(typeof createdBefore === 'string' && { createdBefore: parseMoment(createdBefore, 'filter.createdBefore') }),
  };
}

function parseMoment(text: string, path: string): number {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch (cause) {
    const message = `${path}: "${text}" is not an instant. Write it as 2026-01-31T13:00:00Z or with an offset`;
    throw new InvalidQueryError(message, { cause });
  }
}
