import type { RowsLayout } from '../analytics/exports.ts';
import { toCellText } from './column-sql.ts';
import { ConversionError } from './conversion-error.ts';
import type { Database } from './database.ts';
import { isDiskFull, toDiskFullError } from './disk-full.ts';
import { findLine } from './line-numbers.ts';
import { toPartRows } from './part-rows.ts';
import { toTypedCell } from './statements.ts';

/** What failed, to be found out about. */
export interface FailedRows {
  /** Opened parts, in their order. */
  readonly paths: readonly string[];
  readonly layout: RowsLayout;
  /** Whether the format has types of its own, which can hold less than the texts can. */
  readonly isTyped: boolean;
}

/** What was found where nothing is wrong with the parts. */
export interface Findings {
  /** Indexes of the columns of whole numbers that do not all fit into 64 bits. */
  readonly wideColumns: ReadonlySet<number>;
}

/** The wrong cells of one column. */
interface WrongCells {
  count: number;
  first: { part: number; row: number };
}

/**
 * Given rows that could not be converted, find out why, part by part and with one thread, which reads every file right, and throw it. Conversions carry
 * no checks of their own beside this: rows that are right, which nearly all are, pay nothing for it.
 */
export async function diagnose(database: Database, rows: FailedRows, signal: AbortSignal): Promise<Findings> {
  const wrong = new Map<number, WrongCells>();
  const wideColumns = new Set<number>();
  for (const [part, path] of rows.paths.entries()) {
    const counts = await countWrong(database, { ...rows, path, part }, signal);
    counts.forEach(({ count, firstRow, wideCount }, column) => {
      if (wideCount > 0) wideColumns.add(column);
      if (count === 0) return;
      const known = wrong.get(column) ?? { count: 0, first: { part, row: firstRow } };
      wrong.set(column, { ...known, count: known.count + count });
    });
  }
  const [worst] = [...wrong].sort(([, a], [, b]) => a.first.part - b.first.part || a.first.row - b.first.row);
  if (!worst) return { wideColumns };
  const [index, { count, first }] = worst;
  const { name, type } = rows.layout.columns[index] ?? { name: '', type: 'TEXT' };
  throw new ConversionError('CELL', `${count === 1 ? 'A cell is' : `${count} cells are`} no ${type}`, {
    column: name,
    count,
    part: first.part + 1,
    line: await findLine(rows.paths[first.part] ?? '', {
      row: first.row,
      hasHeader: rows.layout.dialect.header !== null,
    }),
  });
}

interface ColumnCounts {
  readonly count: number;
  readonly firstRow: number;
  readonly wideCount: number;
}

async function countWrong(
  database: Database,
  { layout, isTyped, path, part }: FailedRows & { path: string; part: number },
  signal: AbortSignal,
): Promise<ColumnCounts[]> {
  const rows = toPartRows({ paths: [path], dialect: layout.dialect, isParallel: false });
  const checks = layout.columns.map((column, index) => {
    const text = toCellText(column, layout);
    const cell = isTyped ? toTypedCell(column, layout, true) : text;
    const isWide = isTyped && column.type === 'INTEGER';
    return [
      `${failsIn(cell)} as b${index}`,
      `${isWide ? `try_cast(try(${text}) as bigint) is null and try(${text}) is not null` : 'false'} as w${index}`,
    ].join(', ');
  });
  const counts = layout.columns.map(
    (_column, index) => `count(*) filter (b${index}), min(row) filter (b${index}), count(*) filter (w${index})`,
  );
  const query = `select ${counts.join(', ')} from (select ${checks.join(', ')}, row_number() over () as row from ${rows})`;
  try {
    const [cells = []] = await database.rows(query, signal);
    return layout.columns.map((_column, index) => ({
      count: Number(cells[3 * index]),
      firstRow: Number(cells[3 * index + 1]),
      wideCount: Number(cells[3 * index + 2]),
    }));
  } catch (error) {
    signal.throwIfAborted();
    throw await explain(error, { path, part });
  }
}

/** Whether an expression fails: null, which it may return, is not a failure. */
function failsIn(sql: string): string {
  return `try(case when (${sql}) is null then true else true end) is null`;
}

/** Given what DuckDB says of a file, say it without the values that it repeats. */
async function explain(error: unknown, { path, part }: { path: string; part: number }): Promise<unknown> {
  if (isDiskFull(error)) return toDiskFullError();
  if (!(error instanceof Error)) return error;
  const record = /CSV Error on Line: (\d+)/.exec(error.message)?.[1];
  const line = record === undefined ? undefined : await findLine(path, { record: Number(record) });
  const place = { part: part + 1, ...(line === undefined ? {} : { line }) };
  if (error.message.includes('Invalid unicode')) {
    return new ConversionError('ENCODING', 'A row is not UTF-8', place);
  }
  const columns = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(error.message);
  if (columns) {
    return new ConversionError('ROW', `A row has ${columns[2]} cells instead of ${columns[1]}`, place);
  }
  if (/unterminated quote/i.test(error.message)) {
    return new ConversionError('ROW', 'A row has quotes that do not close', place);
  }
  if (/maximum line size/i.test(error.message)) {
    return new ConversionError('ROW', 'A row is longer than can be read', place);
  }
  if (record !== undefined || error.message.includes('CSV Parser state machine')) {
    return new ConversionError('ROW', 'A row breaks the rules of CSV', place);
  }
  return error;
}
