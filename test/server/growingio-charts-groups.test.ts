import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askCharts, bucketsOf, EVERYBODY, type AskedDimension, type ChartSeries } from './growingio-charts.ts';
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

const [FROM, TO] = ['2026-05-25', '2026-06-10'];
const PERIOD = { period: dates(FROM, TO) };
const DAYS = bucketsOf(FROM, TO, 'DAY');
const asked = inDays(facts, FROM, TO);

/** The countries of the world as the Chinese know them. */
const IN_CHINESE: Readonly<Record<string, string>> = {
  US: '美国',
  JP: '日本',
  KZ: '哈萨克斯坦',
  BR: '巴西',
  CA: '加拿大',
  DE: '德国',
  IN: '印度',
  CN: '中国',
  SE: '瑞典',
  GB: '英国',
  AU: '澳大利亚',
  FR: '法国',
  ES: '西班牙',
  NP: '尼泊尔',
};

interface Field {
  readonly dimension: string;
  readonly native: string;
  /** Empty where unknown. */
  valueOf(fact: Fact): string;
}

const COUNTRY: Field = { dimension: 'country', native: '国家名称', valueOf: ({ place }) => place.country };
const CITY: Field = { dimension: 'city', native: '城市', valueOf: ({ place }) => place.city };
const BROWSER: Field = { dimension: 'browser', native: '浏览器', valueOf: ({ browser }) => browser };
const SYSTEM: Field = { dimension: 'os', native: '操作系统', valueOf: ({ os }) => os };
const VERSION: Field = { dimension: 'app_version', native: '应用版本', valueOf: ({ appVersion }) => appVersion };
// Nothing in our vocabulary is a platform, so it keeps its name.
const PLATFORM: Field = { dimension: '平台', native: '平台', valueOf: ({ platform }) => platform };

interface SplitChart {
  readonly id: string;
  readonly metrics: readonly MetricName[];
  readonly fields: readonly Field[];
  readonly unknown: string;
}

const TIMELESS: Readonly<Record<string, SplitChart>> = {
  'a bar': { id: 'Hb7cF2uJ', metrics: ['用户量'], fields: [BROWSER], unknown: 'N/A' },
  'a table': { id: 't6NqX4vD', metrics: ['用户量', '跳出率'], fields: [COUNTRY, SYSTEM], unknown: 'N/A' },
  bubbles: { id: 'Ub1oG8kS', metrics: ['访问量', '付费金额'], fields: [CITY, PLATFORM], unknown: '不适用' },
};

const TIMED: Readonly<Record<string, SplitChart>> = {
  'a line for each country': { id: 'Gj0yM5iC', metrics: ['用户量', '访问量'], fields: [COUNTRY], unknown: '不适用' },
  'a table with time': { id: 'e2KfQ6tU', metrics: ['用户量', '页面浏览量'], fields: [VERSION], unknown: '不适用' },
};

function toDimension({ dimension, native, valueOf }: Field, fact: Fact, unknown: string): AskedDimension {
  const value = valueOf(fact);
  const nativeValue = value === '' ? unknown : dimension === 'country' ? IN_CHINESE[value] : null;
  return {
    dimension,
    value: value === '' ? null : value,
    nativeDimension: native === dimension ? null : native,
    nativeValue: nativeValue ?? null,
  };
}

/** Events by the values of some fields, each with its dimensions. */
function splitBy(some: readonly Fact[], { fields, unknown }: SplitChart) {
  const groups = Map.groupBy(some, (fact) => JSON.stringify(fields.map(({ valueOf }) => valueOf(fact))));
  return [...groups.values()].map((group) => {
    const [first] = group;
    const own = first ? fields.map((field) => toDimension(field, first, unknown)) : [];
    return { group, dimensions: [EVERYBODY, ...own] };
  });
}

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
const nameOf = ({ id, metrics }: SplitChart, metric: string): string => (metrics.length > 1 ? `${id}.${metric}` : id);
const toText = ({ name, dimensions }: Pick<ChartSeries, 'name' | 'dimensions'>): string =>
  JSON.stringify([name, dimensions]);

describe('charts of GrowingIO without time', () => {
  it.each(Object.entries(TIMELESS))('have a number for each group: %s', async (_title, chart) => {
    const { series } = await askCharts(server, { charts: [chart.id], query: PERIOD });
    const expected = splitBy(asked, chart).flatMap(({ group, dimensions }) => {
      const row = measure(group, chart.metrics);
      if (row.every((number) => number === null)) return [];
      return chart.metrics.map((metric, place) => ({ name: nameOf(chart, metric), dimensions, total: row[place] }));
    });
    expect(expected.length).toBeGreaterThan(4);
    const found = series.map(({ name, dimensions, total }) => ({ name, dimensions, total }));
    expect(found.toSorted(byText)).toEqual(expected.toSorted(byText));
    expect(series.flatMap(({ points }) => points)).toEqual([]);
    expect(found.some(({ dimensions }) => dimensions.some(({ value }) => value === null))).toBe(true);
  });

  it('are the same at any interval', async () => {
    const charts = Object.values(TIMELESS).map(({ id }) => id);
    const [days, months, total] = await Promise.all(
      ['DAY', 'MONTH', 'TOTAL'].map((interval) => askCharts(server, { charts, query: { ...PERIOD, interval } })),
    );
    expect(months?.series).toEqual(days?.series);
    expect(total?.series).toEqual(days?.series);
  });

  it('stand beside the period before', async () => {
    const [chart] = Object.values(TIMELESS);
    if (!chart) throw new Error('There is no chart');
    const query = { ...PERIOD, compareTo: { preset: 'PREVIOUS_PERIOD' } };
    const { series } = await askCharts(server, { charts: [chart.id], query });
    const before = inDays(facts, dayAfter(FROM, -17), dayAfter(FROM, -1));
    const previous = new Map(
      splitBy(before, chart).map(({ group, dimensions }) => [
        JSON.stringify([chart.id, dimensions]),
        measure(group, ['用户量'])[0],
      ]),
    );
    expect(series.map((one) => [toText(one), one.previousTotal])).toEqual(
      series.map((one) => [toText(one), previous.get(toText(one))]),
    );
    expect(previous.size).toBe(series.length);
  });
});

