import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Subscription, World } from '../../src/sandbox/world.ts';
import { written } from './adapty-report.ts';
import { countryOf, isIn, isSubscription, paymentsOf, storeOf, trialOf } from './adapty-world.ts';
import { dates, type AskedSeries } from './metrics-question.ts';
import { dayOf, daysBetween } from './raw-events.ts';
import { startServerUnderTest, type ServerUnderTest } from './running-server.ts';

let server: ServerUnderTest;
let world: World;

beforeAll(async () => {
  server = await startServerUnderTest();
  world = server.world();
});
afterAll(() => server.close());

interface Conversion {
  readonly fromCount: number | null;
  readonly toCount: number | null;
  readonly rate: number | null;
  readonly previousRate: number | null;
  readonly series: readonly AskedSeries[];
  readonly freshness: { readonly isSettled: boolean };
  readonly csv: string;
}

const OPERATION = `query ($query: ConversionQuery!) {
  conversion(query: $query) {
    fromCount toCount rate previousRate freshness { isSettled }
    series { name unit total previousTotal dimensions { dimension value } points { at date value previous } }
    csv(options: { nullText: "NULL" })
  }
}`;

const [FROM, TO] = ['2026-04-06', '2026-05-03'];
const PERIOD = { period: dates(FROM, TO) };
const stage = (name: string, more: object = {}): object => ({ subscription: { stage: name, ...more } });
const INSTALL = stage('INSTALL');
const TRIAL = stage('TRIAL');
const PAID = stage('PAID');

async function ask(query: object): Promise<Conversion> {
  const variables = { query: { source: 'sandbox-adapty', ...PERIOD, ...query } };
  return (await server.query<{ conversion: Conversion }>(OPERATION, variables)).conversion;
}

interface Counts {
  readonly from: number;
  readonly to: number;
}

const anybody = (): boolean => true;

/** From the install on people are counted: those who installed in the days, and those of them who got there since. */
function ofPeople(from: string, to: string, reached: (one: Subscription) => boolean, test = (_user: number) => true) {
  const arrived = new Set<number>();
  for (const one of world.subscriptions) if (isSubscription(one) && reached(one)) arrived.add(one.user);
  const counts = { from: 0, to: 0 };
  world.users.forEach(({ installedAtMs }, user) => {
    if (!isIn(installedAtMs, from, to) || !test(user)) return;
    counts.from += 1;
    if (arrived.has(user)) counts.to += 1;
  });
  return counts;
}

/** From a trial or a payment on subscriptions are counted, on the day of that trial or payment. */
function ofSubscriptions(
  startOf: (one: Subscription) => number | undefined,
  reached: (one: Subscription) => boolean,
  [from, to]: readonly [string, string] = [FROM, TO],
): Counts {
  const counts = { from: 0, to: 0 };
  for (const one of world.subscriptions.filter(isSubscription)) {
    const start = startOf(one);
    if (start === undefined || !isIn(start, from, to)) continue;
    counts.from += 1;
    if (reached(one)) counts.to += 1;
  }
  return counts;
}

const hasTried = (one: Subscription): boolean => trialOf(one) !== undefined;
const hasPaid =
  (periods: number) =>
  (one: Subscription): boolean =>
    paymentsOf(one).length >= periods;
const paidAt = (period: number) => (one: Subscription) => paymentsOf(one)[period - 1]?.timeMs;
/** Months are 365 / 12 days. */
const hasPaidMonths =
  (months: number) =>
  (one: Subscription): boolean =>
    paymentsOf(one).length * one.product.periodDays >= (months * 365) / 12;

const CASES: readonly (readonly [string, object, object, () => Counts])[] = [
  ['install to trial', INSTALL, TRIAL, () => ofPeople(FROM, TO, hasTried)],
  ['install to paid', INSTALL, PAID, () => ofPeople(FROM, TO, hasPaid(1))],
  ['trial to paid', TRIAL, PAID, () => ofSubscriptions(trialOf, hasPaid(1))],
  ['first payment to second', PAID, stage('PAID', { period: 2 }), () => ofSubscriptions(paidAt(1), hasPaid(2))],
  [
    'first payment to six months',
    PAID,
    stage('PAID', { period: 6, orLater: true }),
    () => ofSubscriptions(paidAt(1), hasPaidMonths(6)),
  ],
];

