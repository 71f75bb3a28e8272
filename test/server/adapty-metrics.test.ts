import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Subscription, World } from '../../src/sandbox/world.ts';
import { written } from './adapty-report.ts';
import { centsOf, countryOf, isIn, isSubscription, paymentsOf, refundOf, storeOf, sum } from './adapty-world.ts';
import { askOne, askSeries, dates, valuesOf, type AskedSeries } from './metrics-question.ts';
import { countDistinct, dayOf, daysBetween } from './raw-events.ts';
import { startServerUnderTest, type ServerUnderTest } from './running-server.ts';

let server: ServerUnderTest;
let world: World;

beforeAll(async () => {
  server = await startServerUnderTest();
  world = server.world();
});
afterAll(() => server.close());

const [FROM, TO] = ['2026-06-01', '2026-06-14'];
const DAYS = daysBetween(FROM, TO);
const PERIOD = { period: dates(FROM, TO) };
const DAY_MS = 86_400_000;

const metricOf = (key: string): object => ({ source: 'sandbox-adapty', metric: { key } });
const anybody = (): boolean => true;
type Test = (purchase: Subscription) => boolean;

/** Revenue: payments less refunds, each on its own day. */
function revenue(from: string, to = from, accounting: Parameters<typeof centsOf>[1] = 'GROSS', test: Test = anybody) {
  let cents = 0;
  for (const purchase of world.subscriptions.filter(test)) {
    for (const { timeMs, amountUsdCents } of purchase.steps) {
      if (isIn(timeMs, from, to)) cents += centsOf(amountUsdCents, accounting);
    }
  }
  return cents / 100;
}

/** Active subscriptions: paid periods that run at the last moment of a day. A refund takes the period back from the past. */
function activeAtEndOf(day: string, test: Test = anybody): number {
  const moment = Date.parse(day) + DAY_MS - 1;
  let active = 0;
  for (const purchase of world.subscriptions.filter((one) => isSubscription(one) && test(one))) {
    const payments = paymentsOf(purchase);
    payments.forEach(({ timeMs }, index) => {
      if (refundOf(purchase) && index === payments.length - 1) return;
      if (timeMs <= moment && moment < timeMs + purchase.product.periodDays * DAY_MS) active += 1;
    });
  }
  return active;
}

/** New trials: those that began. */
function trials(from: string, to = from): number {
  const began = world.subscriptions.filter(({ steps }) => {
    const [first] = steps;
    return first?.kind === 'TRIAL_STARTED' && isIn(first.timeMs, from, to);
  });
  return began.length;
}

/** Installs: people, on the day they installed. */
function installs(from: string, to = from, test: (user: number) => boolean = anybody): number {
  return world.users.filter(({ installedAtMs }, user) => isIn(installedAtMs, from, to) && test(user)).length;
}

/** People who paid for anything. */
function payers(from: string, to = from): number {
  return countDistinct(
    world.subscriptions.flatMap((one) =>
      paymentsOf(one).some(({ timeMs }) => isIn(timeMs, from, to)) ? [one.user] : [],
    ),
  );
}

const byGroup = (series: readonly AskedSeries[]) =>
  Object.fromEntries(series.map((one) => [one.dimensions[0]?.value ?? null, one]));

