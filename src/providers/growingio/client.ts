import type { Deadline } from '../../analytics/deadline.ts';
import type { Allowance, CreateHttpClient } from '../../analytics/http-client.ts';
import type { GrowingioConfig } from './config.ts';
import {
  accountResponse,
  explainError,
  metricResponse,
  type GrowingioAccountResponse,
  type GrowingioMetricResponse,
} from './responses.ts';

/** Parameters of `/metrics`. Days are UTC days, both included. */
export interface MetricParameters {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** One method per endpoint; each answers with the parsed body or throws an error of the taxonomy. */
export type GrowingioClient = ReturnType<typeof createGrowingioClient>;

/** Given a data source's configuration, return the client of its account. */
export function createGrowingioClient(config: GrowingioConfig, createHttpClient: CreateHttpClient) {
  const http = createHttpClient({
    baseUrl: config.baseUrl,
    auth: { authorization: `Bearer ${config.apiKey}` },
    quotas: [{ key: config.apiKey, name: 'requests per key', limit: 60, windowMs: 60_000 }],
    explain: explainError,
  });

  return {
    // https://growingio.example/docs#metrics
    fetchMetric({ name, from, to }: MetricParameters, deadline: Deadline): Promise<GrowingioMetricResponse> {
      const query = new URLSearchParams({ name, from, to });
      return http.requestJson({ path: '/metrics', query }, metricResponse, deadline);
    },

    // https://growingio.example/docs#account
    fetchAccount(deadline: Deadline): Promise<GrowingioAccountResponse> {
      return http.requestJson({ path: '/account' }, accountResponse, deadline);
    },

    allowances: (): readonly Allowance[] => http.allowances(),
  };
}
