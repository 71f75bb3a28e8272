import { Temporal } from 'temporal-polyfill';
import { isCalendarDay } from '../../analytics/period.ts';
import { TIMEZONE } from './freshness.ts';

/** Given a moment as GrowingIO writes it, return its calendar day; null where there is none to be read. */
export function toDay(moment: string | number | null | undefined): string | null {
  if (moment === null || moment === undefined) return null;
  // A text without a clock or with Beijing's is one of Beijing's days already; milliseconds are what reports have.
  const text = String(moment).trim();
  if (/^\d{12,13}$/.test(text)) {
    return Temporal.Instant.fromEpochMilliseconds(Number(text)).toZonedDateTimeISO(TIMEZONE).toPlainDate().toString();
  }
  const day = text.slice(0, 10);
  return isCalendarDay(day) ? day : null;
}
