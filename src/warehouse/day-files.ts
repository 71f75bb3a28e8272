import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { RowsLayout } from '../analytics/exports.ts';
import { attemptTwice } from './attempts.ts';
import type { ConversionTools } from './convert-parts.ts';
import type { Database } from './database.ts';
import { isDiskFull, toDiskFullError } from './disk-full.ts';
import { syncPath } from './finished-file.ts';
import { openParts } from './opened-parts.ts';
import { toPartRows } from './part-rows.ts';
import { quoteName, quoteText } from './sql-text.ts';
import { toTypedCell } from './statements.ts';

/** Parts whose rows are to be kept by day. */
export interface DayWriting {
  /** In any order. */
  readonly parts: readonly string[];
  /** One of its columns is `at`, a DATETIME: the day of a row is the day of UTC that it is in. */
  readonly layout: RowsLayout;
  /** The days that rows are expected of, YYYY-MM-DD, in order. Rows of others are written, too. */
  readonly days: readonly string[];
  /** An own folder: what an earlier try has left in it is replaced. */
  readonly folder: string;
}

/** The rows of one day, as Parquet that lies safely on the disk. */
export interface DayFiles {
  /** YYYY-MM-DD; null for rows that do not say when. */
  readonly day: string | null;
  readonly paths: readonly string[];
  readonly rowCount: number;
  readonly byteSize: number;
}

// What is written at once is kept in memory day by day and column by column: more days than these may not fit, however few rows they have.
const DAYS_AT_ONCE = 31;

/** Given parts, write their rows as Parquet, apart by day; days without rows have no files. */
export async function writeDayFiles(
  { database, temporaryFolder }: ConversionTools,
  { parts, layout, days, folder }: DayWriting,
  signal: AbortSignal,
): Promise<readonly DayFiles[]> {
  const target = resolve(folder);
  const opened = await openParts(parts, { dialect: layout.dialect, folder: temporaryFolder }, signal);
  try {
    await attemptTwice(
      database,
      {
        paths: opened.paths,
        layout,
        isTyped: true,
        async write({ isParallel, wideColumns }) {
          const parsed = { rows: toPartRows({ paths: opened.paths, dialect: layout.dialect, isParallel }), layout };
          await rm(target, { recursive: true, force: true });
          await mkdir(target, { recursive: true });
          const rows = toTypedRows(parsed, wideColumns);
          const writing = { rows, days: days.length, folder: target };
          await writeRows({ database, temporaryFolder }, writing, signal);
        },
      },
      signal,
    );
    return await listDayFiles(database, target, signal);
  } catch (error) {
    throw isDiskFull(error) ? toDiskFullError() : error;
  } finally {
    await opened.close();
  }
}

interface RowsWriting {
  /** Where rows stand in SQL, in their own types. */
  readonly rows: string;
  /** How many days they may be of. */
  readonly days: number;
  readonly folder: string;
}

async function writeRows(
  { database, temporaryFolder }: ConversionTools,
  { rows, days, folder }: RowsWriting,
  signal: AbortSignal,
): Promise<void> {
  if (days <= DAYS_AT_ONCE) {
    await database.run(toStatement(rows, folder), signal);
    return;
  }
  // Parts are read once, which takes longest; what is read again and again is made to be skipped.
  const path = join(resolve(temporaryFolder), `${randomUUID()}.parquet`);
  const staged = `read_parquet(${quoteText(path)})`;
  try {
    await mkdir(temporaryFolder, { recursive: true });
    await database.run(`copy (select * from ${rows}) to ${quoteText(path)} (format parquet)`, signal);
    for (const condition of toConditions(await listStarts(database, staged, signal))) {
      await database.run(toStatement(`(select * from ${staged} where ${condition})`, folder), signal);
    }
  } finally {
    await rm(path, { force: true });
  }
}

/** Of the days that rows are of, those that begin what is written at once. */
async function listStarts(database: Database, rows: string, signal: AbortSignal): Promise<string[]> {
  const sql = `select distinct strftime("at", '%Y-%m-%d') as day from ${rows} where "at" is not null order by day`;
  const days = (await database.rows(sql, signal)).map(([day]) => String(day));
  return days.filter((_day, index) => index % DAYS_AT_ONCE === 0);
}

function toConditions(starts: readonly string[]): string[] {
  const toMoment = (day: string): string => `timestamp ${quoteText(day)}`;
  const between = starts.map((start, index) => {
    const next = starts[index + 1];
    return `"at" >= ${toMoment(start)}${next === undefined ? '' : ` and "at" < ${toMoment(next)}`}`;
  });
  return ['"at" is null', ...between];
}

function toTypedRows({ rows, layout }: { rows: string; layout: RowsLayout }, wideColumns: ReadonlySet<number>): string {
  const cells = layout.columns.map((column, index) => {
    const cell = toTypedCell(column, layout, wideColumns.has(index));
    return `${column.name === 'at' ? `(${cell})::timestamp` : cell} as ${quoteName(column.name)}`;
  });
  return `(select ${cells.join(', ')} from ${rows})`;
}

function toStatement(rows: string, folder: string): string {
  const options = 'format parquet, compression zstd, partition_by (day), overwrite_or_ignore true';
  return `copy (select *, strftime("at", '%Y-%m-%d') as day from ${rows}) to ${quoteText(folder)} (${options})`;
}

const DAY_FOLDER = /^day=(\d{4}-\d{2}-\d{2})$/;

async function listDayFiles(database: Database, folder: string, signal: AbortSignal): Promise<DayFiles[]> {
  const days: DayFiles[] = [];
  for (const name of (await readdir(folder)).toSorted()) {
    const paths = (await readdir(join(folder, name))).toSorted().map((file) => join(folder, name, file));
    const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
    await Promise.all(paths.map(syncPath));
    const files = `[${paths.map(quoteText).join(', ')}]`;
    const rowCount = await database.run(`select sum(num_rows) from parquet_file_metadata(${files})`, signal);
    const byteSize = sizes.reduce((sum, size) => sum + size, 0);
    days.push({ day: DAY_FOLDER.exec(name)?.[1] ?? null, paths, rowCount, byteSize });
  }
  return days;
}
