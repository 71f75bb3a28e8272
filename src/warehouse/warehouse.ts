import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { FileDialect, RowsLayout } from '../analytics/exports.ts';
import type { ColumnTable } from '../tabular/column-table.ts';
import { convertParts, type Conversion, type ConvertedFile } from './convert-parts.ts';
import { createDatabase, type Database } from './database.ts';
import { writeDayFiles, type DayFiles, type DayWriting } from './day-files.ts';
import { diagnose } from './diagnosis.ts';
import { writeMemoryPart } from './memory-part.ts';
import { openParts } from './opened-parts.ts';
import { toPartRows } from './part-rows.ts';
import { readFirstRows } from './preview.ts';

/** Turns parts of exports, as they were fetched, into files. */
export interface Warehouse {
  /** Write the rows of the parts, in their order, as files. What fails leaves no file behind; what is wrong with the parts is a `ConversionError`. */
  convert(conversion: Conversion, signal: AbortSignal): Promise<readonly ConvertedFile[]>;
  /** Write the rows of the parts as Parquet, apart by day. What is wrong with the parts is a `ConversionError`. */
  writeDayFiles(writing: DayWriting, signal: AbortSignal): Promise<readonly DayFiles[]>;
  /** Write a table that is in memory as a part; returns where it lies, for the caller to remove, and how to read it. */
  toPart(table: ColumnTable, folder: string): Promise<{ readonly path: string; readonly layout: RowsLayout }>;
  /** The first rows of parts, as a table; only the start of the parts is read. */
  preview(
    from: { readonly parts: readonly string[]; readonly layout: RowsLayout; readonly first: number },
    signal: AbortSignal,
  ): Promise<ColumnTable>;
  /** What runs questions over files that were written. */
  readonly database: Database;
  /** How many rows a part has. */
  countRows(part: string, dialect: FileDialect, signal: AbortSignal): Promise<number>;
  /** End what runs, and give everything back. */
  close(): Promise<void>;
}

/** Where a warehouse works, and with how much. */
export interface WarehouseOptions {
  /** For temporary files. Owned by this warehouse: what lies in it may be removed. */
  readonly folder: string;
  /** Where parts lie and files are written, below the working folder or elsewhere; nothing outside of these is touched. */
  readonly folders?: readonly string[];
  /** What DuckDB may use for its work; buffers of the files it reads and writes come on top. */
  readonly memoryLimitMiB?: number;
  readonly threads?: number;
}

/** Given where it works, return a warehouse. Nothing is loaded or started before it is used. */
export function createWarehouse({
  folder,
  folders = [],
  memoryLimitMiB = 256,
  threads = 2,
}: WarehouseOptions): Warehouse {
  const temporaryFolder = join(folder, 'temporary');
  const database = createDatabase({ temporaryFolder, folders: [folder, ...folders], memoryLimitMiB, threads });
  return {
    convert: (conversion, signal) => convertParts({ database, temporaryFolder }, conversion, signal),
    writeDayFiles: (writing, signal) => writeDayFiles({ database, temporaryFolder }, writing, signal),
    database,
    async toPart(table, target) {
      await mkdir(target, { recursive: true });
      const path = join(resolve(target), `${randomUUID()}.csv`);
      return { path, layout: await writeMemoryPart(table, path) };
    },
    preview: (from, signal) => readFirstRows(database, from, signal),
    async countRows(part, dialect, signal) {
      const opened = await openParts([part], { dialect, folder: temporaryFolder }, signal);
      try {
        return await countRows(database, { paths: opened.paths, dialect }, signal);
      } finally {
        await opened.close();
      }
    },
    async close() {
      await database.close();
      await rm(temporaryFolder, { recursive: true, force: true });
    },
  };
}

/** As fast as it goes; where that fails, find out why, and else with one thread. */
async function countRows(
  database: Database,
  { paths, dialect }: { paths: readonly string[]; dialect: FileDialect },
  signal: AbortSignal,
): Promise<number> {
  const count = (isParallel: boolean): Promise<number> =>
    database.run(`select count(*) from ${toPartRows({ paths, dialect, isParallel })}`, signal);
  try {
    return await count(true);
  } catch {
    signal.throwIfAborted();
    await diagnose(database, { paths, layout: { dialect, columns: [] }, isTyped: false }, signal);
    return await count(false);
  }
}
