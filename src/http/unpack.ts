import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ResponseHeaders } from './rate-limit-headers.ts';
import { toReadable } from './to-readable.ts';

/** A file is compressed in a way that is not known here. */
export class UnknownEncodingError extends Error {
  override readonly name = 'UnknownEncodingError';
}

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

/** Given a body, return it decompressed: what its headers say about the way, and then what its first bytes say about the file. */
export async function unpack(body: Readable, headers: ResponseHeaders): Promise<Readable> {
  const { start, whole } = await peek(asSent(body, headers), GZIP_MAGIC.length);
  return start.equals(GZIP_MAGIC) ? gunzipped(whole) : whole;
}

/** Given a body, return it without the compression that its headers say was for the way alone. */
export function asSent(body: Readable, headers: ResponseHeaders): Readable {
  const encoding = [headers['content-encoding'] ?? 'identity'].flat().join(', ').trim().toLowerCase();
  if (encoding === 'identity') return body;
  if (encoding === 'gzip') return gunzipped(body);
  body.destroy();
  throw new UnknownEncodingError('The file has an encoding that was not asked for.');
}

/** Whether a body from {@link unpack} failed because of its bytes, rather than of how they came. */
export function isUnpackFailure(error: unknown): boolean {
  if (error instanceof UnknownEncodingError) return true;
  return error instanceof Error && 'code' in error && /^Z_/.test(String(error.code));
}

function gunzipped(body: Readable): Readable {
  const gunzip = createGunzip();
  // Whoever reads gets the failure; until then nobody listens, and Node would end the process.
  gunzip.on('error', () => {});
  return pipeline(body, gunzip, () => {});
}

/** Read the first bytes of a body, or all where there are fewer; `whole` still has them. */
export async function peek(
  body: Readable,
  length: number,
): Promise<{ readonly start: Buffer; readonly whole: Readable }> {
  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  let head = Buffer.alloc(0);
  while (head.length < length) {
    const { done, value } = await chunks.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  return { start: head.subarray(0, length), whole: toReadable(joined(head, chunks), body) };
}

async function* joined(head: Buffer, rest: AsyncIterator<Buffer, undefined>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}
