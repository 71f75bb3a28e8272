import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { createColumn, type Cell, type ColumnTable } from '../../src/tabular/column-table.ts';
import { toCsv, type CsvOptions } from '../../src/tabular/csv.ts';

const SIGNS = { COMMA: ',', SEMICOLON: ';', TAB: '\t', PIPE: '|' } as const;
const LINE_ENDINGS = { CRLF: '\r\n', LF: '\n' } as const;

// Texts made of what is special to some reader, so that a few hundred of them meet every rule.
const piece = fc.constantFrom(
  ...[
    ',',
    ';',
    '\t',
    '|',
    '"',
    "'",
    '\r',
    '\n',
    '=',
    '+',
    '-',
    '@',
    '＝',
    ' ',
    '\uFEFF',
    'a',
    'é',
    '0',
    'NULL',
    '\\',
    '#',
  ],
);
const text = fc.oneof(
  fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary' }),
);
const cell: fc.Arbitrary<Cell> = fc.oneof(
  { weight: 4, arbitrary: text },
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
// Two columns at least: a line that is one empty cell is an empty line, which both readers have their own opinion of.
const table: fc.Arbitrary<ColumnTable> = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 0, max: 6 }))
  .chain(([columnCount, rowCount]) =>
    fc.record({
      rowCount: fc.constant(rowCount),
      columns: fc.array(
        fc
          .tuple(text, fc.array(cell, { minLength: rowCount, maxLength: rowCount }))
          .map(([name, values]) => createColumn({ name, type: 'TEXT', values })),
        { minLength: columnCount, maxLength: columnCount },
      ),
    }),
  );
const options: fc.Arbitrary<CsvOptions> = fc.record({
  delimiter: fc.constantFrom('COMMA', 'SEMICOLON', 'TAB', 'PIPE'),
  header: fc.boolean(),
  layout: fc.constant('TIDY'),
  lineEnding: fc.constantFrom('CRLF', 'LF'),
  byteOrderMark: fc.boolean(),
  nullText: fc.constantFrom('', 'NULL', '-', '0', 'true', '\\N', 'a,b', '"'),
  formulas: fc.constantFrom('ESCAPE', 'RAW'),
});

/** What a reader should find, worked out without the writer: numbers are compared as numbers. */
function expectedRows({ columns, rowCount }: ColumnTable, { header, nullText }: CsvOptions): unknown[][] {
  const rows = Array.from({ length: rowCount }, (_row, row) => columns.map(({ values }) => values[row] ?? nullText));
  return header ? [columns.map(({ name }) => name), ...rows] : rows;
}

/** Each cell that was read, turned into the type of the cell that was written. */
function readAs(
  expected: readonly (readonly unknown[])[],
  read: readonly string[][],
  { formulas }: CsvOptions,
): unknown[][] {
  return read.map((cells, row) =>
    cells.map((found, column) => {
      const wanted = expected[row]?.[column];
      const text = formulas === 'ESCAPE' ? found.replace(/^'(?='*([\t\r]|\s*[=+\-@＝＋－＠]))/, '') : found;
      // A number below zero is a text in a column of texts, and gets an apostrophe.
      if (typeof wanted === 'number') return Number(text);
      if (typeof wanted === 'boolean') return found === 'true' ? true : found === 'false' ? false : found;
      return text;
    }),
  );
}

describe('csv read back', () => {
  it('is the same to Papa Parse', () => {
    fc.assert(
      fc.property(table, options, (written, style) => {
        const csv = toCsv(written, style);
        const { data, errors } = Papa.parse<string[]>(csv, {
          delimiter: SIGNS[style.delimiter],
          newline: LINE_ENDINGS[style.lineEnding],
        });
        const expected = expectedRows(written, style);
        // Papa Parse takes what follows the last line ending for one more line.
        const lines = data.slice(0, expected.length);
        expect(data.slice(expected.length)).toEqual(expected.length > 0 ? [['']] : []);
        expect(errors).toEqual([]);
        expect(readAs(expected, lines, style)).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('is the same to csv-parse', () => {
    fc.assert(
      fc.property(table, options, (written, style) => {
        const read: string[][] = parse(toCsv(written, style), {
          delimiter: SIGNS[style.delimiter],
          record_delimiter: LINE_ENDINGS[style.lineEnding],
          bom: style.byteOrderMark,
        });
        const expected = expectedRows(written, style);
        expect(readAs(expected, read, style)).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('tells null from every value', () => {
    const plainNull = fc.constantFrom('', 'NULL', '-', '0', 'true', '\\N');
    fc.assert(
      fc.property(table, options, plainNull, (written, style, nullText) => {
        const read: unknown = parse(toCsv(written, { ...style, nullText, header: false }), {
          delimiter: SIGNS[style.delimiter],
          record_delimiter: LINE_ENDINGS[style.lineEnding],
          bom: style.byteOrderMark,
          cast: (found, { quoting }) => found === nullText && !quoting,
        });
        const { columns, rowCount } = written;
        expect(read).toEqual(
          Array.from({ length: rowCount }, (_row, row) => columns.map(({ values }) => values[row] === null)),
        );
      }),
      { numRuns: 1000 },
    );
  });
});
