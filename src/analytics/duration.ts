import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

/**
 * The shape of a duration argument: ISO 8601 with weeks, days and time, such as P7D or PT1H30M; parsed to milliseconds. A question that is kept with an
 * export task has been parsed before: its milliseconds stay what they are.
 */
export const durationInput = z.custom<string | number>(isTextOrNumber).transform((value, context) => {
  const ms = typeof value === 'number' ? value : toMilliseconds(value);
  if (ms !== null && ms > 0) return ms;
  context.addIssue({
    code: 'custom',
    message:
      ms === null
        ? `"${value}" is not a duration. Write it in ISO 8601 with weeks, days or time, such as P7D or PT1H30M`
        : `"${value}" must be longer than nothing`,
  });
  return z.NEVER;
});

function isTextOrNumber(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

/** Given milliseconds, return the ISO 8601 duration that means exactly as much: whole days as days of 24 hours. */
export function formatDuration(ms: number): string {
  const exact = Temporal.Duration.from({ milliseconds: Math.round(ms) });
  const days = exact.round({ largestUnit: 'day', smallestUnit: 'millisecond' });
  const isWholeDays = days.days > 0 && Temporal.Duration.compare(days, { days: days.days }) === 0;
  return (isWholeDays ? days : exact.round({ largestUnit: 'hour', smallestUnit: 'millisecond' })).toString();
}

function toMilliseconds(text: string): number | null {
  try {
    const duration = Temporal.Duration.from(text);
    // A month or a year is no fixed length of time, so a conversion window of one would mean two things.
    if (duration.years !== 0 || duration.months !== 0) return null;
    const { weeks, days, ...time } = fieldsOf(duration);
    return Temporal.Duration.from({ ...time, days: days + weeks * 7 }).total('millisecond');
  } catch {
    return null;
  }
}

function fieldsOf({ weeks, days, hours, minutes, seconds, milliseconds }: Temporal.Duration) {
  return { weeks, days, hours, minutes, seconds, milliseconds };
}
