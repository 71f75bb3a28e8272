import type { MetricSeries } from '../analytics/metrics.ts';
import type { Interval } from '../analytics/period.ts';
import type { TimeAxis } from '../analytics/time-axis.ts';
import { isWithinDay } from './time-column.ts';

/** Which of a series' two columns of numbers. */
export type SeriesColumn = 'values' | 'previous';

/** Given a series' buckets, return the cells that say when: one null where the series has one number and no time. */
export function toTimes(axis: TimeAxis, interval: Interval): readonly (string | null)[] {
  if (hasNoTime(axis, interval)) return [null];
  return isWithinDay(interval) ? axis.timestamps : (axis.dates ?? axis.timestamps);
}

/**
 * Given a series, return its numbers, one a bucket of its axis; for `TOTAL` the one of the whole period. The period compared
 * with may have more buckets or fewer (a leap year, a week cut otherwise): what has no bucket is left out, what is short is null.
 */
export function toValues(series: MetricSeries, interval: Interval, column: SeriesColumn): readonly (number | null)[] {
  if (hasNoTime(series.axis, interval)) return [column === 'values' ? series.total : series.previousTotal];
  const values = series[column];
  return toTimes(series.axis, interval).map((_time, bucket) => values?.[bucket] ?? null);
}

/** A saved chart may have no time although days were asked for: a bar for each country. */
function hasNoTime(axis: TimeAxis, interval: Interval): boolean {
  return interval === 'TOTAL' || axis.interval === 'TOTAL';
}
