import { z } from 'zod';
import type { Deadline } from '../../analytics/deadline.ts';
import type { Allowance, CreateHttpClient, WholeFile } from '../../analytics/http-client.ts';
import type { AdaptyConfig } from './config.ts';
import {
  ENDPOINTS,
  toBody,
  type AnalyticsParameters,
  type Body,
  type CohortParameters,
  type CommonParameters,
  type ConversionParameters,
  type Endpoint,
  type EndpointParameters,
  type FunnelParameters,
  type LifetimeValueParameters,
  type RetentionParameters,
} from './request-bodies.ts';
import {
  analyticsResponse,
  cohortResponse,
  conversionResponse,
  explainError,
  funnelResponse,
  lifetimeValueResponse,
  retentionResponse,
  type AdaptyAnalyticsResponse,
  type AdaptyCohortResponse,
  type AdaptyConversionResponse,
  type AdaptyFunnelResponse,
  type AdaptyLifetimeValueResponse,
  type AdaptyRetentionResponse,
} from './responses.ts';

/** One method per endpoint; each answers with the parsed body or throws an error of the taxonomy. */
export type AdaptyClient = ReturnType<typeof createAdaptyClient>;

/** Given a data source's configuration, return the client of its app. */
export function createAdaptyClient(config: AdaptyConfig, createHttpClient: CreateHttpClient) {
  const { baseUrl, secretKey, apiVersion, requestsPerSecond } = config;
  const http = createHttpClient({
    baseUrl,
    auth: { Authorization: `Api-Key ${secretKey}` },
    quotas: [{ key: secretKey, name: 'requests per app', limit: requestsPerSecond, windowMs: 1000 }],
    explain: explainError,
  });
  const post = <T>(
    endpoint: Endpoint,
    { timezone, body, schema }: { timezone: string; body: Body; schema: z.ZodType<T> },
    deadline: Deadline,
  ) => http.requestJson(toRequest(endpoint, timezone, body), schema, deadline);

  // Each of them: https://adapty.io/docs/api-specs/export-analytics-api.yaml (checked 2026-11)
  return {
    // https://adapty.io/docs/export-analytics-api#retrieve-analytics-data
    fetchAnalytics(parameters: AnalyticsParameters, deadline: Deadline): Promise<AdaptyAnalyticsResponse> {
      const body = toBody('analytics', parameters, apiVersion);
      return post('analytics', { timezone: parameters.timezone, body, schema: analyticsResponse }, deadline);
    },

    // https://adapty.io/docs/export-analytics-api#retrieve-cohort-data
    fetchCohorts(parameters: CohortParameters, deadline: Deadline): Promise<AdaptyCohortResponse> {
      const body = toBody('cohort', parameters, apiVersion);
      return post('cohort', { timezone: parameters.timezone, body, schema: cohortResponse }, deadline);
    },

    // https://adapty.io/docs/export-analytics-api#retrieve-conversion-data
    fetchConversion(parameters: ConversionParameters, deadline: Deadline): Promise<AdaptyConversionResponse> {
      const body = toBody('conversion', parameters, apiVersion);
      return post('conversion', { timezone: parameters.timezone, body, schema: conversionResponse }, deadline);
    },

    // https://adapty.io/docs/export-analytics-api#retrieve-funnel-data
    fetchFunnel(parameters: FunnelParameters, deadline: Deadline): Promise<AdaptyFunnelResponse> {
      const body = toBody('funnel', parameters, apiVersion);
      return post('funnel', { timezone: parameters.timezone, body, schema: funnelResponse }, deadline);
    },

    // https://adapty.io/docs/export-analytics-api#retrieve-lifetime-value-ltv-data
    fetchLifetimeValues(parameters: LifetimeValueParameters, deadline: Deadline): Promise<AdaptyLifetimeValueResponse> {
      const body = toBody('ltv', parameters, apiVersion);
      return post('ltv', { timezone: parameters.timezone, body, schema: lifetimeValueResponse }, deadline);
    },

    // https://adapty.io/docs/export-analytics-api#retrieve-retention-data
    fetchRetention(parameters: RetentionParameters, deadline: Deadline): Promise<AdaptyRetentionResponse> {
      const body = toBody('retention', parameters, apiVersion);
      return post('retention', { timezone: parameters.timezone, body, schema: retentionResponse }, deadline);
    },

    /** The name under which {@link fetchCsv} has the answer of an endpoint: the whole request. */
    nameCsv<Name extends Endpoint>(endpoint: Name, parameters: EndpointParameters[Name] & CommonParameters): string {
      const { timezone } = parameters;
      return JSON.stringify({ endpoint, timezone, body: toBody(endpoint, parameters, apiVersion) });
    },

    /** An answer as Adapty writes it as CSV, byte by byte. */
    async fetchCsv(name: string, deadline: Deadline): Promise<WholeFile> {
      const { endpoint, timezone, body } = csvName.parse(JSON.parse(name));
      const { headers, ...request } = toRequest(endpoint, timezone, { ...body, format: 'csv' });
      // In 2024 the format of cohorts stood in the query as well.
      const query = apiVersion === '2024' && endpoint === 'cohort' ? new URLSearchParams({ format: 'csv' }) : undefined;
      return http.requestFile(
        { ...request, headers: { ...headers, Accept: 'text/csv' }, ...(query && { query }) },
        deadline,
      );
    },

    allowances: (): readonly Allowance[] => http.allowances(),
  };
}

const csvName = z.object({
  endpoint: z.enum(ENDPOINTS),
  timezone: z.string(),
  body: z.record(z.string(), z.unknown()),
});

function toRequest(endpoint: Endpoint, timezone: string, json: Body) {
  return {
    method: 'POST',
    // Without the slash at the end a POST would be redirected, or fail.
    path: `/api/v1/client-api/metrics/${endpoint}/`,
    headers: { 'Adapty-Tz': timezone },
    json,
    isReadOnly: true,
  } as const;
}
