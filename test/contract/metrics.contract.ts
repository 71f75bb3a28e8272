import { expect } from 'vitest';
import {
  EVENT_MEASURES,
  metricsRequestInput,
  type MetricsCapability,
  type MetricSeries,
  type MetricsReport,
} from '../../src/analytics/metrics.ts';
import { formatInstant } from '../../src/analytics/time-axis.ts';
import { SOURCE_KEY } from '../support/connect-provider.ts';
import { defineContract } from './contract.ts';
import { assertDistinct, assertLimits } from './limits.ts';

export const metricsContract = defineContract({
  smallest: {
    select: [{ source: SOURCE_KEY, metric: { key: 'any' }, filters: [] }],
    period: { preset: 'YESTERDAY' },
    interval: 'DAY',
    breakdown: [],
    seriesLimit: 10,
    filters: [],
  },
  input: metricsRequestInput,
  fetch: (request, { reports }) => reports.metrics(request),
  toPlain: ({ period, series, freshness }: MetricsReport) => ({
    period: [formatInstant(period.start), formatInstant(period.end), period.timezone],
    timestamps: series[0]?.axis.timestamps ?? [],
    series: series.map((one) => ({
      name: one.name,
      dimensions: Object.fromEntries(one.dimensions.map(({ dimension, value }) => [dimension, value])),
      unit: one.unit,
      currency: one.currency,
      total: one.total,
      previousTotal: one.previousTotal,
      values: one.values,
      previous: one.previous,
    })),
    isSettled: freshness.isSettled,
    completeness: freshness.completeness,
  }),
  assertSound: ({ series, hasComparison, breakdown }) => {
    for (const one of series) {
      assertNumbers(one, hasComparison);
      expect(one.dimensions.map(({ dimension }) => dimension)).toEqual(breakdown);
    }
    for (const name of new Set(series.map((one) => one.name))) {
      assertGroups(series.filter((one) => one.name === name));
    }
  },
  assertOffered: ({ limits, measures, takesChart }: MetricsCapability) => {
    assertLimits(limits);
    assertDistinct(measures, EVENT_MEASURES);
    // Some have metrics of the catalog only, and some saved charts only.
    if (takesChart) expect(measures).toEqual([]);
  },
});

/** One number or null a bucket, never a text; the comparison beside each. */
function assertNumbers({ axis, values, previous, total, previousTotal }: MetricSeries, hasComparison: boolean): void {
  expect(values).toHaveLength(axis.timestamps.length);
  expect(axis.epochs).toEqual(axis.epochs.toSorted((a, b) => a - b));
  expect(previous?.length ?? null).toBe(hasComparison ? values.length : null);
  for (const number of [...values, ...(previous ?? []), total, previousTotal]) {
    expect(number === null || Number.isFinite(number), `${String(number)} is a number or null`).toBe(true);
  }
}

/** Each group once, the largest first where the provider says how large they are. */
function assertGroups(groups: readonly MetricSeries[]): void {
  const keys = groups.map(({ dimensions }) => JSON.stringify(dimensions));
  expect(new Set(keys).size).toBe(keys.length);
  const totals = groups.map(({ total }) => total).filter((total) => total !== null);
  expect(totals).toEqual(totals.toSorted((a, b) => Math.abs(b) - Math.abs(a)));
}
