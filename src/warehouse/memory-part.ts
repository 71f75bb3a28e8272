import { writeFile } from 'node:fs/promises';
import type { ColumnType } from '../analytics/column-types.ts';
import type { RowsLayout } from '../analytics/exports.ts';
import { createColumn, type ColumnTable, type TableColumn } from '../tabular/column-table.ts';
import { DEFAULT_CSV_OPTIONS, toCsv } from '../tabular/csv.ts';

const NULL_TEXT = '\\N';

/** Given a table and a path, write the table there as a part, and return how to read it. */
export async function writeMemoryPart(table: ColumnTable, path: string): Promise<RowsLayout> {
  // A column of its own in front, so that no line is empty, whatever the table holds: empty lines are no rows to the reader.
  const rows = createColumn({
    name: 'row',
    type: 'INTEGER',
    values: Array.from({ length: table.rowCount }, (_, row) => row),
  });
  const columns = [rows, ...table.columns.map((column, index) => ({ ...column, name: `column ${index}` }))];
  const names = columns.map(({ name }) => name);
  const csv = toCsv(
    { columns, rowCount: table.rowCount },
    { ...DEFAULT_CSV_OPTIONS, lineEnding: 'LF', nullText: NULL_TEXT, formulas: 'RAW' },
  );
  await writeFile(path, csv);
  return {
    dialect: { delimiter: ',', header: names, columns: names, nullTexts: [NULL_TEXT] },
    columns: table.columns.map((column, index) => ({
      name: column.name,
      type: toType(column, table.rowCount),
      source: { kind: 'AS_IS', column: `column ${index}` },
    })),
  };
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
