import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  askCharts,
  audience,
  bucketOf,
  bucketsOf,
  EVERYBODY,
  isNewIn,
  LINES,
  nameOf,
  type ChartReport,
  type ChartSeries,
  type Interval,
} from './growingio-charts.ts';
import { dayAfter, inDays, measure, readFacts, type Fact, type MetricName } from './growingio-facts.ts';
import { readWorld, startGrowingioUnderTest, type GrowingioUnderTest } from './growingio-server.ts';
import { dates } from './metrics-question.ts';

const world = readWorld();
const facts = readFacts(world);
let server: GrowingioUnderTest;

beforeAll(async () => {
  server = await startGrowingioUnderTest(world);
});
afterAll(() => server.close());

/** A period, and how finely it is asked for. Weeks and months are cut by it at both ends. */
const QUESTIONS: readonly (readonly [Interval, string, string])[] = [
  ['HOUR', '2026-06-06', '2026-06-08'],
  ['DAY', '2026-05-25', '2026-06-10'],
  ['WEEK', '2026-05-07', '2026-06-10'],
  ['MONTH', '2026-03-10', '2026-06-10'],
];

/** The numbers of a chart, bucket by bucket; null where there is no row. */
function expectedValues(
  some: readonly Fact[],
  buckets: readonly string[],
  { interval, metrics }: { interval: Interval; metrics: readonly MetricName[] },
): (number | null)[][] {
  const byBucket = Map.groupBy(some, (fact) => bucketOf(fact, interval));
  const rows = buckets.map((bucket) => measure(byBucket.get(bucket) ?? [], metrics));
  return metrics.map((_, metric) => rows.map((row) => row[metric] ?? null));
}

const seriesOf = ({ series }: ChartReport, chart: string): ChartSeries[] =>
  series.filter(({ name }) => name.split('.')[0] === chart);
const valuesOf = ({ points }: ChartSeries): (number | null)[] => points.map(({ value }) => value);
const timesOf = ({ points }: ChartSeries, interval: Interval): (string | null)[] =>
  points.map(({ at, date }) => (interval === 'HOUR' ? at : date));

describe.each(QUESTIONS)('charts of GrowingIO by %s', (interval, from, to) => {
  const asked = inDays(facts, from, to);
  const buckets = bucketsOf(from, to, interval);
  let report: ChartReport;

  beforeAll(async () => {
    const charts = [...Object.values(LINES).map(({ id }) => id), 'Vr4dL7nB'];
    report = await askCharts(server, { charts, query: { period: dates(from, to), interval } });
  });

  it.each(Object.entries(LINES))('are the world, in Beijing: %s', (_title, chart) => {
    const { metrics } = chart;
    const series = seriesOf(report, chart.id);
    const expected = expectedValues(asked, buckets, { interval, metrics });
    expect(series).toHaveLength(metrics.length);
    metrics.forEach((metric: MetricName, place) => {
      const found = series.find(({ name }) => name === nameOf(chart, metric));
      expect(found && timesOf(found, interval)).toEqual(buckets);
      expect(found && valuesOf(found)).toEqual(expected[place]);
      expect(found?.dimensions).toEqual([EVERYBODY]);
      expect(expected[place]?.some((value) => (value ?? 0) > 0)).toBe(true);
    });
  });

  it('split what they say by audience', () => {
    const series = seriesOf(report, 'Vr4dL7nB');
    const metrics: MetricName[] = ['用户量', '页面浏览量'];
    // A week or a month that the period cuts is as long as what is left of it.
    const spans = new Map(buckets.map((bucket) => [bucket, spanOf(bucket, interval, { from, to })]));
    const isNew = (fact: Fact): boolean => {
      const bucket = bucketOf(fact, interval);
      return interval === 'HOUR' ? installedInHourOf(fact) : isNewIn(world, fact.user, spans.get(bucket) ?? NONE);
    };
    const groups = [
      [EVERYBODY, asked],
      [audience('new visitors', '新访问用户'), asked.filter(isNew)],
    ] as const;
    expect(series).toHaveLength(4);
    for (const [dimension, some] of groups) {
      const expected = expectedValues(some, buckets, { interval, metrics });
      metrics.forEach((metric, place) => {
        const found = series.find(
          ({ name, dimensions }) => name === `Vr4dL7nB.${metric}` && dimensions[0]?.value === dimension.value,
        );
        expect(found?.dimensions).toEqual([dimension]);
        expect(found && valuesOf(found)).toEqual(expected[place]);
      });
    }
  });
});