describe('charts of Adapty by day', () => {
  it('add up payments, refunds and their accountings', async () => {
    const select = ['revenue', 'proceeds', 'net_revenue'].map(metricOf);
    const series = await askSeries(server, { select, ...PERIOD });
    const accountings = ['GROSS', 'PROCEEDS', 'NET'] as const;
    expect(series.map(valuesOf)).toEqual(accountings.map((one) => DAYS.map((day) => revenue(day, day, one))));
    expect(series.map(({ total }) => total)).toEqual(accountings.map((one) => revenue(FROM, TO, one)));
    expect(series.map(({ unit }) => unit)).toEqual(['MONEY', 'MONEY', 'MONEY']);
  });

  it('count installs, new trials and what is active', async () => {
    const select = ['installs', 'trials_new', 'subscriptions_active'].map(metricOf);
    const [installed, tried, active] = await askSeries(server, { select, ...PERIOD });
    expect(installed && valuesOf(installed)).toEqual(DAYS.map((day) => installs(day)));
    expect(tried && valuesOf(tried)).toEqual(DAYS.map((day) => trials(day)));
    expect(active && valuesOf(active)).toEqual(DAYS.map((day) => activeAtEndOf(day)));
    expect(installed?.total).toBe(installs(FROM, TO));
    expect(tried?.total).toBe(trials(FROM, TO));
    // What stands is not added up: the total is how it stands at the end.
    expect(active).toMatchObject({ unit: 'DISTINCT_COUNT', total: activeAtEndOf(TO) });
  });

  it('begin and end where another zone does', async () => {
    const query = { timezone: 'Asia/Tokyo', ...PERIOD };
    const series = await askOne(server, metricOf('installs'), query);
    const inTokyo = (ms: number): string => dayOf(ms + 9 * 3_600_000);
    expect(valuesOf(series)).toEqual(
      DAYS.map((day) => world.users.filter(({ installedAtMs }) => inTokyo(installedAtMs) === day).length),
    );
    expect(series.points[0]?.at).toBe('2026-06-01T00:00:00+09:00');
  });

  it('stand beside the days before', async () => {
    const query = { ...PERIOD, compareTo: { preset: 'PREVIOUS_PERIOD' } };
    const [money, active] = await askSeries(server, {
      select: [metricOf('revenue'), metricOf('subscriptions_active')],
      ...query,
    });
    const before = daysBetween('2026-05-18', '2026-05-31');
    expect(money?.points.map(({ previous }) => previous)).toEqual(before.map((day) => revenue(day)));
    expect(money?.previousTotal).toBe(revenue('2026-05-18', '2026-05-31'));
    expect(active?.points.map(({ previous }) => previous)).toEqual(before.map((day) => activeAtEndOf(day)));
    expect(active?.previousTotal).toBe(activeAtEndOf('2026-05-31'));
  });
});

describe('charts of Adapty by other lengths', () => {
  it('are weeks from Monday on, cut by the period', async () => {
    const query = { period: dates('2026-05-28', '2026-06-10'), interval: 'WEEK' };
    const series = await askOne(server, metricOf('revenue'), query);
    // A week keeps its Monday as its name, also where only a part of it lies in the period.
    expect(series.points.map(({ date }) => date)).toEqual(['2026-05-25', '2026-06-01', '2026-06-08']);
    expect(valuesOf(series)).toEqual([
      revenue('2026-05-28', '2026-05-31'),
      revenue('2026-06-01', '2026-06-07'),
      revenue('2026-06-08', '2026-06-10'),
    ]);
  });

  it('are months, of which snapshots are the ends', async () => {
    const query = { period: dates('2026-03-10', '2026-05-20'), interval: 'MONTH' };
    const select = [metricOf('trials_new'), metricOf('subscriptions_active')];
    const [tried, active] = await askSeries(server, { select, ...query });
    expect(tried && valuesOf(tried)).toEqual([
      trials('2026-03-10', '2026-03-31'),
      trials('2026-04-01', '2026-04-30'),
      trials('2026-05-01', '2026-05-20'),
    ]);
    expect(active && valuesOf(active)).toEqual(
      ['2026-03-31', '2026-04-30', '2026-05-20'].map((day) => activeAtEndOf(day)),
    );
  });

  it('are one number for the whole period', async () => {
    const select = ['revenue', 'net_revenue', 'subscriptions_active'].map(metricOf);
    const series = await askSeries(server, { select, ...PERIOD, interval: 'TOTAL' });
    expect(series.flatMap(({ points }) => points)).toEqual([]);
    expect(series.map(({ total }) => total)).toEqual([revenue(FROM, TO), revenue(FROM, TO, 'NET'), activeAtEndOf(TO)]);
  });

  it('do not add up what is an average', async () => {
    const series = await askSeries(server, { select: [metricOf('arpu'), metricOf('arppu')], ...PERIOD });
    const [perInstall, perPayer] = series.map(({ total }) => total);
    expect(perInstall).toBeCloseTo(revenue(FROM, TO) / installs(FROM, TO), 9);
    expect(perPayer).toBeCloseTo(revenue(FROM, TO) / payers(FROM, TO), 9);
    expect(series.map(valuesOf).map((values) => values[3])).toEqual([
      expect.closeTo(revenue('2026-06-04') / installs('2026-06-04'), 9),
      expect.closeTo(revenue('2026-06-04') / payers('2026-06-04'), 9),
    ]);
  });
});

