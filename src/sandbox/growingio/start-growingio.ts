import fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { EmulatorOptions, RunningEmulator } from '../define-emulator.ts';
import { addRoutes } from './api.ts';
import type { ApiOptions, LimitedKind } from './api.ts';
import { startDownloads } from './downloads.ts';
import type { Downloads } from './downloads.ts';
import { addExporterRoutes } from './exporter-api.ts';
import { createExports } from './exports.ts';
import { createFacts } from './facts/facts.ts';
import type { Facts } from './facts/facts.ts';
import { createReportFinders } from './reports/report-finder.ts';
import { createUserLists } from './reports/user-lists.ts';
import { ApiError, refuse } from './requests/api-error.ts';
import { createAuthentication } from './requests/authentication.ts';
import { CREDENTIALS } from './requests/credentials.ts';
import { createIdentifierSource } from './requests/identifiers.ts';
import type { IdentifierSource } from './requests/identifiers.ts';
import type { ApiVersion } from './requests/queries.ts';
import { createRateLimit } from './requests/rate-limit.ts';
import { createTokens } from './requests/tokens.ts';
import type { Tokens } from './requests/tokens.ts';
import { createUserExporter } from './user-exports.ts';

/** What only tests set. */
export interface GrowingioOptions extends EmulatorOptions {
  /** Requests in any second for each kind of report; default 2. */
  readonly rateLimit?: number;
  /** Whether a request over the limit is told when to come back; default false. */
  readonly sendsRetryAfter?: boolean;
  /** Whether the answer to a path would take longer than the service waits; default never. */
  readonly timesOut?: (path: string) => boolean;
  /** Most rows of a chart; default 200,000, of which the document of 2019 does not know yet. */
  readonly maxRows?: number;
  /** Most people of one downloaded file; default all in one. */
  readonly maxUsersPerFile?: number;
}

/** The options with their defaults. */
type Settings = Required<Omit<GrowingioOptions, 'apiVersion'>> & { readonly version: ApiVersion };

const MAX_ROWS = 200_000;

/** Listens on two free loopback ports: one for the API, one for the files it links to. */
export async function startGrowingio(options: GrowingioOptions): Promise<RunningEmulator> {
  const settings = toSettings(options);
  const { world, clock, version } = settings;
  const nextIdentifier = createIdentifierSource(`growingio ${world.seed}`);
  const downloads = await startDownloads(clock, nextIdentifier);
  const app = fastify({ forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error, _request, reply) => sendError(reply, error));
  app.setNotFoundHandler((request, reply) => sendError(reply, refuse(404, 'not_found', `No ${request.url}`)));
  const tokens = createTokens(clock, nextIdentifier);
  app.post('/auth/token', async (request) => ({ status: 'success', code: mintToken(tokens, request) }));
  await app.register(async (scope) => addProjectRoutes(scope, settings, { tokens, downloads, nextIdentifier }));
  const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 });
  const { projectId, accountId, publicKey, privateKey } = CREDENTIALS;
  return {
    baseUrl,
    dataSource: {
      key: 'sandbox-growingio',
      name: 'Sandbox (GrowingIO)',
      provider: 'growingio',
      baseUrl,
      projectId,
      accountId,
      publicKey,
      privateKey,
      apiVersion: version,
      downloadHosts: [downloads.host],
      allowPrivateNetwork: true,
    },
    async close() {
      await Promise.all([app.close(), downloads.close()]);
    },
  };
}

function toSettings({ apiVersion = '2026', ...options }: GrowingioOptions): Settings {
  if (apiVersion !== '2026' && apiVersion !== '2024') {
    throw new Error(`The emulated GrowingIO speaks 2026 and 2024, not "${apiVersion}"`);
  }
  return {
    preparationMs: 250,
    rateLimit: 2,
    sendsRetryAfter: false,
    timesOut: () => false,
    maxRows: apiVersion === '2024' ? Infinity : MAX_ROWS,
    maxUsersPerFile: Infinity,
    ...options,
    version: apiVersion,
  };
}

interface Parts {
  readonly tokens: Tokens;
  readonly downloads: Downloads;
  readonly nextIdentifier: IdentifierSource;
}

function addProjectRoutes(scope: FastifyInstance, settings: Settings, parts: Parts): void {
  const { world, clock, version, timesOut } = settings;
  const { tokens, downloads, nextIdentifier } = parts;
  scope.addHook('onRequest', createAuthentication(tokens, version));
  scope.addHook('preHandler', async ({ url }) => {
    if (!timesOut(url.replace(/\?.*/, ''))) return;
    throw refuse(500, 'request_timeout', 'Request timeout in 5000 milliseconds');
  });
  // Worked out with the first question, so that nobody waits for it who asks another provider.
  let facts: Facts | undefined;
  const readFacts = (): Facts => (facts ??= createFacts(world));
  const api: ApiOptions = {
    world,
    version,
    finders: createReportFinders({ readFacts, clock, version, maxRows: settings.maxRows }),
    lists: createUserLists(readFacts),
    limits: createLimits(settings),
  };
  addRoutes(scope, api);
  if (version === '2024') return;
  const exports = createExports({ clock, preparationMs: settings.preparationMs, nextIdentifier });
  const { maxUsersPerFile } = settings;
  const exportUsers = createUserExporter({ world, downloads, clock, version, maxUsersPerFile });
  addExporterRoutes(scope, { ...api, exports, exportUsers });
}

function createLimits({ rateLimit: limit, sendsRetryAfter, clock }: Settings): ApiOptions['limits'] {
  const create = (): ApiOptions['limits'][LimitedKind] => createRateLimit({ limit, sendsRetryAfter, clock });
  return { charts: create(), funnels: create(), retentions: create(), segmentations: create() };
}

// The fields come as a raw body (the document), as a form or in the address (what clients do that are public).
function mintToken(tokens: Tokens, { headers, body, url }: FastifyRequest): string {
  const clientId = headers['x-client-id'];
  const text = typeof body === 'string' && body !== '' ? body : url.replace(/^[^?]*/, '');
  return tokens.mint({
    clientId: typeof clientId === 'string' ? clientId : undefined,
    fields: new URLSearchParams(text),
  });
}

function sendError(reply: FastifyReply, error: unknown): FastifyReply {
  if (error instanceof ApiError) return reply.status(error.status).send(error.body);
  return reply.status(500).send({ message: 'Internal server error', errors: [] });
}
