import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { InvalidQueryError } from '../errors.ts';

/** The length of one bucket of a series; `TOTAL` is one number for the whole period. Weeks start on Monday. */
export const INTERVALS = ['MINUTE', 'HOUR', 'DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR', 'TOTAL'] as const;
export type Interval = (typeof INTERVALS)[number];

/** Periods by name. `LAST_…` are whole periods before the running one; `THIS_…` reach up to and including today. */
export const PERIOD_PRESETS = [
  'TODAY',
  'YESTERDAY',
  'LAST_7_DAYS',
  'LAST_30_DAYS',
  'LAST_90_DAYS',
  'LAST_12_MONTHS',
  'THIS_WEEK',
  'LAST_WEEK',
  'THIS_MONTH',
  'LAST_MONTH',
  'THIS_QUARTER',
  'LAST_QUARTER',
  'THIS_YEAR',
  'LAST_YEAR',
  'ALL_TIME',
] as const;
export type PeriodPreset = (typeof PERIOD_PRESETS)[number];

/** A period as it is asked for, before it is known whose days are meant. */
export type PeriodRequest =
  | { readonly preset: PeriodPreset }
  | { readonly dates: { readonly from: string; readonly to: string } }
  | { readonly instants: { readonly from: string; readonly to: string } };

/** A period in a named time zone, half-open: `start` belongs to it, `end` does not. */
export interface Period {
  readonly timezone: string;
  readonly start: Temporal.ZonedDateTime;
  readonly end: Temporal.ZonedDateTime;
  /** The calendar days it touches, YYYY-MM-DD, both included. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly dayCount: number;
  /** Whether it starts and ends at midnight. */
  readonly isWholeDays: boolean;
  /** Whether it holds moments that have not passed yet, so that its numbers still grow. */
  readonly isRunning: boolean;
}

/** What turns a {@link PeriodRequest} into a {@link Period}. */
export interface PeriodContext {
  readonly timezone: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** First day with data, for `ALL_TIME`; null where unknown. */
  readonly earliestDate: string | null;
  /** The argument's path, for messages. */
  readonly path: string;
}

const calendarDay = z.string().refine(isCalendarDay, { error: (issue) => notADay(String(issue.input)) });
const instant = z.string().refine(isInstant, {
  error: (issue) => `"${String(issue.input)}" is not an instant. Write it as 2026-01-31T13:00:00Z or with an offset`,
});

/** The shape of a period argument. */
export const periodInput: z.ZodType<PeriodRequest> = z.union([
  z.strictObject({ preset: z.enum(PERIOD_PRESETS) }),
  z.strictObject({ dates: z.strictObject({ from: calendarDay, to: calendarDay }) }),
  z.strictObject({ instants: z.strictObject({ from: instant, to: instant }) }),
]);

/** The shape of a time zone argument. */
export const timezoneInput = z.string().refine(isTimezone, {
  error: (issue) => `"${String(issue.input)}" is not an IANA time zone, such as "Europe/Stockholm" or "UTC"`,
});

/** Whether a text names a time zone that has days: an IANA zone or a fixed offset. */
export function isTimezone(text: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text);
    return /^[A-Za-z+-]/.test(text);
  } catch {
    return false;
  }
}

/** Whether a text is a calendar day that exists, written YYYY-MM-DD. */
export function isCalendarDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

function isInstant(text: string): boolean {
  try {
    Temporal.Instant.from(text);
    return true;
  } catch {
    return false;
  }
}

function notADay(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text)
    ? `"${text}" does not exist in the calendar`
    : `"${text}" is not a day. Write it as YYYY-MM-DD`;
}

/** Given a period as asked and whose days are meant, return it; throws `BAD_USER_INPUT` if reversed or in the future. */
export function resolvePeriod(request: PeriodRequest, context: PeriodContext): Period {
  if ('instants' in request) return resolveInstants(request.instants, context);
  const today = todayIn(context);
  const { from, to } =
    'preset' in request ? presetDays(request.preset, today, context) : explicitDays(request.dates, today, context);
  const start = startOfDay(from, context.timezone);
  return createPeriod(start, startOfDay(to.add({ days: 1 }), context.timezone), context);
}

/** Given two instants, return the period between them. */
export function createPeriod(
  start: Temporal.ZonedDateTime,
  end: Temporal.ZonedDateTime,
  { timezone, now }: Pick<PeriodContext, 'timezone' | 'now'>,
): Period {
  const firstDay = start.toPlainDate();
  const lastDay = end.subtract({ nanoseconds: 1 }).toPlainDate();
  return {
    timezone,
    start,
    end,
    firstDay: firstDay.toString(),
    lastDay: lastDay.toString(),
    dayCount: firstDay.until(lastDay, { largestUnit: 'day' }).days + 1,
    isWholeDays: start.equals(start.startOfDay()) && end.equals(end.startOfDay()),
    isRunning: end.epochMilliseconds > now,
  };
}

/** The first moment of a calendar day in a time zone: midnight, or later where midnight was skipped. */
export function startOfDay(day: Temporal.PlainDate, timezone: string): Temporal.ZonedDateTime {
  return day.toZonedDateTime({ timeZone: timezone });
}

function todayIn({ now, timezone }: Pick<PeriodContext, 'timezone' | 'now'>): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone).toPlainDate();
}

interface Days {
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
}

