import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askCharts } from './growingio-charts.ts';
import type { Relayed } from './growingio-relay.ts';
import { readWorld, startGrowingioUnderTest, type GrowingioKey, type GrowingioUnderTest } from './growingio-server.ts';
import { dates } from './metrics-question.ts';

const world = readWorld();
const PERIOD = { period: dates('2026-06-01', '2026-06-07') };
const PREPARATION_MS = 250;
let server: GrowingioUnderTest;

// As it is: two requests a second for each kind, and reports that take a moment.
const AS_DOCUMENTED = {
  emulator: { rateLimit: 2, preparationMs: PREPARATION_MS },
  fields: { requestsPerSecond: 2 },
};

beforeAll(async () => {
  server = await startGrowingioUnderTest(world, AS_DOCUMENTED);
});
afterAll(() => server.close());

const OPERATION = `query ($key: String!, $period: PeriodInput!) { dataSource(key: $key) {
  dashboard(nativeId: "d4Kx01Zq") {
    name charts {
      nativeId name kind nativeKind creator createdAt
      ... on MetricsChart {
        report(period: $period) { series { name total points { value } } csv }
        same: report(period: $period) { csv(options: { layout: WIDE }) }
      }
      ... on FunnelChart { report(period: $period) { steps { count } csv } same: report(period: $period) { csv } }
      ... on RetentionChart { report(period: $period) { rows { cohort size } csv } same: report(period: $period) { csv } }
    }
  }
} }`;

interface AskedChart {
  readonly nativeId: string;
  readonly name: string;
  readonly kind: string;
  readonly nativeKind: string | null;
  readonly report: { readonly csv: string };
  readonly same: { readonly csv: string };
}

interface Dashboard {
  readonly name: string;
  readonly charts: readonly AskedChart[];
}

async function readDashboard(key: GrowingioKey): Promise<Dashboard> {
  const { dataSource } = await server.query<{ dataSource: { dashboard: Dashboard } }>(OPERATION, { key, ...PERIOD });
  return dataSource.dashboard;
}

