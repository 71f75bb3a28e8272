import type { Period } from '../../analytics/period.ts';
import type { TimeAxis } from '../../analytics/time-axis.ts';

/** Spans of time, one after the other without gaps: each begins at a start and ends before the next, the last before the end. */
export interface Buckets {
  /** Milliseconds since the epoch, ascending. */
  readonly starts: readonly number[];
  /** Milliseconds since the epoch; does not belong to the last bucket. */
  readonly end: number;
}

/** Given a period and its axis, return the buckets within the period: the first begins no earlier than it. `TOTAL` is one bucket. */
export function toBuckets(period: Pick<Period, 'start' | 'end'>, axis: Pick<TimeAxis, 'epochs'>): Buckets {
  const start = period.start.epochMilliseconds;
  const later = axis.epochs.slice(1);
  return { starts: [Math.max(start, axis.epochs[0] ?? start), ...later], end: period.end.epochMilliseconds };
}

/** Given the SQL of a TIMESTAMP in UTC, return the SQL of the index, from 0, of the bucket that it falls into; null outside of them all. */
export function toBucketSql(at: string, buckets: Buckets): string {
  const [first, second] = buckets.starts;
  if (first === undefined) return 'cast(null as bigint)';
  const index = second === undefined ? 'cast(0 as bigint)' : toIndex(`epoch_us(${at})`, second, buckets);
  return `case when ${toWithinSql(at, buckets)} then ${index} end`;
}

/** Given the SQL of a TIMESTAMP in UTC, return the SQL of whether it falls into any of the buckets, in a form that passes over whole pieces of a file. */
export function toWithinSql(at: string, { starts, end }: Buckets): string {
  return `${at} >= ${toTimestamp(starts[0] ?? end)} and ${at} < ${toTimestamp(end)}`;
}

function toIndex(at: string, second: number, buckets: Buckets): string {
  const [first = second, ...later] = buckets.starts;
  const lengths = later.slice(1).map((start, index) => start - (later[index] ?? start));
  const shortest = lengths.length > 0 ? Math.min(...lengths) : second - first;
  // The first bucket may be cut short by the period's start: the cells then begin where it would have begun.
  const cells = { from: Math.min(first, second - shortest), length: shortest };
  const isEven =
    cells.from === second - shortest &&
    lengths.every((ms) => ms === shortest) &&
    buckets.end - (later.at(-1) ?? second) <= shortest;
  const cell = `(${at} - ${toMicroseconds(cells.from)}) // ${toMicroseconds(shortest)}`;
  return isEven ? cell : toUnevenIndex(at, cell, { ...buckets, cells });
}

/** Cells as long as the shortest bucket: in each begins one bucket at most, so that one look tells which of two it is. */
function toUnevenIndex(
  at: string,
  cell: string,
  { starts, end, cells }: Buckets & { readonly cells: { readonly from: number; readonly length: number } },
): string {
  const count = Math.floor(((starts.at(-1) ?? cells.from) - cells.from) / cells.length) + 1;
  const running: number[] = [];
  for (let index = 0, bucket = 0; index < count; index += 1) {
    while ((starts[bucket + 1] ?? Infinity) <= cells.from + index * cells.length) bucket += 1;
    running.push(bucket);
  }
  const next = running.map((bucket) => toMicroseconds(starts[bucket + 1] ?? end));
  const position = `least(${cell} + 1, ${count})`;
  return `${toList(running)}[${position}] + cast(${at} >= ${toList(next)}[${position}] as bigint)`;
}

function toTimestamp(epochMs: number): string {
  return `make_timestamp(${toMicroseconds(epochMs)})`;
}

function toMicroseconds(epochMs: number): string {
  return String(BigInt(epochMs) * 1000n);
}

function toList(numbers: readonly (number | string)[]): string {
  return `cast('[${numbers.join(',')}]' as bigint[])`;
}
