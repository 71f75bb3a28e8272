import { Temporal } from 'temporal-polyfill';
import type { Freshness } from '../../analytics/freshness.ts';
import type { GrowingioConfig } from './config.ts';

/** Whose days GrowingIO's numbers are, always. */
export const TIMEZONE = 'Asia/Shanghai';

/** Most rows of one answer: what has so many may have lost some. */
export const MAX_ROWS = 200_000;

const MINUTE_MS = 60_000;

/** What an answer's freshness is made of. */
export interface Answered {
  /** Until when its values may change, in milliseconds since the epoch. */
  readonly endsAt: number;
  readonly rowCount: number;
  readonly now: number;
}

/** The freshness of an answer that came just now. */
export function freshnessOf({ endsAt, rowCount, now }: Answered, config: GrowingioConfig): Freshness {
  const until = completeUntil(now, config);
  return {
    asOf: now,
    fromCache: false,
    isSettled: endsAt <= until,
    completeness: toCompleteness(rowCount),
    completeUntil: until,
  };
}

/** Whether an answer of so many rows is whole. */
export function toCompleteness(rowCount: number): 'COMPLETE' | 'TRUNCATED' {
  return rowCount >= MAX_ROWS ? 'TRUNCATED' : 'COMPLETE';
}

/** Given the time of day, return until when everything is counted, in milliseconds since the epoch. */
export function completeUntil(
  now: number,
  { lagMinutes, dayCompleteAt }: Pick<GrowingioConfig, 'lagMinutes' | 'dayCompleteAt'>,
): number {
  const counted = now - lagMinutes * MINUTE_MS;
  const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(TIMEZONE);
  if (Temporal.PlainTime.compare(local.toPlainTime(), Temporal.PlainTime.from(dayCompleteAt)) >= 0) return counted;
  // At night the day before is counted anew.
  return Math.min(counted, local.startOfDay().subtract({ days: 1 }).epochMilliseconds);
}