describe('conversion of Adapty', () => {
  it.each(CASES)('from %s counts who got there', async (_title, from, to, count) => {
    const expected = count();
    const { fromCount, toCount, rate, series, freshness } = await ask({ from, to });
    expect({ from: fromCount, to: toCount }).toEqual(expected);
    expect(expected.to).toBeGreaterThan(10);
    expect(rate).toBe(expected.to / expected.from);
    expect(series).toEqual([]);
    // Whoever installed then may still pay tomorrow.
    expect(freshness.isSettled).toBe(false);
  });

  it('has a rate for each week of installs', async () => {
    const { series, rate } = await ask({ from: INSTALL, to: TRIAL, interval: 'WEEK' });
    const [only] = series;
    const weeks = ['2026-04-06', '2026-04-13', '2026-04-20', '2026-04-27'].map((monday) => {
      const { from, to } = ofPeople(monday, dayOf(Date.parse(monday) + 6 * 86_400_000), hasTried);
      return [monday, to / from];
    });
    expect(series).toHaveLength(1);
    expect(only?.points.map(({ date, value }) => [date, value])).toEqual(
      weeks.map(([monday, value]) => [monday, expect.closeTo(Number(value), 12)]),
    );
    // The rate of all is no average of rates.
    expect(only?.total).toBe(rate);
    expect(only?.unit).toBe('FRACTION');
  });

  it('stands beside the rate of earlier days', async () => {
    const earlier = dates('2026-03-01', '2026-03-28');
    const { rate, previousRate } = await ask({ from: TRIAL, to: PAID, compareTo: earlier });
    const [now, before] = [
      ofSubscriptions(trialOf, hasPaid(1)),
      ofSubscriptions(trialOf, hasPaid(1), ['2026-03-01', '2026-03-28']),
    ];
    expect([rate, previousRate]).toEqual([now.to / now.from, before.to / before.from]);
  });

  it('stands beside each day of earlier ones', async () => {
    const query = { period: dates('2026-05-04', '2026-05-07'), compareTo: { preset: 'PREVIOUS_PERIOD' } };
    const { series, previousRate } = await ask({ from: INSTALL, to: TRIAL, interval: 'DAY', ...query });
    const before = daysBetween('2026-04-30', '2026-05-03').map((day) => ofPeople(day, day, hasTried));
    expect(series[0]?.points.map(({ previous }) => previous)).toEqual(
      before.map(({ from, to }) => expect.closeTo(to / from, 12)),
    );
    const whole = ofPeople('2026-04-30', '2026-05-03', hasTried);
    expect(previousRate).toBe(whole.to / whole.from);
  });

  it.each([
    ['store', storeOf],
    ['country', countryOf],
  ])('splits people by %s', async (dimension, valueOf) => {
    const { series, fromCount } = await ask({ from: INSTALL, to: PAID, breakdown: [dimension] });
    const values = new Set(world.users.map((_, user) => valueOf(world, user)));
    const expected = [...values].map((value) => {
      const { from, to } = ofPeople(FROM, TO, hasPaid(1), (user) => valueOf(world, user) === value);
      return [value === '' ? null : value, expect.closeTo(to / from, 12)];
    });
    const found = series.map(({ dimensions, total }) => [dimensions[0]?.value ?? null, total]);
    expect(found).toHaveLength(expected.length);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
    expect(fromCount).toBe(ofPeople(FROM, TO, anybody).from);
  });

  it('reads back from CSV as it is typed', async () => {
    const { csv, fromCount, toCount, rate, series } = await ask({ from: INSTALL, to: PAID, interval: 'WEEK' });
    const [header, ...rows] = Papa.parse<string[]>(csv, { skipEmptyLines: true }).data;
    expect(header).toEqual(['date', 'from_count', 'to_count', 'rate']);
    expect(rows).toEqual([
      ['NULL', written(fromCount), written(toCount), written(rate)],
      ...(series[0]?.points ?? []).map(({ date, value }) => [written(date), 'NULL', 'NULL', written(value)]),
    ]);
    expect(rows).toHaveLength(5);
  });
});
