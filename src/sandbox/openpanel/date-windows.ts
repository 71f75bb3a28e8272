import { Temporal } from 'temporal-polyfill';

import { DatabaseError } from './requests/api-error.ts';
import type { Interval, RANGES } from './requests/schemas.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** The instants a chart or funnel is about. */
export interface ChartWindow {
  /** First instant, at whole seconds. */
  readonly startMs: number;
  /** Last instant, included, at whole seconds: what happens later in that second is outside. */
  readonly endMs: number;
  /** Buckets that begin before this one's are shown even when empty. */
  readonly fillUntilMs: number;
}

/** How a window is asked for. */
export interface WindowQuery {
  readonly startDate?: string | null | undefined;
  readonly endDate?: string | null | undefined;
  readonly range: (typeof RANGES)[number];
}

/** The day the project lives in now, and its time zone. */
export interface Now {
  readonly nowMs: number;
  readonly timeZone: string;
}

/** Settles the window of a query; both dates beat the range, an end alone moves only the end. */
export function toChartWindow({ startDate, endDate, range }: WindowQuery, now: Now): ChartWindow {
  return toDatedWindow({ startDate, endDate }, toNamedWindow(range, now));
}

/** Replaces a named window by the dates of a query, where it has any that count. */
export function toDatedWindow({ startDate, endDate }: Omit<WindowQuery, 'range'>, named: ChartWindow): ChartWindow {
  // A start without an end is ignored.
  if (!endDate) return named;
  const endMs = floorToSecond(parseInstant(endDate));
  const startMs = startDate ? floorToSecond(parseInstant(startDate)) : named.startMs;
  return { startMs, endMs, fillUntilMs: endMs };
}

/** The window of the same length before this one; both its ends belong to it, so it may share a moment with this one. */
export function toPreviousWindow({ startMs, endMs, fillUntilMs }: ChartWindow): ChartWindow {
  const lengthMs = endMs - startMs;
  // The service takes an odd number of seconds for a day that ends at 23:59:59, and adds the missing one.
  const shiftMs = (lengthMs / SECOND_MS) % 2 === 0 ? lengthMs : lengthMs + SECOND_MS;
  return { startMs: startMs - shiftMs, endMs: endMs - shiftMs, fillUntilMs: fillUntilMs - shiftMs };
}

/** Reads an ISO date or time; without a zone it is UTC, whatever the project's time zone is. */
export function parseInstant(text: string): number {
  const match = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?$/.exec(text);
  const [, day = '', time = 'T00:00:00', zone = 'Z'] = match ?? [];
  const dayMs = Date.parse(`${day}T00:00:00Z`);
  const ms = Date.parse(`${day}${time}${zone}`);
  const isCalendarDay = !Number.isNaN(dayMs) && new Date(dayMs).toISOString().startsWith(day);
  if (!match || !isCalendarDay || Number.isNaN(ms)) {
    throw new DatabaseError("Cannot parse string 'Invalid DateTime' as DateTime: Cannot parse DateTime");
  }
  return ms;
}

function floorToSecond(ms: number): number {
  return Math.floor(ms / SECOND_MS) * SECOND_MS;
}

/** The window of a named range, in the project's time zone. */
export function toNamedWindow(range: WindowQuery['range'], { nowMs, timeZone }: Now): ChartWindow {
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone);
  const today = now.startOfDay();
  const month = today.with({ day: 1 });
  const year = month.with({ month: 1 });
  const days = (from: Temporal.ZonedDateTime, until: Temporal.ZonedDateTime): ChartWindow =>
    toWholeDays(from.epochMilliseconds, until.epochMilliseconds);
  const last = (ms: number): ChartWindow => {
    const endMs = floorToSecond(nowMs);
    return { startMs: endMs - ms, endMs, fillUntilMs: endMs };
  };
  const tomorrow = today.add({ days: 1 });
  switch (range) {
    case '30min':
      return last(30 * MINUTE_MS);
    case 'lastHour':
      return last(HOUR_MS);
    case 'last24h':
      return last(24 * HOUR_MS);
    case 'today':
      return days(today, tomorrow);
    case 'yesterday':
      return days(today.subtract({ days: 1 }), today);
    case '7d':
      return days(today.subtract({ days: 7 }), tomorrow);
    case '3m':
      return days(today.subtract({ months: 3 }), tomorrow);
    case '6m':
      return days(today.subtract({ months: 6 }), tomorrow);
    case '12m':
      return days(today.subtract({ months: 12 }), tomorrow);
    case 'monthToDate':
      return days(month, tomorrow);
    case 'lastMonth':
      return days(month.subtract({ months: 1 }), month);
    case 'yearToDate':
      return days(year, tomorrow);
    case 'lastYear':
      return days(year.subtract({ years: 1 }), year);
    default:
      return days(today.subtract({ days: 30 }), tomorrow);
  }
}

/** The window of whole days that ends just before an instant. */
export function toWholeDays(startMs: number, untilMs: number): ChartWindow {
  return { startMs, endMs: untilMs - SECOND_MS, fillUntilMs: untilMs };
}

/** One bucket of a chart. */
export interface Bucket {
  readonly startMs: number;
  /** Wall clock of the project at its start, `2024-04-01T00:00:00`. */
  readonly localTime: string;
  /** Whether it is shown when empty. */
  readonly isFilled: boolean;
}

/** Every bucket that touches the window, in order. */
export function toBuckets(window: ChartWindow, interval: Interval, timeZone: string): Bucket[] {
  const buckets: Bucket[] = [];
  const fillUntilMs = startOfBucket(window.fillUntilMs, interval, timeZone).epochMilliseconds;
  let start = startOfBucket(window.startMs, interval, timeZone);
  while (start.epochMilliseconds <= window.endMs || start.epochMilliseconds < fillUntilMs) {
    const startMs = start.epochMilliseconds;
    const localTime = start.toPlainDateTime().toString({ smallestUnit: 'second' });
    buckets.push({ startMs, localTime, isFilled: startMs < fillUntilMs });
    start = start.add({ [`${interval}s`]: 1 });
  }
  return buckets;
}

function startOfBucket(ms: number, interval: Interval, timeZone: string): Temporal.ZonedDateTime {
  const time = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
  if (interval === 'minute' || interval === 'hour') {
    return time.round({ smallestUnit: interval, roundingMode: 'floor' });
  }
  const day = time.startOfDay();
  if (interval === 'week') return day.subtract({ days: day.dayOfWeek - 1 });
  return interval === 'month' ? day.with({ day: 1 }) : day;
}
