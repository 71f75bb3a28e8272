import fastify from 'fastify';
import type { FastifyReply } from 'fastify';

import type { EmulatorOptions, RunningEmulator } from '../define-emulator.ts';
import { addExportRoutes, addFileRoutes, FILES } from './api.ts';
import type { ApiOptions } from './api.ts';
import { startStorageHost } from './files/storage-host.ts';
import type { StorageHost } from './files/storage-host.ts';
import { ApiError } from './requests/api-error.ts';
import { authenticate, TOKEN } from './requests/authentication.ts';
import { createRateLimit } from './requests/rate-limit.ts';
import { createExportTasks } from './tasks/export-tasks.ts';
import type { ExportTasksOptions } from './tasks/export-tasks.ts';

/** What only tests set, beside the ways of the tasks and the forms of their files. */
export interface InstalOptions extends EmulatorOptions, ExportTasksOptions {
  /** Requests in any second, downloads not counted; default 10. */
  readonly rateLimit?: number;
  /** Where the files are: at an address of this server, written in full (the default) or as a path, or at another server. */
  readonly download?: 'absolute' | 'relative' | 'foreign';
  /** Whether a task's address without the slash at its end is moved to the one with it; default false. */
  readonly addsSlash?: boolean;
}

/** Listens on a free loopback port, and on a second one where the files are elsewhere. */
export async function startInstal(options: InstalOptions): Promise<RunningEmulator> {
  const { clock, apiVersion = 'v1', rateLimit = 10, download = 'absolute', addsSlash = false } = options;
  if (apiVersion !== 'v1') throw new Error(`The emulated Instal speaks v1, not "${apiVersion}"`);
  const tasks = createExportTasks(options);
  const storage = download === 'foreign' ? await startStorageHost(tasks) : undefined;
  const app = fastify({ forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.setNotFoundHandler((_request, reply) => reply.status(404).send({ detail: 'Not found.' }));
  app.setErrorHandler((error, _request, reply) => sendError(reply, error));
  await app.register(async (scope) => {
    scope.addHook('onRequest', authenticate);
    scope.addHook('onRequest', createRateLimit(rateLimit, clock));
    addExportRoutes(scope, { tasks, toLink: createLinks(download, storage), addsSlash });
  });
  if (!storage) {
    await app.register(async (scope) => {
      scope.addHook('onRequest', authenticate);
      addFileRoutes(scope, tasks);
    });
  }
  const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    baseUrl,
    dataSource: {
      key: 'sandbox-instal',
      name: 'Sandbox (Instal)',
      provider: 'instal',
      baseUrl,
      token: TOKEN,
      currency: 'USD',
      timezone: 'UTC',
      downloadHosts: [baseUrl, ...(storage ? [storage.baseUrl] : [])].map((url) => new URL(url).host),
      allowPrivateNetwork: true,
    },
    async close() {
      await Promise.all([app.close(), storage?.close()]);
    },
  };
}

function createLinks(download: string, storage: StorageHost | undefined): ApiOptions['toLink'] {
  if (storage) return (_request, file) => storage.toLink(file);
  return ({ protocol, host }, { name }) => `${download === 'relative' ? '' : `${protocol}://${host}`}${FILES}/${name}`;
}

function sendError(reply: FastifyReply, error: unknown): FastifyReply {
  if (error instanceof ApiError) return reply.status(error.status).headers(error.headers).send(error.body);
  return reply.status(500).type('text/html').send('<h1>Server Error (500)</h1>');
}
