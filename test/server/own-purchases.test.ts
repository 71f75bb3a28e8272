import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPurchases, toEventsFile, type Purchase } from './purchases.ts';
import { startServerUnderTest, type ServerUnderTest } from './running-server.ts';

/** Months after the last purchase, so that some offsets are complete for all cohorts together. */
const TODAY = '1998-12-15';
const PERIOD = { dates: { from: '1997-01-01', to: '1998-06-30' } };
const PURCHASE = { event: 'purchase' };
const MOSCOW = 'Europe/Moscow';
/** Of the period, from its first month on. */
const COHORTS = 18;
/** The month that runs, counted from the first one. */
const RUNNING = 23;
/** Rows come in the background: how long a test waits for those of one and a half years. */
const PATIENCE = { timeout: 120_000 };

const folder = mkdtempSync(join(tmpdir(), 'tributary-purchases-'));
const purchases = createPurchases(70_000);
let server: ServerUnderTest;

beforeAll(async () => {
  const file = join(folder, 'purchases.csv');
  writeFileSync(file, toEventsFile(purchases));
  const env = { SANDBOX_EVENTS: file, SANDBOX_TODAY: TODAY };
  server = await startServerUnderTest({ env, hasDatabase: true, now: `${TODAY}T12:00:00Z` });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** Ask until the rows have arrived. */
async function ask<Data>(document: string, query: object): Promise<Data> {
  for (;;) {
    const { data, errors } = await server.ask<Data>(document, {
      query: { ...query, interval: 'MONTH', waitFor: 'PT25S' },
    });
    if (!errors) return data;
    if (errors.some(({ extensions }) => extensions.code !== 'NOT_READY')) throw new Error(JSON.stringify(errors));
  }
}

/** In which month of a time zone a purchase was, counted from January 1997. */
function createMonths(timeZone: string): (purchase: Purchase) => number {
  const format = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: 'numeric' });
  return ({ timeMs }) => {
    const part = (type: string): number => Number(format.formatToParts(timeMs).find((one) => one.type === type)?.value);
    return (part('year') - 1997) * 12 + part('month') - 1;
  };
}

/** A customer of a cohort, with the month of each purchase and what was paid; the one that was first comes first. */
interface Customer {
  readonly cohort: number;
  readonly bought: readonly { readonly month: number; readonly cents: number }[];
}

/** Look at every purchase from a moment on, one after the other in time. */
function listCustomers(monthOf: (purchase: Purchase) => number, since = 0): Customer[] {
  const bought = new Map<string, { month: number; cents: number }[]>();
  for (const purchase of purchases.toSorted((a, b) => a.timeMs - b.timeMs)) {
    if (purchase.timeMs < since) continue;
    const before = bought.get(purchase.customer) ?? [];
    before.push({ month: monthOf(purchase), cents: purchase.cents });
    bought.set(purchase.customer, before);
  }
  return [...bought.values()].map((rows) => ({ cohort: rows[0]?.month ?? NaN, bought: rows }));
}

const nameOf = (cohort: number): string => new Date(Date.UTC(1997, cohort, 1)).toISOString().slice(0, 10);

interface ExpectedRow {
  readonly cohort: string | null;
  readonly size: number;
  readonly cells: readonly { readonly offset: number; readonly isComplete: boolean }[];
  readonly customers: readonly Customer[];
}

/** The row of all cohorts, and one for each: who is in it, and which cells there are. */
function listRows(customers: readonly Customer[], first: number): ExpectedRow[] {
  const rowOf = (cohorts: readonly number[], cohort: string | null): ExpectedRow => {
    const [oldest = NaN, youngest = NaN] = [cohorts[0], cohorts.at(-1)];
    const offsets = Array.from({ length: RUNNING - oldest + 1 }, (_, offset) => offset);
    const inIt = customers.filter((customer) => cohorts.includes(customer.cohort));
    return {
      cohort,
      size: inIt.length,
      customers: inIt,
      cells: offsets.map((offset) => ({ offset, isComplete: youngest + offset < RUNNING })),
    };
  };
  const cohorts = Array.from({ length: COHORTS - first }, (_, index) => first + index);
  return [rowOf(cohorts, null), ...cohorts.map((cohort) => rowOf([cohort], nameOf(cohort)))];
}

/** How many of a row bought again so many months after the month of their first purchase; that one itself is no return. */
function countReturned({ customers }: ExpectedRow, offset: number): number {
  return customers.filter(({ cohort, bought }) => bought.slice(1).some(({ month }) => month - cohort === offset))
    .length;
}

/** What those of a row paid from one offset to another, in cents. */
function addUp({ customers }: ExpectedRow, from: number, to: number): number {
  let sum = 0;
  for (const { cohort, bought } of customers) {
    for (const { month, cents } of bought) if (month - cohort >= from && month - cohort <= to) sum += cents;
  }
  return sum;
}

interface Cell {
  readonly offset: number;
  readonly isComplete: boolean;
}
interface Row<C extends Cell> {
  readonly cohort: string | null;
  readonly size: number;
  readonly cells: readonly C[];
}

