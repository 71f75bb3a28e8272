import type { Deadline } from '../../analytics/deadline.ts';
import type { Allowance, CreateHttpClient } from '../../analytics/http-client.ts';
import type { OpenpanelConfig } from './config.ts';
import {
  chartResponse,
  eventNamesResponse,
  eventsResponse,
  explainError,
  exportFunnelResponse,
  insightsFunnelResponse,
  profilesResponse,
  type OpenpanelChartResponse,
  type OpenpanelEventsResponse,
  type OpenpanelExportFunnelResponse,
  type OpenpanelInsightsFunnelResponse,
  type OpenpanelProfilesResponse,
} from './responses.ts';
import { toUnguessed, type OpenpanelFilter } from './vocabulary.ts';

const WINDOW_MS = 10_000;
// 10 until May 2025, 100 since. https://openpanel.dev/docs/api/export (checked 2026-11)
const REQUESTS_PER_WINDOW = { '2024': 10, '2026': 100 } as const;

/** Parameters of `/export/events`. Days are UTC days, both included. */
export interface EventsParameters {
  readonly start: string;
  readonly end: string;
  readonly page: number;
  readonly limit: number;
  readonly names: readonly string[];
  readonly includes: readonly string[];
  readonly filters: readonly OpenpanelFilter[];
}

/** One series of `/export/charts`: a bare name where nothing else is wanted of the 2024 API. */
export type ChartEvent =
  | string
  | {
      readonly name: string;
      readonly segment: string;
      readonly property?: string;
      readonly filters: readonly OpenpanelFilter[];
    };

/** Parameters of `/export/charts`. */
export interface ChartParameters {
  readonly events: readonly ChartEvent[];
  readonly breakdowns: readonly string[];
  readonly interval: string;
  readonly previous: boolean;
  readonly startDate: string;
  readonly endDate: string;
  /** `chartType`, `metric`, `limit`, `offset`: documented in 2024, ignored by every server seen. */
  readonly more: Readonly<Record<string, string>>;
}

/** Parameters of `/insights/:projectId/funnel`. */
export interface InsightsFunnelParameters {
  readonly steps: readonly string[];
  readonly windowHours: number;
  readonly groupBy: 'session_id' | 'profile_id';
  readonly startDate: string;
  readonly endDate: string;
}

/** Parameters of the documented `/export/funnel`. */
export interface ExportFunnelParameters {
  readonly events: readonly { readonly name: string; readonly filters: readonly OpenpanelFilter[] }[];
  readonly startDate: string;
  readonly endDate: string;
}

/** One method per endpoint; each answers with the parsed body or throws an error of the taxonomy. */
export type OpenpanelClient = ReturnType<typeof createOpenpanelClient>;

/** Given a data source's configuration, return the client of its project. */
export function createOpenpanelClient(config: OpenpanelConfig, createHttpClient: CreateHttpClient) {
  const http = createHttpClient({
    baseUrl: config.baseUrl,
    auth: { 'openpanel-client-id': config.clientId, 'openpanel-client-secret': config.clientSecret },
    quotas: [
      {
        key: config.clientId,
        name: 'requests per client',
        limit: config.requestsPer10Seconds ?? REQUESTS_PER_WINDOW[config.apiVersion],
        windowMs: WINDOW_MS,
      },
    ],
    // Filters name users by their ids and addresses; those of charts and funnels stand in `events`.
    personalParameters: ['filters', 'events'],
    explain: explainError,
  });
  // The 2024 API took texts as they were.
  const text = config.apiVersion === '2024' ? (value: string) => value : toUnguessed;

  return {
    // https://openpanel.dev/docs/api/export#events (checked 2026-11)
    readEvents(parameters: EventsParameters, deadline: Deadline): Promise<OpenpanelEventsResponse> {
      const query = toEventsQuery(parameters, config.projectId, text);
      return http.requestJson({ path: '/export/events', query }, eventsResponse, deadline);
    },

    // https://openpanel.dev/docs/api/export#events (checked 2026-11)
    readProfiles(parameters: EventsParameters, deadline: Deadline): Promise<OpenpanelProfilesResponse> {
      const query = toEventsQuery(parameters, config.projectId, text);
      return http.requestJson({ path: '/export/events', query }, profilesResponse, deadline);
    },

    // https://openpanel.dev/docs/api/export#charts (checked 2026-11)
    fetchChart(parameters: ChartParameters, deadline: Deadline): Promise<OpenpanelChartResponse> {
      const query = toChartQuery(parameters, config.projectId, text);
      return http.requestJson({ path: '/export/charts', query }, chartResponse, deadline);
    },

    // https://openpanel.dev/docs/api/insights (checked 2026-11)
    fetchInsightsFunnel(
      parameters: InsightsFunnelParameters,
      deadline: Deadline,
    ): Promise<OpenpanelInsightsFunnelResponse> {
      const query = new URLSearchParams({
        // A comma-separated text would be read as one step.
        steps: JSON.stringify(parameters.steps),
        windowHours: String(parameters.windowHours),
        groupBy: parameters.groupBy,
        startDate: parameters.startDate,
        endDate: parameters.endDate,
      });
      const path = `/insights/${encodeURIComponent(config.projectId)}/funnel`;
      return http.requestJson({ path, query }, insightsFunnelResponse, deadline);
    },

    // The export documentation of November 2024; no server seen has it, today's answers 404.
    fetchExportFunnel(parameters: ExportFunnelParameters, deadline: Deadline): Promise<OpenpanelExportFunnelResponse> {
      const query = new URLSearchParams({
        projectId: text(config.projectId),
        events: JSON.stringify(parameters.events),
        startDate: parameters.startDate,
        endDate: parameters.endDate,
      });
      return http.requestJson({ path: '/export/funnel', query }, exportFunnelResponse, deadline);
    },

    // https://openpanel.dev/docs/api/insights (checked 2026-11)
    listEventNames(deadline: Deadline): Promise<string[]> {
      const path = `/insights/${encodeURIComponent(config.projectId)}/events/names`;
      return http.requestJson({ path }, eventNamesResponse, deadline);
    },

    allowances: (): readonly Allowance[] => http.allowances(),
  };
}

function toEventsQuery(
  parameters: EventsParameters,
  projectId: string,
  text: (value: string) => string,
): URLSearchParams {
  const query = new URLSearchParams({
    projectId: text(projectId),
    start: parameters.start,
    end: parameters.end,
    page: String(parameters.page),
    limit: String(parameters.limit),
  });
  for (const name of parameters.names) query.append('event', text(name));
  if (parameters.includes.length > 0) query.set('includes', parameters.includes.join(','));
  if (parameters.filters.length > 0) query.set('filters', JSON.stringify(parameters.filters));
  return query;
}

function toChartQuery(
  parameters: ChartParameters,
  projectId: string,
  text: (value: string) => string,
): URLSearchParams {
  const query = new URLSearchParams({
    projectId: text(projectId),
    events: JSON.stringify(parameters.events),
    interval: parameters.interval,
    startDate: parameters.startDate,
    endDate: parameters.endDate,
    ...parameters.more,
  });
  if (parameters.breakdowns.length > 0) {
    query.set('breakdowns', JSON.stringify(parameters.breakdowns.map((name) => ({ name }))));
  }
  // `previous=1` is refused: only the words true and false are booleans.
  if (parameters.previous) query.set('previous', 'true');
  return query;
}
