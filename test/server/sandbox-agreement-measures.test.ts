import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askOne, askSeries, dates, eventOf, metricOf, rounded, valuesOf } from './metrics-question.ts';
import { countDistinct, daysBetween, inDays, readRawEvents, type RawEvent } from './raw-events.ts';
import { startServerUnderTest, type ServerUnderTest } from './running-server.ts';

let server: ServerUnderTest;
let raw: RawEvent[];

beforeAll(async () => {
  server = await startServerUnderTest();
  raw = readRawEvents(server.world());
});
afterAll(() => server.close());

const FROM = '2026-05-28';
const TO = '2026-06-10';
const PERIOD = { period: dates(FROM, TO) };
const DAYS = daysBetween(FROM, TO);

const named = (name: string): RawEvent[] => raw.filter((event) => event.name === name);
const daily = <T extends number | null>(events: readonly RawEvent[], measure: (ofDay: RawEvent[]) => T): T[] =>
  DAYS.map((day) => measure(inDays(events, day)));
const usersOf = (events: readonly RawEvent[]): number => countDistinct(events.map(({ user }) => user));
const sessionsOf = (events: readonly RawEvent[]): number => countDistinct(events.map(({ session }) => session));

function numbersOf(events: readonly RawEvent[], property: string): number[] {
  const numbers: number[] = [];
  for (const { properties } of events) {
    const text = properties[property];
    if (text !== undefined && text !== '' && !Number.isNaN(Number(text))) numbers.push(Number(text));
  }
  return numbers;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

describe('daily measures of the sandbox', () => {
  it.each(['sign_up', '404', 'Invite Friend', 'share, "quoted"\nand broken', 'session_start', 'screen_view'])(
    'count every event named %j',
    async (name) => {
      const series = await askOne(server, eventOf(name), PERIOD);
      const expected = daily(named(name), (events) => events.length);
      expect(series.points.map(({ date }) => date)).toEqual(DAYS);
      expect(valuesOf(series)).toEqual(expected);
      expect(series.total).toBe(sum(expected));
    },
  );

  it('count the distinct users of each day', async () => {
    const series = await askOne(server, eventOf('screen_view', { measure: 'UNIQUE_USERS' }), PERIOD);
    expect(valuesOf(series)).toEqual(daily(named('screen_view'), usersOf));
  });

  it('count the distinct sessions of each day', async () => {
    const series = await askOne(server, eventOf('screen_view', { measure: 'SESSIONS' }), PERIOD);
    expect(valuesOf(series)).toEqual(daily(named('screen_view'), sessionsOf));
  });

  it('divide events by users of each day', async () => {
    const series = await askOne(server, eventOf('search', { measure: 'COUNT_PER_USER' }), PERIOD);
    const expected = daily(named('search'), (events) => rounded(events.length / usersOf(events)));
    expect(valuesOf(series)).toEqual(expected);
  });

  it('sum a property that is not always a number', async () => {
    const select = eventOf('level_complete', { measure: 'SUM', property: 'properties.score' });
    const series = await askOne(server, select, PERIOD);
    expect(valuesOf(series)).toEqual(
      daily(named('level_complete'), (events) => rounded(sum(numbersOf(events, 'score')))),
    );
  });

  it.each([
    ['AVERAGE', (numbers: number[]) => sum(numbers) / numbers.length],
    ['MIN', (numbers: number[]) => Math.min(...numbers)],
    ['MAX', (numbers: number[]) => Math.max(...numbers)],
  ])('leave days without an event empty for %s', async (measure, measureOf) => {
    const select = eventOf('refund', { measure, property: 'properties.price_usd' });
    const series = await askOne(server, select, PERIOD);
    const expected = daily(named('refund'), (events) => {
      const numbers = numbersOf(events, 'price_usd');
      return numbers.length === 0 ? null : rounded(measureOf(numbers));
    });
    expect(expected.filter((value) => value === null).length).toBeGreaterThan(2);
    expect(expected.filter((value) => value !== null).length).toBeGreaterThan(2);
    expect(valuesOf(series)).toEqual(expected);
  });

  it('answer the metrics of the catalog over events of any name', async () => {
    const keys = ['events', 'unique_users', 'sessions', 'events_per_user'];
    const series = await askSeries(server, { select: keys.map(metricOf), ...PERIOD });
    expect(series.map(({ name }) => name)).toEqual(keys);
    expect(series.map(valuesOf)).toEqual([
      daily(raw, (events) => events.length),
      daily(raw, usersOf),
      daily(raw, sessionsOf),
      daily(raw, (events) => rounded(events.length / usersOf(events))),
    ]);
  });
});

describe('measures of a whole period', () => {
  // Five days within one week: the provider is asked for one bucket, or for its own total.
  const WEEKDAYS = { interval: 'TOTAL', period: dates('2026-06-08', '2026-06-12') };
  const inWeekdays = (events: readonly RawEvent[]) => inDays(events, '2026-06-08', '2026-06-12');

  it.each(['2026-06-03', '2026-06-15'])('count the distinct users of the day %s', async (day) => {
    const select = eventOf('screen_view', { measure: 'UNIQUE_USERS' });
    const series = await askOne(server, select, { interval: 'TOTAL', period: dates(day, day) });
    expect(series.points).toEqual([]);
    expect(series.total).toBe(usersOf(inDays(named('screen_view'), day)));
  });

  it('count the distinct users of a whole week', async () => {
    const select = eventOf('screen_view', { measure: 'UNIQUE_USERS' });
    const series = await askOne(server, select, { interval: 'TOTAL', period: dates('2026-06-08', '2026-06-14') });
    expect(series.total).toBe(usersOf(inDays(named('screen_view'), '2026-06-08', '2026-06-14')));
  });

  it('count the distinct users of two weeks and not their sum', async () => {
    const select = eventOf('session_start', { measure: 'UNIQUE_USERS' });
    const series = await askOne(server, select, { interval: 'TOTAL', ...PERIOD });
    expect(series.total).toBe(usersOf(inDays(named('session_start'), FROM, TO)));
  });

  it.each(['sign_up', 'search', 'purchase'])('count the events named %s', async (name) => {
    const series = await askOne(server, eventOf(name), { interval: 'TOTAL', ...PERIOD });
    expect(series.total).toBe(inDays(named(name), FROM, TO).length);
  });

  it('count events per user', async () => {
    const select = eventOf('search', { measure: 'COUNT_PER_USER' });
    const series = await askOne(server, select, { interval: 'TOTAL', ...PERIOD });
    const events = inDays(named('search'), FROM, TO);
    expect(series.total).toBeCloseTo(events.length / usersOf(events), 6);
  });

  it('sum, average, and find extremes of a property', async () => {
    const measures = ['SUM', 'AVERAGE', 'MIN', 'MAX'];
    const select = measures.map((measure) => eventOf('add_to_cart', { measure, property: 'properties.price' }));
    const series = await askSeries(server, { select, ...WEEKDAYS });
    const prices = numbersOf(inWeekdays(named('add_to_cart')), 'price');
    expect(series.map(({ total }) => total)).toEqual([
      rounded(sum(prices)),
      rounded(sum(prices) / prices.length),
      Math.min(...prices),
      Math.max(...prices),
    ]);
  });

  it('leave out what happens at the midnight that ends it', async () => {
    const series = await askOne(server, eventOf('session_start'), { interval: 'TOTAL', ...PERIOD });
    expect(series.total).toBe(inDays(named('session_start'), FROM, TO).length);
  });

  // The provider's window has whole seconds, both included. What cannot be summed from days ends a second early within a
  // week, and somebody puts something into the cart in the last second of this period.
  it('lack the last second where days cannot be summed', async () => {
    const select = eventOf('add_to_cart', { measure: 'AVERAGE', property: 'properties.price' });
    const query = { interval: 'TOTAL', period: dates('2026-06-08', '2026-06-13') };
    const all = inDays(named('add_to_cart'), '2026-06-08', '2026-06-13');
    const counted = all.filter(({ at }) => at <= Date.parse('2026-06-13T23:59:59Z'));
    expect(all.length - counted.length).toBe(1);
    const prices = numbersOf(counted, 'price');
    expect((await askOne(server, select, query)).total).toBe(rounded(sum(prices) / prices.length));
  });
});