/** What was asked for, without the ids of the project, and how often it was answered. */
function countAnswered(requests: readonly Relayed[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { path, status } of requests) {
    if (status !== 200) continue;
    const what = path.replace(/^.*\/projects\/[^/]+\//, '').replace(/\.json$/, '');
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
}

const kindOf = ({ path }: Relayed): string => /(charts|funnels|retentions)/.exec(path)?.[0] ?? '';

/** How long each three requests of one kind took to come, in milliseconds. */
function spansOfThree(requests: readonly Relayed[]): number[] {
  const kinds = Map.groupBy(requests, kindOf);
  kinds.delete('');
  return [...kinds.values()].flatMap((some) =>
    some.flatMap(({ at }, index) => {
      const third = some[index + 2];
      return third ? [third.at - at] : [];
    }),
  );
}

// A request may spend some time on its way, so that the two behind it seem to come sooner.
const TOLERATED_MS = 100;

describe.each([
  // Answered at once.
  ['older', 1],
  // Begun by the first request and answered to the second, which is sent when the report has had time enough.
  ['today', 2],
] as const)('a dashboard through %s', (key, requestsPerReport) => {
  let dashboard: Dashboard;
  let requests: readonly Relayed[];

  beforeAll(async () => {
    dashboard = await readDashboard(key);
    requests = server.relays[key].requests;
  });

  it('has its charts, each with its report', () => {
    expect(dashboard.name).toBe('增长周报');
    expect(dashboard.charts.map(({ nativeId, name, kind, nativeKind }) => [nativeId, name, kind, nativeKind])).toEqual([
      ['Kd82LmQz', '日活', 'METRICS', 'chart'],
      ['kd82LmQz', '付费趋势', 'METRICS', 'chart'],
      ['Bn5xT0aV', '活跃用户数', 'METRICS', 'chart'],
      ['f8SjC1xO', '注册付费转化', 'FUNNEL', 'funnel'],
      ['R7gHv2Nk', '新客留存', 'RETENTION', 'retention'],
    ]);
    expect(dashboard.charts.every(({ report }) => report.csv.split('\r\n').length > 4)).toBe(true);
  });

  it('costs as many requests as it has parts, each chart asked twice or not', () => {
    expect(countAnswered(requests)).toEqual({
      '/auth/token': 1,
      dashboards: 1,
      'dashboards/d4Kx01Zq': 1,
      'charts/Kd82LmQz': requestsPerReport,
      'charts/kd82LmQz': requestsPerReport,
      'charts/Bn5xT0aV': requestsPerReport,
      'funnels/f8SjC1xO': requestsPerReport,
      'retentions/R7gHv2Nk': requestsPerReport,
    });
  });

  it('asks for no more than two of a kind in a second', () => {
    const spans = spansOfThree(requests);
    expect(spans.length).toBeGreaterThan(0);
    expect(Math.min(...spans)).toBeGreaterThanOrEqual(1000 - TOLERATED_MS);
    // What came a moment too soon is asked for again: none of it is an answer.
    expect(requests.filter(({ status }) => status !== 200 && status !== 429)).toEqual([]);
  });

  it('has the numbers that its charts have one by one', async () => {
    const { series } = await askCharts(server, { source: key, charts: ['Bn5xT0aV'], query: PERIOD });
    const [, , bigNumber] = dashboard.charts;
    expect(bigNumber?.report).toMatchObject({
      series: [{ total: series[0]?.total, points: series[0]?.points.map(({ value }) => ({ value })) }],
    });
  });
});

describe('a chart of GrowingIO', () => {
  it('is asked for once where a question has it twice, under two names', async () => {
    server.relays.older.forget();
    const { series } = await askCharts(server, {
      source: 'older',
      charts: ['p3RsW9eY', 'p3RsW9eY'],
      query: { period: dates('2026-06-02', '2026-06-03') },
    });
    expect(series).toHaveLength(4);
    expect(countAnswered(server.relays.older.requests)).toEqual({ 'charts/p3RsW9eY': 1 });
  });

  it('is asked for twice where it is compared, and the period before is another', async () => {
    server.relays.older.forget();
    const query = { ...PERIOD, compareTo: { preset: 'PREVIOUS_PERIOD' } };
    await askCharts(server, { source: 'older', charts: ['Bn5xT0aV'], query });
    const asked = server.relays.older.requests.filter(({ status }) => status === 200).map(({ query: one }) => one);
    const start = Date.parse('2026-06-01T00:00:00+08:00');
    const WEEK_MS = 604_800_000;
    expect(asked.toSorted((a, b) => Number(b['startTime']) - Number(a['startTime']))).toEqual([
      { startTime: String(start), endTime: String(start + WEEK_MS - 1), interval: '86400000' },
      { startTime: String(start - WEEK_MS), endTime: String(start - 1), interval: '86400000' },
    ]);
  });
});

describe('dashboards of GrowingIO', () => {
  it('are listed with what is said about them', async () => {
    const operation = `query ($key: String!) { dataSource(key: $key) { dashboards {
      nativeId name kind scope creator updater createdAt updatedAt
    } } }`;
    const [today, older] = await Promise.all(['today', 'older'].map((key) => server.query(operation, { key })));
    expect(today).toEqual(older);
    expect(today).toEqual({
      dataSource: {
        dashboards: [
          {
            nativeId: 'd4Kx01Zq',
            name: '增长周报',
            kind: 'normal',
            scope: 'project',
            creator: '王芳',
            updater: '李雷',
            createdAt: '2026-03-08',
            updatedAt: '2026-06-14',
          },
          {
            nativeId: 'W8bTn5Jy',
            name: '产品分析, "全部"',
            kind: 'normal',
            scope: 'user',
            creator: '李雷',
            updater: '李雷',
            createdAt: '2026-04-13',
            updatedAt: '2026-06-05',
          },
          {
            nativeId: 'z6LcE2Ro',
            name: '实时大屏',
            kind: 'realtimeV2',
            scope: 'global',
            creator: '王芳',
            updater: '王芳',
            createdAt: '2026-02-18',
            updatedAt: '2026-03-18',
          },
        ],
      },
    });
  });

  it('may have charts whose kind nobody says, which can still be asked for by whoever knows', async () => {
    const operation = `query ($period: PeriodInput!) { dataSource(key: "today") { dashboard(nativeId: "W8bTn5Jy") { charts {
      nativeId kind nativeKind ... on UnknownChart { id report(period: $period) { csv } }
    } } } }`;
    interface Unknown {
      readonly id?: string;
      readonly nativeId: string;
      readonly kind: string;
      readonly nativeKind: string | null;
    }
    const { data, errors = [] } = await server.ask<{ dataSource: { dashboard: { charts: Unknown[] } } }>(
      operation,
      PERIOD,
    );
    const { charts } = data.dataSource.dashboard;
    const unknown = charts.filter(({ kind }) => kind === 'UNKNOWN');
    expect(unknown.map(({ nativeId, nativeKind }) => [nativeId, nativeKind])).toEqual([
      ['Hb7cF2uJ', null],
      ['Q4iDo9Xs', 'frequency'],
    ]);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(unknown.map(() => 'CAPABILITY_NOT_SUPPORTED'));
    const { series } = await askCharts(server, { charts: [unknown[0]?.id ?? ''], query: PERIOD });
    expect(series.length).toBeGreaterThan(3);
  });

  it('may be empty', async () => {
    const operation = `{ dataSource(key: "older") { dashboard(nativeId: "z6LcE2Ro") { charts { id } } } }`;
    expect(await server.query(operation)).toEqual({ dataSource: { dashboard: { charts: [] } } });
  });
});
