import type { z } from 'zod';
import type { Clock, Deadline } from '../../analytics/deadline.ts';
import type { Allowance, Authentication, HttpClient, WholeFile } from '../../analytics/http-client.ts';
import type { ProviderServices } from '../../analytics/provider.ts';
import { InvalidQueryError } from '../../errors.ts';
import { createAuthentication } from './auth.ts';
import type { GrowingioConfig } from './config.ts';
import { assertNoJson, checkFile } from './csv-failures.ts';
import {
  chartResponse,
  dashboardResponse,
  dashboardsResponse,
  explainError,
  explainFailure,
  funnelResponse,
  retentionResponse,
  segmentationsResponse,
  segmentExportResponse,
  whenReady,
  type GrowingioChartResponse,
  type GrowingioDashboardResponse,
  type GrowingioDashboardsResponse,
  type GrowingioFunnelResponse,
  type GrowingioRetentionResponse,
  type GrowingioSegmentationsResponse,
} from './responses.ts';
import { untilReady } from './until-ready.ts';

/** When a report is about: milliseconds since the epoch, both included. */
export interface TimeRange {
  readonly startTime: number;
  readonly endTime: number;
}

/** What a saved report is asked with. What is undefined is as saved. */
interface ReportParameters extends TimeRange {
  readonly id: string;
}

interface ChartParameters extends ReportParameters {
  /** A code for the length of a bucket; days where undefined. */
  readonly interval: number | undefined;
}

interface FunnelParameters extends ReportParameters {
  /** Days. */
  readonly conversionWindow: number | undefined;
}

interface RetentionParameters extends ReportParameters {
  readonly range: string;
}

/** A report that can be exported, with its folder in the address. */
interface Report<T> {
  readonly kind: 'charts' | 'funnels' | 'retentions';
  readonly id: string;
  readonly query: URLSearchParams;
  readonly schema: z.ZodType<T>;
}

/** What a segment's users are written as: a text, or several with a header each. */
export interface SegmentUsers {
  readonly texts: readonly string[];
  /** Where the texts are from, for messages. */
  readonly path: string;
}

// A second, and what two requests may come closer together by on their way.
const WINDOW_MS = 1100;

// Shows that CSV is wanted; errors are JSON all the same.
const CSV = { Accept: 'text/csv, */*' };

// The default is five minutes, the longest seven days: a file that is long, or whose server restarts, needs more than the one.
// https://github.com/growingio/growingio-docs-v3/tree/master/developer-manual/api-reference/statistics-api-v3 (checked 2026-11)
const LINKS_LAST_MINUTES = 24 * 60;

// For messages, with either version.
const USERS_PATH = 'users.csv';

/** One method per endpoint; each answers with the parsed body or throws an error of the taxonomy. */
export type GrowingioClient = ReturnType<typeof createGrowingioClient>;

/** Given a data source's configuration, return the client of its project. */
export function createGrowingioClient(config: GrowingioConfig, services: ProviderServices) {
  const auth = createAuthentication(config, services);
  const http = createHttpClients(config, auth, services);
  const projects = `/projects/${toPathPart(config.projectId)}`;
  const tools = { ...config, auth, http, projects, exporter: `/v3/exporter${projects}`, clock: services.clock };
  return {
    ...createReportMethods(tools),
    ...createSavedMethods(tools),
    allowances: (): readonly Allowance[] => Object.values(http).flatMap((client) => client.allowances()),
  };
}

interface Tools extends Pick<GrowingioConfig, 'apiVersion'> {
  readonly auth: Authentication;
  readonly http: HttpClients;
  readonly projects: string;
  readonly exporter: string;
  readonly clock: Clock;
}

// 2024: https://github.com/growingio/growingio-docs/blob/master/api/reporting-api.md
// 2026: https://github.com/growingio/growingio-docs-v3/tree/master/developer-manual/api-reference/statistics-api-v3 (checked 2026-11)
function createReportMethods({ apiVersion, http, projects, exporter, clock }: Tools) {
  const fetchReport = <T>({ kind, id, query, schema }: Report<T>, deadline: Deadline): Promise<T> => {
    const part = `${kind}/${toPathPart(id)}`;
    if (apiVersion === '2024') {
      return http[kind].requestJson({ path: `/v2${projects}/${part}.json`, query }, schema, deadline);
    }
    const request = { path: `${exporter}/${part}`, query };
    const whole = whenReady(schema);
    return untilReady(() => http[kind].requestJson(request, whole, deadline), { clock, what: 'the report' }, deadline);
  };
  return {
    // https://github.com/growingio/growingio-docs/blob/master/api/reporting-api.md#chart-api
    fetchChart({ id, interval, ...times }: ChartParameters, deadline: Deadline): Promise<GrowingioChartResponse> {
      const query = toQuery({ ...times, interval });
      return fetchReport({ kind: 'charts', id, query, schema: chartResponse }, deadline);
    },

    // https://github.com/growingio/growingio-docs/blob/master/api/reporting-api.md#funnel-api
    fetchFunnel(
      { id, conversionWindow, ...times }: FunnelParameters,
      deadline: Deadline,
    ): Promise<GrowingioFunnelResponse> {
      const query = toQuery({ ...times, conversionWindow });
      return fetchReport({ kind: 'funnels', id, query, schema: funnelResponse }, deadline);
    },

    // https://github.com/growingio/growingio-docs/blob/master/api/reporting-api.md#retention-api
    fetchRetention(
      { id, range, ...times }: RetentionParameters,
      deadline: Deadline,
    ): Promise<GrowingioRetentionResponse> {
      const query = toQuery({ ...times, range });
      return fetchReport({ kind: 'retentions', id, query, schema: retentionResponse }, deadline);
    },
  };
}

