import type { Interval } from '../analytics/period.ts';
import type { TableColumn } from './column-table.ts';

/** Given an interval, return the name and type of the column that says when; null for `TOTAL`, which has none. */
export function timeColumnOf(interval: Interval): Pick<TableColumn, 'name' | 'type'> | null {
  if (interval === 'TOTAL') return null;
  return isWithinDay(interval) ? { name: 'at', type: 'DATETIME' } : { name: 'date', type: 'DATE' };
}

/** Whether buckets of this length are told apart by instants rather than by calendar days. */
export function isWithinDay(interval: Interval): boolean {
  return interval === 'HOUR' || interval === 'MINUTE';
}
