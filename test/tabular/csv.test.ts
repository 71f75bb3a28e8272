import { describe, expect, it } from 'vitest';
import { createColumn, type ColumnTable } from '../../src/tabular/column-table.ts';
import { DEFAULT_CSV_OPTIONS, toCsv, type CsvOptions } from '../../src/tabular/csv.ts';

const table: ColumnTable = {
  rowCount: 2,
  columns: [
    createColumn({ name: 'date', type: 'DATE', values: ['2026-01-01', '2026-01-02'] }),
    createColumn({ name: 'campaign', type: 'TEXT', values: ['a;b', 'say "hi", you'] }),
    createColumn({ name: 'value', type: 'NUMBER', values: [1.5, null] }),
    createColumn({ name: 'is_new', type: 'BOOLEAN', values: [true, false] }),
  ],
};

function write(options: Partial<CsvOptions> = {}, written: ColumnTable = table): string {
  return toCsv(written, { ...DEFAULT_CSV_OPTIONS, ...options });
}

function texts(...values: (string | null)[]): ColumnTable {
  return {
    rowCount: values.length,
    columns: [
      createColumn({ name: 'n', type: 'INTEGER', values: values.map((_value, index) => index) }),
      createColumn({ name: 't', type: 'TEXT', values }),
    ],
  };
}

describe('csv', () => {
  it('writes commas, a header and CRLF', () => {
    expect(write()).toBe(
      'date,campaign,value,is_new\r\n2026-01-01,a;b,1.5,true\r\n2026-01-02,"say ""hi"", you",,false\r\n',
    );
  });

  it.each([
    ['SEMICOLON', '2026-01-01;"a;b";1.5;true\r\n2026-01-02;"say ""hi"", you";;false\r\n'],
    ['TAB', '2026-01-01\ta;b\t1.5\ttrue\r\n2026-01-02\t"say ""hi"", you"\t\tfalse\r\n'],
    ['PIPE', '2026-01-01|a;b|1.5|true\r\n2026-01-02|"say ""hi"", you"||false\r\n'],
  ] as const)('separates cells by %s without a header', (delimiter, expected) => {
    expect(write({ delimiter, header: false })).toBe(expected);
  });

  it('quotes a cell that holds the delimiter', () => {
    expect(write({ delimiter: 'PIPE', header: false }, texts('a|b', 'a,b'))).toBe('0|"a|b"\r\n1|a,b\r\n');
    expect(write({ delimiter: 'TAB', header: false }, texts('a\tb'))).toBe('0\t"a\tb"\r\n');
  });

  it('ends lines with a line feed alone', () => {
    expect(write({ lineEnding: 'LF', header: false }, texts('x', 'two\nlines', 'one\rmore'))).toBe(
      '0,x\n1,"two\nlines"\n2,"one\rmore"\n',
    );
  });

  it('starts with a byte order mark', () => {
    expect(write({ byteOrderMark: true }, texts('ü'))).toBe('\uFEFFn,t\r\n0,ü\r\n');
  });

  it('quotes a byte order mark within text', () => {
    expect(
      toCsv(
        { rowCount: 1, columns: [createColumn({ name: 't', type: 'TEXT', values: ['\uFEFFx'] })] },
        { ...DEFAULT_CSV_OPTIONS, header: false },
      ),
    ).toBe('"\uFEFFx"\r\n');
  });

  it('tells the empty text from null', () => {
    expect(write({}, texts('', null))).toBe('n,t\r\n0,""\r\n1,\r\n');
  });

  it('quotes a text that reads like null', () => {
    expect(write({ nullText: 'NULL' }, texts('NULL', null, '', 'null'))).toBe(
      'n,t\r\n0,"NULL"\r\n1,NULL\r\n2,\r\n3,null\r\n',
    );
  });

  it('quotes numbers and booleans that read like null', () => {
    expect(write({ nullText: '0', header: false }, texts(null, '0'))).toBe('"0",0\r\n1,"0"\r\n');
    expect(write({ nullText: 'false', header: false })).toContain(',false,"false"\r\n');
  });

  it('quotes a null text that holds a delimiter', () => {
    expect(write({ nullText: 'n,a', header: false }, texts(null))).toBe('0,"n,a"\r\n');
    expect(write({ nullText: '"-"', header: false }, texts(null))).toBe('0,"""-"""\r\n');
  });

  it('writes numbers that are none as null', () => {
    const columns = [createColumn({ name: 'v', type: 'NUMBER', values: [NaN, Infinity, -Infinity, 1e21] })];
    expect(write({ nullText: '-' }, { columns, rowCount: 4 })).toBe('v\r\n-\r\n-\r\n-\r\n1000000000000000000000\r\n');
  });

  it('writes a header alone without rows', () => {
    expect(write({}, texts())).toBe('n,t\r\n');
    expect(write({ header: false }, texts())).toBe('');
    expect(write({ byteOrderMark: true }, { columns: [], rowCount: 0 })).toBe('\uFEFF');
  });

  it('reads columns that are computed as read', () => {
    const values = { length: 2, 0: 'first', 1: 'second' };
    const columns = [createColumn({ name: 't', type: 'TEXT', values })];
    expect(write({}, { columns, rowCount: 2 })).toBe('t\r\nfirst\r\nsecond\r\n');
  });

  it('keeps minus zero apart from zero', () => {
    const columns = [createColumn({ name: 'v', type: 'NUMBER', values: [0, -0, 0, 0] })];
    expect(write({}, { columns, rowCount: 4 })).toBe('v\r\n0\r\n-0\r\n0\r\n0\r\n');
  });
});
