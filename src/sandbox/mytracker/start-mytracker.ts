import fastify from 'fastify';

import type { EmulatorOptions, RunningEmulator } from '../define-emulator.ts';
import { firstDayOf } from '../world.ts';
import { addRoutes } from './api.ts';
import { createExportFiles } from './exports/export-files.ts';
import { createExportQueue, LINES_PER_PART } from './exports/export-queue.ts';
import type { ExportQueueOptions, RawExport } from './exports/export-queue.ts';
import { createRowsReader } from './exports/export-rows.ts';
import type { ExportRows } from './exports/export-rows.ts';
import { ApiError } from './requests/api-error.ts';
import { API_USERS } from './requests/authentication.ts';
import { createQuotaCounter, DEFAULT_QUOTAS } from './requests/quotas.ts';
import type { QuotaLimits } from './requests/quotas.ts';
import { createFaultHook, sendError } from './requests/send-error.ts';
import { startStorageHost } from './storage/storage-host.ts';
import { createArrivals } from './tables/arrivals.ts';
import { createTables } from './tables/create-tables.ts';
import type { Tables } from './tables/create-tables.ts';

/** What only tests set, beside the ways of the exports. */
export interface MytrackerOptions extends EmulatorOptions, ExportQueueOptions {
  /** Quotas in the place of the documented ones. */
  readonly quotas?: Partial<QuotaLimits>;
  /** How often each custom event is there, for long exports; default 1. What is there again is about other people. */
  readonly repeat?: number;
  /** Whether files are gzip files; default true. */
  readonly isCompressed?: boolean;
  /** Whether one row in a hundred arrives a day late; default true. */
  readonly hasLateArrivals?: boolean;
}

/** Listens on two free loopback ports: the methods on one, the files on the other. */
export async function startMytracker(options: MytrackerOptions): Promise<RunningEmulator> {
  const { world, clock, apiVersion = 'v1', repeat = 1, faults = {} } = options;
  if (apiVersion !== 'v1') throw new Error(`The emulated MyTracker speaks v1, not "${apiVersion}"`);
  // Made with the first export, so that nobody waits for it who asks another provider.
  let tables: Tables | undefined;
  const readTables = (): Tables => (tables ??= createTables(world));
  let readRows: ((raw: RawExport) => ExportRows) | undefined;
  const rowsOf = (raw: RawExport): ExportRows =>
    (readRows ??= createRowsReader({
      world,
      tables: readTables(),
      arrivals: createArrivals(options.hasLateArrivals ?? true),
      repeat,
    }))(raw);
  const queue = createExportQueue(options, (raw) => rowsOf(raw).rows.length * rowsOf(raw).copies);
  const files = createExportFiles({
    queue,
    rowsOf,
    clock,
    linesPerPart: options.linesPerPart ?? LINES_PER_PART,
    isCompressed: options.isCompressed ?? true,
    faults,
  });
  const fail = createFaultHook(faults);
  const storage = await startStorageHost(files, fail);
  const app = fastify({ forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.setNotFoundHandler((_request, reply) => sendError(reply, new ApiError(404)));
  app.setErrorHandler((error, _request, reply) => sendError(reply, error));
  app.addHook('onRequest', fail);
  const quotas = createQuotaCounter({ ...DEFAULT_QUOTAS, ...options.quotas }, clock);
  addRoutes(app, { queue, files, toLink: storage.toLink, readTables, quotas, clock });
  const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 });
  const { id: userId, secretKey } = API_USERS.owner;
  return {
    baseUrl,
    dataSource: {
      key: 'sandbox-mytracker',
      name: 'Sandbox (MyTracker)',
      provider: 'mytracker',
      baseUrl,
      userId,
      secretKey,
      downloadHosts: [new URL(storage.baseUrl).host],
      allowPrivateNetwork: true,
      // What the service calls its money is not public; here custom events have it, in US dollars.
      revenue: { table: 'customEvents', selector: 'eventValue', currency: 'USD' },
      earliestDate: firstDayOf(world),
    },
    async close() {
      await Promise.all([app.close(), storage.close()]);
    },
  };
}
