import { DAY_MS } from '../../world.ts';
import { toPeriodNumber, toPeriodStartMs } from '../facts/beijing-time.ts';
import type { TimeRange } from '../facts/buckets.ts';
import { refuse } from './api-error.ts';

const SAVED_DAYS = 7;

/** The times of a query. */
export interface QueryTimes {
  readonly startTime?: number | undefined;
  readonly endTime?: number | undefined;
}

/** Reads the range of a query, or refuses it with 400; the end is included. */
export function toTimeRange({ startTime, endTime }: QueryTimes, nowMs: number): TimeRange {
  if (startTime === undefined && endTime === undefined) return toSavedRange(nowMs);
  if (startTime === undefined || endTime === undefined) {
    throw refuse(400, 'bad_request', 'startTime and endTime are only good together');
  }
  if (startTime > endTime) throw refuse(400, 'bad_request', 'startTime must not be later than endTime');
  return { startMs: startTime, endMs: endTime };
}

// Which range is meant without times is not documented: here every chart was saved with the last seven whole days.
function toSavedRange(nowMs: number): TimeRange {
  const todayMs = toPeriodStartMs(toPeriodNumber(nowMs, 'day'), 'day');
  return { startMs: todayMs - SAVED_DAYS * DAY_MS, endMs: todayMs - 1 };
}
