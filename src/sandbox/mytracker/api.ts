import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { ExportFiles } from './exports/export-files.ts';
import type { ExportQueue, RawExport } from './exports/export-queue.ts';
import { ApiError, refuseArgument } from './requests/api-error.ts';
import { identify } from './requests/authentication.ts';
import type { ApiUser } from './requests/authentication.ts';
import { parseExportRequest } from './requests/export-request.ts';
import { parseParameters, requireText } from './requests/parameters.ts';
import type { Parameters } from './requests/parameters.ts';
import type { QuotaCounter } from './requests/quotas.ts';
import type { Tables } from './tables/create-tables.ts';

/** What the methods answer from. */
export interface ApiOptions {
  readonly queue: ExportQueue;
  readonly files: ExportFiles;
  /** The address of a file. */
  readonly toLink: (name: string) => string;
  /** Asked for with the first export. */
  readonly readTables: () => Tables;
  readonly quotas: QuotaCounter;
  readonly clock: () => number;
}

type Answer = (user: ApiUser, parameters: Parameters) => Readonly<Record<string, unknown>>;

const RAW = '/api/raw/v1/export';

/** Adds the methods of the raw export and of the quotas. */
export function addRoutes(app: FastifyInstance, options: ApiOptions): void {
  const { queue, quotas, readTables, clock } = options;
  const find = ({ id }: ApiUser, parameters: Parameters): RawExport =>
    queue.require(id, requireNumber(parameters, 'idRawExport'));
  function add(method: 'GET' | 'POST', url: string, answer: Answer): void {
    app.route({ method, url, handler: (request) => serve(request, quotas, answer) });
    const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((other) => other !== method);
    app.route({ method: others, url, exposeHeadRoute: false, handler: refuseMethod });
  }
  add('POST', `${RAW}/create.json`, (user, parameters) => {
    if (!user.canExport) {
      throw new ApiError(400, { detail: 'Export permissions required to export raw data from an account' });
    }
    const { id } = queue.add(user.id, parseExportRequest(parameters, readTables(), clock()));
    return { idRawExport: id };
  });
  add('GET', `${RAW}/get.json`, (user, parameters) => describe(find(user, parameters), options));
  add('GET', `${RAW}/cancel.json`, (user, parameters) => cancel(find(user, parameters), queue));
  // The answer of this method is not public: the quotas as a refusal has them, those of errors besides.
  add('GET', '/api/open/user/v1/quotas/get.json', ({ id }) => ({ quotas: quotas.statesOf(id) }));
}

async function serve(request: FastifyRequest, quotas: QuotaCounter, answer: Answer) {
  const { method, headers, host, ip, raw } = request;
  const url = raw.url ?? '';
  const body = method === 'POST' && typeof request.body === 'string' ? request.body : '';
  quotas.count('ip', ip);
  const user = identify(headers.authorization, { method, url: `http://${host}${url}`, body });
  if (!user) {
    quotas.count('unidentified', ip);
    throw new ApiError(403);
  }
  quotas.count('user', user.id);
  quotas.assertFewErrors(user.id);
  try {
    const query = url.includes('?') ? url.slice(url.indexOf('?') + 1) : '';
    return { code: 200, message: 'Ok', data: answer(user, toParameters(query, body, headers['content-type'])) };
  } catch (error) {
    if (error instanceof ApiError) quotas.countError(user.id);
    throw error;
  }
}

// What happens to parameters in both places is not documented, so nobody may rely on it here.
function toParameters(query: string, body: string, type: string | undefined): Parameters {
  if (query !== '' && body !== '') {
    throw new ApiError(400, { detail: 'Arguments are expected in the query or in the body, not in both' });
  }
  const isForm = type?.split(';')[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded';
  return parseParameters(body !== '' && isForm ? body : query);
}

function requireNumber(parameters: Parameters, name: string): string {
  const text = requireText(parameters, name);
  if (!/^\d+$/.test(text)) throw refuseArgument(`'${name}' is invalid`);
  return text;
}

function describe(raw: RawExport, { queue, files, toLink }: ApiOptions): Readonly<Record<string, unknown>> {
  const state = queue.stateOf(raw);
  const idRawExport = raw.id;
  if (state.status === 'In progress') {
    const { status, percent, isCancellable } = state;
    return { idRawExport, status, progress: `${percent}%`, isCancellable };
  }
  if (state.status !== 'Success!') return { idRawExport, ...state };
  const timestampExpires = String(Math.floor(state.expiresAtMs / 1000));
  const links = files.toNames(raw, state.parts).map((name) => ({ link: toLink(name), timestampExpires }));
  return { idRawExport, status: state.status, files: links };
}

function cancel(raw: RawExport, queue: ExportQueue): Readonly<Record<string, unknown>> {
  const state = queue.stateOf(raw);
  if (state.status !== 'In progress') {
    throw new ApiError(400, { detail: "This RawExport can not be cancel (it's completed)" });
  }
  if (!state.isCancellable) throw new ApiError(400, { detail: 'This RawExport can not be cancel' });
  raw.isCanceled = true;
  return { idRawExport: raw.id, info: 'Canceled' };
}

async function refuseMethod(_request: FastifyRequest, _reply: FastifyReply): Promise<never> {
  throw new ApiError(405);
}
