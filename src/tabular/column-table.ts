import type { Unit } from '../analytics/catalog.ts';
import type { ColumnType } from '../analytics/column-types.ts';
import { ResultTooLargeError } from '../errors.ts';

/** TIDY: a row per thing that was measured. WIDE: a column per series, step or property. */
export const TABLE_LAYOUTS = ['TIDY', 'WIDE'] as const;
/** One of {@link TABLE_LAYOUTS}. */
export type TableLayout = (typeof TABLE_LAYOUTS)[number];

/** One value of a table; null where there is none. */
export type Cell = string | number | boolean | null;

/** A named column; its name is unique in its table. */
export interface TableColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** What the numbers count or measure; null for columns of no or of several units. */
  readonly unit: Unit | null;
  /** ISO 4217 code where every number of the column is money of that currency. */
  readonly currency: string | null;
  /** As long as the table has rows; may be computed as it is read. */
  readonly values: ArrayLike<Cell>;
}

/** A report as columns: what `table`, `csv` and files are all made from. */
export interface ColumnTable {
  readonly columns: readonly TableColumn[];
  readonly rowCount: number;
}

/** Most rows a table may have in one answer. */
export const MAX_TABLE_ROWS = 100_000;

/** Most cells a table may have in one answer, so that a wide one is no larger than a long one. */
export const MAX_TABLE_CELLS = 2_000_000;

/** How large a table may be. */
export interface TableRoom {
  readonly maxRows: number;
  readonly maxCells: number;
}

/** What a table in an answer may take. */
export const ANSWER_ROOM: TableRoom = { maxRows: MAX_TABLE_ROWS, maxCells: MAX_TABLE_CELLS };

/** What a table may take that becomes a file: it is held in memory on its way there. */
export const FILE_ROOM: TableRoom = { maxRows: 5_000_000, maxCells: 50_000_000 };

/** Given a column without its optional parts, return it with them. */
export function createColumn({
  unit = null,
  currency = null,
  ...column
}: Pick<TableColumn, 'name' | 'type' | 'values'> & Partial<TableColumn>): TableColumn {
  return { ...column, unit, currency };
}

/** Given a table, return its rows, each as long as there are columns. A number that is none (NaN, infinite) is null. */
export function toRows({ columns, rowCount }: ColumnTable): Cell[][] {
  const rows: Cell[][] = [];
  for (let row = 0; row < rowCount; row++) {
    const cells: Cell[] = [];
    for (const { values } of columns) {
      const cell = values[row] ?? null;
      cells.push(typeof cell === 'number' && !Number.isFinite(cell) ? null : cell);
    }
    rows.push(cells);
  }
  return rows;
}

/** Throw `RESULT_TOO_LARGE` where a table would be larger than its room, by default that of one answer; ask before it is built. */
export function assertTableFits(rowCount: number, columnCount = 1, { maxRows, maxCells } = ANSWER_ROOM): void {
  if (rowCount > maxRows) {
    throw tooLarge(`${rowCount} rows are more than the ${maxRows} rows`);
  }
  if (rowCount * columnCount > maxCells) {
    throw tooLarge(`${rowCount} rows of ${columnCount} columns are more than the ${maxCells} cells`);
  }
}

function tooLarge(comparison: string): Error {
  return new ResultTooLargeError(
    `${comparison} that one table may have. Ask for a shorter period, a longer interval or fewer groups`,
  );
}
