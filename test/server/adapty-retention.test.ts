import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Subscription, World } from '../../src/sandbox/world.ts';
import { askCohorts, cohortsOf, totalOf, written, type AskedRow } from './adapty-report.ts';
import { isIn, isSubscription, numbersFrom, paymentsOf, periodsDue, storeOf, sum, trialOf } from './adapty-world.ts';
import { dates } from './metrics-question.ts';
import { startServerUnderTest, type ServerUnderTest } from './running-server.ts';

let server: ServerUnderTest;
let world: World;

beforeAll(async () => {
  server = await startServerUnderTest();
  world = server.world();
});
afterAll(() => server.close());

const [FROM, TO] = ['2026-03-01', '2026-05-31'];
const PERIOD = { period: dates(FROM, TO), interval: 'MONTH' };
const COHORTS = [
  ['2026-03-01', '2026-03-31'],
  ['2026-04-01', '2026-04-30'],
  ['2026-05-01', TO],
] as const;

type EntryOf = (one: Subscription) => number | undefined;
const firstPaymentOf: EntryOf = (one) => paymentsOf(one)[0]?.timeMs;

/** A cohort: subscriptions, not people, by the day of their first payment (or of their trial). One-time purchases are none. */
function subscriptionsOf([from, to]: readonly [string, string], entryOf: EntryOf = firstPaymentOf): Subscription[] {
  return world.subscriptions.filter((one) => {
    const entry = entryOf(one);
    return isSubscription(one) && entry !== undefined && isIn(entry, from, to);
  });
}

/**
 * Offsets count paid periods after the entry. What came back is what was paid so often, refunded or not; an offset whose time
 * has come for nobody is not there.
 */
function cellsOf(cohort: readonly Subscription[], firstPeriod = 1): { offset: number; count: number; rate: number }[] {
  let last = 0;
  for (const one of cohort) last = Math.max(last, periodsDue(one, world));
  return numbersFrom(firstPeriod, last).map((period) => {
    const count = cohort.filter((one) => paymentsOf(one).length >= period).length;
    return { offset: period - firstPeriod, count, rate: count / cohort.length };
  });
}

const plain = ({ cells }: AskedRow) => cells.map(({ offset, count, rate }) => ({ offset, count, rate }));

