import type { Page, Paging } from '../analytics/page.ts';
import { InvalidQueryError } from '../errors.ts';
import { z } from 'zod';

/** Most items of one page. */
export const MAX_PAGE = 1000;

const cursorText = z.tuple([z.int().min(0), z.string()]);

/** Throw `BAD_USER_INPUT` where there can be no such page, before its list is asked for. */
export function assertPaging({ first, after }: Paging): void {
  if (first < 1 || first > MAX_PAGE) throw new InvalidQueryError(`first: ${first} is not between 1 and ${MAX_PAGE}`);
  if (after !== null) parseCursor(after);
}

/**
 * Given a whole list and the id of each item, return one page of it. A cursor says where an item stood and which it was: where the list
 * has changed since, reading goes on behind the same item, or at the same place where that is gone.
 */
export function toPage<T>(items: readonly T[], idOf: (item: T) => string, { first, after }: Paging): Page<T> {
  assertPaging({ first, after });
  const start = after === null ? 0 : placeBehind(items, idOf, after);
  const page = items.slice(start, start + first);
  return {
    items: page,
    cursors: page.map((item, index) => formatCursor(start + index, idOf(item))),
    totalCount: items.length,
    hasPreviousPage: start > 0,
    hasNextPage: start + page.length < items.length,
  };
}

function placeBehind<T>(items: readonly T[], idOf: (item: T) => string, after: string): number {
  const [index, id] = parseCursor(after);
  const at = items[index];
  // Ids of users need not be unique, so the place counts first.
  if (at !== undefined && idOf(at) === id) return index + 1;
  const moved = items.findIndex((item) => idOf(item) === id);
  return moved < 0 ? Math.min(index, items.length) : moved + 1;
}

function formatCursor(index: number, id: string): string {
  return Buffer.from(JSON.stringify([index, id])).toString('base64url');
}

function parseCursor(text: string): [number, string] {
  try {
    return cursorText.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    throw new InvalidQueryError('after: is not a cursor of this list');
  }
}