function createSavedMethods({ apiVersion, auth, http, projects, exporter, clock }: Tools) {
  const { saved, segmentations } = http;
  const assertCsv = (text: string, path: string) => assertNoJson(text, path, auth.secrets());
  return {
    // https://github.com/growingio/growingio-docs/blob/master/api/reporting-api.md#dashboard-api
    fetchDashboards(deadline: Deadline): Promise<GrowingioDashboardsResponse> {
      return saved.requestJson({ path: `${projects}/dashboards.json` }, dashboardsResponse, deadline);
    },

    // https://github.com/growingio/growingio-docs/blob/master/api/reporting-api.md#dashboard-api
    fetchDashboard(id: string, deadline: Deadline): Promise<GrowingioDashboardResponse> {
      const path = `${projects}/dashboards/${toPathPart(id)}.json`;
      return saved.requestJson({ path }, dashboardResponse, deadline);
    },

    // https://github.com/growingio/growingio-docs/blob/master/api/reporting-api.md#segmentation-api
    fetchSegmentations(deadline: Deadline): Promise<GrowingioSegmentationsResponse> {
      return segmentations.requestJson({ path: `${projects}/segmentations.json` }, segmentationsResponse, deadline);
    },

    // https://github.com/growingio/growingio-docs/blob/master/api/reporting-api.md#segmentation-api
    async fetchSegmentUsers(id: string, deadline: Deadline): Promise<SegmentUsers> {
      const part = `segmentations/${toPathPart(id)}/users`;
      const fetchTexts = async (): Promise<string[]> => {
        if (apiVersion === '2024') {
          return [await segmentations.requestText({ path: `${projects}/${part}.csv`, headers: CSV }, deadline)];
        }
        const whole = whenReady(segmentExportResponse);
        const { downloadLinks } = await untilReady(
          () => segmentations.requestJson({ path: `${exporter}/${part}` }, whole, deadline),
          { clock, what: 'the users of the segment' },
          deadline,
        );
        return Promise.all(downloadLinks.map((link) => segmentations.downloadText(link, deadline)));
      };
      const texts = await fetchTexts();
      for (const text of texts) assertCsv(text, USERS_PATH);
      return { texts, path: USERS_PATH };
    },

    /** What {@link fetchUsersFile} takes for the users of a segment: a path of the API, or links; null while they are being written. */
    async findUsersFiles(id: string, deadline: Deadline): Promise<readonly string[] | null> {
      const part = `segmentations/${toPathPart(id)}/users`;
      if (apiVersion === '2024') return [`${projects}/${part}.csv`];
      const request = { path: `${exporter}/${part}`, query: toQuery({ expire: LINKS_LAST_MINUTES }) };
      const answer = await segmentations.requestJson(request, whenReady(segmentExportResponse), deadline);
      return answer && answer.downloadLinks;
    },

    /** Users of a segment as GrowingIO writes them, byte by byte. */
    async fetchUsersFile(file: string, deadline: Deadline): Promise<WholeFile> {
      if (file.startsWith('/')) return segmentations.requestFile({ path: file, headers: CSV }, deadline);
      const { body, size } = await segmentations.download({ url: file }, { offset: 0, validator: null }, deadline);
      return { body: await checkFile(body, USERS_PATH, auth.secrets()), size };
    },

    // https://github.com/growingio/growingio-docs/blob/master/api/reporting-api.md#rule-api
    async fetchRules(deadline: Deadline): Promise<string> {
      const text = await saved.requestText({ path: `${projects}/rules.csv`, headers: CSV }, deadline);
      assertCsv(text, 'rules.csv');
      return text;
    },
  };
}

const LIMITED = { charts: 'charts', funnels: 'funnels', retentions: 'retentions', segmentations: 'segments' } as const;

/** A client for each kind that GrowingIO counts by itself, and one for what it does not count. */
type HttpClients = Readonly<Record<keyof typeof LIMITED | 'saved', HttpClient>>;

function createHttpClients(config: GrowingioConfig, auth: Authentication, services: ProviderServices): HttpClients {
  const { baseUrl, projectId, requestsPerSecond, downloadHosts, allowPrivateNetwork } = config;
  const open = (kind: string | null) =>
    services.createHttpClient({
      baseUrl,
      auth,
      // Whether a chart, a token or the project is counted is not documented: the project is the least that may be meant.
      quotas: kind
        ? [
            {
              key: `${kind} of ${projectId}`,
              name: `requests for ${kind}`,
              limit: requestsPerSecond,
              windowMs: WINDOW_MS,
            },
          ]
        : [],
      explain: explainError,
      failureIn: explainFailure,
      downloads: { hosts: downloadHosts, allowPrivateNetwork },
    });
  return {
    charts: open(LIMITED.charts),
    funnels: open(LIMITED.funnels),
    retentions: open(LIMITED.retentions),
    segmentations: open(LIMITED.segmentations),
    saved: open(null),
  };
}

function toQuery(parameters: Readonly<Record<string, string | number | undefined>>): URLSearchParams {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
}

/** An id as a part of a path; throws for one that would lead elsewhere. */
function toPathPart(id: string): string {
  if (id === '.' || id === '..') throw new InvalidQueryError(`"${id}" is no id of GrowingIO`);
  return encodeURIComponent(id);
}