/** Sums of hundredths differ in the last digits, by the order of adding them up. */
const toMoney = (value: number | null): string | null => value?.toFixed(6) ?? null;

describe.each(['sandbox-mytracker', 'sandbox-openpanel'])('purchases from a file, as retention of %s', (source) => {
  const OPERATION = `query ($query: RetentionQuery!) {
    retention(query: $query) { answeredBy average { offset count rate isComplete }
      rows { cohort size cells { offset count rate isComplete } } } }`;

  interface RetentionCell extends Cell {
    readonly count: number | null;
    readonly rate: number | null;
  }
  interface Asked {
    readonly retention: {
      readonly answeredBy: string;
      readonly rows: readonly Row<RetentionCell>[];
      readonly average: readonly RetentionCell[];
    };
  }

  const entering = { source, timezone: 'UTC', entry: PURCHASE, returning: PURCHASE, entryKind: 'FIRST_TIME' };
  const withCounts = (rows: readonly ExpectedRow[]): Row<RetentionCell>[] =>
    rows.map((row) => ({
      cohort: row.cohort,
      size: row.size,
      cells: row.cells.map(({ offset, isComplete }) => {
        const count = isComplete ? countReturned(row, offset) : null;
        return { offset, count, rate: count === null ? null : count / row.size, isComplete };
      }),
    }));

  it('are counted month by month', PATIENCE, async () => {
    const { retention } = await ask<Asked>(OPERATION, { ...entering, period: PERIOD });
    const expected = withCounts(listRows(listCustomers(createMonths('UTC')), 0));
    expect(retention.answeredBy).toBe('COMPUTED');
    expect(expected.reduce((sum, { size }) => sum + size, 0)).toBe(2 * 23_000);
    expect(retention.rows).toEqual(expected);
  });

  it('begin with the first of the ninety days before the period', PATIENCE, async () => {
    const period = { dates: { from: '1997-10-01', to: '1998-06-30' } };
    const { retention } = await ask<Asked>(OPERATION, { ...entering, period });
    const customers = listCustomers(createMonths('UTC'), Date.parse('1997-10-01') - 90 * 86_400_000);
    const expected = withCounts(listRows(customers, 9));
    expect(retention.rows).toEqual(expected);
    // Who bought in spring and again in winter is taken for new.
    const reallyNew = listRows(listCustomers(createMonths('UTC')), 9);
    expect(retention.rows[0]?.size).toBeGreaterThan(reallyNew[0]?.size ?? NaN);
  });
});

describe('purchases from a file, as money of sandbox-mytracker', () => {
  interface MoneyCell extends Cell {
    readonly value: number | null;
  }

  const entering = { source: 'sandbox-mytracker', timezone: MOSCOW, entry: PURCHASE, period: PERIOD };
  // A purchase at the last evening of a month in London is one of the next month in Moscow.
  const rows = (): ExpectedRow[] => listRows(listCustomers(createMonths(MOSCOW)), 0);

  it('are added up for each cohort and month after its own', PATIENCE, async () => {
    const { cohortAnalysis } = await ask<{
      cohortAnalysis: { unit: string; currency: string; rows: readonly Row<MoneyCell>[] };
    }>(
      `query ($query: CohortAnalysisQuery!) {
        cohortAnalysis(query: $query) { unit currency rows { cohort size cells { offset value isComplete } } } }`,
      { ...entering, measure: 'REVENUE' },
    );
    expect(cohortAnalysis).toMatchObject({ unit: 'MONEY', currency: 'USD' });
    const asked = cohortAnalysis.rows.map((row) => ({
      ...row,
      cells: row.cells.map((cell) => ({ ...cell, value: toMoney(cell.value) })),
    }));
    expect(asked).toEqual(
      rows().map((row) => ({
        cohort: row.cohort,
        size: row.size,
        cells: row.cells.map(({ offset, isComplete }) => {
          return { offset, isComplete, value: isComplete ? toMoney(addUp(row, offset, offset) / 100) : null };
        }),
      })),
    );
  });

  it('are what a customer has been worth', PATIENCE, async () => {
    const { lifetimeValue } = await ask<{
      lifetimeValue: { currency: string; rows: readonly (Row<MoneyCell> & { lifetimeValue: number })[] };
    }>(
      `query ($query: LifetimeValueQuery!) {
        lifetimeValue(query: $query) { currency rows { cohort size lifetimeValue cells { offset value isComplete } } } }`,
      entering,
    );
    const asked = lifetimeValue.rows.map((row) => ({
      ...row,
      lifetimeValue: toMoney(row.lifetimeValue),
      cells: row.cells.map((cell) => ({ ...cell, value: toMoney(cell.value) })),
    }));
    expect(lifetimeValue.currency).toBe('USD');
    expect(asked).toEqual(
      rows().map((row) => ({
        cohort: row.cohort,
        size: row.size,
        lifetimeValue: toMoney(addUp(row, 0, Infinity) / 100 / row.size),
        cells: row.cells.map(({ offset, isComplete }) => {
          return { offset, isComplete, value: isComplete ? toMoney(addUp(row, 0, offset) / 100 / row.size) : null };
        }),
      })),
    );
  });
});
