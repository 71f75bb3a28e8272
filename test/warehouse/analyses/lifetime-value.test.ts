import { describe, expect, it } from 'vitest';
import { computeLifetimeValue } from '../../../src/warehouse/analyses/lifetime-value.ts';
import { daysOf, eventsNamed, logOf, momentOf, type LoggedEvent } from './cohort-log.ts';
import { startDatabase } from './start-database.ts';

const database = startDatabase();

const EVENTS: readonly LoggedEvent[] = [
  ['01-10 10:00', 'install', 'ann'],
  ['01-20 10:00', 'purchase', 'ann', { revenue: 4 }],
  ['02-20 10:00', 'purchase', 'ann', { revenue: 2 }],
  ['03-10 10:00', 'purchase', 'ann', { revenue: 1 }],
  ['03-10 12:00', 'purchase', 'ann', { revenue: 100 }],
  ['01-11 10:00', 'install', 'bob'],
  ['02-12 10:00', 'install', 'eve'],
  ['02-12 10:00', 'purchase', 'eve', { revenue: 9 }],
];

const QUESTION = {
  period: daysOf('01-01', '03-31'),
  interval: 'MONTH',
  entry: eventsNamed('install'),
  value: null,
  accounting: 'GROSS',
  offsetBy: 'PERIOD',
  breakdown: [],
  filters: [],
} as const;

const TOOLS = { ...database, asOf: momentOf('03-10 12:00').getTime(), currency: 'EUR' };

describe('lifetime value', () => {
  it('is what a user of the cohort has paid up to each month, and up to now', async () => {
    const { rows, currency } = await computeLifetimeValue(logOf(EVENTS), QUESTION, TOOLS);
    expect(currency).toBe('EUR');
    expect(
      rows.map(({ cohort, size, cells, lifetimeValue }) => [
        cohort,
        size,
        cells.map(({ value }) => value),
        lifetimeValue,
      ]),
    ).toEqual([
      [null, 3, [null, null, null], 16 / 3],
      ['2026-01-01', 2, [2, 3, null], 3.5],
      ['2026-02-01', 1, [9, null], 9],
      ['2026-03-01', 0, [null], null],
    ]);
  });

  it('counts events per user where those are asked for, which are no money', async () => {
    const value = { event: eventsNamed('purchase'), property: null };
    const { rows, currency } = await computeLifetimeValue(logOf(EVENTS), { ...QUESTION, value }, TOOLS);
    expect(currency).toBeNull();
    expect(rows.map(({ lifetimeValue }) => lifetimeValue)).toEqual([4 / 3, 1.5, 1, null]);
  });
});
