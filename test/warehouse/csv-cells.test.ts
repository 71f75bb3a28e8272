import { readFileSync, rmSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnType } from '../../src/analytics/column-types.ts';
import type { RowsLayout } from '../../src/analytics/exports.ts';
import { createColumn, type Cell } from '../../src/tabular/column-table.ts';
import { DEFAULT_CSV_OPTIONS, toCsv, type CsvOptions } from '../../src/tabular/csv.ts';
import { ConversionError } from '../../src/warehouse/conversion-error.ts';
import { layoutOf, layoutWith, startWarehouse } from './staged-parts.ts';

const { stage, convert, convertToText } = startWarehouse();

/** A cell as a provider may send it, and what it is. */
interface Sent {
  readonly text: string;
  readonly cell: Cell;
}

const same = (...texts: string[]): fc.Arbitrary<Sent> =>
  fc.constantFrom(...texts).map((text) => ({ text, cell: text }));
const number = (...texts: string[]): fc.Arbitrary<Sent> =>
  fc.constantFrom(...texts).map((text) => ({ text, cell: Number(text) }));

// Most cells are plain, so that many rows have nothing to be looked at, and others but one.
const SENT = {
  TEXT: fc.oneof(
    { weight: 3, arbitrary: same('open', 'Привет', '1.5', 'a b', '双十一 拉新', 'é', '😀 #') },
    same('', '""', '"', 'a,b', ';', '\t', '|', '\r', '\n', '\u0001', 'a\u0001', '\uFEFF', 'a\uFEFF', "it's", "'x"),
    same('=1', '-5', "'=1", ' =1', ' x', '\u00A0+', '\u00A0a', '＝', '@', '{"a":1}', '[]', '0', 'NULL', '-'),
  ),
  NUMBER: fc.oneof(
    { weight: 3, arbitrary: number('0', '-1', '12.5', '0.1', '12345.678', '0.3333333333333333') },
    number(
      '12.50',
      '7.',
      '.5',
      '+3',
      '1e3',
      '1e-7',
      '1E+21',
      '-0',
      '-0.0',
      '007',
      '100',
      '0.10',
      '0.1000000000000000055',
    ),
    number('12345678901234567890', '-1.7976931348623157e308', '123456789.12345678', '9007199254740993', '1.0'),
    fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .map((cell) => ({ text: String(cell), cell: Number(String(cell)) })),
  ),
  INTEGER: fc.oneof(
    { weight: 3, arbitrary: number('0', '-1', '12', '100', '9007199254740991') },
    number('007', '+5', '-0', '-007', '00'),
  ),
  BOOLEAN: fc.oneof(
    fc.constantFrom({ text: 'true', cell: true }, { text: 'false', cell: false }),
    fc.constantFrom({ text: '1', cell: true }, { text: 'FALSE', cell: false }, { text: '0', cell: false }),
  ),
  DATE: same('2026-01-31', '2026-04-30', '2024-02-29', '1999-12-31', '0999-01-01', '2026-02-28'),
  DATETIME: same(
    '2026-01-31T23:59:59Z',
    '2024-02-29T00:00:00.123456+05:30',
    '2026-04-30T12:00:00-0800',
    '2026-12-01T01:02:03+14',
  ),
} as const satisfies Partial<Record<ColumnType, fc.Arbitrary<Sent>>>;
type SentType = keyof typeof SENT;

const column = fc.constantFrom(...(Object.keys(SENT) as SentType[])).chain((type) =>
  fc.record({
    type: fc.constant(type),
    sent: fc.array(fc.option(SENT[type] as fc.Arbitrary<Sent>, { freq: 4 }), { minLength: 12, maxLength: 12 }),
  }),
);
const options: fc.Arbitrary<CsvOptions> = fc.record({
  delimiter: fc.constantFrom('COMMA', 'SEMICOLON', 'TAB', 'PIPE'),
  header: fc.constant(false),
  layout: fc.constant('TIDY'),
  lineEnding: fc.constant('LF'),
  byteOrderMark: fc.constant(false),
  nullText: fc.constantFrom('', '', '', 'NULL', '0', '-', '.', 'a,b', 'true', '""', '2026-01-31'),
  formulas: fc.constantFrom('ESCAPE', 'ESCAPE', 'RAW'),
});

