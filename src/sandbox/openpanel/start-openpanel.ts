import fastify from 'fastify';
import type { FastifyReply } from 'fastify';

import type { EmulatorOptions, RunningEmulator } from '../define-emulator.ts';
import { firstDayOf } from '../world.ts';
import { ApiError } from './requests/api-error.ts';
import { addRoutes2024 } from './api-2024.ts';
import { addRoutes2026 } from './api-2026.ts';
import { createEmptyEventStore, createEventStore } from './events/event-store.ts';
import { CLIENTS } from './requests/projects.ts';
import { createRateLimit } from './requests/rate-limit.ts';

/** What only tests set. */
export interface OpenpanelOptions extends EmulatorOptions {
  /** Requests per client and ten seconds; default 100 today, 10 in 2024. */
  readonly rateLimit?: number;
  /** Whether failures are answered with a plain text that says nothing, as the hosted service does. */
  readonly isProduction?: boolean;
}

/** Listens on a free loopback port. */
export async function startOpenpanel(options: OpenpanelOptions): Promise<RunningEmulator> {
  const { world, clock, apiVersion = '2026', isProduction = false } = options;
  if (apiVersion !== '2026' && apiVersion !== '2024') {
    throw new Error(`The emulated OpenPanel speaks 2026 and 2024, not "${apiVersion}"`);
  }
  const is2024 = apiVersion === '2024';
  const store = createEventStore(world);
  const empty = createEmptyEventStore(store);
  const app = fastify({ forceCloseConnections: true });
  // A scope of their own keeps the limiter away from unknown routes, which the service answers without counting them.
  await app.register(async (scope) => {
    scope.addHook('onRequest', createRateLimit(options.rateLimit ?? (is2024 ? 10 : 100), clock));
    scope.setErrorHandler((error: Error, _request, reply) => sendError(reply, error, isProduction || is2024));
    const addRoutes = is2024 ? addRoutes2024 : addRoutes2026;
    addRoutes(scope, { storeOf: (project) => (project.hasEvents ? store : empty), clock });
  });
  const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    baseUrl,
    dataSource: {
      key: 'sandbox-openpanel',
      name: 'Sandbox (OpenPanel)',
      provider: 'openpanel',
      baseUrl,
      clientId: CLIENTS.read.id,
      clientSecret: CLIENTS.read.secret,
      projectId: CLIENTS.read.project,
      timezone: 'UTC',
      apiVersion,
      currency: 'USD',
      moneyProperties: ['properties.price_usd'],
      earliestDate: firstDayOf(world),
    },
    close: () => app.close(),
  };
}

function sendError(reply: FastifyReply, error: Error, isSecretive: boolean): FastifyReply {
  if (error instanceof ApiError) return reply.status(error.status).send(error.body);
  if (isSecretive) return reply.status(500).type('text/plain').send('Internal server error');
  const name = error instanceof RangeError ? 'RangeError' : 'Error';
  return reply.status(500).send({ status: 500, error: name, message: error.message });
}
