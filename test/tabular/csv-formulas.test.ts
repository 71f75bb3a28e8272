import { describe, expect, it } from 'vitest';
import type { ColumnType } from '../../src/analytics/column-types.ts';
import { createColumn, type Cell } from '../../src/tabular/column-table.ts';
import { DEFAULT_CSV_OPTIONS, toCsv } from '../../src/tabular/csv.ts';

function cell(value: Cell, given: { formulas?: 'ESCAPE' | 'RAW'; type?: ColumnType } = {}): string {
  const { formulas = 'ESCAPE', type = 'TEXT' } = given;
  const columns = [createColumn({ name: 'c', type, values: [value] })];
  return toCsv({ columns, rowCount: 1 }, { ...DEFAULT_CSV_OPTIONS, formulas, header: false }).slice(0, -2);
}

describe('formula cells', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1+1', "'＝1+1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠SUM(A1)', "'＠SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\tname', "'\tname"],
    ['\rname', '"\'\rname"'],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
  ])('puts an apostrophe before %j', (text, expected) => {
    expect(cell(text)).toBe(expected);
  });

  it.each([
    ['  =1', "'  =1"],
    ['\u00A0=1', "'\u00A0=1"],
    ['\n=1', '"\'\n=1"'],
  ])('looks behind white space in %j', (text, expected) => {
    expect(cell(text)).toBe(expected);
  });

  it.each(['a=1', 'user@example.com', 'summer-sale', '1+1', ' name', "'quoted'", "O'Neil"])(
    'leaves %j alone',
    (text) => {
      expect(cell(text)).toBe(text);
    },
  );

  it('adds to apostrophes that were there', () => {
    expect(cell("'=1")).toBe("''=1");
  });

  it('never touches numbers and days', () => {
    expect(cell(-5, { type: 'NUMBER' })).toBe('-5');
    expect(cell(-1e-7, { type: 'NUMBER' })).toBe('-0.0000001');
    expect(cell('2026-01-01', { type: 'DATE' })).toBe('2026-01-01');
  });

  it('distrusts a day that is none', () => {
    expect(cell('=1', { type: 'DATE' })).toBe("'=1");
  });

  it('escapes the names of columns', () => {
    const columns = [createColumn({ name: '=cmd|x', type: 'TEXT', values: [] })];
    expect(toCsv({ columns, rowCount: 0 }, DEFAULT_CSV_OPTIONS)).toBe("'=cmd|x\r\n");
  });

  it('writes them as they are where asked', () => {
    expect(cell('=1+1', { formulas: 'RAW' })).toBe('=1+1');
    expect(cell("'=1", { formulas: 'RAW' })).toBe("'=1");
  });

  it('leaves the null text as chosen', () => {
    const columns = [createColumn({ name: 'c', type: 'TEXT', values: [null, '-'] })];
    expect(toCsv({ columns, rowCount: 2 }, { ...DEFAULT_CSV_OPTIONS, nullText: '-' })).toBe("c\r\n-\r\n'-\r\n");
  });

  it('quotes an escaped text that reads like null', () => {
    const columns = [createColumn({ name: 'c', type: 'TEXT', values: [null, '-'] })];
    expect(toCsv({ columns, rowCount: 2 }, { ...DEFAULT_CSV_OPTIONS, nullText: "'-" })).toBe('c\r\n\'-\r\n"\'-"\r\n');
  });
});
