import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Page } from '../../src/analytics/page.ts';
import { InvalidQueryError } from '../../src/errors.ts';
import { MAX_PAGE, toPage } from '../../src/reports/pages.ts';

const LIST = ['a', 'b', 'c', 'd', 'e'];

const pageOf = (items: readonly string[], first: number, after: string | null = null): Page<string> =>
  toPage(items, { name: 'letters', idOf: (item) => item }, { first, after });

/** The cursor of an item of a list. */
function cursorOf(item: string, items: readonly string[] = LIST): string {
  return pageOf(items, MAX_PAGE).cursors[items.indexOf(item)] ?? '';
}

/** A cursor of the list with another beginning. */
function changed(beginning: readonly unknown[]): string {
  const [, , list] = JSON.parse(Buffer.from(cursorOf('a'), 'base64url').toString()) as unknown[];
  return Buffer.from(JSON.stringify([...beginning, list])).toString('base64url');
}

describe('a page', () => {
  it('is the start of the list without a cursor', () => {
    expect(pageOf(LIST, 2)).toMatchObject({
      items: ['a', 'b'],
      totalCount: 5,
      hasPreviousPage: false,
      hasNextPage: true,
    });
  });

  it('goes on behind the cursor', () => {
    expect(pageOf(LIST, 2, cursorOf('b'))).toMatchObject({
      items: ['c', 'd'],
      totalCount: 5,
      hasPreviousPage: true,
      hasNextPage: true,
    });
  });

  it('is the last where nothing follows it', () => {
    expect(pageOf(LIST, 2, cursorOf('c'))).toMatchObject({ items: ['d', 'e'], hasNextPage: false });
    expect(pageOf(LIST, 5)).toMatchObject({ items: LIST, hasPreviousPage: false, hasNextPage: false });
  });

  it('is empty behind the last item, and of an empty list', () => {
    const behind = { items: [], cursors: [], totalCount: 5, hasPreviousPage: true, hasNextPage: false };
    expect(pageOf(LIST, 2, cursorOf('e'))).toEqual(behind);
    const empty = { items: [], cursors: [], totalCount: 0, hasPreviousPage: false, hasNextPage: false };
    expect(pageOf([], 2)).toEqual(empty);
  });

  it('shows everything once, whatever its length', () => {
    const ids = fc.array(fc.string({ unit: 'binary', maxLength: 3 }), { maxLength: 12 });
    fc.assert(
      fc.property(ids, fc.integer({ min: 1, max: 5 }), (items, first) => {
        const read: string[] = [];
        let page = pageOf(items, first);
        read.push(...page.items);
        while (page.hasNextPage) {
          page = pageOf(items, first, page.cursors.at(-1));
          read.push(...page.items);
        }
        expect(read).toEqual(items);
      }),
    );
  });
});

describe('a cursor', () => {
  it('follows its item where the list has changed before it', () => {
    expect(pageOf(['new', ...LIST], 2, cursorOf('b')).items).toEqual(['c', 'd']);
    expect(pageOf(['b', 'c', 'd', 'e'], 2, cursorOf('c')).items).toEqual(['d', 'e']);
  });

  it('keeps its place where its item is gone', () => {
    expect(pageOf(['a', 'c', 'd', 'e'], 2, cursorOf('b')).items).toEqual(['c', 'd']);
  });

  it('leads to the end of a list that has become shorter', () => {
    const page = pageOf(['a'], 2, cursorOf('e'));
    expect(page).toMatchObject({ items: [], totalCount: 1, hasPreviousPage: true, hasNextPage: false });
  });

  it('tells items of one id apart by their places', () => {
    const twice = ['a', 'x', 'b', 'x', 'c'];
    const cursors = pageOf(twice, MAX_PAGE).cursors;
    expect(pageOf(twice, 1, cursors[1]).items).toEqual(['b']);
    expect(pageOf(twice, 1, cursors[3]).items).toEqual(['c']);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'b'],
    ['another list', Buffer.from('{"position":1}').toString('base64url')],
    ['a place before the list', changed([-1, 'a'])],
    ['half a place', changed([0.5, 'a'])],
    ['a place without an id', changed([1])],
    ['an id that is no text', changed([1, 2])],
    [
      'a list of another name',
      toPage(LIST, { name: 'words', idOf: (item) => item }, { first: 1, after: null }).cursors[0],
    ],
  ])('of %s is refused by name', (_kind, after) => {
    expect(() => pageOf(LIST, 2, after)).toThrow(new InvalidQueryError('after: is not a cursor of this list'));
  });
});

describe('the length of a page', () => {
  it.each([1, 1000])('may be %i', (first) => {
    expect(pageOf(LIST, first).items).toHaveLength(Math.min(first, 5));
  });

  it.each([-1, 0, 1001])('may not be %i', (first) => {
    expect(() => pageOf(LIST, first)).toThrow(new InvalidQueryError(`first: ${first} is not between 1 and 1000`));
  });
});
