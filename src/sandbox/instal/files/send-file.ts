import type { FastifyReply, FastifyRequest } from 'fastify';

import type { ExportFile } from './export-file.ts';

/** Answers a file or the part of it that is asked for. */
export function sendFile({ headers }: FastifyRequest, reply: FastifyReply, file: ExportFile): FastifyReply {
  const { bytes, etag } = file;
  reply.headers({ etag, 'accept-ranges': 'bytes' });
  if (matches(headers['if-none-match'], etag)) return reply.status(304).send();
  reply.headers({ 'content-type': file.contentType, 'content-disposition': `attachment; filename="${file.name}"` });
  // A part is only worth having if it is a part of the same file.
  const isSame = headers['if-range'] === undefined || headers['if-range'] === etag;
  const part = isSame ? parseRange(headers.range, bytes.length) : undefined;
  if (part === undefined) return reply.send(bytes);
  if (part === 'unsatisfiable') return reply.status(416).header('content-range', `bytes */${bytes.length}`).send();
  reply.status(206).header('content-range', `bytes ${part.first}-${part.last}/${bytes.length}`);
  return reply.send(bytes.subarray(part.first, part.last + 1));
}

function matches(wanted: string | undefined, etag: string): boolean {
  return wanted !== undefined && wanted.split(',').some((one) => one.trim() === etag || one.trim() === '*');
}

interface Part {
  readonly first: number;
  readonly last: number;
}

// One range only: whoever asks for several, or for something else than bytes, may be answered the whole.
function parseRange(range: string | undefined, size: number): Part | 'unsatisfiable' | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  if (from === '') return to === '' ? undefined : toPart(Math.max(0, size - Number(to)), size - 1, size);
  if (to === '') return toPart(Number(from), size - 1, size);
  return Number(from) > Number(to) ? undefined : toPart(Number(from), Math.min(Number(to), size - 1), size);
}

function toPart(first: number, last: number, size: number): Part | 'unsatisfiable' {
  return first >= size ? 'unsatisfiable' : { first, last };
}
