import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { namesTag, toWeakTag } from './entity-tags.ts';

// In small letters, so that the compression, which adds its own in small letters, finds it there.
const VARY = ['accept', 'accept-encoding', 'authorization'];

/**
 * Says of every answer what caches need to know: what it depends on, and that it may not be kept where nobody said that it may. A GET that may be
 * kept gets a tag, and whoever has it already gets 304.
 */
export function registerHttpCaching(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    // Files are streams: they have tags of their own, and are the same for everybody.
    if (typeof payload !== 'string') return payload;
    reply.header('vary', [reply.getHeader('vary'), ...VARY].filter(Boolean).join(', '));
    if (!isTagged(request, reply)) return payload;
    const etag = toWeakTag(payload);
    reply.header('etag', etag);
    if (!namesTag(request.headers['if-none-match'] ?? '', etag)) return payload;
    reply.code(304).removeHeader('content-type');
    return null;
  });
}

/** What is not kept is not compared either. */
function isTagged({ method }: FastifyRequest, reply: FastifyReply): boolean {
  return (
    (method === 'GET' || method === 'HEAD') &&
    reply.statusCode === 200 &&
    !reply.hasHeader('etag') &&
    reply.getHeader('cache-control') !== 'no-store'
  );
}