describe('charts of Adapty in groups', () => {
  it('split money and what is active by store', async () => {
    const select = [metricOf('revenue'), metricOf('subscriptions_active')];
    const series = await askSeries(server, { select, ...PERIOD, breakdown: ['store'] });
    const [money, active] = ['revenue', 'subscriptions_active'].map((name) =>
      byGroup(series.filter((one) => one.name === name)),
    );
    const stores = ['app_store', 'play_store', 'stripe'];
    expect(Object.keys(money ?? {}).toSorted()).toEqual(stores);
    expect(Object.keys(active ?? {}).toSorted()).toEqual(stores);
    for (const store of stores) {
      const atStore: Test = ({ user }) => storeOf(world, user) === store;
      expect(money?.[store] && valuesOf(money[store])).toEqual(DAYS.map((day) => revenue(day, day, 'GROSS', atStore)));
      expect(money?.[store]?.total).toBe(revenue(FROM, TO, 'GROSS', atStore));
      expect(active?.[store]?.total).toBe(activeAtEndOf(TO, atStore));
    }
  });

  it('split installs by country, known or not', async () => {
    const query = { ...PERIOD, interval: 'TOTAL', breakdown: ['country'], select: [metricOf('installs')] };
    const series = await askSeries(server, query);
    const countries = new Set(world.users.map((_, user) => countryOf(world, user)));
    const expected: [string | null, number][] = [];
    for (const country of countries) {
      const count = installs(FROM, TO, (user) => countryOf(world, user) === country);
      if (count > 0) expected.push([country === '' ? null : country, count]);
    }
    const found = series.map(({ dimensions, total }) => [dimensions[0]?.value ?? null, total]);
    expect(found.toSorted(byText)).toEqual(expected.toSorted(byText));
    expect(found.map(([, total]) => Number(total))).toEqual(
      found.map(([, total]) => Number(total)).toSorted((a, b) => b - a),
    );
    expect(sum(series.map(({ total }) => total ?? NaN))).toBe(installs(FROM, TO));
  });

  it('keep what a filter keeps', async () => {
    const filters = [{ dimension: 'store', values: ['play_store', 'stripe'] }];
    const series = await askOne(server, metricOf('revenue'), { ...PERIOD, interval: 'TOTAL', filters });
    expect(series.total).toBe(revenue(FROM, TO, 'GROSS', ({ user }) => storeOf(world, user) !== 'app_store'));
  });
});

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

describe('charts of Adapty', () => {
  it.each([
    ['revenue', true],
    ['subscriptions_active', false],
  ])('of %s are settled after the period: %s', async (key, isSettled) => {
    const operation = `query ($query: MetricsQuery!) { metrics(query: $query) { freshness { isSettled completeness } } }`;
    const query = { select: [metricOf(key)], ...PERIOD, interval: 'TOTAL' };
    // Refunds take active subscriptions back from days that are long over.
    expect(await server.query(operation, { query })).toEqual({
      metrics: { freshness: { isSettled, completeness: 'COMPLETE' } },
    });
  });

  it('read back from CSV as they are typed', async () => {
    const operation = `query ($query: MetricsQuery!) { metrics(query: $query) {
      series { name dimensions { value } unit points { date value previous } } csv(options: { nullText: "NULL" })
    } }`;
    const query = {
      select: [metricOf('revenue')],
      ...PERIOD,
      breakdown: ['country'],
      compareTo: { preset: 'PREVIOUS_PERIOD' },
    };
    const { metrics } = await server.query<{ metrics: { series: AskedSeries[]; csv: string } }>(operation, { query });
    const [header, ...rows] = Papa.parse<string[]>(metrics.csv, { skipEmptyLines: true }).data;
    expect(header).toEqual(['date', 'source', 'metric', 'country', 'value', 'previous', 'unit', 'currency']);
    expect(rows).toEqual(
      metrics.series.flatMap(({ name, dimensions, unit, points }) =>
        points.map(({ date, value, previous }) => {
          const country = dimensions[0]?.value ?? null;
          return [date, 'sandbox-adapty', name, country, value, previous, unit, 'USD'].map(written);
        }),
      ),
    );
    expect(rows.length).toBeGreaterThan(100);
  });
});
