import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import type { FileDialect } from '../analytics/exports.ts';
import { ConversionError } from './conversion-error.ts';
import { isDiskFull, toDiskFullError } from './disk-full.ts';

// A header longer than this is none.
const MOST_HEADER_BYTES = 2 ** 20;
const AT_A_TIME = 2;

/** Parts, not compressed, their headers checked. */
export interface OpenedParts {
  /** Absolute paths, in the order of the parts. */
  readonly paths: readonly string[];
  /** Remove what was made to open them. */
  close(): Promise<void>;
}

/**
 * Given paths of parts, compressed or not, return them opened. Compressed ones are written out into the folder first: DuckDB reads a gzip file that is
 * cut off as if it were whole, and with one thread only.
 */
export async function openParts(
  parts: readonly string[],
  { dialect, folder }: { dialect: FileDialect; folder: string },
  signal: AbortSignal,
): Promise<OpenedParts> {
  const made: string[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(made.map((path) => rm(path, { force: true })));
  };
  const paths: string[] = [];
  const failures: { readonly index: number; readonly error: unknown }[] = [];
  // Several at a time take their parts from one list, in its order.
  const waiting = parts.entries();
  async function openOnes(): Promise<void> {
    for (const [index, part] of waiting) {
      try {
        const path = (await isGzip(part)) ? join(resolve(folder), `${randomUUID()}.csv`) : resolve(part);
        if (path !== resolve(part)) {
          made.push(path);
          await mkdir(folder, { recursive: true });
          await expand(part, { path, number: index + 1 }, signal);
        }
        await assertHeader(path, { dialect, number: index + 1 });
        paths[index] = path;
      } catch (error) {
        failures.push({ index, error });
      }
      if (failures.length > 0) return;
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, openOnes));
  const first = failures.toSorted((a, b) => a.index - b.index)[0];
  if (!first) return { paths, close };
  await close();
  throw first.error;
}

/** Whether a file is gzip, by its first bytes: no text starts with them. */
export async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

async function expand(
  part: string,
  { path, number }: { path: string; number: number },
  signal: AbortSignal,
): Promise<void> {
  try {
    await pipeline(createReadStream(part), createGunzip({ chunkSize: 2 ** 18 }), createWriteStream(path), { signal });
  } catch (error) {
    signal.throwIfAborted();
    if (isDiskFull(error)) throw toDiskFullError();
    if (!isZlibError(error)) throw error;
    throw new ConversionError('COMPRESSION', 'A part is no whole gzip file', { part: number });
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
}

async function assertHeader(
  path: string,
  { dialect, number }: { dialect: FileDialect; number: number },
): Promise<void> {
  if (!dialect.header) return;
  const found = await readHeader(path, dialect);
  const wanted = dialect.header;
  if (found.length === wanted.length && found.every((name, index) => name === wanted[index])) return;
  const [missing, others] = [difference(wanted, found), difference(found, wanted)];
  const words = [
    ...(missing.length > 0 ? [`without ${missing.join(', ')}`] : []),
    ...(others.length > 0 ? [`with ${others.join(', ')}`] : []),
  ];
  const how = words.length > 0 ? words.join(' and ') : 'in another order';
  throw new ConversionError('HEADER', `A part has other columns than announced: ${how}`, { part: number, line: 1 });
}

function difference(names: readonly string[], others: readonly string[]): string[] {
  const found = names.filter((name) => !others.includes(name)).map((name) => JSON.stringify(name.slice(0, 100)));
  return found.length > 5 ? [...found.slice(0, 5), `${found.length - 5} more`] : found;
}

async function readHeader(path: string, { delimiter }: FileDialect): Promise<string[]> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(MOST_HEADER_BYTES), 0, MOST_HEADER_BYTES, 0);
    const [names = []] = parse(buffer.subarray(0, bytesRead), { delimiter, bom: true, to: 1 });
    return names;
  } catch (error) {
    // Quotes that are wrong in the first line make it another header than any.
    if (error instanceof CsvError) return [];
    throw error;
  } finally {
    await file.close();
  }
}
