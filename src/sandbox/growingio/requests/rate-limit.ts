import type { FastifyReply, FastifyRequest } from 'fastify';

import { refuse } from './api-error.ts';

const WINDOW_MS = 1000;

/** How often something may be asked for. */
export interface RateLimitOptions {
  /** Requests in any second. */
  readonly limit: number;
  /** Whether a refusal says when to come back; no document mentions the header. */
  readonly sendsRetryAfter: boolean;
  readonly clock: () => number;
}

/** Creates the hook that counts what was let through in the last second; each kind of report has its own. */
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
    // Two in a second is documented (reporting-api.md, 2019-11-07), how a third one is refused is not.
    throw refuse(429, 'too_many_requests', `At most ${limit} requests in a second`);
  };
}
