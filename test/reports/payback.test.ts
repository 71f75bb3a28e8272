import { describe, expect, it } from 'vitest';
import type { LifetimeValueRow } from '../../src/analytics/lifetime-value.ts';
import type { MetricSeries } from '../../src/analytics/metrics.ts';
import { withPayback } from '../../src/reports/payback.ts';

const AXIS = {
  interval: 'MONTH',
  timezone: 'UTC',
  timestamps: ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'],
  dates: ['2026-01-01', '2026-02-01'],
  epochs: [Date.UTC(2026, 0, 1), Date.UTC(2026, 1, 1)],
} as const;

function cost(given: Partial<MetricSeries> = {}): MetricSeries {
  return {
    name: 'cost',
    metric: null,
    source: null,
    answeredBy: 'COMPUTED',
    unit: 'MONEY',
    currency: 'USD',
    dimensions: [],
    total: 300,
    previousTotal: null,
    axis: AXIS,
    values: [100, 200],
    previous: null,
    ...given,
  };
}

function row(cohort: string | null, size: number | null, ...values: (number | null)[]): LifetimeValueRow {
  const cells = values.map((value, offset) => ({ offset, value, share: null, isComplete: value !== null }));
  return { cohort, isTotal: cohort === null, dimensions: [], size, cells, lifetimeValue: null };
}

const paybackOf = (
  rows: readonly LifetimeValueRow[],
  series: readonly MetricSeries[],
  currency: string | null = 'USD',
) =>
  withPayback({ rows, currency }, { series }).map(({ acquisitionCost, paybackOffset }) => [
    acquisitionCost,
    paybackOffset,
  ]);

describe('payback', () => {
  it('is the first offset at which a user has been worth what one cost', () => {
    const rows = [row('2026-01-01', 50, 0.5, 1.9, 2, 3), row('2026-02-01', 40, 1, 4.9, null), row(null, 90, 1, 4)];
    expect(paybackOf(rows, [cost()])).toEqual([
      [2, 2],
      [5, null],
      [300 / 90, 1],
    ]);
  });

  it('is not known without users, without a cost, and in a bucket that the costs do not have', () => {
    expect(paybackOf([row('2026-01-01', 0, 1)], [cost()])).toEqual([[null, null]]);
    expect(paybackOf([row('2026-01-01', null, 1)], [cost()])).toEqual([[null, null]]);
    expect(paybackOf([row('2026-01-01', 5, 1)], [cost({ values: [null, 1] })])).toEqual([[null, null]]);
    expect(paybackOf([row('2026-03-01', 5, 1)], [cost()])).toEqual([[null, null]]);
    expect(paybackOf([row('2026-01-01', 5, 1)], [])).toEqual([[null, null]]);
  });

  it('of a cohort that cost nothing comes with the first value', () => {
    expect(paybackOf([row('2026-01-01', 5, 0, 1)], [cost({ values: [0, 0] })])).toEqual([[0, 0]]);
  });

  it('takes the cost of the same group', () => {
    const group = (value: string) => [{ dimension: 'country', value }];
    const rows = [{ ...row('2026-01-01', 10, 9, 10), dimensions: group('SE') }];
    expect(paybackOf(rows, [cost({ dimensions: group('NO') }), cost({ dimensions: group('SE') })])).toEqual([[10, 1]]);
  });

  it('compares money of one currency only, and sums of it', () => {
    const average = { key: 'cost_per_click', isAdditive: false } as unknown as MetricSeries['metric'];
    expect(() => paybackOf([], [cost()], 'EUR')).toThrow(
      'query.acquisitionCost: "cost" is money in USD; it must be a sum of money in EUR',
    );
    expect(() => paybackOf([], [cost({ unit: 'COUNT', currency: null })])).toThrow('"cost" is COUNT; it must be');
    expect(() => paybackOf([], [cost({ metric: average })])).toThrow('"cost" is an average in USD; it must be');
  });
});
