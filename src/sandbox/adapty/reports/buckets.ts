import { Temporal } from 'temporal-polyfill';

import type { DateRange, PeriodUnit } from '../requests/schemas.ts';

/** One bucket of a range, in the time zone of the request. */
export interface Bucket {
  /** First instant of the bucket that is in the range. */
  readonly startMs: number;
  /** First instant after it, or after the range. */
  readonly endMs: number;
  /** Start of the whole calendar bucket, `2026-08-05T00:00:00.000000+0300`. */
  readonly x: string;
  /** The same as a calendar day. */
  readonly day: string;
}

/** The buckets of a range that have begun, in order; `none` makes one of all. */
export function toBuckets(range: DateRange, unit: string, place: { timeZone: string; nowMs: number }): Bucket[] {
  const { timeZone, nowMs } = place;
  const from = Temporal.PlainDate.from(range.from);
  const until = Temporal.PlainDate.from(range.to).add({ days: 1 });
  const fromMs = from.toZonedDateTime(timeZone).epochMilliseconds;
  const untilMs = until.toZonedDateTime(timeZone).epochMilliseconds;
  const buckets: Bucket[] = [];
  let date = toCalendarStart(from, unit);
  let start = date.toZonedDateTime(timeZone);
  while (start.epochMilliseconds < untilMs) {
    const startMs = Math.max(start.epochMilliseconds, fromMs);
    if (startMs > nowMs) break;
    date = unit === 'none' ? until : addUnit(date, unit as PeriodUnit);
    const next = date.toZonedDateTime(timeZone);
    const [day, x] = toLabels(start);
    buckets.push({ startMs, endMs: Math.min(next.epochMilliseconds, untilMs), x, day });
    start = next;
  }
  return buckets;
}

function toLabels(start: Temporal.ZonedDateTime): [day: string, x: string] {
  const day = start.toPlainDate().toString();
  const time = start.toPlainTime().toString({ fractionalSecondDigits: 6 });
  return [day, `${day}T${time}${start.offset.replace(':', '')}`];
}

function toCalendarStart(date: Temporal.PlainDate, unit: string): Temporal.PlainDate {
  switch (unit) {
    case 'week':
      return date.subtract({ days: date.dayOfWeek - 1 });
    case 'month':
      return date.with({ day: 1 });
    case 'quarter':
      return date.with({ month: date.month - ((date.month - 1) % 3), day: 1 });
    case 'year':
      return date.with({ month: 1, day: 1 });
    default:
      return date;
  }
}

function addUnit(date: Temporal.PlainDate, unit: PeriodUnit): Temporal.PlainDate {
  return unit === 'quarter' ? date.add({ months: 3 }) : date.add({ [`${unit}s`]: 1 });
}

/** Finds the bucket of an instant; -1 outside of all. */
export function findBucket(buckets: readonly Bucket[], ms: number): number {
  let low = 0;
  let high = buckets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((buckets[middle]?.endMs ?? Infinity) <= ms) low = middle + 1;
    else high = middle;
  }
  return low < buckets.length && (buckets[low]?.startMs ?? Infinity) <= ms ? low : -1;
}

/** Splits items over the buckets by their date; those outside are left out. */
export function splitByBucket<Item>(
  buckets: readonly Bucket[],
  items: Iterable<Item>,
  atMsOf: (item: Item) => number,
): Item[][] {
  const split = buckets.map((): Item[] => []);
  for (const item of items) split[findBucket(buckets, atMsOf(item))]?.push(item);
  return split;
}
