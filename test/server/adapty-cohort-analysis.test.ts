import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Subscription, World } from '../../src/sandbox/world.ts';
import { askCohorts, cohortsOf, totalOf, written, type AskedRow } from './adapty-report.ts';
import { centsOf, isIn, keptCents, numbersFrom, paymentsOf, periodsDue, type Accounting } from './adapty-world.ts';
import { dates } from './metrics-question.ts';
import { countDistinct } from './raw-events.ts';
import { startServerUnderTest, type ServerUnderTest } from './running-server.ts';

let server: ServerUnderTest;
let world: World;

beforeAll(async () => {
  server = await startServerUnderTest();
  world = server.world();
});
afterAll(() => server.close());

const DAY_MS = 86_400_000;
const [FROM, TO] = ['2026-04-01', '2026-06-15'];
const PERIOD = { period: dates(FROM, TO), interval: 'MONTH', offsetBy: 'RENEWAL' };
/** The cohorts of the period, which ends within the last one. */
const COHORTS = [
  ['2026-04-01', '2026-04-30'],
  ['2026-05-01', '2026-05-31'],
  ['2026-06-01', TO],
] as const;

/** A cohort: people by the day they installed. */
const installedIn = (from: string, to: string): number[] =>
  world.users.flatMap(({ installedAtMs }, user) => (isIn(installedAtMs, from, to) ? [user] : []));

/** Everything the people of a cohort bought, whenever, for life as well. */
function purchasesOf(from: string, to: string): Subscription[] {
  const people = new Set(installedIn(from, to));
  return world.subscriptions.filter(({ user }) => people.has(user));
}

/** Offsets are paid periods from 1; those whose time has come for nobody of the cohort are not there. */
function offsetsOf(purchases: readonly Subscription[]): number[] {
  let last = 1;
  for (const purchase of purchases) last = Math.max(last, periodsDue(purchase, world));
  return numbersFrom(1, last);
}

/** Money of one paid period: payments number n, less what was given back of them. */
function moneyOf(purchases: readonly Subscription[], period: number, accounting: Accounting = 'GROSS'): number {
  let cents = 0;
  for (const purchase of purchases) cents += keptCents(purchase, period, accounting);
  return cents / 100;
}

/** Money up to so many days after each person's install, in which a refund counts from its own moment. Day 0 are 24 hours. */
function moneyByDay(purchases: readonly Subscription[], day: number): number {
  let cents = 0;
  for (const { user, steps } of purchases) {
    const until = (world.users[user]?.installedAtMs ?? NaN) + (day + 1) * DAY_MS;
    for (const { timeMs, amountUsdCents } of steps) if (timeMs < until) cents += centsOf(amountUsdCents, 'GROSS');
  }
  return cents / 100;
}

const valuesOf = ({ cells }: AskedRow): (readonly [number, number | null | undefined])[] =>
  cells.map(({ offset, value }) => [offset, value]);

/** What is expected of the row of everybody and of each cohort, from a function of what they bought. */
function expectRows(
  rows: readonly AskedRow[],
  cellsOf: (purchases: Subscription[], people: number) => unknown[],
): void {
  const expected = [[FROM, TO] as const, ...COHORTS].map(([from, to], index) => ({
    cohort: index === 0 ? null : from,
    size: installedIn(from, to).length,
    cells: cellsOf(purchasesOf(from, to), installedIn(from, to).length),
  }));
  expect(rows.map((row) => ({ cohort: row.cohort, size: row.size, cells: valuesOf(row) }))).toEqual(expected);
}

