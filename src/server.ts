import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { createApiKeyCheck } from './access/api-keys.ts';
import { assertSafeBind, UnsafeBindError } from './access/bind-policy.ts';
import { createHostPolicy } from './access/host-policy.ts';
import { createSignedLinks, type SignedLinks } from './access/signed-links.ts';
import { readSigningKey } from './access/signing-key.ts';
import { DataSources, type DataSource } from './analytics/data-source.ts';
import { createDeadline, type Clock, type Deadline } from './analytics/deadline.ts';
import type { Provider, ProviderServices } from './analytics/provider.ts';
import { ConfigurationError } from './config/configuration-error.ts';
import type { DataSourceEntry } from './config/data-source-entry.ts';
import { loadSettings, type Settings } from './config/settings.ts';
import type { ComputingServices } from './datasets/computing.ts';
import { createDatasetCatalog, type DatasetCatalog } from './datasets/dataset-catalog.ts';
import { createDatasets } from './datasets/datasets.ts';
import { withComputed } from './datasets/with-computed.ts';
import { openBackend, type ExportBackend } from './exports/backend.ts';
import { createExportTasks, type ExportTasks } from './exports/export-tasks.ts';
import { openOnce } from './exports/open-once.ts';
import type { GraphQLContext } from './graphql/context.ts';
import { refuseDepth } from './graphql/document-depth.ts';
import { registerGraphql } from './graphql/register-graphql.ts';
import { createTaskLoaders } from './graphql/task-loader.ts';
import { createHttpClientFactory, type HttpClientFactory } from './http/http-client.ts';
import { createTokenStore } from './http/token-store.ts';
import { providers } from './providers/registry.generated.ts';
import { createEventNames } from './reports/event-names.ts';
import { createReports, type ReportServices } from './reports/reports.ts';
import { registerCompression } from './routes/compression.ts';
import { registerExportFiles } from './routes/export-files.ts';
import { registerGraphqlRequestRules } from './routes/graphql-requests.ts';
import { createCallerCheck, principalOf, registerGuards, sendError } from './routes/guards.ts';
import { registerHealth, type Readiness } from './routes/health.ts';
import { readExampleOperations, registerHome } from './routes/home.ts';
import { registerHttpCaching } from './routes/http-caching.ts';
import { answerUnreadable } from './routes/unreadable-requests.ts';
import { toRequestLine } from './routes/request-line.ts';
import { registerWebsockets } from './routes/websockets.ts';
import { EventsFileError } from './sandbox/own-events.ts';
import { startSandbox, type Sandbox } from './sandbox/start-sandbox.ts';
import { claimDataFolder } from './store/data-folder.ts';
import { StoreError } from './store/store-error.ts';
import { systemClock } from './system-clock.ts';

/** Handed in, so that tests can own them. */
export interface ServerServices {
  readonly log: FastifyBaseLogger;
  /** The system's where left out. */
  readonly clock?: Clock;
}

/** A listening server. */
export interface RunningServer {
  /** Where it listens, without a trailing slash. */
  readonly url: string;
  readonly dataSourceKeys: readonly string[];
  /** The made-up world behind the data sources; null where they are configured. */
  readonly sandbox: Sandbox | null;
  /** Refuse new requests, let the running ones end, stop. */
  close(): Promise<void>;
}

/** Read the environment (the process's own where left out) and the configuration file. */
export function readSettings(env?: Readonly<Record<string, string | undefined>>): Settings {
  return loadSettings({ providers, ...(env && { env }) });
}

/** Something is in the way of starting that the person who starts the server can move. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** Whether a failed start is for the person to mend: its message then says how, and a stack would only hide it. */
export function isMendable(error: Error): boolean {
  return [ConfigurationError, UnsafeBindError, EventsFileError, StartError, StoreError].some(
    (kind) => error instanceof kind,
  );
}

