import { open } from 'node:fs/promises';
import type { ColumnType } from '../analytics/column-types.ts';
import type { RowsLayout } from '../analytics/exports.ts';
import { createColumn, type ColumnTable, type TableColumn } from '../tabular/column-table.ts';
import { DEFAULT_CSV_OPTIONS, toCsv } from '../tabular/csv.ts';

const NULL_TEXT = '\\N';

/** Rows that are written at once: all of a large table would be more than one text can hold. */
const PIECE_ROWS = 20_000;

/** Given a table and a path, write the table there as a part, and return how to read it. */
export async function writeMemoryPart(table: ColumnTable, path: string, pieceRows = PIECE_ROWS): Promise<RowsLayout> {
  const names = ['row', ...table.columns.map((_column, index) => `column ${index}`)];
  const file = await open(path, 'w');
  try {
    for (let from = 0; from === 0 || from < table.rowCount; from += pieceRows) {
      // Unlike `write`, this goes on until all of it is written.
      await file.appendFile(toText(table, { from, to: Math.min(from + pieceRows, table.rowCount) }));
    }
  } finally {
    await file.close();
  }
  return {
    dialect: { delimiter: ',', header: names, columns: names, nullTexts: [NULL_TEXT] },
    columns: table.columns.map((column, index) => ({
      name: column.name,
      type: toType(column, table.rowCount),
      source: { kind: 'AS_IS', column: `column ${index}` },
    })),
  };
}

/** Some rows of a table as CSV, with the header before the first of them. */
function toText({ columns }: ColumnTable, { from, to }: { from: number; to: number }): string {
  // A column of its own in front, so that no line is empty, whatever the table holds: empty lines are no rows to the reader.
  const rows = createColumn({
    name: 'row',
    type: 'INTEGER',
    values: Array.from({ length: to - from }, (_, row) => from + row),
  });
  const cut = columns.map((column, index) => ({
    ...column,
    name: `column ${index}`,
    values: Array.from({ length: to - from }, (_, row) => column.values[from + row] ?? null),
  }));
  return toCsv(
    { columns: [rows, ...cut], rowCount: to - from },
    { ...DEFAULT_CSV_OPTIONS, header: from === 0, lineEnding: 'LF', nullText: NULL_TEXT, formulas: 'RAW' },
  );
}

/** The type that all cells of a column have, where its own is too narrow for some. */
function toType({ type, values }: TableColumn, rowCount: number): ColumnType {
  if (type !== 'INTEGER') return type;
  for (let row = 0; row < rowCount; row++) {
    const cell = values[row];
    if (typeof cell === 'number' && Number.isFinite(cell) && !Number.isInteger(cell)) return 'NUMBER';
  }
  return type;
}
