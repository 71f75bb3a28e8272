import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askOne, askSeries, dates, eventOf, valuesOf } from './metrics-question.ts';
import { countDistinct, daysBetween, inDays, readRawEvents, type RawEvent } from './raw-events.ts';
import { startServerUnderTest, TODAY, type ServerUnderTest } from './running-server.ts';

let server: ServerUnderTest;
let raw: RawEvent[];

beforeAll(async () => {
  server = await startServerUnderTest();
  raw = readRawEvents(server.world());
});
afterAll(() => server.close());

const HOUR_MS = 3_600_000;
const count = (name: string, from: string, to: string): number =>
  inDays(raw, from, to).filter((event) => event.name === name).length;
const between = (from: string, to: string): RawEvent[] =>
  raw.filter(({ at }) => at >= Date.parse(from) && at < Date.parse(to));
const previousOf = (series: { points: readonly { previous: number | null }[] }) =>
  series.points.map(({ previous }) => previous);

describe('buckets of the sandbox', () => {
  it('are weeks from Monday on', async () => {
    const series = await askOne(server, eventOf('session_start'), {
      period: dates('2026-05-25', '2026-06-14'),
      interval: 'WEEK',
    });
    expect(series.points.map(({ date }) => date)).toEqual(['2026-05-25', '2026-06-01', '2026-06-08']);
    expect(valuesOf(series)).toEqual([
      count('session_start', '2026-05-25', '2026-05-31'),
      count('session_start', '2026-06-01', '2026-06-07'),
      count('session_start', '2026-06-08', '2026-06-14'),
    ]);
  });

  it('are calendar months, with their own distinct users', async () => {
    const query = { period: dates('2026-03-01', '2026-05-31'), interval: 'MONTH' };
    const series = await askOne(server, eventOf('session_start', { measure: 'UNIQUE_USERS' }), query);
    const users = (from: string, to: string) =>
      countDistinct(inDays(raw, from, to).flatMap(({ name, user }) => (name === 'session_start' ? user : [])));
    expect(series.points.map(({ date }) => date)).toEqual(['2026-03-01', '2026-04-01', '2026-05-01']);
    expect(valuesOf(series)).toEqual([
      users('2026-03-01', '2026-03-31'),
      users('2026-04-01', '2026-04-30'),
      users('2026-05-01', '2026-05-31'),
    ]);
  });

  it('are cut where the period starts within a week', async () => {
    const query = { period: dates('2026-06-04', '2026-06-14'), interval: 'WEEK' };
    const series = await askOne(server, eventOf('sign_up'), query);
    expect(valuesOf(series)).toEqual([
      count('sign_up', '2026-06-04', '2026-06-07'),
      count('sign_up', '2026-06-08', '2026-06-14'),
    ]);
  });

  it('are cut where the period ends within a week', async () => {
    const query = { period: dates('2026-06-01', '2026-06-10'), interval: 'WEEK' };
    const series = await askOne(server, eventOf('session_start'), query);
    expect(valuesOf(series)).toEqual([
      count('session_start', '2026-06-01', '2026-06-07'),
      count('session_start', '2026-06-08', '2026-06-10'),
    ]);
  });

  it('are hours, of which the first and last hold the edges', async () => {
    const query = { period: dates('2026-06-10', '2026-06-10'), interval: 'HOUR' };
    const series = await askOne(server, eventOf('screen_view'), query);
    const start = Date.parse('2026-06-10');
    const expected = Array.from({ length: 24 }, (_, hour) => {
      const [from, to] = [start + hour * HOUR_MS, start + (hour + 1) * HOUR_MS];
      return raw.filter(({ name, at }) => name === 'screen_view' && at >= from && at < to).length;
    });
    expect(series.points.every(({ date }) => date === null)).toBe(true);
    expect(series.points[23]?.at).toBe('2026-06-10T23:00:00Z');
    expect(valuesOf(series)).toEqual(expected);
  });

  it('are minutes of a period given as instants', async () => {
    const instants = { from: '2026-06-14T17:40:00Z', to: '2026-06-14T18:10:00+00:00' };
    const series = await askOne(server, eventOf('screen_view'), { period: { instants }, interval: 'MINUTE' });
    const expected = new Array<number>(30).fill(0);
    for (const { name, at } of between(instants.from, instants.to)) {
      const minute = Math.floor((at - Date.parse(instants.from)) / 60_000);
      if (name === 'screen_view') expected[minute] = (expected[minute] ?? 0) + 1;
    }
    expect(valuesOf(series)).toEqual(expected);
  });
});

