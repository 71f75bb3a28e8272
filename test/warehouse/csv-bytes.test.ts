import { readFileSync, rmSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createColumn, type ColumnTable, type TableColumn } from '../../src/tabular/column-table.ts';
import { toCsv, type CsvOptions } from '../../src/tabular/csv.ts';
import { startWarehouse } from './staged-parts.ts';

const { warehouse, folder, convert } = startWarehouse();

// Pieces that are special to some reader, to the parts' own format, or to the search for suspect rows.
const PIECES = [
  ...',;\t|"\'\r\n=+-@＝＠ \0\u0001\u000B\u00A0\u2028\u3000\uFEFF',
  ...['a', 'é', '0', 'NULL', '\\', '\\N', '#', '--', '{', 'NaN', '😀'],
];
const text = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 5 }).map((pieces) => pieces.join('')),
  // Lone surrogates are no text that a file could hold.
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const number = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(
    0,
    -0,
    1e-7,
    1e21,
    123456789012345680000,
    2 ** 53,
    -(2 ** 53),
    9007199254740994,
    5e-324,
    1e-5,
    0.0001,
  ),
  fc.constantFrom(1.7976931348623157e308, NaN, Infinity, -Infinity),
);
const integer = fc.oneof(fc.maxSafeInteger(), fc.constantFrom(-0, 1e20, 1e22, -1e300));
const VALUES = {
  // Texts, and now and then what is none.
  TEXT: fc.oneof({ weight: 6, arbitrary: text }, number, fc.boolean()),
  NUMBER: number,
  DURATION: number,
  INTEGER: integer,
  BOOLEAN: fc.boolean(),
  DATE: fc
    .date({ min: new Date(0), noInvalidDate: true, max: new Date('2100-01-01') })
    .map((at) => at.toISOString().slice(0, 10)),
  DATETIME: fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-31T23:59:59.123+05:30', '2024-02-29T12:00:00-0800'),
  LIST: fc.array(text, { maxLength: 3 }).map((items) => JSON.stringify(items)),
  JSON: fc.json(),
} as const;

function columnOf(rowCount: number): fc.Arbitrary<TableColumn> {
  const types = Object.keys(VALUES) as (keyof typeof VALUES)[];
  return fc.tuple(text, fc.constantFrom(...types)).chain(([name, type]) => {
    const cell: fc.Arbitrary<string | number | boolean | null> = fc.option<string | number | boolean>(VALUES[type], {
      freq: 4,
    });
    return fc
      .array(cell, { minLength: rowCount, maxLength: rowCount })
      .map((values) => createColumn({ name, type, values }));
  });
}

const table: fc.Arbitrary<ColumnTable> = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 12 }))
  .chain(([columnCount, rowCount]) =>
    fc.record({
      rowCount: fc.constant(rowCount),
      columns: fc.array(columnOf(rowCount), { minLength: columnCount, maxLength: columnCount }),
    }),
  );
const options: fc.Arbitrary<CsvOptions> = fc.record({
  delimiter: fc.constantFrom('COMMA', 'SEMICOLON', 'TAB', 'PIPE'),
  header: fc.boolean(),
  layout: fc.constant('TIDY'),
  lineEnding: fc.constantFrom('CRLF', 'LF'),
  byteOrderMark: fc.boolean(),
  nullText: fc.constantFrom('', 'NULL', '-', '0', 'true', '\\N', 'a,b', '"', "'-"),
  formulas: fc.constantFrom('ESCAPE', 'RAW'),
});

describe('CSV files', () => {
  it('are, byte for byte, what the csv field is', async () => {
    await fc.assert(
      fc.asyncProperty(table, options, fc.boolean(), async (written, csv, isTsv) => {
        const { path, layout } = await warehouse.toPart(written, folder);
        const file = await convert({ parts: [path], layout, csv, format: isTsv ? 'TSV' : 'CSV' });
        rmSync(path);
        const expected = toCsv(written, isTsv ? { ...csv, delimiter: 'TAB' } : csv);
        expect(readFileSync(file.path)).toEqual(Buffer.from(expected));
        expect(file.rowCount).toBe(written.rowCount);
      }),
      { numRuns: 150 },
    );
  });

  it('have what is no text in a column of texts as the csv field has it', async () => {
    const values = [-5, '-5', 5, -0, true, Number.NaN, -1e-7, null, '', 'true'];
    const written = { rowCount: values.length, columns: [createColumn({ name: 't', type: 'TEXT', values })] };
    const { path, layout } = await warehouse.toPart(written, folder);
    for (const nullText of ['', 'true', '5']) {
      const csv = { ...OPTIONS, nullText, header: false };
      const file = await convert({ parts: [path], layout, csv });
      expect(readFileSync(file.path, 'utf8')).toBe(toCsv(written, csv));
    }
    const csv = { ...OPTIONS, header: false };
    expect(toCsv(written, csv)).toBe(`'-5\n'-5\n5\n'-0\ntrue\nnull\n'-0.0000001\nnull\n\ntrue\n`);
  });

  it('have the numbers of the csv field', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(number, { minLength: 500, maxLength: 500 }), async (values) => {
        const written = { rowCount: values.length, columns: [createColumn({ name: 'n', type: 'NUMBER', values })] };
        const { path, layout } = await warehouse.toPart(written, folder);
        const csv = { ...OPTIONS, header: false };
        const file = await convert({ parts: [path], layout, csv });
        rmSync(path);
        expect(readFileSync(file.path, 'utf8')).toBe(toCsv(written, csv));
      }),
      { numRuns: 30 },
    );
  });
});

const OPTIONS: CsvOptions = {
  delimiter: 'COMMA',
  header: true,
  layout: 'TIDY',
  lineEnding: 'LF',
  byteOrderMark: false,
  nullText: 'null',
  formulas: 'ESCAPE',
};
