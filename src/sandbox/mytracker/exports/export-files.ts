import { createHash } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';

import type { ExportQueue, RawExport } from './export-queue.ts';
import type { ExportRows } from './export-rows.ts';
import type { Faults } from './faults.ts';
import { writePart } from './part-text.ts';

/** How files are made. */
export interface ExportFilesOptions {
  readonly queue: ExportQueue;
  readonly rowsOf: (raw: RawExport) => ExportRows;
  readonly clock: () => number;
  readonly linesPerPart: number;
  readonly isCompressed: boolean;
  readonly faults: Faults;
}

/** A file that can be downloaded, written anew for each download. */
export interface ExportFile {
  readonly name: string;
  readonly contentType: string;
  readonly etag: string;
  /** How many bytes there are; undefined where it would take too long to tell. */
  readonly size: number | undefined;
  /** Counts the bytes, however long it takes. */
  measure(): Promise<number>;
  /** The bytes from one to another, the last included. */
  read(first: number, last: number): Readable;
}

/** The files of every export. */
export interface ExportFiles {
  /** What the files of an export are called. */
  toNames(raw: RawExport, parts: number): string[];
  /** Finds a file; undefined where there is none, `expired` where there was one. */
  find(name: string): Promise<ExportFile | 'expired' | undefined>;
}

// What is longer is sent without a length, so that it need not be written twice.
const MEASURED_LINES = 100_000;
const TRUNCATED_SHARE = 0.6;

/** Creates the files; none of them is ever held in memory. */
export function createExportFiles(options: ExportFilesOptions): ExportFiles {
  const { queue, clock, isCompressed, faults } = options;
  const ending = isCompressed ? 'csv.gz' : 'csv';
  const requests = new Map<string, number>();
  const sizes = new Map<string, number>();

  async function open(raw: RawExport, part: number, name: string): Promise<ExportFile> {
    const count = requests.get(name) ?? 0;
    requests.set(name, count + 1);
    const isChanged = faults.changingParts?.includes(part) === true && count % 2 === 1;
    const etag = `"${createHash('md5').update(`${name} ${isChanged}`).digest('hex')}"`;
    const text = toPartText(options, raw, part, isChanged);
    const isTruncated = faults.truncatedParts?.includes(part) === true;
    async function measure(): Promise<number> {
      const size = sizes.get(etag) ?? (await countBytes(toBytes(writePart(text), isCompressed)));
      sizes.set(etag, size);
      return isTruncated ? Math.floor(size * TRUNCATED_SHARE) : size;
    }
    return {
      name,
      contentType: isCompressed ? 'application/gzip' : 'text/csv',
      etag,
      size: isTruncated || text.endLine - text.firstLine <= MEASURED_LINES ? await measure() : undefined,
      measure,
      read: (first, last) => Readable.from(slice(toBytes(writePart(text), isCompressed), first, last)),
    };
  }
  return {
    toNames: (raw, parts) => Array.from({ length: parts }, (_, part) => `${raw.name}.${part}.${ending}`),
    async find(name) {
      const [, base = '', number = ''] = /^(.+)\.(\d+)\.csv(?:\.gz)?$/.exec(name) ?? [];
      const raw = queue.findByName(base);
      const state = raw && queue.stateOf(raw);
      const isThere = state?.status === 'Success!' && Number(number) < state.parts && name.endsWith(`.${ending}`);
      if (!raw || !isThere) return undefined;
      if (clock() >= state.expiresAtMs - (faults.earlyExpiryMs ?? 0)) return 'expired';
      return open(raw, Number(number), name);
    },
  };
}

function toPartText(options: ExportFilesOptions, raw: RawExport, part: number, isChanged: boolean) {
  const { rowsOf, linesPerPart, faults } = options;
  const rows = rowsOf(raw);
  const firstLine = part * linesPerPart;
  const endLine = Math.min(firstLine + linesPerPart, rows.rows.length * rows.copies);
  const lost = faults.shortParts?.includes(part) === true ? Math.ceil((endLine - firstLine) / 3) : 0;
  const [first = '', ...others] = raw.request.selectors;
  return {
    rows,
    header: [faults.misnamedParts?.includes(part) === true ? `${first}Unknown` : first, ...others],
    firstLine,
    endLine: endLine - lost,
    lineEnd: isChanged ? '\r\n' : '\n',
  } as const;
}

// Compressed as fast as it goes: what an emulator saves on the network between its own processes is nothing.
function toBytes(text: Iterable<string>, isCompressed: boolean): AsyncIterable<Buffer> {
  const plain = Readable.from(toBuffers(text));
  if (!isCompressed) return plain;
  const gzip = createGzip({ level: 1 });
  // Who reads the bytes is told of a failure, or has caused it by reading no further.
  pipeline(plain, gzip, () => undefined);
  return gzip;
}

function* toBuffers(text: Iterable<string>): Generator<Buffer> {
  for (const piece of text) yield Buffer.from(piece);
}

async function countBytes(bytes: AsyncIterable<Buffer>): Promise<number> {
  let size = 0;
  for await (const { length } of bytes) size += length;
  return size;
}

async function* slice(bytes: AsyncIterable<Buffer>, first: number, last: number): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const piece of bytes) {
    const wanted = piece.subarray(Math.max(0, first - at), Math.max(0, last + 1 - at));
    at += piece.length;
    if (wanted.length > 0) yield wanted;
    if (at > last) return;
  }
}
