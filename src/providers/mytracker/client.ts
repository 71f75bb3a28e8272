import type { Deadline } from '../../analytics/deadline.ts';
import type { UpstreamFile } from '../../analytics/exports.ts';
import type {
  Allowance,
  CreateHttpClient,
  FileBytes,
  FilePosition,
  HttpRequest,
  Quota,
} from '../../analytics/http-client.ts';
import type { MytrackerConfig } from './config.ts';
import {
  cancelResponse,
  createResponse,
  explainError,
  getResponse,
  quotasResponse,
  toStatedOutcome,
  type MytrackerGetResponse,
} from './responses.ts';
import { createAuthentication, toAuthorization } from './signature.ts';

/** One method per endpoint; each answers with what the body says or throws an error of the taxonomy. */
export type MytrackerClient = ReturnType<typeof createMytrackerClient>;

const RAW = '/api/raw/v1/export';

/** Given a data source's configuration, return the client of its API user. */
export function createMytrackerClient(config: MytrackerConfig, createHttpClient: CreateHttpClient) {
  const options = {
    baseUrl: config.baseUrl,
    auth: createAuthentication(config),
    explain: explainError,
    outcomeIn: toStatedOutcome,
    downloads: { hosts: config.downloadHosts, allowPrivateNetwork: config.allowPrivateNetwork },
  };
  const { all, refusable } = toQuotas(config);
  const http = createHttpClient({ ...options, quotas: all });
  // Refusals have an allowance of their own, so what MyTracker may refuse is also counted there.
  const asking = createHttpClient({ ...options, quotas: [...all, refusable] });

  return {
    // https://docs.tracker.my.com/api/export-api/raw/create
    async createExport(parameters: URLSearchParams, deadline: Deadline): Promise<string> {
      const request: HttpRequest = {
        method: 'POST',
        path: `${RAW}/create.json`,
        ...(config.parameterPlacement === 'body' ? { form: parameters } : { query: parameters }),
      };
      const { data } = await asking.requestJson(request, createResponse, deadline);
      return data.idRawExport;
    },

    // https://docs.tracker.my.com/api/export-api/raw/get
    fetchExport(id: string, deadline: Deadline): Promise<MytrackerGetResponse> {
      const query = new URLSearchParams({ idRawExport: id });
      return http.requestJson({ path: `${RAW}/get.json`, query, answers: [404] }, getResponse, deadline);
    },

    // https://docs.tracker.my.com/api/export-api/raw/cancel
    async cancelExport(id: string, deadline: Deadline): Promise<boolean> {
      const query = new URLSearchParams({ idRawExport: id });
      const request = { path: `${RAW}/cancel.json`, query, answers: [400, 404] };
      const { code } = await asking.requestJson(request, cancelResponse, deadline);
      return code === 200;
    },

    // https://docs.tracker.my.com/api/export-api/quotas
    async fetchQuotas(deadline: Deadline): Promise<void> {
      await http.requestJson({ path: '/api/open/user/v1/quotas/get.json' }, quotasResponse, deadline);
    },

    // https://docs.tracker.my.com/api/export-api/download
    download({ url }: UpstreamFile, from: FilePosition, deadline: Deadline): Promise<FileBytes> {
      return http.download({ url, headers: toDownloadHeaders(url, config) }, from, deadline);
    },

    allowances: (): readonly Allowance[] => asking.allowances(),
  };
}

/** Quotas are counted by API user. */
function toQuotas({ baseUrl, userId, ...limits }: MytrackerConfig): { all: readonly Quota[]; refusable: Quota } {
  const key = `${baseUrl} ${userId}`;
  return {
    all: [
      { key, name: 'requests per second', limit: limits.requestsPerSecond, windowMs: 1_000 },
      { key, name: 'requests per minute', limit: limits.requestsPerMinute, windowMs: 60_000 },
      { key, name: 'requests per hour', limit: limits.requestsPerHour, windowMs: 3_600_000 },
    ],
    refusable: {
      key,
      name: 'requests per minute that may be refused',
      limit: limits.refusalsPerMinute,
      windowMs: 60_000,
    },
  };
}

/** A signature holds for its link only, but it is a credential: a host that it is not meant for gets none. */
function toDownloadHeaders(link: string, config: MytrackerConfig): Readonly<Record<string, string>> {
  const { baseUrl, signDownloads } = config;
  const url = URL.parse(link);
  if (!url || signDownloads === 'never') return {};
  if (signDownloads === 'same-host' && url.host !== new URL(baseUrl).host) return {};
  return { Authorization: toAuthorization(config, { method: 'GET', url, body: '' }) };
}
