import type { Period } from '../../analytics/period.ts';
import type { TimeAxis } from '../../analytics/time-axis.ts';
import type { TimeRange } from './client.ts';
import { malformed } from './malformed.ts';

/** Given a period, return it as GrowingIO wants it: its last millisecond is included. */
export function toTimeRange({ start, end }: Period): TimeRange {
  return { startTime: start.epochMilliseconds, endTime: end.epochMilliseconds - 1 };
}

/** Given a period and its buckets, return what finds the bucket of a row by its time; throws for a time that was not asked for. */
export function createBucketIndex({ epochs }: TimeAxis, { end }: Period): (time: number, path: string) => number {
  const endMs = end.epochMilliseconds;
  const exact = new Map(epochs.map((epoch, index) => [epoch, index]));
  return (time, path) => {
    // A week or a month that the period starts within may begin with itself or with the period, so the time need not be a start.
    const index = exact.get(time) ?? epochs.findLastIndex((epoch) => epoch <= time);
    if (index >= 0 && time < endMs) return index;
    throw malformed(path, 'expected a time within what was asked for');
  };
}
