import { Temporal } from 'temporal-polyfill';
import { ResultTooLargeError } from '../errors.ts';
import type { Interval, Period } from './period.ts';

/** Most buckets a series may have, whatever the provider. */
export const MAX_POINTS = 10_000;

/** The buckets of a report, shared by all its series: the starts in order, written once. */
export interface TimeAxis {
  readonly interval: Interval;
  readonly timezone: string;
  /** Each bucket's start as ISO 8601 with the offset of its own day. Empty for `TOTAL`. */
  readonly timestamps: readonly string[];
  /** Each bucket's first calendar day, YYYY-MM-DD; null for intervals shorter than a day. */
  readonly dates: readonly string[] | null;
  /** Each bucket's start in milliseconds since the epoch. */
  readonly epochs: readonly number[];
}

/** Given a period and an interval, return its buckets. The first may start before the period (a week, a month). */
export function createTimeAxis(period: Period, interval: Interval): TimeAxis {
  const { timezone } = period;
  if (interval === 'TOTAL') return { interval, timezone, timestamps: [], dates: [], epochs: [] };
  const isDaily = interval !== 'MINUTE' && interval !== 'HOUR';
  const starts = evenStarts(period, interval) ?? bucketStarts(period, interval).map(toStart);
  return {
    interval,
    timezone,
    timestamps: starts.map(({ timestamp }) => timestamp),
    dates: isDaily ? starts.map(({ timestamp }) => timestamp.slice(0, 10)) : null,
    epochs: starts.map(({ epoch }) => epoch),
  };
}

/** A bucket's start. */
interface BucketStart {
  readonly timestamp: string;
  readonly epoch: number;
}

function toStart(moment: Temporal.ZonedDateTime): BucketStart {
  return { timestamp: formatInstant(moment), epoch: moment.epochMilliseconds };
}

const EVEN_LENGTHS_MS: Partial<Record<Interval, number>> = {
  MINUTE: 60_000,
  HOUR: 3_600_000,
  DAY: 86_400_000,
  WEEK: 604_800_000,
};

/** The starts of buckets of equal length where no clock changes between them; null where they must be looked up one by one. */
function evenStarts(period: Period, interval: Exclude<Interval, 'TOTAL'>): BucketStart[] | null {
  const lengthMs = EVEN_LENGTHS_MS[interval];
  const first = bucketStart(period.start, interval);
  const change = first.getTimeZoneTransition('next');
  if (lengthMs === undefined || (change && Temporal.ZonedDateTime.compare(change, period.end) < 0)) return null;
  const { epochMilliseconds: from } = first;
  // A day that begins at one, because its midnight is skipped, is shorter, and those after it begin at midnight again.
  const second = bucketStart(first.add(LENGTHS[interval]), interval);
  if (second.epochMilliseconds - from !== lengthMs) return null;
  const count = Math.ceil((period.end.epochMilliseconds - from) / lengthMs);
  assertFewEnough(count, period, interval);
  const offset = first.offset === '+00:00' ? 'Z' : first.offset;
  const offsetMs = first.offsetNanoseconds / 1e6;
  return Array.from({ length: count }, (_, index) => {
    const epoch = from + index * lengthMs;
    return { epoch, timestamp: new Date(epoch + offsetMs).toISOString().slice(0, 19) + offset };
  });
}

function assertFewEnough(count: number, { dayCount }: Period, interval: Interval): void {
  if (count <= MAX_POINTS) return;
  throw new ResultTooLargeError(
    `query.interval: ${interval} over ${dayCount} days is more than ${MAX_POINTS} points a series. Ask for a shorter period or a longer interval`,
  );
}

/** Given a moment, return ISO 8601 to the second (or millisecond, where there is a fraction), with its zone's offset. */
export function formatInstant(moment: Temporal.ZonedDateTime): string {
  const text = moment.toString({
    timeZoneName: 'never',
    smallestUnit: moment.millisecond === 0 ? 'second' : 'millisecond',
  });
  return text.endsWith('+00:00') ? `${text.slice(0, -6)}Z` : text;
}

/** The start of the bucket that a moment falls into. */
export function bucketStart(
  moment: Temporal.ZonedDateTime,
  interval: Exclude<Interval, 'TOTAL'>,
): Temporal.ZonedDateTime {
  switch (interval) {
    case 'MINUTE':
      return moment.round({ smallestUnit: 'minute', roundingMode: 'floor' });
    case 'HOUR':
      return moment.round({ smallestUnit: 'hour', roundingMode: 'floor' });
    case 'DAY':
      return moment.startOfDay();
    case 'WEEK':
      return moment.subtract({ days: moment.dayOfWeek - 1 }).startOfDay();
    case 'MONTH':
      return moment.with({ day: 1 }).startOfDay();
    case 'QUARTER':
      return moment.with({ day: 1, month: moment.month - ((moment.month - 1) % 3) }).startOfDay();
    case 'YEAR':
      return moment.with({ day: 1, month: 1 }).startOfDay();
  }
}

const LENGTHS: Readonly<Record<Exclude<Interval, 'TOTAL'>, Temporal.DurationLike>> = {
  MINUTE: { minutes: 1 },
  HOUR: { hours: 1 },
  DAY: { days: 1 },
  WEEK: { weeks: 1 },
  MONTH: { months: 1 },
  QUARTER: { months: 3 },
  YEAR: { years: 1 },
};

function bucketStarts(period: Period, interval: Exclude<Interval, 'TOTAL'>): Temporal.ZonedDateTime[] {
  const starts: Temporal.ZonedDateTime[] = [];
  let start = bucketStart(period.start, interval);
  while (Temporal.ZonedDateTime.compare(start, period.end) < 0) {
    assertFewEnough(starts.length + 1, period, interval);
    starts.push(start);
    // The next bucket starts where its kind starts: at midnight again after a day that began later, on the hour again
    // after clocks changed by half of one. Where that is not later, the clock went back and the same hour comes twice.
    const next = start.add(LENGTHS[interval]);
    const floor = bucketStart(next, interval);
    start = Temporal.ZonedDateTime.compare(floor, start) > 0 ? floor : next;
  }
  return starts;
}
