import { open, type FileHandle } from 'node:fs/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ExportFile } from '../exports/task.ts';
import { judge, type Representation, type Verdict } from './conditional-request.ts';
import { toErrorBody } from './error-body.ts';

/** A file that never changes, and where it lies. */
export interface ServedFile extends ExportFile {
  readonly path: string;
}

/** Answer a GET or HEAD with a file, or with what the caller wants of it. Rejects with what opening it fails with. */
export async function sendFile(
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  file: ServedFile,
): Promise<FastifyReply> {
  const handle = await open(file.path);
  let isHandedOver = false;
  try {
    const representation = await readRepresentation(handle, file);
    const { method, headers } = request;
    const verdict = judge(headers, { method, representation });
    reply.headers(toHeaders(representation));
    const range = toByteRange(verdict, representation);
    if (!range) return sendNothing(verdict, { reply, representation });
    reply.code(verdict.status).headers(toBodyHeaders(file, range));
    if (verdict.status === 206) {
      reply.header('content-range', `bytes ${range.start}-${range.end}/${representation.byteSize}`);
    }
    if (method === 'HEAD' || range.end < range.start) return reply.send();
    isHandedOver = true;
    // Closed by the stream, also where the caller leaves before its end.
    return reply.send(handle.createReadStream(range));
  } finally {
    if (!isHandedOver) await handle.close();
  }
}

async function readRepresentation(handle: FileHandle, file: ServedFile): Promise<Representation> {
  const { size, mtimeMs } = await handle.stat();
  // Bytes that are not those of the tag must never be joined with others of it.
  if (size !== file.byteSize) throw new Error(`${file.path} has ${size} bytes instead of ${file.byteSize}`);
  return { etag: `"${file.sha256}"`, modifiedAt: Math.floor(mtimeMs / 1000) * 1000, byteSize: size };
}

interface ByteRange {
  readonly start: number;
  /** Included; before `start` where there is nothing. */
  readonly end: number;
}

function toByteRange(verdict: Verdict, { byteSize }: Representation): ByteRange | null {
  if (verdict.status === 206) return verdict;
  return verdict.status === 200 ? { start: 0, end: byteSize - 1 } : null;
}

function sendNothing(
  { status }: Verdict,
  { reply, representation }: { readonly reply: FastifyReply; readonly representation: Representation },
): FastifyReply {
  reply.code(status);
  if (status === 416) {
    reply.header('content-range', `bytes */${representation.byteSize}`);
    return reply.send(
      toErrorBody('BAD_USER_INPUT', `The file has ${representation.byteSize} bytes: ask for a range within.`),
    );
  }
  if (status === 412) return reply.send(toErrorBody('BAD_USER_INPUT', 'The file is not the one that If-Match names.'));
  return reply.send();
}

function toHeaders({ etag, modifiedAt }: Representation) {
  return {
    etag,
    'last-modified': new Date(modifiedAt).toUTCString(),
    'accept-ranges': 'bytes',
    // Asked for again each time, because a link ends; and as it is, because of the tag and the ranges.
    'cache-control': 'private, no-cache, no-transform',
    'x-content-type-options': 'nosniff',
    // No page of another site may embed it.
    'cross-origin-resource-policy': 'same-origin',
  };
}

function toBodyHeaders({ name, mediaType }: ServedFile, { start, end }: ByteRange) {
  return {
    'content-type': mediaType,
    'content-length': end - start + 1,
    'content-disposition': `attachment; filename="${toPlainName(name)}"; filename*=UTF-8''${toExtendedName(name)}`,
  };
}

/** For clients that know no other characters, and none that end the quotes. */
function toPlainName(name: string): string {
  return name.replace(/[^ -~]|["\\%]/gu, '_');
}

/** As RFC 5987 wants it. */
function toExtendedName(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
