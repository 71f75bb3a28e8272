import type { Random } from './random.ts';

const HOUR_MS = 3_600_000;
/** Milliseconds of a UTC day. */
export const DAY_MS = 24 * HOUR_MS;

/** The days the generated world covers. */
export interface Period {
  /** First instant, 00:00 UTC. */
  readonly startMs: number;
  readonly days: number;
}

/** How busy each day of the week is, Sunday first. */
export const WEEKDAY_FACTORS: readonly number[] = [1.15, 0.95, 0.92, 0.95, 1, 1.05, 1.2];

// How busy each local hour is: quiet nights, a lunch bump, an evening peak.
const HOUR_WEIGHTS = [2, 1, 1, 1, 1, 2, 4, 6, 7, 6, 5, 6, 8, 7, 5, 5, 6, 8, 10, 12, 13, 12, 8, 4];
const HOUR_OF_SLOT = HOUR_WEIGHTS.flatMap((weight, hour) => Array.from({ length: weight }, () => hour));

/** The weekday factor of a day of the period. */
export function weekdayFactor({ startMs }: Period, day: number): number {
  // 1970-01-01 was a Thursday.
  return WEEKDAY_FACTORS[(Math.round(startMs / DAY_MS) + day + 4) % 7] ?? 1;
}

/** A random instant of a UTC day, at an hour that is lively where the person lives. */
export function livelyInstant(random: Random, dayStartMs: number, utcOffsetMinutes: number): number {
  const localMs = random.pick(HOUR_OF_SLOT) * HOUR_MS + random.below(HOUR_MS);
  const utcMs = localMs - utcOffsetMinutes * 60_000;
  return dayStartMs + ((utcMs + DAY_MS) % DAY_MS);
}
