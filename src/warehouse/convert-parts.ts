import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { RowsLayout } from '../analytics/exports.ts';
import { InvalidQueryError } from '../errors.ts';
import type { CsvOptions } from '../tabular/csv.ts';
import type { Database } from './database.ts';
import { attemptTwice, type HowToWrite } from './attempts.ts';
import { isDiskFull, toDiskFullError } from './disk-full.ts';
import { finishFile, writeFile, type FinishedFile } from './finished-file.ts';
import { openParts } from './opened-parts.ts';
import { toPartRows } from './part-rows.ts';
import { toCsvStatement, toJsonLinesStatement, toParquetStatement, type FileStatement } from './statements.ts';

/** What a file may be. */
export type FileFormat = 'CSV' | 'TSV' | 'JSONL' | 'PARQUET' | 'XLSX';

/** Parts, and the file that they are to become. */
export interface Conversion {
  /** Paths of files of the layout's dialect, as they are or compressed by gzip, in the order of their rows. */
  readonly parts: readonly string[];
  readonly layout: RowsLayout;
  readonly format: FileFormat;
  /** `GZIP` is for CSV, TSV and JSONL: Parquet and XLSX are compressed within. */
  readonly compression: 'NONE' | 'GZIP';
  /** Of meaning to CSV and TSV; the delimiter of TSV is the tab, whatever this says. */
  readonly csv: CsvOptions;
  /** Where the file is written; made if it is not there. */
  readonly folder: string;
  /** Name of the file, without what tells its format. */
  readonly name: string;
  /** Rows of a sheet of XLSX, its header included; as many as Excel takes if absent. */
  readonly sheetRows?: number;
}

/** A file that was written and lies safely on the disk. */
export interface ConvertedFile extends FinishedFile {
  readonly name: string;
  readonly path: string;
  /** Rows of data: headers are none. */
  readonly rowCount: number;
  readonly mediaType: string;
}

const FORMATS: Readonly<Record<FileFormat, { extension: string; mediaType: string }>> = {
  CSV: { extension: 'csv', mediaType: 'text/csv; charset=utf-8' },
  TSV: { extension: 'tsv', mediaType: 'text/tab-separated-values; charset=utf-8' },
  JSONL: { extension: 'jsonl', mediaType: 'application/x-ndjson' },
  PARQUET: { extension: 'parquet', mediaType: 'application/vnd.apache.parquet' },
  XLSX: { extension: 'xlsx', mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
};

/** What a conversion works with. */
export interface ConversionTools {
  readonly database: Database;
  readonly temporaryFolder: string;
}

/** Given parts, write their rows as a file. */
export async function convertParts(
  { database, temporaryFolder }: ConversionTools,
  conversion: Conversion,
  signal: AbortSignal,
): Promise<readonly ConvertedFile[]> {
  const { format, compression, layout, folder } = conversion;
  const { extension, mediaType } = FORMATS[format];
  const isGzip = compression === 'GZIP';
  if (isGzip && (format === 'PARQUET' || format === 'XLSX')) {
    throw new InvalidQueryError(`${format} is compressed within: ask for compression NONE`);
  }
  const name = `${conversion.name}.${extension}${isGzip ? '.gz' : ''}`;
  const path = join(resolve(folder), name);
  await mkdir(folder, { recursive: true });
  const opened = await openParts(conversion.parts, { dialect: layout.dialect, folder: temporaryFolder }, signal);
  try {
    const attempt = { ...conversion, parts: opened.paths, path };
    const file = await convertTwice(database, attempt, signal);
    return [{ name, path, mediaType: isGzip ? 'application/gzip' : mediaType, ...file }];
  } catch (error) {
    await rm(path, { force: true });
    throw isDiskFull(error) ? toDiskFullError() : error;
  } finally {
    await opened.close();
  }
}

type Attempt = Conversion & { readonly path: string };
type Written = FinishedFile & { readonly rowCount: number };

function convertTwice(database: Database, attempt: Attempt, signal: AbortSignal): Promise<Written> {
  const { parts, layout, format } = attempt;
  return attemptTwice(
    database,
    {
      paths: parts,
      layout,
      isTyped: format === 'PARQUET',
      write: (how) => write(database, { ...attempt, ...how }, signal),
    },
    signal,
  );
}

async function write(database: Database, attempt: Attempt & HowToWrite, signal: AbortSignal): Promise<Written> {
  const { layout, path, isParallel } = attempt;
  const rows = toPartRows({ paths: attempt.parts, dialect: layout.dialect, isParallel });
  const statement = toStatement({ rows, layout }, attempt);
  if (!statement) return await writeWorkbook(database, { ...attempt, rows }, signal);
  const rowCount = await database.run(statement.sql, signal);
  const isGzip = attempt.compression === 'GZIP';
  return { rowCount, ...(await finishFile(path, { textBefore: statement.textBefore, isGzip }, signal)) };
}

/** The statement that writes a file; null for formats that DuckDB does not write. */
function toStatement(
  source: { rows: string; layout: RowsLayout },
  { format, path, csv, wideColumns }: Attempt & { wideColumns: ReadonlySet<number> },
): FileStatement | null {
  switch (format) {
    case 'CSV':
      return toCsvStatement(source, path, csv);
    case 'TSV':
      return toCsvStatement(source, path, { ...csv, delimiter: 'TAB' });
    case 'JSONL':
      return toJsonLinesStatement(source, path);
    case 'PARQUET':
      return toParquetStatement(source, path, wideColumns);
    case 'XLSX':
      return null;
  }
}

async function writeWorkbook(
  database: Database,
  { rows, layout, path, sheetRows }: Attempt & { rows: string },
  signal: AbortSignal,
): Promise<Written> {
  // Loaded where it is used: most servers write no workbooks.
  const { MOST_SHEET_ROWS, toWorkbook, toWorkbookQuery } = await import('./workbook.ts');
  let rowCount = 0;
  const from = toWorkbook(database.stream(toWorkbookQuery({ rows, layout }), signal), {
    columns: layout.columns,
    sheetRows: sheetRows ?? MOST_SHEET_ROWS,
    onRow: () => (rowCount += 1),
  });
  const file = await writeFile(path, { from, isGzip: false }, signal);
  return { rowCount, ...file };
}
