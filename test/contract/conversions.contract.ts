import { expect } from 'vitest';
import {
  conversionRateOf,
  conversionRequestInput,
  type ConversionCounts,
  type ConversionReport,
  type ConversionsCapability,
} from '../../src/analytics/conversions.ts';
import type { MetricSeries } from '../../src/analytics/metrics.ts';
import { defineContract } from './contract.ts';
import { assertDistinct, assertLimits } from './limits.ts';

export const conversionsContract = defineContract({
  smallest: {
    period: { preset: 'YESTERDAY' },
    from: { event: 'first' },
    to: { event: 'second' },
    interval: 'TOTAL',
    breakdown: [],
    filters: [],
  },
  input: conversionRequestInput,
  fetch: (request, { reports }) => reports.conversion(request),
  toPlain: (report: ConversionReport) => ({
    fromCount: report.fromCount,
    toCount: report.toCount,
    rate: conversionRateOf(report),
    previousRate: report.previous && conversionRateOf(report.previous),
    timestamps: report.series[0]?.axis.timestamps ?? [],
    series: report.series.map(({ name, dimensions, total, previousTotal, values, previous }) => ({
      name,
      dimensions: Object.fromEntries(dimensions.map(({ dimension, value }) => [dimension, value])),
      total,
      previousTotal,
      values,
      previous,
    })),
    isSettled: report.freshness.isSettled,
    completeness: report.freshness.completeness,
  }),
  assertSound: (report) => {
    assertCounts(report);
    if (report.previous) assertCounts(report.previous);
    if (!report.hasComparison) expect(report.previous).toBeNull();
    for (const one of report.series) {
      assertRates(one, report.hasComparison);
      expect(one.dimensions.map(({ dimension }) => dimension)).toEqual(report.breakdown);
    }
    const keys = report.series.map(({ dimensions }) => JSON.stringify(dimensions));
    expect(new Set(keys).size).toBe(keys.length);
  },
  assertOffered: ({ limits, conversion }: ConversionsCapability) => {
    assertLimits(limits);
    assertDistinct(conversion.points, ['event', 'subscription'], 1);
  },
});

/** Whole numbers, and nobody gets to the end who was not at the start. */
function assertCounts({ fromCount, toCount }: ConversionCounts): void {
  for (const count of [fromCount, toCount]) {
    if (count !== null) expect(Number.isSafeInteger(count) && count >= 0, `${count} is a count`).toBe(true);
  }
  if (fromCount !== null && toCount !== null) expect(toCount).toBeLessThanOrEqual(fromCount);
}

/** One fraction or null a bucket, never a percentage; the comparison beside each. */
function assertRates(series: MetricSeries, hasComparison: boolean): void {
  const { unit, currency, axis, values, previous, total, previousTotal } = series;
  expect([unit, currency]).toEqual(['FRACTION', null]);
  expect(values).toHaveLength(axis.timestamps.length);
  expect(previous?.length ?? null).toBe(hasComparison ? values.length : null);
  for (const rate of [...values, ...(previous ?? []), total, previousTotal]) {
    if (rate !== null) expect(rate >= 0 && rate <= 1, `${rate} is a fraction`).toBe(true);
  }
}
