import { inspect } from 'node:util';
import { createDeadline, type Clock, type Deadline } from '../../../src/analytics/deadline.ts';
import type { FunnelQuery, FunnelResult } from '../../../src/analytics/funnels.ts';
import type { MetricsQuery, MetricsResult } from '../../../src/analytics/metrics.ts';
import { resolveComparison, resolvePeriod, type Interval, type Period } from '../../../src/analytics/period.ts';
import type { ProviderConnection } from '../../../src/analytics/provider.ts';
import type { RetentionQuery, RetentionResult } from '../../../src/analytics/retention.ts';
import { createTimeAxis } from '../../../src/analytics/time-axis.ts';
import { createHttpClientFactory } from '../../../src/http/http-client.ts';
import { createTokenStore } from '../../../src/http/token-store.ts';
import { growingioConfig } from '../../../src/providers/growingio/config.ts';
import growingio from '../../../src/providers/growingio/index.ts';
import { systemClock } from '../../../src/system-clock.ts';
import { startGrowingioServer, type Answers, type GrowingioServer } from './growingio-server.ts';
import { sampleConfig } from './sample-config.ts';

/** A question about some days; what is left out is as in {@link DEFAULTS}. */
export interface Question {
  readonly chart?: string;
  readonly days?: readonly [from: string, to: string];
  readonly interval?: Interval;
}

/** GrowingIO as a test wants it, and our provider connected to it. */
export interface Growingio extends AsyncDisposable {
  readonly server: GrowingioServer;
  readonly connection: ProviderConnection;
  /** Everything that was logged, as text. */
  readonly log: readonly string[];
  deadline(timeoutMs?: number, signal?: AbortSignal): Deadline;
  chart(
    question?: Question & { readonly comparedTo?: 'PREVIOUS_PERIOD' | 'SAME_PERIOD_LAST_YEAR' },
  ): Promise<MetricsResult>;
  funnel(question?: Question & { readonly windowMs?: number }): Promise<FunnelResult>;
  retention(question?: Question & { readonly offsets?: number }): Promise<RetentionResult>;
}

const TIMEZONE = 'Asia/Shanghai';
const DEFAULTS = { chart: 'c1AbCdEf', days: ['2026-10-05', '2026-10-07'] } as const;
const PATH = 'query.period';

/** Start a GrowingIO with these answers and connect to it; `config` is what differs from the sample. */
export async function startGrowingio(
  answers: Answers,
  config: Readonly<Record<string, unknown>> = {},
  time: string | Clock = '2026-11-15T12:00:00Z',
): Promise<Growingio> {
  const server = await startGrowingioServer(answers);
  const clock = typeof time === 'string' ? clockFrom(time) : time;
  const log: string[] = [];
  const write = (fields: object, message: string) => void log.push(`${message} ${inspect(fields, { depth: 10 })}`);
  const factory = createHttpClientFactory({ clock, log: { debug: write, warn: write } });
  const origin = { source: 'sample', provider: 'growingio', providerName: 'GrowingIO' };
  const connection = growingio.connect(growingioConfig.parse({ ...sampleConfig(server.url), ...config }), {
    createHttpClient: factory(origin),
    clock,
    tokens: createTokenStore(clock),
  });
  const deadline = (timeoutMs = 10_000, signal?: AbortSignal) => createDeadline(clock, timeoutMs, signal);
  const { metrics, funnels, retention } = connection.capabilities;
  if (!metrics || !funnels || !retention) throw new Error('GrowingIO has all three.');
  const now = clock.now();
  const ask = { now, deadline };
  return {
    server,
    connection,
    log,
    deadline,
    chart: (question = {}) => metrics.fetchMetrics(toMetricsQuery(question, now), ask.deadline()),
    funnel: (question = {}) => funnels.fetchFunnel(toFunnelQuery(question, now), ask.deadline()),
    retention: (question = {}) => retention.fetchRetention(toRetentionQuery(question, now), ask.deadline()),
    async [Symbol.asyncDispose]() {
      await factory.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** The start of a day in Beijing, in milliseconds since the epoch. */
export const at = (day: string, hour = '00'): number => Date.parse(`${day}T${hour}:00:00+08:00`);

/** A column of words, and one of numbers. */
export const dimension = (name: string) => ({ name, dimension: true });
export const metric = (name: string) => ({ name, metric: true });

/** The body of a report, whatever its kind. */
export const report = (
  meta: readonly object[],
  data: readonly unknown[],
  more: Readonly<Record<string, unknown>> = {},
) => ({
  id: 'c1AbCdEf',
  name: 'Saved',
  startTime: at('2026-10-05'),
  endTime: at('2026-10-08') - 1,
  interval: 86_400_000,
  conversionWindow: 1,
  range: 'day',
  meta,
  data,
  ...more,
});

/** Where today's API has the reports of the sample's project. */
export const EXPORTER = '/v3/exporter/projects/pRoj3ct1';

function toPeriod({ days: [from, to] = DEFAULTS.days }: Question, now: number): Period {
  return resolvePeriod({ dates: { from, to } }, { timezone: TIMEZONE, now, earliestDate: null, path: PATH });
}

function toMetricsQuery(
  question: Question & { readonly comparedTo?: 'PREVIOUS_PERIOD' | 'SAME_PERIOD_LAST_YEAR' },
  now: number,
): MetricsQuery {
  const { chart = DEFAULTS.chart, interval = 'DAY', comparedTo } = question;
  const period = toPeriod(question, now);
  const context = { timezone: TIMEZONE, now, earliestDate: null, path: PATH };
  const compared = comparedTo ? resolveComparison({ preset: comparedTo }, period, context) : null;
  return {
    selections: [{ metric: { kind: 'chart', nativeId: chart }, filters: [], options: {} }],
    period,
    interval,
    axis: createTimeAxis(period, interval),
    breakdown: [],
    comparison: compared && {
      period: compared,
      axis: createTimeAxis(compared, interval),
      isPrecedingPeriod: comparedTo === 'PREVIOUS_PERIOD',
    },
    waitMs: null,
  };
}

function toFunnelQuery(question: Question & { readonly windowMs?: number }, now: number): FunnelQuery {
  const { chart = DEFAULTS.chart, interval = 'TOTAL', windowMs } = question;
  return {
    steps: null,
    chart,
    period: toPeriod(question, now),
    order: 'ORDERED',
    conversionWindowMs: windowMs ?? null,
    countBy: 'USERS',
    excluding: [],
    interval,
    breakdown: [],
    filters: [],
    options: {},
    waitMs: null,
  };
}

function toRetentionQuery(question: Question & { readonly offsets?: number }, now: number): RetentionQuery {
  const { chart = DEFAULTS.chart, interval = 'DAY', offsets } = question;
  return {
    period: toPeriod(question, now),
    interval,
    chart,
    entry: null,
    returning: null,
    entryKind: 'FIRST_TIME',
    mode: 'N_DAY',
    offsets: offsets ?? null,
    breakdown: [],
    filters: [],
    options: {},
    waitMs: null,
  };
}

/** A clock that runs as ours does, from another moment on. */
function clockFrom(now: string): Clock {
  const ahead = Date.parse(now) - Date.now();
  return { ...systemClock, now: () => Date.now() + ahead };
}
