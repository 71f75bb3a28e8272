import type { FastifyReply, FastifyRequest } from 'fastify';

import { ApiError } from './api-error.ts';

const WINDOW_MS = 10_000;
const KEY_HEADERS = ['openpanel-client-id', 'x-real-ip', 'x-client-ip', 'x-forwarded-for'];

/** Creates the hook that counts requests per client in windows of ten seconds, refused ones too. */
export function createRateLimit(
  limit: number,
  clock: () => number,
): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const windows = new Map<string, { endsAtMs: number; count: number }>();
  return async (request, reply) => {
    const key = KEY_HEADERS.map((name) => request.headers[name]).find((value) => value !== undefined);
    const id = String(key ?? request.ip);
    const nowMs = clock();
    const known = windows.get(id);
    const window = known && nowMs < known.endsAtMs ? known : { endsAtMs: nowMs + WINDOW_MS, count: 0 };
    windows.set(id, window);
    window.count += 1;
    const resetSeconds = Math.max(1, Math.ceil((window.endsAtMs - nowMs) / 1000));
    reply.header('x-ratelimit-limit', limit);
    reply.header('x-ratelimit-remaining', Math.max(0, limit - window.count));
    reply.header('x-ratelimit-reset', resetSeconds);
    reply.header('access-control-allow-origin', '*');
    if (window.count <= limit) return;
    reply.header('retry-after', resetSeconds);
    throw new ApiError(429, {
      status: 429,
      error: 'Too Many Requests',
      message: 'You have exceeded the rate limit for this endpoint.',
    });
  };
}
