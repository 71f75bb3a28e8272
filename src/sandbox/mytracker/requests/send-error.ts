import type { FastifyReply, FastifyRequest } from 'fastify';

import type { Faults } from '../exports/faults.ts';
import { ApiError } from './api-error.ts';

/** Answers what went wrong. */
export function sendError(reply: FastifyReply, error: unknown): FastifyReply {
  if (error instanceof ApiError) return reply.status(error.code).send(error.body);
  return sendPage(reply, 500);
}

// What a failure of the service itself looks like is not documented: a page, as servers in front of one answer.
function sendPage(reply: FastifyReply, status: number): FastifyReply {
  return reply.status(status).type('text/html').send(`<html><body><h1>${status}</h1></body></html>`);
}

/** Answers a request before anybody looks at it. */
export type FaultHook = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>;

/** Creates the hook that lets requests fail which are meant to. */
export function createFaultHook({ failureOf }: Faults): FaultHook {
  const counts = new Map<string, number>();
  return async ({ method, url }, reply) => {
    const path = url.split('?', 1)[0] ?? '';
    const count = (counts.get(`${method} ${path}`) ?? 0) + 1;
    counts.set(`${method} ${path}`, count);
    const status = failureOf?.({ method, path, count });
    return status === undefined ? undefined : sendPage(reply, status);
  };
}
