import type { FastifyReply, FastifyRequest } from 'fastify';

import { refuse } from './api-error.ts';

const WINDOW_MS = 1000;

/** How often the app may be asked. */
export interface RateLimitOptions {
  /** Requests in any second, over all keys of the app. */
  readonly limit: number;
  /** Whether a refusal says when to come back; no document mentions the header. */
  readonly sendsRetryAfter: boolean;
  readonly clock: () => number;
}

/** Creates the hook that counts what was let through in the last second. */
export function createRateLimit(
  options: RateLimitOptions,
): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const { limit, sendsRetryAfter, clock } = options;
  let history: number[] = [];
  return async (_request, reply) => {
    const nowMs = clock();
    history = history.filter((ms) => ms > nowMs - WINDOW_MS);
    if (history.length < limit) {
      history.push(nowMs);
      return;
    }
    if (sendsRetryAfter) reply.header('retry-after', 1);
    // The status is documented, the body is not: this is the envelope of the other refusals.
    throw refuse(429, 'throttled', 'Request was throttled.');
  };
}
