import { describe, expect, it } from 'vitest';
import { ResultTooLargeError } from '../../src/errors.ts';
import { toDimensionNames, toUniqueNames } from '../../src/tabular/column-names.ts';
import { assertTableFits, createColumn, MAX_TABLE_ROWS, toRows } from '../../src/tabular/column-table.ts';
import { toSortedJson } from '../../src/tabular/sorted-json.ts';

describe('column table', () => {
  it('turns columns into rows', () => {
    const columns = [
      createColumn({ name: 'a', type: 'TEXT', values: ['x', null] }),
      createColumn({ name: 'b', type: 'NUMBER', values: [1.5, 2] }),
      createColumn({ name: 'c', type: 'BOOLEAN', values: { length: 2, 0: true, 1: false } }),
    ];
    expect(toRows({ columns, rowCount: 2 })).toEqual([
      ['x', 1.5, true],
      [null, 2, false],
    ]);
  });

  it('has null for numbers that are none', () => {
    const columns = [createColumn({ name: 'a', type: 'NUMBER', values: [NaN, Infinity, -0] })];
    expect(toRows({ columns, rowCount: 3 })).toEqual([[null], [null], [-0]]);
  });

  it('has no unit unless it is given', () => {
    expect(createColumn({ name: 'a', type: 'TEXT', values: [] })).toEqual({
      name: 'a',
      type: 'TEXT',
      unit: null,
      currency: null,
      values: [],
    });
  });

  it('takes as many rows as the cap', () => {
    expect(() => assertTableFits(MAX_TABLE_ROWS)).not.toThrow();
  });

  it('refuses one row more', () => {
    expect(() => assertTableFits(100_001)).toThrow(
      new ResultTooLargeError(
        '100001 rows are more than the 100000 rows that one table may have. Ask for a shorter period, a longer interval or fewer groups',
      ),
    );
  });

  it('refuses few rows of very many columns', () => {
    expect(() => assertTableFits(10_000, 201)).toThrow(
      new ResultTooLargeError(
        '10000 rows of 201 columns are more than the 2000000 cells that one table may have. Ask for a shorter period, a longer interval or fewer groups',
      ),
    );
    expect(() => assertTableFits(10_000, 200)).not.toThrow();
  });
});

describe('column names', () => {
  it('numbers the ones that came before', () => {
    expect(toUniqueNames(['a', 'b', 'a', 'a'])).toEqual(['a', 'b', 'a (2)', 'a (3)']);
  });

  it('passes over numbers that are taken', () => {
    expect(toUniqueNames(['a (2)', 'a', 'a', 'a (2)'])).toEqual(['a (2)', 'a', 'a (3)', 'a (2) (2)']);
  });

  it('prefixes dimensions named like fixed columns', () => {
    expect(toDimensionNames(['country', 'value', 'dimension.value'], new Set(['value']))).toEqual([
      'country',
      'dimension.value',
      'dimension.value (2)',
    ]);
  });
});

describe('sorted json', () => {
  it('sorts the keys at every depth', () => {
    expect(toSortedJson({ b: [{ d: 1, c: null }], a: 'x' })).toBe('{"a":"x","b":[{"c":null,"d":1}]}');
  });

  it('keeps keys that objects treat specially', () => {
    expect(toSortedJson(JSON.parse('{"b":1,"__proto__":{"z":1,"a":2}}'))).toBe('{"__proto__":{"a":2,"z":1},"b":1}');
  });
});