describe('retention of Adapty', () => {
  it('counts renewals of everybody and of each month', async () => {
    const report = await askCohorts(server, 'retention', PERIOD);
    expect(report.offsetBy).toBe('RENEWAL');
    const whole = subscriptionsOf([FROM, TO]);
    expect(totalOf(report)).toMatchObject({ size: whole.length, cohort: null });
    expect(plain(totalOf(report))).toEqual(cellsOf(whole));
    expect(cohortsOf(report).map((row) => [row.cohort, row.size, plain(row)])).toEqual(
      COHORTS.map((cohort) => [cohort[0], subscriptionsOf(cohort).length, cellsOf(subscriptionsOf(cohort))]),
    );
    expect(report.freshness.isSettled).toBe(false);
  });

  it('has no offsets that have not come', async () => {
    const { rows } = await askCohorts(server, 'retention', { ...PERIOD, period: dates('2026-04-01', '2026-06-15') });
    const june = cellsOf(subscriptionsOf(['2026-06-01', '2026-06-15']));
    expect(rows.at(-1)?.cohort).toBe('2026-06-01');
    expect(rows.at(-1)?.cells.map(({ offset }) => offset)).toEqual(june.map(({ offset }) => offset));
    expect(june.length).toBeLessThan(rows[0]?.cells.length ?? 0);
  });

  it('is incomplete before weekly subscriptions can renew', async () => {
    const { rows } = await askCohorts(server, 'retention', PERIOD);
    // 31 May and 14 days is before today, 31 May and 21 days is not: only two renewals can be over for all of May.
    expect(
      rows
        .at(-1)
        ?.cells.filter(({ isComplete }) => isComplete)
        .map(({ offset }) => offset),
    ).toEqual([0, 1, 2]);
  });

  it('weighs cohorts by their sizes in the average', async () => {
    const report = await askCohorts(server, 'retention', PERIOD);
    const cohorts = cohortsOf(report);
    const offsets = new Set(
      cohorts.flatMap(({ cells }) => cells.flatMap(({ offset, isComplete }) => (isComplete ? [offset] : []))),
    );
    const expected = [...offsets].map((offset) => {
      const having = cohorts.flatMap(({ size, cells }) => {
        const cell = cells.find((one) => one.offset === offset && one.isComplete);
        return cell ? [{ size: size ?? NaN, count: cell.count ?? NaN }] : [];
      });
      const count = sum(having.map((one) => one.count));
      return { offset, count, rate: count / sum(having.map(({ size }) => size)), isComplete: true };
    });
    expect(report.average).toEqual(expected.toSorted((a, b) => a.offset - b.offset));
  });

  it('begins with a trial where that is asked for', async () => {
    const report = await askCohorts(server, 'retention', { ...PERIOD, options: { useTrial: true } });
    expect(cohortsOf(report).map(({ size }) => size)).toEqual(
      COHORTS.map((cohort) => subscriptionsOf(cohort, trialOf).length),
    );
    const [march] = COHORTS;
    // Offset 0 is the trial itself, offset 1 the first payment.
    const [first] = cohortsOf(report);
    expect(first && plain(first)).toEqual(cellsOf(subscriptionsOf(march, trialOf), 0).map(countTrials(march)));
  });

  it('splits everybody by store, without cohorts', async () => {
    const report = await askCohorts(server, 'retention', { ...PERIOD, interval: 'TOTAL', breakdown: ['store'] });
    expect(plain(totalOf(report))).toEqual(cellsOf(subscriptionsOf([FROM, TO])));
    const groups = report.rows.filter(({ dimensions }) => dimensions.length > 0);
    expect(groups.map(({ dimensions }) => dimensions[0]?.value).toSorted()).toEqual([
      'app_store',
      'play_store',
      'stripe',
    ]);
    for (const row of groups) {
      const bought = subscriptionsOf([FROM, TO]).filter(
        ({ user }) => storeOf(world, user) === row.dimensions[0]?.value,
      );
      expect(row).toMatchObject({ size: bought.length, cohort: null, isTotal: true });
      expect(plain(row)).toEqual(cellsOf(bought));
    }
  });

  it('ends after as many offsets as are wanted', async () => {
    const { rows } = await askCohorts(server, 'retention', { ...PERIOD, interval: 'WEEK', offsets: 2 });
    expect(rows.length).toBeGreaterThan(13);
    for (const { cells } of rows) expect(cells.map(({ offset }) => offset)).toEqual([0, 1, 2]);
  });
});

/** Of a cohort of trials, offset 0 is not a payment. */
function countTrials(cohort: readonly [string, string]) {
  const size = subscriptionsOf(cohort, trialOf).length;
  return (cell: { offset: number; count: number; rate: number }) =>
    cell.offset === 0 ? { offset: 0, count: size, rate: 1 } : cell;
}

describe('CSV of retention of Adapty', () => {
  it('holds the values of the typed fields', async () => {
    const { rows, tidy, wide } = await askCohorts(server, 'retention', PERIOD);
    const read = (text: string) => Papa.parse<string[]>(text, { skipEmptyLines: true }).data;
    const [header, ...lines] = read(tidy);
    expect(header).toEqual(['cohort', 'is_total', 'size', 'offset', 'count', 'rate', 'is_complete']);
    expect(lines).toEqual(
      rows.flatMap(({ cohort, isTotal, size, cells }) =>
        cells.map(({ offset, count, rate, isComplete }) =>
          [cohort, isTotal, size, offset, count, rate, isComplete].map(written),
        ),
      ),
    );
    const [names = [], ...wideLines] = read(wide);
    const offsets = names.slice(3).map(Number);
    // A cohort without an offset that others have has an empty cell, not a zero.
    expect(wideLines.map((line) => line.slice(3))).toEqual(
      rows.map(({ cells }) => offsets.map((offset) => written(cells.find((one) => one.offset === offset)?.rate))),
    );
    expect(wideLines.at(-1)?.at(-1)).toBe('NULL');
  });
});
