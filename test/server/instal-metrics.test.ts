import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AD_CAMPAIGNS, toAdDays, type AdDay } from '../../src/sandbox/world.ts';
import { untilEnded } from './export-tasks.ts';
import { dates, eventOf } from './metrics-question.ts';
import { startServerUnderTest, type ServerUnderTest } from './running-server.ts';

let server: ServerUnderTest;
let days: readonly AdDay[];

beforeAll(async () => {
  server = await startServerUnderTest({ hasDatabase: true });
  days = toAdDays(server.world()).filter(({ campaign }) => campaign.network === 'Instal');
});
afterAll(() => server.close());

const QUESTION = `query ($query: MetricsQuery!) {
  metrics(query: $query) {
    series {
      name answeredBy unit currency total previousTotal dimensions { dimension value } points { at date value previous } source { key }
    }
    problems { code message isRetryable source { key } exportTask { id state source { key } } }
    freshness { isSettled completeness }
    csv
  }
}`;

interface AskedReport {
  readonly series: readonly {
    readonly name: string;
    readonly answeredBy: string;
    readonly unit: string;
    readonly currency: string | null;
    readonly total: number | null;
    readonly previousTotal: number | null;
    readonly dimensions: readonly { readonly dimension: string; readonly value: string | null }[];
    readonly points: readonly { at: string; date: string | null; value: number | null; previous: number | null }[];
    readonly source: { readonly key: string };
  }[];
  readonly problems: readonly {
    readonly code: string;
    readonly exportTask: { readonly id: string; readonly state: string } | null;
  }[];
  readonly freshness: { readonly isSettled: boolean; readonly completeness: string };
  readonly csv: string;
}

const select = (...keys: string[]) => keys.map((key) => ({ source: 'sandbox-instal', metric: { key } }));

async function ask(query: object): Promise<AskedReport> {
  const { metrics } = await server.query<{ metrics: AskedReport }>(QUESTION, { query: { waitFor: 'PT25S', ...query } });
  expect(metrics.problems).toEqual([]);
  return metrics;
}

interface Sums {
  readonly clicks: number;
  readonly cost: number;
  readonly conversions: number;
}

function sum(facts: readonly AdDay[]): Sums {
  let [clicks, cost, conversions] = [0, 0, 0];
  for (const fact of facts) {
    clicks += fact.clicks;
    cost += fact.cost;
    conversions += fact.installs;
  }
  return { clicks, cost, conversions };
}

const within = (from: string, to: string) => days.filter(({ date }) => date >= from && date <= to);