describe('comparisons of the sandbox', () => {
  it('stand beside each day of the period before', async () => {
    const query = { period: dates('2026-06-08', '2026-06-14'), compareTo: { preset: 'PREVIOUS_PERIOD' } };
    const series = await askOne(server, eventOf('session_start'), query);
    const before = daysBetween('2026-06-01', '2026-06-07').map((day) => count('session_start', day, day));
    expect(previousOf(series)).toEqual(before);
    expect(series.previousTotal).toBe(count('session_start', '2026-06-01', '2026-06-07'));
    expect(series.total).toBe(count('session_start', '2026-06-08', '2026-06-14'));
  });

  it('hold the last second of the period before', async () => {
    const query = { period: dates('2026-06-08', '2026-06-14'), compareTo: { preset: 'PREVIOUS_PERIOD' } };
    const series = await askOne(server, eventOf('screen_view'), query);
    const before = daysBetween('2026-06-01', '2026-06-07').map((day) => count('screen_view', day, day));
    expect(previousOf(series)).toEqual(before);
  });

  it('compare with any other days', async () => {
    const query = { period: dates('2026-06-08', '2026-06-10'), compareTo: dates('2026-04-01', '2026-04-03') };
    const series = await askOne(server, eventOf('search'), query);
    const before = daysBetween('2026-04-01', '2026-04-03').map((day) => count('search', day, day));
    expect(previousOf(series)).toEqual(before);
  });

  it('compare the distinct users of whole periods', async () => {
    const query = {
      period: dates('2026-06-08', '2026-06-14'),
      interval: 'TOTAL',
      compareTo: { preset: 'PREVIOUS_PERIOD' },
    };
    const series = await askOne(server, eventOf('session_start', { measure: 'UNIQUE_USERS' }), query);
    const users = (from: string, to: string) =>
      countDistinct(inDays(raw, from, to).flatMap(({ name, user }) => (name === 'session_start' ? user : [])));
    expect(series.total).toBe(users('2026-06-08', '2026-06-14'));
    expect(series.previousTotal).toBe(users('2026-06-01', '2026-06-07'));
  });

  it('keep groups that only one of the periods has', async () => {
    const query = {
      period: dates('2026-06-08', '2026-06-08'),
      compareTo: dates('2026-06-05', '2026-06-05'),
      breakdown: ['country'],
      select: [eventOf('refund'), eventOf('billing_issue'), eventOf('share, "quoted"\nand broken')],
    };
    const series = await askSeries(server, query);
    const expected = query.select.flatMap((_, index) => {
      const name = ['refund', 'billing_issue', 'share, "quoted"\nand broken'][index];
      const countries = new Set<string>();
      const inBoth = [inDays(raw, '2026-06-08'), inDays(raw, '2026-06-05')].map((events) =>
        events.filter((event) => event.name === name),
      );
      for (const event of inBoth.flat()) countries.add(event.country);
      return [...countries].map((country) => [
        name,
        country === '' ? null : country,
        ...inBoth.map((events) => events.filter((event) => event.country === country).length),
      ]);
    });
    const found = series.map(({ name, dimensions, points }) => [
      name,
      dimensions[0]?.value,
      points[0]?.value,
      points[0]?.previous,
    ]);
    expect(found.toSorted(byText)).toEqual(expected.toSorted(byText));
  });
});

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

describe('today in the sandbox', () => {
  it('has empty hours behind it and nothing before it', async () => {
    const series = await askOne(server, eventOf('session_start'), { period: { preset: 'TODAY' }, interval: 'HOUR' });
    expect(series.points).toHaveLength(24);
    expect(series.points[0]?.at).toBe(`${TODAY}T00:00:00Z`);
    expect(valuesOf(series)).toEqual([...new Array<number>(13).fill(0), ...new Array<null>(11).fill(null)]);
  });
});