const NONE = { from: '', to: '' };

/** The days of a bucket that lie in a period. */
function spanOf(bucket: string, interval: Interval, { from, to }: typeof NONE): typeof NONE {
  const first = bucket.slice(0, 10);
  let last = first;
  while (bucketOf({ hour: '', day: dayAfter(last, 1) }, interval) === bucket) last = dayAfter(last, 1);
  return { from: first < from ? from : first, to: last > to ? to : last };
}

function installedInHourOf({ user, at }: Fact): boolean {
  const HOUR_MS = 3_600_000;
  return Math.floor((world.users[user]?.installedAtMs ?? NaN) / HOUR_MS) === Math.floor(at / HOUR_MS);
}

describe('charts of GrowingIO', () => {
  it('say what their columns count, as far as the names tell', async () => {
    const query = { period: dates('2026-06-08', '2026-06-08') };
    const { series } = await askCharts(server, { charts: Object.values(LINES).map(({ id }) => id), query });
    expect(Object.fromEntries(series.map(({ name, unit }) => [name, unit]))).toEqual({
      'Kd82LmQz.用户量': 'DISTINCT_COUNT',
      'Kd82LmQz.访问量': 'COUNT',
      'Kd82LmQz.页面浏览量': 'COUNT',
      // Nothing says which currency it is, or that it is money at all.
      'kd82LmQz.付费金额': 'NUMBER',
      'kd82LmQz.付费用户量': 'DISTINCT_COUNT',
      'kd82LmQz.Purchases': 'NUMBER',
      Bn5xT0aV: 'DISTINCT_COUNT',
      'p3RsW9eY.注册次数': 'COUNT',
      'p3RsW9eY.搜索次数': 'COUNT',
      'a9ZwE3hP.访问量': 'COUNT',
      'a9ZwE3hP.跳出率': 'FRACTION',
      'a9ZwE3hP.Revenue, "net" (USD)': 'NUMBER',
    });
  });

  it('have no sum of days in the place of a whole, but the one that counts it', async () => {
    const [from, to] = ['2026-06-01', '2026-06-14'];
    const charts = Object.values(LINES).map(({ id }) => id);
    const query = { period: dates(from, to), interval: 'TOTAL' };
    const { series } = await askCharts(server, { charts, query });
    expect(series.every(({ points }) => points.length === 0)).toBe(true);
    const [whole] = measure(inDays(facts, from, to), ['用户量']);
    const totals = Object.fromEntries(series.map(({ name, total }) => [name, total]));
    expect(totals).toEqual({ ...Object.fromEntries(series.map(({ name }) => [name, null])), Bn5xT0aV: whole });
  });

  it('keep the number of the whole period beside its days', async () => {
    const [from, to] = ['2026-06-01', '2026-06-14'];
    const { series } = await askCharts(server, { charts: ['Bn5xT0aV'], query: { period: dates(from, to) } });
    const [users] = measure(inDays(facts, from, to), ['用户量']);
    const daily = series[0]?.points.reduce((sum, { value }) => sum + (value ?? 0), 0) ?? NaN;
    expect(series[0]?.total).toBe(users);
    expect(users).toBeLessThan(daily);
  });

  it('hold what happened before eight in the morning, when the world had not begun, as nothing', async () => {
    // The world begins at midnight UTC of 16 February, which is eight in the morning in Beijing.
    const query = { period: dates('2026-02-15', '2026-02-16'), interval: 'HOUR' };
    const { series } = await askCharts(server, { charts: ['Bn5xT0aV'], query });
    const values = series[0] ? valuesOf(series[0]) : [];
    expect(values).toHaveLength(48);
    expect(values.slice(0, 32)).toEqual(Array.from({ length: 32 }, () => null));
    expect(values[32]).toBeGreaterThan(0);
  });
});