describe('metrics that are computed over Instal’s report', () => {
  it('are NOT_READY with the task that fetches its rows, and there for the next question', async () => {
    const query = { select: select('clicks'), period: dates('2026-04-01', '2026-04-03'), waitFor: 'PT0.05S' };
    const { data, errors = [] } = await server.ask<{ metrics: null }>(QUESTION, { query });
    expect(data.metrics).toBeNull();
    const [error] = errors;
    expect(error?.message).toBe(
      'The rows of report of 2026-04-01 to 2026-04-03 are being fetched from "sandbox-instal". Ask again, or wait for longer with `waitFor`.',
    );
    const { exportTaskId = '', ...extensions } = (error?.extensions ?? {}) as Record<string, unknown>;
    expect(extensions).toMatchObject({
      code: 'NOT_READY',
      source: 'sandbox-instal',
      provider: 'instal',
      retryAfterMs: 2000,
    });
    const task = await untilEnded(server, String(exportTaskId));
    expect(task).toMatchObject({ state: 'SUCCEEDED', files: [], completeness: 'COMPLETE' });
    const [series] = (await ask({ ...query, waitFor: 'PT0.05S' })).series;
    expect(series?.total).toBe(sum(within('2026-04-01', '2026-04-03')).clicks);
  });

  it('stand beside those of other data sources, or leave a problem there', async () => {
    const query = {
      select: [...select('cost'), eventOf('sign_up')],
      period: dates('2026-03-20', '2026-03-22'),
      waitFor: 'PT0.05S',
    };
    const { metrics } = await server.query<{ metrics: AskedReport }>(QUESTION, { query });
    expect(metrics.series.map(({ source }) => source.key)).toEqual(['sandbox-openpanel']);
    expect(metrics.freshness.completeness).toBe('PARTIAL');
    expect(metrics.problems).toMatchObject([
      {
        code: 'NOT_READY',
        isRetryable: true,
        source: { key: 'sandbox-instal' },
        exportTask: { source: { key: 'sandbox-instal' } },
      },
    ]);
    await untilEnded(server, metrics.problems[0]?.exportTask?.id ?? '');
    const keys = (await ask(query)).series.map(({ source }) => source.key);
    expect(keys).toEqual(['sandbox-instal', 'sandbox-openpanel']);
  });

  it('are sums for each day, and ratios of sums', async () => {
    const keys = ['clicks', 'cost', 'conversions', 'conversion_rate', 'cost_per_conversion', 'cost_per_click'];
    const report = await ask({ select: select(...keys), period: dates('2026-05-01', '2026-05-07') });
    expect(report.freshness).toEqual({ isSettled: true, completeness: 'COMPLETE' });
    const ratios = ({ clicks, cost, conversions }: Sums) => [
      clicks,
      cost,
      conversions,
      clicks === 0 ? null : conversions / clicks,
      conversions === 0 ? null : cost / conversions,
      clicks === 0 ? null : cost / clicks,
    ];
    const whole = ratios(sum(within('2026-05-01', '2026-05-07')));
    report.series.forEach(({ answeredBy, total, points }, index) => {
      expect(answeredBy).toBe('COMPUTED');
      expect(total).toBeCloseTo(whole[index] ?? 0, 6);
      expect(points.map(({ date }) => date)).toEqual([1, 2, 3, 4, 5, 6, 7].map((day) => `2026-05-0${day}`));
      for (const { date, value } of points) {
        const expected = ratios(sum(within(date ?? '', date ?? '')))[index] ?? null;
        if (expected === null) expect(value).toBeNull();
        else expect(value).toBeCloseTo(expected, 6);
      }
    });
    expect(report.series.map(({ unit, currency }) => [unit, currency])).toEqual([
      ['COUNT', null],
      ['MONEY', 'USD'],
      ['COUNT', null],
      ['FRACTION', null],
      ['MONEY', 'USD'],
      ['MONEY', 'USD'],
    ]);
    expect(report.csv.split('\r\n')).toHaveLength(1 + 6 * 7 + 1);
  });

  it('are split by dimensions, filtered, and compared with an earlier period', async () => {
    const names = [...new Set(days.map(({ campaign }) => campaign.name))];
    const [first = ''] = names;
    const report = await ask({
      select: select('clicks'),
      period: dates('2026-05-08', '2026-05-14'),
      interval: 'TOTAL',
      breakdown: ['campaign'],
      compareTo: { preset: 'PREVIOUS_PERIOD' },
    });
    const ofCampaign = (name: string, from: string, to: string) =>
      sum(within(from, to).filter(({ campaign }) => campaign.name === name)).clicks;
    const found = Object.fromEntries(
      report.series.map(({ dimensions, total, previousTotal, points }) => [
        dimensions[0]?.value,
        [total, previousTotal, points.length],
      ]),
    );
    expect(found).toEqual(
      Object.fromEntries(
        names
          .map(
            (name) =>
              [
                name,
                [ofCampaign(name, '2026-05-08', '2026-05-14'), ofCampaign(name, '2026-05-01', '2026-05-07'), 0],
              ] as const,
          )
          .filter(([, [now = 0, before = 0]]) => now > 0 || before > 0),
      ),
    );
    const filtered = await ask({
      select: select('clicks'),
      period: dates('2026-05-08', '2026-05-14'),
      filters: [{ dimension: 'campaign', operator: 'IS', values: [first] }],
    });
    expect(filtered.series[0]?.total).toBe(ofCampaign(first, '2026-05-08', '2026-05-14'));
  });

  it('are given by the hour', async () => {
    const { adClicks } = server.world();
    const expected = Array.from({ length: 24 }, () => 0);
    const from = Date.parse('2026-05-20T00:00:00Z');
    const [series] = (
      await ask({ select: select('clicks'), period: dates('2026-05-20', '2026-05-20'), interval: 'HOUR' })
    ).series;
    for (let click = 0; click < adClicks.length; click++) {
      const hour = Math.floor(((adClicks.timeMs[click] ?? 0) - from) / 3_600_000);
      if (hour < 0 || hour > 23 || AD_CAMPAIGNS[adClicks.campaign[click] ?? -1]?.network !== 'Instal') continue;
      expected[hour] = (expected[hour] ?? 0) + 1;
    }
    expect(series?.points.map(({ value }) => value)).toEqual(expected);
    expect(series?.total).toBe(expected.reduce((total, clicks) => total + clicks, 0));
  });

  it('are refused where the report cannot say', async () => {
    const refused = async (query: object) => (await server.ask(QUESTION, { query })).errors?.[0];
    const period = dates('2026-05-01', '2026-05-02');
    expect(await refused({ select: select('revenue'), period })).toMatchObject({
      message: expect.stringContaining(
        'query.select[0].metric.key: "sandbox-instal" has no metric "revenue"',
      ) as string,
    });
    expect(await refused({ select: [eventOf('sign_up', {}, { source: 'sandbox-instal' })], period })).toMatchObject({
      extensions: { code: 'QUERY_NOT_SUPPORTED' },
    });
    expect(await refused({ select: select('clicks'), period, timezone: 'Asia/Tokyo' })).toMatchObject({
      extensions: { code: 'QUERY_NOT_SUPPORTED' },
    });
    expect(await refused({ select: select('clicks'), period, interval: 'MINUTE' })).toMatchObject({
      message: expect.stringContaining('query.interval: MINUTE is not available') as string,
    });
  });

  it('are listed as computed', async () => {
    const { dataSource } = await server.query<{ dataSource: { capabilities: { kind: string; answeredBy: string }[] } }>(
      '{ dataSource(key: "sandbox-instal") { capabilities { kind answeredBy } } }',
    );
    expect(dataSource.capabilities).toEqual([
      { kind: 'METRICS', answeredBy: 'COMPUTED' },
      { kind: 'EXPORTS', answeredBy: 'NATIVE' },
    ]);
  });
});
