import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askCharts, bucketsOf, type ChartReport } from './growingio-charts.ts';
import { dayAfter, inDays, measure, readFacts, type MetricName } from './growingio-facts.ts';
import { readWorld, startGrowingioUnderTest, type GrowingioUnderTest } from './growingio-server.ts';
import { dates } from './metrics-question.ts';

const facts = readFacts(readWorld());
const [FROM, TO] = ['2026-05-28', '2026-06-10'];
const DAYS = bucketsOf(FROM, TO, 'DAY');
const PERIOD = { period: dates(FROM, TO) };
const asked = inDays(facts, FROM, TO);
let server: GrowingioUnderTest;

beforeAll(async () => {
  server = await startGrowingioUnderTest(readWorld());
});
afterAll(() => server.close());

const read = (text: string): string[][] => Papa.parse<string[]>(text, { skipEmptyLines: true }).data;
const written = (cell: number | string | null | undefined): string => String(cell ?? 'NULL').replace('null', 'NULL');
const byText = (a: readonly string[], b: readonly string[]): number => (a.join() < b.join() ? -1 : 1);

/** Rows of a CSV as objects by its header, in the order of their texts. */
function rowsOf(text: string): Record<string, string>[] {
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
}

const ask = (charts: string[], query: object = {}): Promise<ChartReport> =>
  askCharts(server, { charts, query: { ...PERIOD, ...query } });

describe('CSV of charts of GrowingIO', () => {
  const METRICS: MetricName[] = ['访问量', '跳出率', 'Revenue, "net" (USD)'];
  const units = { 访问量: 'COUNT', 跳出率: 'FRACTION', 'Revenue, "net" (USD)': 'NUMBER' };
  const daily = DAYS.map((day) => measure(inDays(facts, day), METRICS));

  it('has a row for each day and metric, TIDY', async () => {
    const { tidy } = await ask(['a9ZwE3hP']);
    const [header, ...rows] = read(tidy);
    expect(header).toEqual(['date', 'source', 'metric', 'audience', 'value', 'unit', 'currency']);
    const expected = Object.entries(units).flatMap(([metric, unit], place) =>
      DAYS.map((date, day) => {
        const value = written(daily[day]?.[place]);
        return [date, 'today', `a9ZwE3hP.${metric}`, 'all visitors', value, unit, 'NULL'];
      }),
    );
    expect(rows.toSorted(byText)).toEqual(expected.toSorted(byText));
  });

  it('has a row for each day and a column for each metric, WIDE', async () => {
    const { wide } = await ask(['a9ZwE3hP']);
    const expected = DAYS.map((date, day) => ({
      date,
      ...Object.fromEntries(
        METRICS.map((metric, place) => [`a9ZwE3hP.${metric} [all visitors]`, written(daily[day]?.[place])]),
      ),
    }));
    expect(rowsOf(wide)).toEqual(expected);
  });

  it('has hours with the offset of Beijing', async () => {
    const { tidy } = await ask(['Bn5xT0aV'], { period: dates('2026-06-10', '2026-06-10'), interval: 'HOUR' });
    const hours = bucketsOf('2026-06-10', '2026-06-10', 'HOUR');
    const byHour = Map.groupBy(inDays(facts, '2026-06-10'), ({ hour }) => hour);
    expect(rowsOf(tidy).map(({ at, value }) => [at, value])).toEqual(
      hours.map((hour) => [hour, written(measure(byHour.get(hour) ?? [], ['用户量'])[0])]),
    );
  });

  it('has the days before in a column of their own', async () => {
    const { tidy, wide } = await ask(['Bn5xT0aV'], { compareTo: { preset: 'PREVIOUS_PERIOD' } });
    const users = (day: string): string => written(measure(inDays(facts, day), ['用户量'])[0]);
    const expected = DAYS.map((date) => [date, users(date), users(dayAfter(date, -14))]);
    expect(rowsOf(tidy).map(({ date, value, previous }) => [date, value, previous])).toEqual(expected);
    expect(read(wide)).toEqual([
      ['date', 'Bn5xT0aV [all visitors]', 'Bn5xT0aV [all visitors] (previous)'],
      ...expected,
    ]);
  });

  it('of a chart without time has one row for each group, and no day', async () => {
    const { tidy, wide } = await ask(['Hb7cF2uJ']);
    const groups = Map.groupBy(asked, ({ browser }) => browser);
    const expected = [...groups].map(([browser, some]) => ({
      date: 'NULL',
      source: 'today',
      metric: 'Hb7cF2uJ',
      audience: 'all visitors',
      browser: browser || 'NULL',
      value: written(measure(some, ['用户量'])[0]),
      unit: 'DISTINCT_COUNT',
      currency: 'NULL',
    }));
    const inOrder = (rows: readonly Record<string, string>[]) =>
      rows.toSorted((a, b) => byText(Object.values(a), Object.values(b)));
    expect(inOrder(rowsOf(tidy))).toEqual(inOrder(expected));
    const columns = expected.map(({ browser, value }) => [
      `Hb7cF2uJ [all visitors, ${browser === 'NULL' ? '(not set)' : browser}]`,
      value,
    ]);
    expect(rowsOf(wide)).toEqual([{ date: 'NULL', ...Object.fromEntries(columns) }]);
  });

  it('puts charts of different columns into one table', async () => {
    const { tidy } = await ask(['Gj0yM5iC', 'Hb7cF2uJ', 'Bn5xT0aV']);
    const rows = rowsOf(tidy);
    expect(Object.keys(rows[0] ?? {})).toEqual(
      expect.arrayContaining(['date', 'audience', 'country', 'browser', 'value']),
    );
    const sweden = rows.filter(({ metric, country }) => metric === 'Gj0yM5iC.访问量' && country === 'SE');
    const visits = new Map(
      DAYS.map((day) => [day, inDays(asked, day).filter(({ place }) => place.country === 'SE')] as const),
    );
    expect(sweden.map(({ date, value, browser }) => [date, value, browser])).toEqual(
      DAYS.map((day) => [day, written(measure(visits.get(day) ?? [], ['用户量', '访问量'])[1]), 'NULL']),
    );
    expect(rows.filter(({ metric, country }) => metric === 'Bn5xT0aV' && country === 'NULL')).toHaveLength(DAYS.length);
  });
});
