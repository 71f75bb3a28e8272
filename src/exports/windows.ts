import { Temporal } from 'temporal-polyfill';
import { createPeriod, type Period } from '../analytics/period.ts';
import type { Window } from './export-source.ts';

const HOUR_MS = 3_600_000;

/** Given a window and whose days it is about, return it as a period. */
export function toPeriod({ from, to }: Window, timezone: string, now: number): Period {
  const at = (epoch: number) => Temporal.Instant.fromEpochMilliseconds(epoch).toZonedDateTimeISO(timezone);
  return createPeriod(at(from), at(to), { timezone, now });
}

/**
 * Given a window that is too large, return where to cut it in two: between days while it has several, then between hours; null where a half would
 * be shorter than `shortestMs`, or where it must not be cut at all.
 */
export function cutWindow(window: Window, timezone: string, shortestMs: number | null): number | null {
  if (shortestMs === null) return null;
  const cut = middleOf(window, timezone);
  return Math.min(cut - window.from, window.to - cut) < shortestMs ? null : cut;
}

function middleOf({ from, to }: Window, timezone: string): number {
  const middle = from + Math.floor((to - from) / 2);
  const day = Temporal.Instant.fromEpochMilliseconds(middle).toZonedDateTimeISO(timezone).startOfDay();
  for (const candidate of [day, day.add({ days: 1 })]) {
    const { epochMilliseconds } = candidate;
    if (epochMilliseconds > from && epochMilliseconds < to) return epochMilliseconds;
  }
  return from + Math.max(1, Math.floor((middle - from) / HOUR_MS)) * HOUR_MS;
}