describe('cells of CSV', () => {
  it('are what the csv field makes of the same values, however they were sent', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(column, { minLength: 1, maxLength: 20 }), options, async (columns, csv) => {
        const layout = layoutOf(Object.fromEntries(columns.map(({ type }, index) => [`c${index}`, type])), ['\\N']);
        const lines = Array.from({ length: 12 }, (_, row) => {
          const cells = columns
            .map(({ sent }) => sent[row]?.text)
            .map((text) => (text === undefined ? '\\N' : quote(text)));
          return `${cells.join(',')}\n`;
        });
        const part = stage(`${layout.dialect.columns.join(',')}\n${lines.join('')}`);
        const { path } = await convert({ parts: [part], layout, csv });
        const table = columns.map(({ type, sent }, index) => {
          return createColumn({ name: `c${index}`, type, values: sent.map((one) => one?.cell ?? null) });
        });
        expect(readFileSync(path, 'utf8')).toBe(toCsv({ columns: table, rowCount: 12 }, csv));
        rmSync(part);
      }),
      { numRuns: 150 },
    );
  });

  it.each<[ColumnType, string]>([
    ['INTEGER', '""'],
    ['NUMBER', '""'],
    ['DATE', '""'],
    ['BOOLEAN', '""'],
    ['DATETIME', '""'],
    ['DATE', '2026-02-29'],
    ['DATE', '2026-02-30'],
    ['DATE', '2026-04-31'],
    ['DATE', '2026-11-00'],
    ['DATETIME', '2026-01-31T24:00:01Z'],
    ['NUMBER', '1.5.5'],
    ['NUMBER', '--1'],
  ])('of a column of %s are never %s, among neighbours that are right', async (type, cell) => {
    const layout = layoutOf({ a: 'TEXT', b: type, c: 'INTEGER' }, ['\\N']);
    const error = await convert({ parts: [stage(`a,b,c\nx,\\N,1\nx,${cell},1\n`)], layout }).then(
      () => null,
      (failure: unknown) => failure,
    );
    if (!(error instanceof ConversionError)) throw new Error('It did not fail as it should', { cause: error });
    expect(error.place).toEqual({ column: 'b', count: 1, part: 1, line: 3 });
  });

  it('do not hide where they end', async () => {
    // Each row has a delimiter and quotes in its texts where a neighbour could be taken for the rest of it.
    const rows = [
      ['a,b', '', 'c'],
      ['a', ',', ''],
      ['a,""', '', ''],
      ['"a', 'b",c', ''],
      ['', '""', ','],
    ];
    const part = stage(`a,b,c\n${rows.map((cells) => cells.map(quote).join(',')).join('\n')}\n`);
    const csv = { ...DEFAULT_CSV_OPTIONS, header: false } as const;
    const table = ['a', 'b', 'c'].map((name, index) =>
      createColumn({ name, type: 'TEXT', values: rows.map((cells) => cells[index] ?? '') }),
    );
    const layout = layoutOf({ a: 'TEXT', b: 'TEXT', c: 'TEXT' }, ['\\N']);
    expect(await convertToText({ parts: [part], layout, csv })).toBe(toCsv({ columns: table, rowCount: 5 }, csv));
  });

  it.each(['', 'NULL', '[]', '["a"]'])(
    'hold lists in single quotes with every character, where null is %j',
    async (nullText) => {
      // Surrogates stand for nothing alone.
      const characters = Array.from({ length: 0x3100 }, (_, code) => String.fromCharCode(code));
      const lists = [[], ...characters.map((one) => [one]), ['a', 'b'], ['', ''], ["','", ',', '[]'], ['[]'], ['"']];
      const cells = lists.map((items) => `[${items.map((item) => `'${item.replace(/[\\']/g, '\\$&')}'`).join(',')}]`);
      const layout: RowsLayout = layoutWith(['l', 'other'], 'LIST', { kind: 'QUOTED_LIST', column: 'l' });
      const part = stage(`l,other\n${[...cells, '[ ]'].map((cell) => `${quote(cell)},x\n`).join('')},x\n`);
      // DuckDB writes the digits of such escapes in capitals, which is as good.
      const values = [...lists, []].map((items) =>
        JSON.stringify(items).replace(/(?<=\\u00)[0-9a-f]{2}/g, (digits) => digits.toUpperCase()),
      );
      const table = {
        rowCount: values.length + 1,
        columns: [createColumn({ name: 'l', type: 'LIST', values: [...values, null] })],
      };
      const csv = { ...DEFAULT_CSV_OPTIONS, header: false, nullText };
      expect(await convertToText({ parts: [part], layout, csv })).toBe(toCsv(table, csv));
    },
  );

  it.each(['10000-01-01', '0044-03-15 (BC)', 'infinity', '2026-1-31', '2026/01/31'])(
    'are no day where they are no day of CSV either, in Parquet: %s',
    async (cell) => {
      const parts = [stage(`d\n2026-01-31\n${cell}\n`)];
      for (const format of ['CSV', 'PARQUET'] as const) {
        const failure = convert({ parts, layout: layoutOf({ d: 'DATE' }), format });
        await expect(failure).rejects.toMatchObject({ failure: 'CELL', place: { column: 'd', count: 1, line: 3 } });
      }
    },
  );

  it('of numbers take no character that is none, wherever it stands', async () => {
    const characters = Array.from({ length: 0x3100 }, (_, code) => String.fromCharCode(code));
    const cells = characters.filter((one) => !/[0-9.eE]/.test(one)).flatMap((one) => [`1${one}`, `1${one}2`]);
    const layout = layoutOf({ n: 'NUMBER' });
    const part = stage(`n\n${cells.map((cell) => `${quote(cell)}\n`).join('')}`);
    for (const format of ['CSV', 'PARQUET'] as const) {
      const error: unknown = await convert({ parts: [part], layout, format }).catch((failure: unknown) => failure);
      expect(error).toMatchObject({ place: { column: 'n', count: cells.length, part: 1, line: 2 } });
    }
  });
});

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
