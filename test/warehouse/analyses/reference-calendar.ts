import { Temporal } from 'temporal-polyfill';

/** How long a bucket is. */
export type ReferenceInterval = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';

/** Buckets of a calendar, each known by its first day, YYYY-MM-DD. */
export interface ReferenceCalendar {
  readonly interval: ReferenceInterval;
  readonly timezone: string;
}

const LENGTHS = {
  DAY: { days: 1 },
  WEEK: { days: 7 },
  MONTH: { months: 1 },
  QUARTER: { months: 3 },
  YEAR: { years: 1 },
} as const;

// What was worked out before: the same few days are asked for again and again.
const STARTS = new Map<string, number>();
const NEXT = new Map<string, string>();

/** The first day of the bucket that a moment, in milliseconds since the epoch, falls into. */
export function bucketOf(ms: number, { interval, timezone }: ReferenceCalendar): string {
  const day = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timezone).toPlainDate();
  switch (interval) {
    case 'DAY':
      return day.toString();
    case 'WEEK':
      return day.subtract({ days: day.dayOfWeek - 1 }).toString();
    case 'MONTH':
      return day.toString().replace(/\d\d$/, '01');
    case 'QUARTER':
      return day.with({ day: 1, month: [1, 1, 1, 4, 4, 4, 7, 7, 7, 10, 10, 10][day.month - 1] ?? 1 }).toString();
    case 'YEAR':
      return `${day.toString().slice(0, 4)}-01-01`;
  }
}

/** When a bucket begins, in milliseconds since the epoch. */
export function startOf(bucket: string, { timezone }: ReferenceCalendar): number {
  const key = `${bucket} ${timezone}`;
  const known = STARTS.get(key);
  if (known !== undefined) return known;
  const start = Temporal.PlainDate.from(bucket).toZonedDateTime({ timeZone: timezone }).epochMilliseconds;
  STARTS.set(key, start);
  return start;
}

/** The bucket behind: a day that a time zone left out is none. */
export function bucketAfter(bucket: string, calendar: ReferenceCalendar): string {
  const key = `${bucket} ${calendar.interval} ${calendar.timezone}`;
  const known = NEXT.get(key);
  if (known !== undefined) return known;
  const day = Temporal.PlainDate.from(bucket).add(LENGTHS[calendar.interval]).toString();
  const next = bucketOf(startOf(day, calendar), calendar);
  NEXT.set(key, next);
  return next;
}

/** The bucket so many behind. */
export function bucketsLater(bucket: string, count: number, calendar: ReferenceCalendar): string {
  let found = bucket;
  for (let index = 0; index < count; index += 1) found = bucketAfter(found, calendar);
  return found;
}

/** The buckets that touch a span of time, half-open, in milliseconds since the epoch. */
export function bucketsWithin(start: number, end: number, calendar: ReferenceCalendar): string[] {
  const buckets: string[] = [];
  for (let bucket = bucketOf(start, calendar); startOf(bucket, calendar) < end; bucket = bucketAfter(bucket, calendar))
    buckets.push(bucket);
  return buckets;
}
