import { DAY_MS } from '../../world.ts';

const HOUR_MS = 3_600_000;
// Days begin at midnight in Beijing (dimension.md of growingio-docs-v3, 2024-08-26), which has had no summer time since 1991.
const OFFSET_MS = 8 * HOUR_MS;
// 1970-01-01 was a Thursday: the Monday before it was three days earlier.
const DAYS_BEFORE_1970 = 3;

/** A period of the calendar in Beijing; weeks begin on Monday. */
export type Unit = 'hour' | 'day' | 'week' | 'month';

/** The number of the period an instant belongs to; the next period has the next number. */
export function toPeriodNumber(ms: number, unit: Unit): number {
  const localMs = ms + OFFSET_MS;
  if (unit === 'hour') return Math.floor(localMs / HOUR_MS);
  const day = Math.floor(localMs / DAY_MS);
  if (unit === 'day') return day;
  if (unit === 'week') return Math.floor((day + DAYS_BEFORE_1970) / 7);
  const date = new Date(localMs);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** The first instant of a period. */
export function toPeriodStartMs(number: number, unit: Unit): number {
  if (unit === 'hour') return number * HOUR_MS - OFFSET_MS;
  if (unit === 'day') return number * DAY_MS - OFFSET_MS;
  if (unit === 'week') return (number * 7 - DAYS_BEFORE_1970) * DAY_MS - OFFSET_MS;
  return Date.UTC(Math.floor(number / 12), number % 12, 1) - OFFSET_MS;
}

/** The calendar day of an instant, YYYY-MM-DD. */
export function toBeijingDay(ms: number): string {
  return new Date(ms + OFFSET_MS).toISOString().slice(0, 10);
}
