import { toPeriodNumber, toPeriodStartMs } from './beijing-time.ts';
import type { Unit } from './beijing-time.ts';

/** A stretch of time; both ends are included. */
export interface TimeRange {
  readonly startMs: number;
  readonly endMs: number;
}

/** The part of a calendar period that lies in a range. */
export interface Bucket extends TimeRange {
  /** Grows with time. */
  readonly number: number;
}

/**
 * Creates the finder of the bucket of an instant in the range, for instants in order of time. The first and the last
 * bucket end where the range does, so that the first begins at `startTime`: the console draws them so, no document says it.
 */
export function createBucketFinder(range: TimeRange, unit: Unit): (ms: number) => Bucket {
  let bucket: Bucket = { number: NaN, startMs: Infinity, endMs: -Infinity };
  return (ms) => {
    if (ms >= bucket.startMs && ms <= bucket.endMs) return bucket;
    const number = toPeriodNumber(ms, unit);
    bucket = {
      number,
      startMs: Math.max(range.startMs, toPeriodStartMs(number, unit)),
      endMs: Math.min(range.endMs, toPeriodStartMs(number + 1, unit) - 1),
    };
    return bucket;
  };
}