function explicitDays(dates: { from: string; to: string }, today: Temporal.PlainDate, context: PeriodContext): Days {
  const from = Temporal.PlainDate.from(dates.from);
  const to = Temporal.PlainDate.from(dates.to);
  if (Temporal.PlainDate.compare(from, to) > 0) {
    throw new InvalidQueryError(`${context.path}.dates: from ${dates.from} is after to ${dates.to}`);
  }
  for (const [name, day] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (Temporal.PlainDate.compare(day, today) > 0) {
      throw new InvalidQueryError(
        `${context.path}.dates.${name}: ${day.toString()} is in the future; the last day that can be asked for is ${today.toString()}, today in ${context.timezone}`,
      );
    }
  }
  return { from, to };
}

function resolveInstants({ from, to }: { from: string; to: string }, context: PeriodContext): Period {
  const start = Temporal.Instant.from(from).toZonedDateTimeISO(context.timezone);
  const end = Temporal.Instant.from(to).toZonedDateTimeISO(context.timezone);
  if (Temporal.ZonedDateTime.compare(start, end) >= 0) {
    throw new InvalidQueryError(`${context.path}.instants: from ${from} is not before to ${to}`);
  }
  if (start.epochMilliseconds > context.now) {
    throw new InvalidQueryError(`${context.path}.instants.from: ${from} is in the future`);
  }
  const endOfToday = startOfDay(todayIn(context).add({ days: 1 }), context.timezone);
  if (Temporal.ZonedDateTime.compare(end, endOfToday) > 0) {
    throw new InvalidQueryError(
      `${context.path}.instants.to: ${to} is in the future; the last instant that can be asked for is the end of today in ${context.timezone}`,
    );
  }
  return createPeriod(start, end, context);
}

function presetDays(preset: PeriodPreset, today: Temporal.PlainDate, context: PeriodContext): Days {
  const yesterday = today.subtract({ days: 1 });
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const month = today.with({ day: 1 });
  const quarter = month.subtract({ months: (today.month - 1) % 3 });
  const year = month.with({ month: 1 });
  const before = (start: Temporal.PlainDate, length: Temporal.DurationLike): Days => ({
    from: start.subtract(length),
    to: start.subtract({ days: 1 }),
  });
  switch (preset) {
    case 'TODAY':
      return { from: today, to: today };
    case 'YESTERDAY':
      return { from: yesterday, to: yesterday };
    case 'LAST_7_DAYS':
      return before(today, { days: 7 });
    case 'LAST_30_DAYS':
      return before(today, { days: 30 });
    case 'LAST_90_DAYS':
      return before(today, { days: 90 });
    case 'LAST_12_MONTHS':
      return before(month, { months: 12 });
    case 'THIS_WEEK':
      return { from: monday, to: today };
    case 'LAST_WEEK':
      return before(monday, { days: 7 });
    case 'THIS_MONTH':
      return { from: month, to: today };
    case 'LAST_MONTH':
      return before(month, { months: 1 });
    case 'THIS_QUARTER':
      return { from: quarter, to: today };
    case 'LAST_QUARTER':
      return before(quarter, { months: 3 });
    case 'THIS_YEAR':
      return { from: year, to: today };
    case 'LAST_YEAR':
      return before(year, { years: 1 });
    case 'ALL_TIME':
      return { from: earliestDay(context, today), to: today };
  }
}

function earliestDay({ earliestDate, path }: PeriodContext, today: Temporal.PlainDate): Temporal.PlainDate {
  if (earliestDate === null) {
    throw new InvalidQueryError(
      `${path}.preset: ALL_TIME needs to know when the data begins. Set "earliestDate" on the data source in the configuration, or ask with dates`,
    );
  }
  const earliest = Temporal.PlainDate.from(earliestDate);
  if (Temporal.PlainDate.compare(earliest, today) > 0) {
    throw new InvalidQueryError(`${path}.preset: ALL_TIME starts on ${earliestDate}, which is in the future`);
  }
  return earliest;
}

/** Which earlier period a report is compared with. */
export type ComparisonRequest =
  | { readonly preset: 'PREVIOUS_PERIOD' | 'SAME_PERIOD_LAST_YEAR' }
  | { readonly dates: { readonly from: string; readonly to: string } };

/** The shape of a comparison argument. */
export const comparisonInput: z.ZodType<ComparisonRequest> = z.union([
  z.strictObject({ preset: z.enum(['PREVIOUS_PERIOD', 'SAME_PERIOD_LAST_YEAR']) }),
  z.strictObject({ dates: z.strictObject({ from: calendarDay, to: calendarDay }) }),
]);

/** Given a comparison as asked and the period it is for, return the period to compare with. */
export function resolveComparison(request: ComparisonRequest, period: Period, context: PeriodContext): Period {
  if ('dates' in request) return resolvePeriod(request, context);
  if (request.preset === 'SAME_PERIOD_LAST_YEAR') {
    const start = period.start.subtract({ years: 1 });
    // By the last moment and not by the end: behind 28 February may come a 29th, and a year before it there is none.
    const end = period.end.subtract({ nanoseconds: 1 }).subtract({ years: 1 }).add({ nanoseconds: 1 });
    return createPeriod(period.isWholeDays ? start.startOfDay() : start, end, context);
  }
  // Whole days move by days, so that a day of 23 or 25 hours stays a day; anything else moves by its exact length.
  const start = period.isWholeDays
    ? period.start.subtract({ days: period.dayCount }).startOfDay()
    : period.start.subtract(period.start.until(period.end, { largestUnit: 'millisecond' }));
  return createPeriod(start, period.start, context);
}
