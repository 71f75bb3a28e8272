import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askCharts, bucketsOf, EVERYBODY } from './growingio-charts.ts';
import { inDays, measure, readFacts } from './growingio-facts.ts';
import { dates } from './metrics-question.ts';
import { unexpectedFailures } from './refused-question.ts';
import { startServerUnderTest, type ServerUnderTest } from './running-server.ts';

let server: ServerUnderTest;

// The sandbox as it comes: today's API, two requests a second, reports and files that take a moment.
beforeAll(async () => {
  server = await startServerUnderTest();
});
afterAll(() => server.close());

const SOURCE = 'sandbox-growingio';

describe('the GrowingIO of the sandbox', () => {
  it('says what it can be asked', async () => {
    const operation = `query ($key: String!) { dataSource(key: $key) {
      name timezone health { isHealthy } allowance { limit }
      capabilities { kind limits { takesChart intervals maxBreakdowns } }
    } }`;
    interface Capability {
      readonly kind: string;
      readonly limits: {
        readonly takesChart: boolean;
        readonly intervals: readonly string[];
        readonly maxBreakdowns: number;
      };
    }
    const { dataSource } = await server.query<{ dataSource: { capabilities: Capability[] } }>(operation, {
      key: SOURCE,
    });
    expect(dataSource).toMatchObject({
      name: 'Sandbox (GrowingIO)',
      timezone: 'Asia/Shanghai',
      health: { isHealthy: true },
      allowance: [{ limit: 2 }, { limit: 2 }, { limit: 2 }, { limit: 2 }],
    });
    const taking = dataSource.capabilities.filter(({ limits }) => limits.takesChart);
    expect(taking.map(({ kind, limits }) => [kind, limits.intervals, limits.maxBreakdowns])).toEqual([
      ['METRICS', ['HOUR', 'DAY', 'WEEK', 'MONTH', 'TOTAL'], 0],
      ['FUNNEL', ['DAY', 'TOTAL'], 0],
      ['RETENTION', ['DAY', 'WEEK', 'MONTH'], 0],
    ]);
  });

  it('answers a chart of the last seven days, which are those of Beijing', async () => {
    const query = { period: { preset: 'LAST_7_DAYS' } };
    const { series, freshness } = await askCharts(server, { source: SOURCE, charts: ['Bn5xT0aV'], query });
    const [from, to] = ['2026-06-09', '2026-06-15'];
    const facts = inDays(readFacts(server.world()), from, to);
    const users = (first: string, last: string) => measure(inDays(facts, first, last), ['用户量'])[0];
    expect(series).toMatchObject([{ dimensions: [EVERYBODY], total: users(from, to) }]);
    expect(series[0]?.points.map(({ date, value }) => [date, value])).toEqual(
      bucketsOf(from, to, 'DAY').map((day) => [day, users(day, day)]),
    );
    expect(freshness).toMatchObject({ isSettled: true, completeness: 'COMPLETE' });
  });

  it('stands in one question beside others, whose days may be of another zone', async () => {
    const operation = `query ($query: MetricsQuery!) { metrics(query: $query) {
      series { source { key } points { at value } } problems { code } freshness { completeness }
    } }`;
    const select = [
      { source: SOURCE, metric: { chart: 'Bn5xT0aV' } },
      { source: 'sandbox-openpanel', metric: { key: 'unique_users' } },
    ];
    interface Report {
      readonly series: readonly {
        readonly source: { readonly key: string };
        readonly points: readonly { at: string }[];
      }[];
      readonly problems: readonly object[];
    }
    const query = { select, period: dates('2026-06-08', '2026-06-09') };
    const { metrics } = await server.query<{ metrics: Report }>(operation, { query });
    expect(metrics.problems).toEqual([]);
    expect(Object.fromEntries(metrics.series.map(({ source, points }) => [source.key, points[0]?.at]))).toEqual({
      [SOURCE]: '2026-06-08T00:00:00+08:00',
      'sandbox-openpanel': '2026-06-08T00:00:00Z',
    });
  });

  it('hands out members from the host of its files', async () => {
    const operation = `query ($key: String!) { dataSource(key: $key) { cohorts(first: 1) {
      nodes { nativeId size members(first: 1) { totalCount nodes { userId } } }
    } } }`;
    interface Listed {
      readonly dataSource: {
        readonly cohorts: { readonly nodes: readonly { size: number; members: { totalCount: number } }[] };
      };
    }
    const { dataSource } = await server.query<Listed>(operation, { key: SOURCE });
    const [cohort] = dataSource.cohorts.nodes;
    expect(cohort?.size).toBeGreaterThan(500);
    expect(cohort?.members.totalCount).toBe(cohort?.size);
  });

  it('has nothing unforeseen happen', () => {
    expect(unexpectedFailures(server)).toEqual([]);
  });
});
