import { Temporal } from 'temporal-polyfill';
import { createPeriod, startOfDay, type Period } from './period.ts';

/** Calendar days in a row, YYYY-MM-DD, both included. */
export interface DaySpan {
  readonly from: string;
  readonly to: string;
}

/** Given a span, return its days in order. */
export function listDays({ from, to }: DaySpan): string[] {
  const days: string[] = [];
  const last = Temporal.PlainDate.from(to);
  for (
    let day = Temporal.PlainDate.from(from);
    Temporal.PlainDate.compare(day, last) <= 0;
    day = day.add({ days: 1 })
  ) {
    days.push(day.toString());
  }
  return days;
}

/** Given days in order, return the spans that they make. */
export function toSpans(days: readonly string[]): DaySpan[] {
  const spans: DaySpan[] = [];
  for (const day of days) {
    const last = spans.at(-1);
    if (last && Temporal.PlainDate.from(last.to).add({ days: 1 }).toString() === day)
      spans.splice(-1, 1, { ...last, to: day });
    else spans.push({ from: day, to: day });
  }
  return spans;
}

/** The days of a time zone that moments fall on, from `start` to before `end`, in milliseconds since the epoch; null where there are none. */
export function toSpan({ start, end }: { start: number; end: number }, timezone: string): DaySpan | null {
  if (end <= start) return null;
  return { from: dayOf(start, timezone), to: dayOf(end - 1, timezone) };
}

/** Given a span and whose days they are, return it as a period. */
export function spanToPeriod({ from, to }: DaySpan, timezone: string, now: number): Period {
  const end = Temporal.PlainDate.from(to).add({ days: 1 });
  return createPeriod(startOfDay(Temporal.PlainDate.from(from), timezone), startOfDay(end, timezone), {
    timezone,
    now,
  });
}

/** When a day ends, in milliseconds since the epoch. */
export function endOfDay(day: string, timezone: string): number {
  return startOfDay(Temporal.PlainDate.from(day).add({ days: 1 }), timezone).epochMilliseconds;
}

function dayOf(epoch: number, timezone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(epoch).toZonedDateTimeISO(timezone).toPlainDate().toString();
}