/** The composition root: everything that is handed in is handed in here. */
export async function startServer(settings: Settings, services: ServerServices): Promise<RunningServer> {
  const { log } = services;
  assertSafeBind(settings);
  const sandbox =
    settings.dataSources === null
      ? await startSandbox({ ...settings.sandbox, clock: (services.clock ?? systemClock).now })
      : null;
  const clock = services.clock ?? (sandbox ? clockOf(sandbox) : systemClock);
  const createHttpClient = createHttpClientFactory({ clock, log });
  const entries = settings.dataSources ?? sandbox?.dataSources.map(toEntry) ?? [];
  const connecting = { createHttpClient, clock, tokens: createTokenStore(clock) };
  const { dataSources, datasets } = connectAll(entries, connecting, () => backend.get());
  const reports: ReportServices = { dataSources, eventNames: createEventNames(clock), clock, log };
  const data = claimDataFolder(settings.exports.folder);
  const backend = openOnce(() =>
    openBackend({ ...settings.exports, folder: data.path }, createExportServices(reports)),
  );
  // What an earlier process has left unfinished goes on at once; where it has left nothing, nobody waits for a database.
  if (hasStore(settings, data.path))
    backend.get().catch((err: unknown) => log.error({ err }, 'exports cannot be kept'));
  const exports: ExportServices = {
    tasks: createExportTasks({ dataSources, clock, limits: settings.exports.limits, open: backend.get }),
    links: createSignedLinks({
      ...settings.exports,
      key: await readSigningKey(data.path, settings.exports.signingKey),
      clock,
    }),
  };

  const app = fastify({
    loggerInstance: log.child({}, { serializers: { req: toRequestLine } }),
    genReqId: () => randomUUID(),
    bodyLimit: 2 ** 20,
    frameworkErrors: (error, request, reply) => {
      void sendError(error, { request, reply });
    },
    clientErrorHandler: answerUnreadable,
  });
  const readiness: Readiness = { isDraining: false };
  await registerRoutes(app, { settings, reports, exports, datasets, backend: backend.get, readiness });
  await listen(app, settings);
  return {
    url: urlOf(app, settings.host),
    dataSourceKeys: dataSources.all.map(({ key }) => key),
    sandbox,
    async close() {
      readiness.isDraining = true;
      await app.close();
      await (await backend.opened()?.catch(() => null))?.close();
      data.release();
      await createHttpClient.close();
      await sandbox?.close();
    },
  };
}

async function listen(app: FastifyInstance, { host, port }: Settings): Promise<void> {
  try {
    await app.listen({ host, port, listenTextResolver: (address) => `Tributary is at ${address}` });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'EADDRINUSE') {
      throw new StartError(`Port ${port} of ${host} is taken. Set PORT to a free one, or to 0 for any.`, { cause });
    }
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new StartError(`HOST ${host} is no address of this machine.`, { cause });
    }
    throw cause;
  }
}

interface RouteOptions {
  readonly datasets: DatasetCatalog;
  readonly settings: Settings;
  readonly reports: ReportServices;
  readonly exports: ExportServices;
  readonly backend: () => Promise<ExportBackend>;
  readonly readiness: Readiness;
}

/** What export tasks are answered with. */
interface ExportServices {
  readonly tasks: ExportTasks;
  readonly links: SignedLinks;
}

/** An export's questions have a log and failures of their own. */
function createExportServices(reports: ReportServices) {
  const { dataSources, clock } = reports;
  const log = reports.log as FastifyBaseLogger;
  return { dataSources, clock, log, createReports: (deadline: Deadline) => createReports(reports, deadline) };
}

function hasStore({ exports }: Settings, folder: string): boolean {
  return exports.databaseUrl !== null || existsSync(join(folder, 'postgres'));
}

