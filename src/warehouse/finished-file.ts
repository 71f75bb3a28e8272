import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PassThrough, Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

const CHUNK_BYTES = 2 ** 20;

/** What is known of a file that is whole and lies safely on the disk. */
export interface FinishedFile {
  readonly byteSize: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** How a file is finished. */
export interface Finishing {
  /** What is put before what the file holds. */
  readonly textBefore: string;
  readonly isGzip: boolean;
}

/** Given the path of a file that was written, put a text before it, or compress it, or neither, and return what is known of it. */
export async function finishFile(
  path: string,
  { textBefore, isGzip }: Finishing,
  signal: AbortSignal,
): Promise<FinishedFile> {
  if (textBefore === '' && !isGzip) {
    const file = await measureFile(path, signal);
    await flush(path);
    return file;
  }
  const written = `${path}.written`;
  await rename(path, written);
  try {
    return await writeFile(path, { from: Readable.from(readWith(textBefore, written)), isGzip }, signal);
  } finally {
    await rm(written, { force: true });
  }
}

/** Given bytes and a path, write them there, compressed or not, and return what is known of the file. */
export async function writeFile(
  path: string,
  { from, isGzip }: { from: Readable; isGzip: boolean },
  signal: AbortSignal,
): Promise<FinishedFile> {
  const measure = createMeasure();
  const compression = isGzip ? createGzip({ chunkSize: CHUNK_BYTES }) : new PassThrough();
  await pipeline(from, compression, measure.stream, createWriteStream(path), { signal });
  await flush(path);
  return measure.result();
}

// Read by hand, a piece ahead: streams take twice as long for it.
async function measureFile(path: string, signal: AbortSignal): Promise<FinishedFile> {
  const hash = createHash('sha256');
  let byteSize = 0;
  const file = await open(path);
  try {
    const buffers = [Buffer.alloc(CHUNK_BYTES), Buffer.alloc(CHUNK_BYTES)] as const;
    let next = file.read(buffers[0]);
    for (let turn = 1; ; turn++) {
      const { bytesRead, buffer } = await next;
      if (bytesRead === 0) return { byteSize, sha256: hash.digest('hex') };
      signal.throwIfAborted();
      next = file.read(buffers[turn % 2 === 0 ? 0 : 1]);
      hash.update(buffer.subarray(0, bytesRead));
      byteSize += bytesRead;
    }
  } finally {
    await file.close();
  }
}

async function* readWith(text: string, path: string): AsyncGenerator<Buffer> {
  if (text !== '') yield Buffer.from(text);
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) yield chunk as Buffer;
}

function createMeasure(): { stream: Transform; result: () => FinishedFile } {
  const hash = createHash('sha256');
  let byteSize = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      byteSize += chunk.length;
      done(null, chunk);
    },
  });
  return { stream, result: () => ({ byteSize, sha256: hash.digest('hex') }) };
}

/** Resolve once the file and its name are on the disk itself. */
async function flush(path: string): Promise<void> {
  for (const each of [path, dirname(path)]) await syncPath(each);
}

/** Resolve once a file or a folder is on the disk itself. */
export async function syncPath(path: string): Promise<void> {
  const file = await open(path);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
