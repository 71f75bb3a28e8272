import { copyFile, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ExportTaskFailedError, ProviderResponseError } from '../errors.ts';
import { DEFAULT_CSV_OPTIONS, type CsvOptions } from '../tabular/csv.ts';
import { ConversionError, type ConversionFailure } from '../warehouse/conversion-error.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import {
  PREVIEW_ROWS,
  type Convert,
  type ConversionJob,
  type ConvertedFile,
  type Preview,
  type WritePart,
} from './conversion.ts';
import { readDigest } from './part-file.ts';

/** The name of every file, without what tells its format. */
const NAME = 'export';

/** Given the warehouse, return what writes tables that can be converted later. */
export function createWritePart(warehouse: Warehouse): WritePart {
  return async (table, path) => {
    const part = await warehouse.toPart(table, dirname(path));
    await rename(part.path, path);
    return part.layout;
  };
}

/** Given the warehouse, return what reads the first rows of parts. */
export function createPreview(warehouse: Warehouse): Preview {
  return ({ parts, layout }, signal) => warehouse.preview({ parts, layout, first: PREVIEW_ROWS }, signal);
}

/** Given the warehouse, return what turns the parts of a task into its files. */
export function createConvert(warehouse: Warehouse): Convert {
  return async (job, signal) => {
    await rm(job.folder, { recursive: true, force: true });
    await mkdir(job.folder, { recursive: true, mode: 0o700 });
    const { format, compression, csv } = job.request;
    if (format === 'PROVIDER_NATIVE') return copyParts(job);
    const { parts, layout, folder } = job;
    const options: CsvOptions = { ...DEFAULT_CSV_OPTIONS, ...csv };
    const conversion = { parts, layout, format, compression, csv: options, folder, name: NAME };
    return asFailure(() => warehouse.convert(conversion, signal));
  };
}

/** Given work on the parts of a task, return what it returns; what is wrong with the parts becomes the failure of the task. */
export async function asFailure<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ConversionError ? toFailure(error) : error;
  }
}

/** What is no fault of the rows. */
const OWN_FAILURES: ReadonlySet<ConversionFailure> = new Set(['CELL_TOO_LONG', 'DISK_FULL']);

function toFailure(error: ConversionError): Error {
  return OWN_FAILURES.has(error.failure)
    ? new ExportTaskFailedError(error.message, { cause: error })
    : new ProviderResponseError(`The rows of the export are not as announced: ${error.message}`, { cause: error });
}

/** The provider's own bytes, a file for each part. */
async function copyParts({ parts, folder }: ConversionJob): Promise<readonly ConvertedFile[]> {
  const files: ConvertedFile[] = [];
  for (const [index, part] of parts.entries()) {
    const isCompressed = await startsLikeGzip(part);
    const name = `part-${String(index + 1).padStart(5, '0')}.csv${isCompressed ? '.gz' : ''}`;
    const path = join(folder, basename(name));
    await copyFile(part, path);
    const mediaType = isCompressed ? 'application/gzip' : 'text/csv';
    files.push({ name, path, rowCount: null, mediaType, ...(await readDigest(path)) });
  }
  return files;
}

async function startsLikeGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}
