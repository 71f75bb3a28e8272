import type { FastifyReply, FastifyRequest } from 'fastify';

import type { ExportFile } from '../exports/export-files.ts';
import { parseRange } from './byte-range.ts';

/** Answers a file, or the part of it that is asked for. */
export async function sendFile(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  file: ExportFile,
): Promise<FastifyReply> {
  const { etag, name, contentType } = file;
  reply.headers({ etag, 'accept-ranges': 'bytes' });
  if (headers['if-none-match']?.split(',').some((one) => one.trim() === etag)) return reply.status(304).send();
  reply.headers({ 'content-type': contentType, 'content-disposition': `attachment; filename="${name}"` });
  // A part is only worth having if it is a part of the same file.
  const isSame = headers['if-range'] === undefined || headers['if-range'] === etag;
  if (isSame && headers.range !== undefined) {
    const size = await file.measure();
    const range = parseRange(headers.range, size);
    if (range === 'unsatisfiable') return reply.status(416).header('content-range', `bytes */${size}`).send();
    if (range) {
      const { first, last } = range;
      reply.status(206).headers({
        'content-range': `bytes ${first}-${last}/${size}`,
        'content-length': last - first + 1,
      });
      return reply.send(file.read(first, last));
    }
  }
  if (file.size !== undefined) reply.header('content-length', file.size);
  return reply.send(file.read(0, (file.size ?? Infinity) - 1));
}