describe('charts of GrowingIO with time and groups', () => {
  it.each(Object.entries(TIMED))('have a series for each group: %s', async (_title, chart) => {
    const { series } = await askCharts(server, { charts: [chart.id], query: PERIOD });
    const expected = new Map(
      splitBy(asked, chart).flatMap(({ group, dimensions }) => {
        const byDay = Map.groupBy(group, ({ day }) => day);
        const rows = DAYS.map((day) => measure(byDay.get(day) ?? [], chart.metrics));
        return chart.metrics.map((metric, place) => [
          toText({ name: nameOf(chart, metric), dimensions }),
          rows.map((row) => row[place] ?? null),
        ]);
      }),
    );
    const found = new Map(series.map((one) => [toText(one), one.points.map(({ value }) => value)]));
    expect(found).toEqual(expected);
    expect(series.every(({ total }) => total === null)).toBe(true);
  });

  it('know countries by their codes, and keep the Chinese words', async () => {
    const { series } = await askCharts(server, { charts: ['Gj0yM5iC'], query: PERIOD });
    const words = new Map(series.map(({ dimensions: [, one] }) => [one?.value, one?.nativeValue]));
    expect(Object.fromEntries(words)).toEqual({ ...IN_CHINESE, null: '不适用' });
  });

  it('show the largest of each metric where fewer are wanted, and say so', async () => {
    const query = { ...PERIOD, seriesLimit: 4 };
    const { series, freshness } = await askCharts(server, { charts: ['Gj0yM5iC'], query });
    const groups = [...Map.groupBy(asked, ({ place }) => place.country)];
    const largestBy = (sizeOf: (group: readonly Fact[]) => number): (string | null)[] =>
      groups
        .toSorted(([, a], [, b]) => sizeOf(b) - sizeOf(a))
        .slice(0, 4)
        .map(([country]) => country || null);
    // Visits add up; users of two days may be the same, so that their greatest day counts.
    const visits = largestBy((group) => measure(group, ['访问量'])[0] ?? 0);
    const users = largestBy((group) => Math.max(...DAYS.map((day) => measure(inDays(group, day), ['用户量'])[0] ?? 0)));
    const shown = (metric: string) =>
      series.filter(({ name }) => name.endsWith(metric)).map(({ dimensions: [, country] }) => country?.value);
    expect([shown('访问量'), shown('用户量')]).toEqual([visits, users]);
    expect(series).toHaveLength(8);
    expect(freshness.completeness).toBe('TRUNCATED');
  });
});

describe('charts of GrowingIO beside another period', () => {
  it('have the number of the period before in one answer with the big one', async () => {
    const query = { ...PERIOD, compareTo: { preset: 'PREVIOUS_PERIOD' } };
    const { series } = await askCharts(server, { charts: ['Bn5xT0aV'], query });
    const [from, to] = [dayAfter(FROM, -17), dayAfter(FROM, -1)];
    const users = (first: string, last: string) => measure(inDays(facts, first, last), ['用户量'])[0];
    expect(series).toHaveLength(1);
    expect(series[0]).toMatchObject({ total: users(FROM, TO), previousTotal: users(from, to) });
    expect(series[0]?.points.map(({ previous }) => previous)).toEqual(
      bucketsOf(from, to, 'DAY').map((day) => users(day, day)),
    );
  });

  it('have that of any days, first beside first', async () => {
    const [from, to] = ['2026-04-01', '2026-04-10'];
    const query = { ...PERIOD, compareTo: { dates: { from, to } } };
    const { series } = await askCharts(server, { charts: ['Bn5xT0aV', 'p3RsW9eY'], query });
    const [bigNumber, ...columns] = series.toSorted(({ name: a }, { name: b }) => (a < b ? -1 : 1));
    const before = bucketsOf(from, to, 'DAY').map((day) =>
      measure(inDays(facts, day), ['用户量', '注册次数', '搜索次数']),
    );
    const earlier = (place: number) => DAYS.map((_, index) => before[index]?.[place] ?? null);
    expect(bigNumber?.points.map(({ previous }) => previous)).toEqual(earlier(0));
    expect(bigNumber?.previousTotal).toBe(measure(inDays(facts, from, to), ['用户量'])[0]);
    const previousOf = (metric: string) =>
      columns.find(({ name }) => name.endsWith(metric))?.points.map(({ previous }) => previous);
    expect(previousOf('注册次数')).toEqual(earlier(1));
    expect(previousOf('搜索次数')).toEqual(earlier(2));
  });
});
