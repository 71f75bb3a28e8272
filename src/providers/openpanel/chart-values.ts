import { Temporal } from 'temporal-polyfill';
import type { TimeAxis } from '../../analytics/time-axis.ts';
import type { OpenpanelChartSeriesResponse } from './responses.ts';

/** The values of a series, bucket by bucket of an axis; null where the series has no such bucket. */
export interface AlignedValues {
  readonly values: (number | null)[];
  readonly previous: (number | null)[];
  /** Whether the series also has something outside the axis, so that its own totals are not the period's. */
  readonly hasOutside: boolean;
}

/** Given the points of a series, return their values in the buckets of an axis; `ofNothing` is the value of a bucket without events. */
export function alignValues(
  points: OpenpanelChartSeriesResponse['data'],
  axis: TimeAxis,
  ofNothing: 0 | null,
): AlignedValues {
  const values = new Array<number | null>(axis.epochs.length).fill(null);
  const previous = new Array<number | null>(axis.epochs.length).fill(null);
  const indexes = createBucketIndex(axis);
  let hasOutside = false;
  let filledTo = 0;
  for (const point of points) {
    const index = indexes(point.date);
    if (index === undefined) {
      hasOutside ||= point.count !== 0;
    } else {
      values[index] = point.count;
      previous[index] = point.previous?.value ?? null;
      filledTo = Math.max(filledTo, index + 1);
    }
  }
  // Empty buckets are filled up to the one that the window ends in: that one comes only if something happened in it.
  if (filledTo > 0 || !hasOutside) values.fill(ofNothing, filledTo);
  return { values, previous, hasOutside };
}

/** Given values in the buckets of one axis, return their sums in the longer buckets of another; none for a `TOTAL`. */
export function sumInto(target: TimeAxis, source: TimeAxis, values: readonly (number | null)[]): (number | null)[] {
  if (source.epochs.length === target.epochs.length) return [...values];
  const sums = target.epochs.map((): number | null => null);
  let bucket = 0;
  source.epochs.forEach((epoch, index) => {
    while ((target.epochs[bucket + 1] ?? Infinity) <= epoch) bucket++;
    const value = values[index] ?? null;
    if (bucket < sums.length && value !== null) sums[bucket] = (sums[bucket] ?? 0) + value;
  });
  return sums;
}

/**
 * Given an axis, return what finds the bucket of OpenPanel's date texts. Today they are the wall clock of the project's time
 * zone ("2024-04-01 00:00:00", or "2024-04-01" for weeks and months); in 2024 some had a T, and a Z where they were UTC.
 */
function createBucketIndex(axis: TimeAxis): (date: string) => number | undefined {
  const wallClocks = axis.timestamps.map((timestamp) => timestamp.slice(0, 16));
  let byEpoch: Map<number, number> | undefined;
  let byWallClock: Map<string, number[]> | undefined;
  let next = 0;
  return (date) => {
    if (date.endsWith('Z')) {
      byEpoch ??= new Map(axis.epochs.map((epoch, index) => [epoch, index]));
      const index = byEpoch.get(Temporal.Instant.from(date).epochMilliseconds);
      // The weeks and months of 2024 have a Z whatever their time zone: they are calendar days.
      if (index !== undefined || axis.dates === null) return index;
    }
    const wallClock = `${date.slice(0, 10)}T${date.slice(11, 16) || '00:00'}`;
    // Nearly always the points are the axis, in its order; also where clocks go back and an hour comes twice.
    if (wallClocks[next] === wallClock) return next++;
    byWallClock ??= Map.groupBy(wallClocks.keys(), (index) => wallClocks[index] ?? '');
    const found = byWallClock.get(wallClock)?.find((index) => index >= next) ?? byWallClock.get(wallClock)?.[0];
    if (found !== undefined) next = found + 1;
    return found;
  };
}