describe('cohorts of Adapty by renewal', () => {
  it.each(['GROSS', 'PROCEEDS', 'NET'] as const)('bring money in the accounting %s', async (accounting) => {
    const { rows, unit, currency, offsetBy } = await askCohorts(server, 'cohortAnalysis', { ...PERIOD, accounting });
    expect({ unit, currency, offsetBy }).toEqual({ unit: 'MONEY', currency: 'USD', offsetBy: 'RENEWAL' });
    expectRows(rows, (purchases) =>
      offsetsOf(purchases).map((period) => [period, moneyOf(purchases, period, accounting)]),
    );
  });

  it('have subscribers, who are people', async () => {
    const { rows, unit } = await askCohorts(server, 'cohortAnalysis', { ...PERIOD, measure: 'SUBSCRIBERS' });
    expect(unit).toBe('DISTINCT_COUNT');
    expectRows(rows, (purchases) =>
      offsetsOf(purchases).map((period) => [
        period,
        countDistinct(purchases.flatMap((one) => (paymentsOf(one).length >= period ? [one.user] : []))),
      ]),
    );
  });

  it('have subscriptions and revenue per person', async () => {
    const paid = await askCohorts(server, 'cohortAnalysis', { ...PERIOD, measure: 'SUBSCRIPTIONS' });
    expectRows(paid.rows, (purchases) =>
      offsetsOf(purchases).map((period) => [
        period,
        purchases.filter((one) => paymentsOf(one).length >= period).length,
      ]),
    );
    const perPerson = await askCohorts(server, 'cohortAnalysis', { ...PERIOD, measure: 'ARPU' });
    expectRows(perPerson.rows, (purchases, people) =>
      offsetsOf(purchases).map((period) => [period, expect.closeTo(moneyOf(purchases, period) / people, 9)]),
    );
  });

  it('leave empty what the youngest have not come to', async () => {
    const { rows, wide, freshness } = await askCohorts(server, 'cohortAnalysis', PERIOD);
    const [header = [], ...lines] = Papa.parse<string[]>(wide, { skipEmptyLines: true }).data;
    const total = rows[0]?.cells ?? [];
    expect(header).toEqual(['cohort', 'is_total', 'size', ...total.map(({ offset }) => String(offset))]);
    const youngest = lines.at(-1) ?? [];
    const due = offsetsOf(purchasesOf('2026-06-01', TO)).length;
    expect(due).toBeLessThan(total.length);
    expect(youngest.slice(3).map((cell) => cell === 'NULL')).toEqual(total.map((_, index) => index >= due));
    expect(youngest.slice(3, 3 + due).map(Number)).toEqual(rows.at(-1)?.cells.map(({ value }) => value));
    // Renewals of old cohorts go on for years.
    expect(freshness.isSettled).toBe(false);
  });

  it('are complete once nobody can renew into them', async () => {
    const { rows } = await askCohorts(server, 'cohortAnalysis', PERIOD);
    const [from, to] = COHORTS[2];
    // Somebody who installed in June is in a trial, or may be billed for the next week.
    const canGoOn = (period: number): boolean =>
      purchasesOf(from, to).some(
        (one) =>
          paymentsOf(one).length < period &&
          !one.steps.some(({ kind }) => kind === 'EXPIRED' || kind === 'REFUNDED') &&
          (one.product.duration !== 'lifetime' || paymentsOf(one).length === 0),
      );
    const june = rows.at(-1)?.cells ?? [];
    expect(june.slice(1).map(({ isComplete }) => isComplete)).toEqual(
      june.slice(1).map(({ offset }) => !canGoOn(offset)),
    );
  });
});

describe('cohorts of Adapty by day', () => {
  const days = [0, 7, 30, 60, 90];

  it('add money up until its day, and are null after today', async () => {
    const query = { ...PERIOD, offsetBy: 'DAY', days };
    const { rows } = await askCohorts(server, 'cohortAnalysis', query);
    // The time of a day has come when the first of the cohort can have reached it.
    const hasCome = (from: string, day: number) => Date.parse(from) + day * DAY_MS < world.endMs;
    const expected = [[FROM, TO] as const, ...COHORTS].map(([from, to]) =>
      days.map((day) => (hasCome(from, day) ? moneyByDay(purchasesOf(from, to), day) : null)),
    );
    const found = rows.map(({ cells }) => days.map((day) => cells.find(({ offset }) => offset === day)?.value ?? null));
    expect(found).toEqual(expected);
    expect(found.at(-1)).toEqual([expect.any(Number), expect.any(Number), null, null, null]);
  });

  it('are complete when the last of them has reached it', async () => {
    const { rows } = await askCohorts(server, 'cohortAnalysis', { ...PERIOD, offsetBy: 'DAY', days });
    const [april, may] = rows.filter(({ isTotal }) => !isTotal);
    const complete = (row?: AskedRow) => row?.cells.flatMap(({ offset, isComplete }) => (isComplete ? [offset] : []));
    // 30 April and 30 days is 30 May; 31 May and 30 days is 30 June, which has not come.
    expect(complete(april)).toEqual([0, 7, 30]);
    expect(complete(may)).toEqual([0, 7]);
  });
});

describe('CSV of cohorts of Adapty', () => {
  it('holds the values of the typed fields', async () => {
    const report = await askCohorts(server, 'cohortAnalysis', PERIOD);
    const [header, ...lines] = Papa.parse<string[]>(report.tidy, { skipEmptyLines: true }).data;
    expect(header).toEqual(['cohort', 'is_total', 'size', 'offset', 'value', 'share', 'is_complete']);
    expect(lines).toEqual(
      [totalOf(report), ...cohortsOf(report)].flatMap(({ cohort, isTotal, size, cells }) =>
        cells.map(({ offset, value, share, isComplete }) =>
          [cohort, isTotal, size, offset, value, share, isComplete].map(written),
        ),
      ),
    );
    expect(lines.length).toBeGreaterThan(20);
  });
});
