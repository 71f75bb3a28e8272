import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FileDialect, RowsLayout } from '../analytics/exports.ts';
import type { Completeness } from '../analytics/freshness.ts';

/** What must be known of a part besides its bytes, kept beside it. */
export interface PartNote {
  readonly layout: RowsLayout;
  readonly completeness: Completeness;
}

/** Given a path, return the one under which a file is written until it is whole. */
export function toPartialPath(path: string): string {
  return `${path}.partial`;
}

/** Given a path, return the one of what names the state of the file that is being fetched. */
export function toValidatorPath(path: string): string {
  return `${path}.validator`;
}

/** Forget what was fetched of a part that is not whole. */
export async function forgetPart(path: string): Promise<void> {
  // The name of its state first: without it, bytes are never gone on with.
  await rm(toValidatorPath(path), { force: true });
  await rm(toPartialPath(path), { force: true });
}

/** Given a file that is whole under its partial path, with what must be known of it, put it at its place; returns its size and SHA-256. */
export async function settlePart(path: string, note: PartNote): Promise<{ byteSize: number; sha256: string }> {
  const partial = toPartialPath(path);
  const known = await readDigest(partial);
  await writeFile(`${path}.json`, JSON.stringify(note), { flush: true });
  await syncFile(partial);
  await rename(partial, path);
  await syncFile(dirname(path));
  return known;
}

/** Given the path of a part that is stored, return what is kept beside it. */
export async function readPartNote(path: string): Promise<PartNote> {
  // Written by ourselves, and flushed before the part was recorded.
  return JSON.parse(await readFile(`${path}.json`, 'utf8')) as PartNote;
}

/** Write a part that has no rows. */
export async function writeEmptyPart(path: string, { header, delimiter }: FileDialect): Promise<void> {
  const quoted = header?.map((name) => `"${name.replaceAll('"', '""')}"`);
  await writeFile(path, quoted ? `${quoted.join(delimiter)}\n` : '');
}

/** Given a file, return its size in bytes and its SHA-256 in hexadecimal. */
export async function readDigest(path: string): Promise<{ byteSize: number; sha256: string }> {
  const hash = createHash('sha256');
  let byteSize = 0;
  await pipeline(createReadStream(path), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      byteSize += chunk.length;
      hash.update(chunk);
    }
  });
  return { byteSize, sha256: hash.digest('hex') };
}

/** See to it that what was written survives a loss of power. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
