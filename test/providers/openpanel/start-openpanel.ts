import type { Clock } from '../../../src/analytics/deadline.ts';
import openpanel from '../../../src/providers/openpanel/index.ts';
import { connectProvider, SOURCE_KEY, type ConnectedProvider } from '../../support/connect-provider.ts';
import type { Exchange } from '../../support/fixture.ts';
import { startReplayServer, type AskedRequest, type ReplayServer } from '../../support/replay-server.ts';
import { sampleConfig } from './sample-config.ts';

/** The body of a response. */
export type Body = Exchange['response']['body'];

/** What OpenPanel answers at each of its routes; without a route it is 404 there. */
export interface Routes {
  readonly charts?: (asked: AskedRequest) => Body;
  readonly events?: (asked: AskedRequest) => Body;
  readonly insightsFunnel?: (asked: AskedRequest) => Body;
  readonly exportFunnel?: (asked: AskedRequest) => Body;
  readonly eventNames?: (asked: AskedRequest) => Body;
}

/** OpenPanel as a test wants it, and our provider connected to it. */
export interface Openpanel extends Pick<ConnectedProvider, 'dataSource' | 'begin' | 'log'>, AsyncDisposable {
  readonly server: ReplayServer;
  /** The parameters of each request to a route, in order. */
  asked(path: string): AskedRequest['query'][];
}

/** Start an OpenPanel with these routes and connect to it; `config` is what differs from the sample. */
export async function startOpenpanel(
  routes: Routes,
  config: Readonly<Record<string, unknown>> = {},
  now: string | Clock = '2026-11-15T12:00:00Z',
): Promise<Openpanel> {
  const server = await startReplayServer((asked) => {
    const body = routeOf(routes, asked.path)?.(asked);
    return body === undefined ? NOT_FOUND : { status: 200, headers: JSON_TYPE, body };
  });
  const connected = connectProvider(openpanel, { ...sampleConfig(server.url), ...config }, now);
  return {
    ...connected,
    server,
    asked: (path) => server.asked.filter((request) => request.path === path).map(({ query }) => query),
    async [Symbol.asyncDispose]() {
      await connected[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** A series of a chart's answer: `points` by date, as OpenPanel writes it. */
export function chartSeries(
  letter: string,
  points: Readonly<Record<string, number | null>> | readonly (readonly [date: string, count: number | null])[],
  { breakdowns, ...metrics }: { breakdowns?: Record<string, string>; count?: number } = {},
) {
  const data = (Array.isArray(points) ? points : Object.entries(points)) as [string, number | null][];
  const sum = data.reduce((total, [, count]) => total + (count ?? 0), 0);
  return {
    id: `event-${letter.toLowerCase()}`,
    names: ['event', ...Object.values(breakdowns ?? {})],
    event: { id: letter, name: 'event', ...(breakdowns && { breakdowns }) },
    metrics: { sum, average: sum, min: 0, max: sum, ...metrics },
    data: data.map(([date, count]) => ({ date, count })),
  };
}

/** One selection of an event. */
export function eventSelection(
  name = 'sign_up',
  measure = 'COUNT',
  { property, filters = [], ...more }: Readonly<Record<string, unknown>> = {},
) {
  return { source: SOURCE_KEY, metric: { event: { name, measure, property, filters } }, filters: [], ...more };
}

/** A question for metrics; daily sign-ups of the first three days of October 2026 where nothing else is said. */
export function metricsQuestion(more: Readonly<Record<string, unknown>> = {}) {
  return {
    select: [eventSelection()],
    period: { dates: { from: '2026-10-01', to: '2026-10-03' } },
    interval: 'DAY',
    breakdown: [],
    seriesLimit: 100,
    filters: [],
    ...more,
  };
}

/** A period of whole days. */
export const days = (from: string, to: string) => ({ dates: { from, to } });

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const NOT_FOUND: Exchange['response'] = {
  status: 404,
  headers: JSON_TYPE,
  body: { message: 'Route not found', error: 'Not Found', statusCode: 404 },
};

function routeOf(routes: Routes, path: string) {
  if (path === '/export/charts') return routes.charts;
  if (path === '/export/events') return routes.events;
  if (path === '/export/funnel') return routes.exportFunnel;
  return path.endsWith('/funnel') ? routes.insightsFunnel : routes.eventNames;
}
