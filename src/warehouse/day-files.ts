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

/** Given parts, write their rows as Parquet, apart by day; days without rows have no files. */
export async function writeDayFiles(
  { database, temporaryFolder }: ConversionTools,
  { parts, layout, folder }: DayWriting,
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
          await rm(target, { recursive: true, force: true });
          await mkdir(target, { recursive: true });
          const rows = toPartRows({ paths: opened.paths, dialect: layout.dialect, isParallel });
          return await database.run(toStatement({ rows, layout, folder: target }, wideColumns), signal);
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

function toStatement(
  { rows, layout, folder }: { rows: string; layout: RowsLayout; folder: string },
  wideColumns: ReadonlySet<number>,
): string {
  const cells = layout.columns.map((column, index) => {
    const cell = toTypedCell(column, layout, wideColumns.has(index));
    return `${column.name === 'at' ? `(${cell})::timestamp` : cell} as ${quoteName(column.name)}`;
  });
  const options = 'format parquet, compression zstd, partition_by (day)';
  return `copy (
    select *, strftime("at", '%Y-%m-%d') as day from (select ${cells.join(', ')} from ${rows})
  ) to ${quoteText(folder)} (${options})`;
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
