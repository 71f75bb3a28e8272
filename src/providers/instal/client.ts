import type { Deadline } from '../../analytics/deadline.ts';
import type { UpstreamFile } from '../../analytics/exports.ts';
import type { Allowance, CreateHttpClient, FileBytes, FilePosition } from '../../analytics/http-client.ts';
import { ProviderRejectedError, ProviderResponseError } from '../../errors.ts';
import type { InstalConfig } from './config.ts';
import {
  explainError,
  explainFailure,
  queuedResponse,
  statusResponse,
  type InstalStatusResponse,
} from './responses.ts';

/** Body of a request for an export. */
export interface ExportParameters {
  readonly start_date: string;
  readonly stop_date: string;
  readonly sorting?: string;
  readonly format: string;
  readonly csv_headers: boolean;
  readonly interval: string;
}

/** One method per endpoint; each answers with what the body says or throws an error of the taxonomy. */
export type InstalClient = ReturnType<typeof createInstalClient>;

// No task has it: Instal says that it is pending, as it does of every task that it does not know.
const NO_TASK = '00000000-0000-0000-0000-000000000000';

/** Given a data source's configuration, return the client of its advertiser. */
export function createInstalClient(config: InstalConfig, createHttpClient: CreateHttpClient) {
  const { baseUrl, token, createPath, statusPath, requestsPerSecond } = config;
  const { origin, host } = new URL(baseUrl);
  const auth = { authorization: `Token ${token}` };
  const http = createHttpClient({
    baseUrl,
    auth,
    quotas: [{ key: token, name: 'requests per second', limit: requestsPerSecond, windowMs: 1_000 }],
    explain: explainError,
    failureIn: explainFailure,
    downloads: { hosts: [host, ...config.downloadHosts], allowPrivateNetwork: config.allowPrivateNetwork },
  });
  const fetchSlashed = createSlashFallback((path, deadline: Deadline) =>
    http.requestJson({ path }, statusResponse, deadline),
  );

  // http://docs.instal.com/api/adv_bulk_export_api/#retrieve-an-export
  const fetchExport = (taskId: string, deadline: Deadline): Promise<InstalStatusResponse> =>
    fetchSlashed(statusPath.replaceAll('{taskId}', encodeURIComponent(taskId)), deadline);

  return {
    // http://docs.instal.com/api/adv_bulk_export_api/#demand-a-new-export
    async createExport(parameters: ExportParameters, deadline: Deadline): Promise<string> {
      const request = { method: 'POST', path: createPath, json: parameters } as const;
      return (await http.requestJson(request, queuedResponse, deadline)).task_id;
    },

    fetchExport,

    /** Resolves where the token is taken. */
    async checkToken(deadline: Deadline): Promise<void> {
      await fetchExport(NO_TASK, deadline);
    },

    // http://docs.instal.com/api/adv_bulk_export_api/#export-result
    download({ url }: UpstreamFile, from: FilePosition, deadline: Deadline): Promise<FileBytes> {
      // Whether files want the token is not documented: whoever keeps them elsewhere must not get it.
      const isAtInstal = URL.parse(url)?.origin === origin;
      return http.download({ url, ...(isAtInstal && { headers: auth }) }, from, deadline);
    },

    allowances: (): readonly Allowance[] => http.allowances(),
  };
}

/**
 * The document has lost whether addresses of tasks end in a slash, and frameworks like its own redirect to the form that does, which is not
 * followed here. A path without one is tried with it where it does not answer; the form that answered is kept.
 */
function createSlashFallback<T>(fetch: (path: string, deadline: Deadline) => Promise<T>): typeof fetch {
  let ending: '' | '/' | null = null;
  return async (path, deadline) => {
    if (path.endsWith('/')) return fetch(path, deadline);
    try {
      const answer = await fetch(`${path}${ending ?? ''}`, deadline);
      ending ??= '';
      return answer;
    } catch (error) {
      if (ending !== null || !isNoAddress(error)) throw error;
      try {
        const answer = await fetch(`${path}/`, deadline);
        ending = '/';
        return answer;
      } catch (second) {
        // Where neither form answers, the one of the configuration is what can be corrected.
        throw isNoAddress(second) ? error : second;
      }
    }
  };
}

/** A redirect is an answer that is not as documented, and an unknown path a refusal. */
function isNoAddress(error: unknown): boolean {
  return error instanceof ProviderResponseError || error instanceof ProviderRejectedError;
}
