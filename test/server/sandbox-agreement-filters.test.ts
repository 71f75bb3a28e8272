import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askOne, askSeries, dates, eventOf, valuesOf, type AskedSeries } from './metrics-question.ts';
import { countDistinct, daysBetween, inDays, readRawEvents, type RawEvent } from './raw-events.ts';
import { startServerUnderTest, type ServerUnderTest } from './running-server.ts';

const FROM = '2026-06-01';
const TO = '2026-06-07';
const DAYS = daysBetween(FROM, TO);
const PERIOD = { period: dates(FROM, TO) };

let server: ServerUnderTest;
let week: RawEvent[];

beforeAll(async () => {
  server = await startServerUnderTest();
  week = inDays(readRawEvents(server.world()), FROM, TO);
});
afterAll(() => server.close());

const named = (name: string): RawEvent[] => week.filter((event) => event.name === name);
const dailyCounts = (events: readonly RawEvent[]): number[] => DAYS.map((day) => inDays(events, day).length);
const filter = (dimension: string, operator: string, ...values: string[]) => ({ dimension, operator, values });

type Case = readonly [event: string, asked: ReturnType<typeof filter>, keeps: (event: RawEvent) => boolean];

const query = ({ properties }: RawEvent): string => properties['query'] ?? '';
const CASES: readonly Case[] = [
  ['screen_view', filter('country', 'IS', 'SE', 'US'), ({ country }) => ['SE', 'US'].includes(country)],
  ['screen_view', filter('country', 'IS_NOT', 'SE', 'US'), ({ country }) => !['SE', 'US'].includes(country)],
  ['screen_view', filter('country', 'IS_SET'), ({ country }) => country !== ''],
  ['screen_view', filter('country', 'IS_NOT_SET'), ({ country }) => country === ''],
  ['screen_view', filter('os', 'IS', 'iOS'), ({ os }) => os === 'iOS'],
  ['search', filter('properties.query', 'STARTS_WITH', 're'), (event) => query(event).startsWith('re')],
  ['screen_view', filter('path', 'ENDS_WITH', 'top', 's'), ({ path }) => path.endsWith('top') || path.endsWith('s')],
  ['screen_view', filter('path', 'IS_NOT_SET'), ({ path }) => path === ''],
  ['search', filter('properties.query', 'IS', '中文搜索'), (event) => query(event) === '中文搜索'],
  ['search', filter('properties.query', 'IS', '=1+2', '00123'), (event) => ['=1+2', '00123'].includes(query(event))],
  ['search', filter('properties.query', 'CONTAINS', ',', '"'), (event) => /[,"]/.test(query(event))],
  ['search', filter('properties.query', 'NOT_CONTAINS', 'e', 'a'), (event) => !/[ea]/.test(query(event))],
  ['search', filter('properties.query', 'MATCHES', '^\\d+$', '^null$'), (event) => /^\d+$|^null$/.test(query(event))],
  ['search', filter('properties.query', 'IS_SET'), (event) => query(event) !== ''],
  ['search', filter('properties.query', 'IS_NOT_SET'), (event) => query(event) === ''],
  ['search', filter('properties.results', 'GT', '7'), ({ properties }) => Number(properties['results']) > 7],
  ['search', filter('properties.results', 'GTE', '7'), ({ properties }) => Number(properties['results']) >= 7],
  ['add_to_cart', filter('properties.price', 'LT', '14.9'), ({ properties }) => Number(properties['price']) < 14.9],
  ['add_to_cart', filter('properties.price', 'LTE', '14.9'), ({ properties }) => Number(properties['price']) <= 14.9],
];

describe('filters of the sandbox', () => {
  it.each(CASES)('keep of %s what fits %j', async (name, asked, keeps) => {
    const expected = dailyCounts(named(name).filter(keeps));
    expect(expected.some((count) => count > 0)).toBe(true);
    expect(expected).not.toEqual(dailyCounts(named(name)));
    expect(valuesOf(await askOne(server, eventOf(name), { ...PERIOD, filters: [asked] }))).toEqual(expected);
  });

  it('of query, selection and event all have to hold', async () => {
    const select = eventOf(
      'screen_view',
      { filters: [filter('path', 'IS', '/player')] },
      { filters: [filter('os', 'IS', 'Android')] },
    );
    const series = await askOne(server, select, { ...PERIOD, filters: [filter('country', 'IS', 'DE')] });
    const kept = named('screen_view').filter(
      ({ path, os, country }) => path === '/player' && os === 'Android' && country === 'DE',
    );
    expect(kept.length).toBeGreaterThan(0);
    expect(valuesOf(series)).toEqual(dailyCounts(kept));
  });
});

const byValue = (series: readonly AskedSeries[]) =>
  new Map(series.map((one) => [JSON.stringify(one.dimensions.map(({ value }) => value)), valuesOf(one)]));

function dailyByGroup(events: readonly RawEvent[], toGroup: (event: RawEvent) => (string | null)[]) {
  const groups = new Map<string, RawEvent[]>();
  for (const event of events) {
    const key = JSON.stringify(toGroup(event));
    groups.set(key, [...(groups.get(key) ?? []), event]);
  }
  return new Map([...groups].map(([key, ofGroup]) => [key, dailyCounts(ofGroup)]));
}

describe('breakdowns of the sandbox', () => {
  it('by country know the unknown country as null', async () => {
    const series = await askSeries(server, { select: [eventOf('sign_up')], ...PERIOD, breakdown: ['country'] });
    const expected = dailyByGroup(named('sign_up'), ({ country }) => [country === '' ? null : country]);
    expect(expected.has('[null]')).toBe(true);
    expect(byValue(series)).toEqual(expected);
  });

  it('by a property know every odd text', async () => {
    const breakdown = ['properties.query'];
    const series = await askSeries(server, { select: [eventOf('search')], ...PERIOD, breakdown });
    const expected = dailyByGroup(named('search'), (event) => [query(event) === '' ? null : query(event)]);
    expect(expected.size).toBeGreaterThan(25);
    expect(byValue(series)).toEqual(expected);
  });

  it('by two dimensions hold every combination', async () => {
    const breakdown = ['os', 'properties.method'];
    const series = await askSeries(server, { select: [eventOf('sign_up')], ...PERIOD, breakdown });
    const expected = dailyByGroup(named('sign_up'), ({ os, properties }) => [os, properties['method'] ?? null]);
    expect(byValue(series)).toEqual(expected);
  });

  it('have the groups of a selection from the largest down', async () => {
    const series = await askSeries(server, { select: [eventOf('sign_up')], ...PERIOD, breakdown: ['country'] });
    const totals = series.map(({ total }) => total ?? NaN);
    expect(totals).toEqual([...totals].sort((a, b) => b - a));
    expect(totals.reduce((sum, total) => sum + total, 0)).toBe(named('sign_up').length);
  });

  it('count distinct users within each group', async () => {
    const select = eventOf('screen_view', { measure: 'UNIQUE_USERS' });
    const series = await askSeries(server, { select: [select], ...PERIOD, interval: 'WEEK', breakdown: ['os'] });
    for (const { dimensions, total, points } of series) {
      const events = named('screen_view').filter(({ os }) => os === dimensions[0]?.value);
      expect(points.map(({ value }) => value)).toEqual([countDistinct(events.map(({ user }) => user))]);
      expect([null, points[0]?.value]).toContain(total);
    }
    expect(series.length).toBe(countDistinct(named('screen_view').map(({ os }) => os)));
  });

  it('go with filters, several selections and a limit', async () => {
    const answer = await askSeries(server, {
      select: [eventOf('sign_up', {}, { as: 'joined' }), eventOf('search', {}, { as: 'looked' })],
      ...PERIOD,
      breakdown: ['country'],
      seriesLimit: 2,
      filters: [filter('country', 'IS', 'SE', 'DE', 'FR')],
    });
    const largest = (name: string) =>
      [...dailyByGroup(named(name), ({ country }) => [country])]
        .filter(([key]) => ['["SE"]', '["DE"]', '["FR"]'].includes(key))
        .map(([, counts]) => counts)
        .sort((a, b) => total(b) - total(a))
        .slice(0, 2);
    expect(answer.map(({ name }) => name)).toEqual(['joined', 'joined', 'looked', 'looked']);
    expect(answer.map(valuesOf)).toEqual([...largest('sign_up'), ...largest('search')]);
  });
});

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
