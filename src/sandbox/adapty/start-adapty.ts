import fastify from 'fastify';
import type { FastifyReply } from 'fastify';

import type { EmulatorOptions, RunningEmulator } from '../define-emulator.ts';
import { addRoutes } from './api.ts';
import { createLedger, type Ledger } from './ledger/ledger.ts';
import { ApiError, refuse } from './requests/api-error.ts';
import { authenticate, SECRET_KEY } from './requests/authentication.ts';
import { createRateLimit } from './requests/rate-limit.ts';

/** What only tests set. */
export interface AdaptyOptions extends EmulatorOptions {
  /** Requests in any second; default 2. */
  readonly rateLimit?: number;
  /** Whether a refused request is told when to come back; default false. */
  readonly sendsRetryAfter?: boolean;
}

const METHODS = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'] as const;

/** Listens on a free loopback port. */
export async function startAdapty(options: AdaptyOptions): Promise<RunningEmulator> {
  const { world, clock, apiVersion = '2026', rateLimit = 2, sendsRetryAfter = false } = options;
  if (apiVersion !== '2026' && apiVersion !== '2024') {
    throw new Error(`The emulated Adapty speaks 2026 and 2024, not "${apiVersion}"`);
  }
  // Written with the first question, so that nobody waits for it who asks another provider.
  let ledger: Ledger | undefined;
  const readLedger = (): Ledger => (ledger ??= createLedger(world));
  const app = fastify({ forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.setNotFoundHandler((_request, reply) => reply.status(404).send({ detail: 'Not found.' }));
  app.setErrorHandler((error, _request, reply) => sendError(reply, error));
  // A scope of their own keeps both hooks away from unknown addresses, which the service answers without asking who calls.
  await app.register(async (scope) => {
    scope.addHook('onRequest', authenticate);
    scope.addHook('onRequest', createRateLimit({ limit: rateLimit, sendsRetryAfter, clock }));
    addRoutes(scope, { readLedger, clock, version: apiVersion });
    scope.route({ method: [...METHODS], url: '/api/v1/client-api/metrics/:name/', handler: refuseMethod });
  });
  const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    baseUrl,
    dataSource: {
      key: 'sandbox-adapty',
      name: 'Sandbox (Adapty)',
      provider: 'adapty',
      baseUrl,
      secretKey: SECRET_KEY,
      timezone: 'UTC',
      apiVersion,
    },
    close: () => app.close(),
  };
}

function refuseMethod({ method }: { readonly method: string }): never {
  throw refuse(405, 'method_not_allowed', `Method "${method}" not allowed.`);
}

function sendError(reply: FastifyReply, error: unknown): FastifyReply {
  if (error instanceof ApiError) return reply.status(error.status).send(error.body);
  return reply.status(500).type('text/html').send('<h1>Server Error (500)</h1>');
}
