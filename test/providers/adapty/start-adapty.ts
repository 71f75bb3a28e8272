import { buffer } from 'node:stream/consumers';
import type { Clock } from '../../../src/analytics/deadline.ts';
import { requireNativeFiles, type CapabilityName } from '../../../src/analytics/provider.ts';
import { listNative } from '../../../src/exports/native-source.ts';
import { REPORT_CAPABILITIES, type ReportName } from '../../../src/exports/request.ts';
import adapty from '../../../src/providers/adapty/index.ts';
import { CONTRACTS } from '../../contract/contracts.ts';
import { connectProvider, SOURCE_KEY, type ConnectedProvider } from '../../support/connect-provider.ts';
import type { Exchange } from '../../support/fixture.ts';
import { startReplayServer, type AskedRequest, type ReplayServer } from '../../support/replay-server.ts';
import { sampleConfig } from './sample-config.ts';

/** The body of a response. */
export type Body = Exchange['response']['body'];

/** Adapty's word for an endpoint. */
export type Endpoint = keyof typeof NOTHING;

/** What Adapty answers at each endpoint; where nothing is said, that there is nothing. */
export type Answers = Partial<Record<Endpoint, (asked: AskedRequest) => Body>>;

/** Adapty as a test wants it, and our provider connected to it. */
export interface Adapty extends Pick<ConnectedProvider, 'dataSource' | 'begin' | 'log'>, AsyncDisposable {
  readonly server: ReplayServer;
  /** Ask a question and return the answer as a fixture writes it. */
  ask(capability: CapabilityName, question: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** The names of Adapty's own files that answer a question. */
  listFiles(report: ReportName, question?: Readonly<Record<string, unknown>>): Promise<readonly string[]>;
  /** Such a file. */
  fetchFile(report: ReportName, name: string): Promise<Buffer>;
}

/** Start an Adapty with these answers and connect to it; `config` is what differs from the sample. */
export async function startAdapty(
  answers: Answers = {},
  config: Readonly<Record<string, unknown>> = {},
  now: string | Clock = '2026-11-15T12:00:00Z',
): Promise<Adapty> {
  const server = await startReplayServer((asked) => {
    const endpoint = asked.path.split('/').at(-2) as Endpoint;
    const body = answers[endpoint]?.(asked) ?? NOTHING[endpoint];
    return { status: 200, headers: JSON_TYPE, body };
  });
  const connected = connectProvider(adapty, { ...sampleConfig(server.url), ...config }, now);
  const { dataSource, begin } = connected;
  return {
    ...connected,
    server,
    ask: async (capability, question) =>
      (await CONTRACTS[capability].ask({ ...QUESTIONS[capability], ...question }, { reports: begin(), dataSource }))
        .plain,
    async listFiles(report, question = {}) {
      const query = { source: SOURCE_KEY, ...QUESTIONS[REPORT_CAPABILITIES[report]], ...question };
      return (await listNative({ report, query }, begin().nativeListings)) ?? [];
    },
    async fetchFile(report, name) {
      const files = requireNativeFiles(dataSource, REPORT_CAPABILITIES[report]);
      return buffer((await files.download(name, connected.deadline())).body);
    },
    async [Symbol.asyncDispose]() {
      await connected[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** The bodies of the requests that a question leads to, in order. */
export async function bodiesOf(
  capability: CapabilityName,
  question: Readonly<Record<string, unknown>>,
  config: Readonly<Record<string, unknown>> = {},
): Promise<unknown[]> {
  await using adapty = await startAdapty({}, config);
  await adapty.ask(capability, question);
  return adapty.server.asked.map(({ body }) => body);
}

/** One selection of a metric. */
export function selection(key: string, more: Readonly<Record<string, unknown>> = {}) {
  return { source: SOURCE_KEY, metric: { key }, filters: [], ...more };
}

/** A filter as GraphQL has it. */
export const filter = (dimension: string, ...values: string[]) => ({ dimension, operator: 'IS', values });

/** A period of whole days. */
export const days = (from: string, to: string) => ({ dates: { from, to } });

/** The version whose document knew no chart ids. */
export const IN_2024 = { apiVersion: '2024' };

const OCTOBER = { period: days('2026-10-01', '2026-10-31'), breakdown: [], filters: [] };

/** A question of each kind, about October 2026: what a test does not say is as here. */
const QUESTIONS: Partial<Record<CapabilityName, Readonly<Record<string, unknown>>>> = {
  metrics: { select: [selection('revenue')], interval: 'MONTH', seriesLimit: 100, ...OCTOBER },
  funnels: { order: 'ORDERED', countBy: 'USERS', excluding: [], interval: 'TOTAL', ...OCTOBER },
  conversions: {
    from: { subscription: { stage: 'INSTALL', orLater: false } },
    to: { subscription: { stage: 'PAID', orLater: false } },
    interval: 'MONTH',
    ...OCTOBER,
  },
  retention: { interval: 'MONTH', entryKind: 'FIRST_TIME', mode: 'N_DAY', ...OCTOBER },
  'cohort-analysis': {
    interval: 'MONTH',
    measure: 'REVENUE',
    accounting: 'GROSS',
    offsetBy: 'RENEWAL',
    cumulative: false,
    ...OCTOBER,
  },
  'lifetime-value': { interval: 'MONTH', accounting: 'GROSS', offsetBy: 'RENEWAL', ...OCTOBER },
};

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const CHART = { data: [], value: 0 };
const LIFETIME_VALUE = { data: [], value: 0, unit: 'USD' };
const NOTHING = {
  analytics: { data: { common: CHART, revenue: CHART, proceeds: CHART, net_revenue: CHART } },
  cohort: { data: [] },
  conversion: { data: [], value: 0, value_from: 0, value_to: 0 },
  funnel: { data: [{ title: 'Total', type: 'total', values: [] }] },
  ltv: { revenue: LIFETIME_VALUE, proceeds: LIFETIME_VALUE, net_revenue: LIFETIME_VALUE },
  retention: { data: [], value_type: null },
};
