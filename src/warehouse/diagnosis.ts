import type { RowsLayout } from '../analytics/exports.ts';
import { toCellCheck, toFit } from './column-sql.ts';
import { ConversionError } from './conversion-error.ts';
import { explainReadFailure } from './read-failure.ts';
import type { Database } from './database.ts';
import { toPartRows } from './part-rows.ts';
import { findLine, findOpenRecord, type CsvFile } from './records.ts';

/** What failed, to be found out about. */
export interface FailedRows {
  /** Opened parts, in their order. */
  readonly paths: readonly string[];
  readonly layout: RowsLayout;
  /** Whether the format has types of its own, which hold less than texts can. */
  readonly isTyped: boolean;
}

/** What was found where nothing is wrong with the parts. */
export interface Findings {
  /** Indexes of the columns of whole numbers that do not all fit into 64 bits. */
  readonly wideColumns: ReadonlySet<number>;
}

/** The wrong cells of one column. */
interface WrongCells {
  readonly count: number;
  readonly part: number;
  /** The first one's row, within the first part that has one. */
  readonly row: number;
}

/**
 * Given rows that could not be converted, find out why and throw it. A conversion does nothing of this beforehand: rows that are right, as nearly all
 * are, do not wait for it. Parts are read one by one and with one thread, which needs not guess where rows begin.
 */
export async function diagnose(database: Database, rows: FailedRows, signal: AbortSignal): Promise<Findings> {
  const { layout } = rows;
  const files = rows.paths.map((path): CsvFile => {
    return { path, delimiter: layout.dialect.delimiter, hasHeader: layout.dialect.header !== null };
  });
  const wrong = new Map<number, WrongCells>();
  const wideColumns = new Set<number>();
  for (const [part, file] of files.entries()) {
    const counts = await countWrong(database, { ...rows, file, part }, signal);
    counts.forEach(({ count, row, wideCount }, column) => {
      if (wideCount > 0) wideColumns.add(column);
      const known = wrong.get(column) ?? { count: 0, part, row };
      if (count > 0) wrong.set(column, { ...known, count: known.count + count });
    });
  }
  const [first] = [...wrong].sort(([, a], [, b]) => a.part - b.part || a.row - b.row);
  if (first) throw await toCellError(first, { layout, files });
  return { wideColumns };
}

async function toCellError(
  [column, { count, part, row }]: [number, WrongCells],
  { layout, files }: { layout: RowsLayout; files: readonly CsvFile[] },
): Promise<ConversionError> {
  const { name = '', type } = layout.columns[column] ?? {};
  const file = files[part];
  return new ConversionError('CELL', `${count === 1 ? '1 cell is' : `${count} cells are`} no ${type}`, {
    column: name,
    count,
    part: part + 1,
    ...(file ? { line: await findLine(file, { row }) } : {}),
  });
}

interface ColumnCounts {
  readonly count: number;
  readonly row: number;
  readonly wideCount: number;
}

async function countWrong(
  database: Database,
  { layout, isTyped, file, part }: FailedRows & { file: CsvFile; part: number },
  signal: AbortSignal,
): Promise<ColumnCounts[]> {
  // With one thread, DuckDB takes a file that ends within quotes for whole.
  const open = await findOpenRecord(file);
  if (open !== null)
    throw new ConversionError('ROW', 'A row has quotes that do not close', { part: part + 1, line: open });
  const rows = toPartRows({ paths: [file.path], dialect: layout.dialect, isParallel: false });
  const checks = layout.columns.map((column, index) => {
    const isRight = toCellCheck(column, layout);
    if (!isTyped || column.type !== 'INTEGER') return `${isRight} as r${index}, false as w${index}`;
    const [fits, fitsNarrow] = ['decimal(38, 0)', 'bigint'].map((type) => toFit(column, layout, type));
    return `(${isRight} and ${fits}) as r${index}, not ${fitsNarrow} as w${index}`;
  });
  const counts = layout.columns.map(
    (_column, index) => `count(*) filter (not r${index}), min(row) filter (not r${index}), count(*) filter (w${index})`,
  );
  // Cells that nothing is made of are not looked at; to count all of them is to read all of them.
  const names = layout.dialect.columns.map((_name, index) => `c${index}`);
  const all = names.map((name) => `count(${name})`);
  const inner = `select ${[...names, ...checks].join(', ')}, row_number() over () as row from ${rows}`;
  const query = `select ${[...counts, ...all].join(', ')} from (${inner})`;
  try {
    const [cells = []] = await database.rows(query, signal);
    return layout.columns.map((_column, index) => {
      const [count, row, wideCount] = cells.slice(3 * index, 3 * index + 3).map(Number);
      return { count: count ?? 0, row: row ?? 0, wideCount: wideCount ?? 0 };
    });
  } catch (error) {
    signal.throwIfAborted();
    throw await explainReadFailure(error, { file, part });
  }
}
