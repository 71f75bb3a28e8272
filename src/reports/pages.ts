import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Page, Paging } from '../analytics/page.ts';
import { InvalidQueryError } from '../errors.ts';

/** Most items of one page. */
export const MAX_PAGE = 1000;

/** A list that is read page by page. */
export interface PagedList<T> {
  /** What tells it from every other list: a cursor of another is refused. */
  readonly name: string;
  idOf(this: void, item: T): string;
}

const cursorText = z.tuple([z.int().min(0), z.string(), z.string()]);

/** Throw `BAD_USER_INPUT` where there can be no such page of the list of that name, before it is asked for. */
export function assertPaging({ first, after }: Paging, name: string): void {
  if (first < 1 || first > MAX_PAGE) throw new InvalidQueryError(`first: ${first} is not between 1 and ${MAX_PAGE}`);
  if (after !== null) parseCursor(after, name);
}

/**
 * Given a whole list and what it is, return one page of it. A cursor says where an item stood and which it was: where the list
 * has changed since, reading goes on behind the same item, or at the same place where that is gone.
 */
export function toPage<T>(items: readonly T[], list: PagedList<T>, paging: Paging): Page<T> {
  assertPaging(paging, list.name);
  const { first, after } = paging;
  const start = after === null ? 0 : placeBehind(items, list, after);
  const page = items.slice(start, start + first);
  return {
    items: page,
    cursors: page.map((item, index) => formatCursor(start + index, list.idOf(item), list.name)),
    totalCount: items.length,
    hasPreviousPage: start > 0,
    hasNextPage: start + page.length < items.length,
  };
}

function placeBehind<T>(items: readonly T[], { name, idOf }: PagedList<T>, after: string): number {
  const [index, id] = parseCursor(after, name);
  const at = items[index];
  // Ids of users need not be unique, so the place counts first.
  if (at !== undefined && idOf(at) === id) return index + 1;
  const moved = items.findIndex((item) => idOf(item) === id);
  return moved < 0 ? Math.min(index, items.length) : moved + 1;
}

function formatCursor(index: number, id: string, name: string): string {
  return Buffer.from(JSON.stringify([index, id, fingerprint(name)])).toString('base64url');
}

function parseCursor(text: string, name: string): [index: number, id: string] {
  const parsed = cursorText.safeParse(parseJson(Buffer.from(text, 'base64url').toString()));
  const [index = 0, id = '', list] = parsed.data ?? [];
  if (list !== fingerprint(name)) throw new InvalidQueryError('after: is not a cursor of this list');
  return [index, id];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fingerprint(name: string): string {
  return createHash('sha256').update(name).digest('base64url').slice(0, 8);
}