async function registerRoutes(app: FastifyInstance, services: RouteOptions): Promise<void> {
  const { settings, reports, exports, backend, readiness } = services;
  const { host, allowedHosts, apiKeys, requestTimeoutMs, operationCostLimit } = settings;
  const operations = readExampleOperations();
  const checkApiKey = apiKeys.length > 0 ? createApiKeyCheck(apiKeys) : null;
  await registerGuards(app, {
    isAllowedHost: createHostPolicy({ boundHost: host, allowedHosts }),
    checkApiKey,
    openPaths: new Set(['/', '/health/live', '/health/ready']),
  });
  // A connection that a caller keeps open after its last answer would hold the stop up until it times out.
  app.addHook('onSend', async (_request, reply) => {
    if (readiness.isDraining) reply.header('connection', 'close');
  });
  registerHttpCaching(app);
  registerGraphqlRequestRules(app, { refusalOf: refuseDepth });
  registerHealth(app, readiness);
  registerExportFiles(app, {
    exports: {
      find: async (id) => (await backend()).store.findTask(id),
      files: exports.tasks.files,
      filePath: async (id, name) => (await backend()).artefacts.filePath(id, name),
    },
    links: exports.links,
  });
  await registerCompression(app);
  await registerWebsockets(app);
  registerHome(app, { operations, dataSources: apiKeys.length > 0 ? null : reports.dataSources });
  const toContext = createContexts(services);
  await registerGraphql(app, {
    // Sandbox opens with numbers.
    firstOperation: operations.find(({ name }) => name.startsWith('metrics'))?.document ?? '{ dataSources { key } }',
    schemaOptions: { hasAuthDirectives: settings.federationAuthDirectives },
    costLimit: operationCostLimit,
    createContext: (request, reply) =>
      toContext(request, {
        principal: principalOf(request),
        signal: whenCallerLeaves(request, reply),
        timeoutMs: requestTimeoutMs,
      }),
    subscriptions: {
      identify: createCallerCheck(checkApiKey),
      createContext: (request, caller) => toContext(request, { ...caller, timeoutMs: SUBSCRIPTION_MS }),
    },
  });
}

// A task may take hours; what a subscription shows of it needs no provider.
const SUBSCRIPTION_MS = 24 * 3_600_000;

interface OperationCaller {
  readonly principal: string;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** What every operation is answered with, whichever way it came. */
function createContexts({ reports, exports, datasets }: RouteOptions) {
  return (request: FastifyRequest, { principal, signal, timeoutMs }: OperationCaller): GraphQLContext => ({
    requestId: request.id,
    dataSources: reports.dataSources,
    reports: createReports({ ...reports, log: request.log }, createDeadline(reports.clock, timeoutMs, signal)),
    exportTasks: exports.tasks,
    ...createTaskLoaders(exports.tasks, principal),
    datasets,
    principal,
    signal,
    fileLinks: {
      linkTo(taskId, name) {
        const { path, expiresAt } = exports.links.sign(taskId, name);
        return { url: `${request.protocol}://${request.host}${path}`, expiresAt };
      },
    },
  });
}

/** Aborts when the caller closes the connection before it has its answer. */
function whenCallerLeaves(_request: FastifyRequest, reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort(new Error('The caller went away'));
  });
  return controller.signal;
}

/** Connect every data source, with the answers that are computed over its rows. `open`: what keeps and fetches rows, opened when it is needed. */
function connectAll(
  entries: readonly DataSourceEntry[],
  services: ConnectServices,
  open: () => Promise<ExportBackend>,
): { readonly dataSources: DataSources; readonly datasets: DatasetCatalog } {
  const { clock } = services;
  const datasets = createDatasets({ clock, open });
  const computing: ComputingServices = {
    datasets,
    clock,
    database: async () => (await open()).warehouse.database,
  };
  const connected = entries.map((entry) => connect(entry, services));
  const dataSources = new DataSources(connected.map((dataSource) => withComputed(dataSource, computing)));
  return { dataSources, datasets: createDatasetCatalog({ dataSources, datasets, clock, open }) };
}

type ConnectServices = Omit<ProviderServices, 'createHttpClient'> & { readonly createHttpClient: HttpClientFactory };

function connect(
  { key, name, provider, config }: DataSourceEntry,
  { createHttpClient, ...services }: ConnectServices,
): DataSource {
  const owner = { source: key, provider: provider.id, providerName: provider.name };
  const connection = provider.connect(config, { ...services, createHttpClient: createHttpClient(owner) });
  return { key, name, provider, connection };
}

/** Given an emulator's entry, check it as if it had come from the configuration file. */
function toEntry({ key, name, provider: id, ...fields }: Record<string, unknown>): DataSourceEntry {
  const provider = (providers as readonly Provider[]).find((candidate) => candidate.id === id);
  if (!provider) throw new Error(`The sandbox emulates "${String(id)}", which is no provider`);
  return { key: String(key), name: String(name), provider, config: provider.config.parse(fields) };
}

/** The sandbox may live in another day than we do; "yesterday" then is its yesterday. */
function clockOf({ clock }: Sandbox): Clock {
  return { ...systemClock, now: clock };
}

function urlOf(app: FastifyInstance, host: string): string {
  const [address] = app.addresses();
  if (address === undefined || typeof address === 'string') throw new Error('The server listens on no port');
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}
