import type { RowsLayout } from '../analytics/exports.ts';
import { createColumn, type Cell, type ColumnTable } from '../tabular/column-table.ts';
import type { Database } from './database.ts';
import { isGzip } from './opened-parts.ts';
import { toPartRows } from './part-rows.ts';
import { toTextRows } from './statements.ts';

/** Given parts, return their first rows as a table. Only the start of the files is read. */
export async function readFirstRows(
  database: Database,
  { parts, layout, first }: { parts: readonly string[]; layout: RowsLayout; first: number },
  signal: AbortSignal,
): Promise<ColumnTable> {
  const rows: unknown[][] = [];
  for (const path of parts) {
    if (rows.length >= first) break;
    const compression = (await isGzip(path)) ? 'gzip' : 'none';
    const source = toPartRows({ paths: [path], dialect: layout.dialect, isParallel: false, compression });
    const texts = toTextRows({ rows: `(select * from ${source} limit ${first - rows.length})`, layout });
    rows.push(...(await database.rows(`select * from ${texts}`, signal)));
  }
  const columns = layout.columns.map(({ name, type }, index) => {
    const toCell = CELLS[type] ?? ((text: string): Cell => text);
    return createColumn({ name, type, values: rows.map((row) => toCellOf(row[index], toCell)) });
  });
  return { columns, rowCount: rows.length };
}

type ToCell = (text: string) => Cell;

const CELLS: Readonly<Partial<Record<RowsLayout['columns'][number]['type'], ToCell>>> = {
  NUMBER: Number,
  DURATION: Number,
  // Digits that a number of JavaScript cannot hold stay a text.
  INTEGER: (text) => (Number.isSafeInteger(Number(text)) ? Number(text) : text),
  BOOLEAN: (text) => text === 'true',
};

function toCellOf(text: unknown, toCell: ToCell): Cell {
  return typeof text === 'string' ? toCell(text) : null;
}
