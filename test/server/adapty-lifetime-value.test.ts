import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Subscription, World } from '../../src/sandbox/world.ts';
import { askCohorts, totalOf, written, type AskedRow } from './adapty-report.ts';
import {
  centsOf,
  isIn,
  keptCents,
  numbersFrom,
  paymentsOf,
  periodsDue,
  storeOf,
  type Accounting,
} from './adapty-world.ts';
import { dates } from './metrics-question.ts';
import { countDistinct } from './raw-events.ts';
import { startServerUnderTest, type ServerUnderTest } from './running-server.ts';

let server: ServerUnderTest;
let world: World;
/** When each person paid first, for anything. */
const firstPaidAt = new Map<number, number>();

beforeAll(async () => {
  server = await startServerUnderTest();
  world = server.world();
  for (const one of world.subscriptions) {
    const at = paymentsOf(one)[0]?.timeMs;
    if (at !== undefined) firstPaidAt.set(one.user, Math.min(at, firstPaidAt.get(one.user) ?? Infinity));
  }
});
afterAll(() => server.close());

const DAY_MS = 86_400_000;
const [FROM, TO] = ['2026-03-01', '2026-05-31'];
const PERIOD = { period: dates(FROM, TO), interval: 'MONTH', offsetBy: 'RENEWAL' };
const COHORTS = [
  ['2026-03-01', '2026-03-31'],
  ['2026-04-01', '2026-04-30'],
  ['2026-05-01', TO],
] as const;

/** A cohort: people by the day they first paid. What counts is all they were billed for, for life as well. */
function purchasesOf([from, to]: readonly [string, string]): Subscription[] {
  return world.subscriptions.filter((one) => {
    const at = firstPaidAt.get(one.user);
    return at !== undefined && isIn(at, from, to) && paymentsOf(one).length > 0;
  });
}

const peopleOf = (purchases: readonly Subscription[]): number => countDistinct(purchases.map(({ user }) => user));

/** Money per person up to a paid period; what was given back never counts. */
function worthByPeriod(purchases: readonly Subscription[], until: number, accounting: Accounting = 'GROSS'): number {
  let cents = 0;
  for (const one of purchases) {
    for (let period = 1; period <= Math.min(until, paymentsOf(one).length); period++) {
      cents += keptCents(one, period, accounting);
    }
  }
  return cents / 100 / peopleOf(purchases);
}

/** Money per person up to so many days after each one's first payment, where a refund counts from its own moment. */
function worthByDay(purchases: readonly Subscription[], day: number): number {
  let cents = 0;
  for (const { user, steps } of purchases) {
    const until = (firstPaidAt.get(user) ?? NaN) + (day + 1) * DAY_MS;
    for (const { timeMs, amountUsdCents } of steps) if (timeMs < until) cents += centsOf(amountUsdCents, 'GROSS');
  }
  return cents / 100 / peopleOf(purchases);
}

/** What is expected of a row about some purchases. */
function expectWorth(row: AskedRow | undefined, purchases: readonly Subscription[], accounting: Accounting = 'GROSS') {
  let last = 0;
  for (const one of purchases) last = Math.max(last, periodsDue(one, world));
  expect(row?.size).toBe(peopleOf(purchases));
  expect(row?.cells.map(({ offset, value }) => [offset, value])).toEqual(
    numbersFrom(1, last).map((period) => [period, expect.closeTo(worthByPeriod(purchases, period, accounting), 9)]),
  );
  expect(row?.lifetimeValue).toBeCloseTo(worthByPeriod(purchases, Infinity, accounting), 9);
}

describe('lifetime value of Adapty', () => {
  it.each(['GROSS', 'PROCEEDS', 'NET'] as const)('adds up in the accounting %s', async (accounting) => {
    const report = await askCohorts(server, 'lifetimeValue', { ...PERIOD, accounting });
    expect(report.rows.map(({ cohort }) => cohort)).toEqual([null, ...COHORTS.map(([from]) => from)]);
    expectWorth(report.rows[0], purchasesOf([FROM, TO]), accounting);
    COHORTS.forEach((cohort, index) => expectWorth(report.rows[index + 1], purchasesOf(cohort), accounting));
    expect(report.currency).toBe('USD');
    expect(report.freshness.isSettled).toBe(false);
  });

  it('by day is null after today', async () => {
    const { rows, offsetBy } = await askCohorts(server, 'lifetimeValue', { ...PERIOD, offsetBy: 'DAY' });
    expect(offsetBy).toBe('DAY');
    const may = rows.at(-1);
    const purchases = purchasesOf(COHORTS[2]);
    const known = may?.cells.filter(({ value }) => value !== null) ?? [];
    expect(known.map(({ offset }) => offset)).toEqual([0, 3, 7, 14, 28, 31]);
    for (const { offset, value } of known) expect(value).toBeCloseTo(worthByDay(purchases, offset), 9);
    // 1 May and 45 days is today; 31 May and 14 days was the day before yesterday, so 28 days are not over for everybody.
    expect(may?.cells.filter(({ isComplete }) => isComplete).map(({ offset }) => offset)).toEqual([0, 3, 7, 14]);
  });

  it('splits everybody by store', async () => {
    const query = { ...PERIOD, interval: 'TOTAL', breakdown: ['store'] };
    const report = await askCohorts(server, 'lifetimeValue', query);
    expectWorth(totalOf(report), purchasesOf([FROM, TO]));
    const groups = report.rows.filter(({ dimensions }) => dimensions.length > 0);
    expect(groups).toHaveLength(3);
    for (const row of groups) {
      const store = row.dimensions[0]?.value ?? '';
      expectWorth(
        row,
        purchasesOf([FROM, TO]).filter(({ user }) => storeOf(world, user) === store),
      );
    }
  });

  it('reads back from CSV as it is typed', async () => {
    const { rows, tidy } = await askCohorts(server, 'lifetimeValue', PERIOD);
    const [header, ...lines] = Papa.parse<string[]>(tidy, { skipEmptyLines: true }).data;
    expect(header).toEqual(['cohort', 'is_total', 'size', 'lifetime_value', 'offset', 'value', 'share', 'is_complete']);
    expect(lines).toEqual(
      rows.flatMap(({ cohort, isTotal, size, lifetimeValue, cells }) =>
        cells.map(({ offset, value, share, isComplete }) =>
          [cohort, isTotal, size, lifetimeValue, offset, value, share, isComplete].map(written),
        ),
      ),
    );
  });
});
