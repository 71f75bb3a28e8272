import type { Filter } from '../../../src/analytics/filters.ts';
import { passes, type ReferenceRow } from './reference-metrics.ts';

/** What the reference is asked. */
export interface ReferenceConversionQuestion {
  readonly from: string;
  readonly to: string;
  readonly filters: readonly Filter[];
  readonly breakdown: readonly string[];
}

/** A span of time in milliseconds since the epoch, and where its buckets start. */
export interface ReferenceSpan {
  readonly start: number;
  readonly end: number;
  readonly starts: readonly number[];
}

/** Who started in one group, and how many of them arrived. */
export interface ReferenceConversionGroup {
  readonly values: readonly (string | null)[];
  readonly started: number;
  readonly arrived: number;
  /** Of those who first started in each bucket: how many, and how many of them arrived. */
  readonly buckets: readonly { readonly started: number; readonly arrived: number }[];
}

/** The conversion of each group, the slow way: user by user, row by row. */
export function referenceConversion(
  rows: readonly ReferenceRow[],
  { from, to, filters, breakdown }: ReferenceConversionQuestion,
  { start, end, starts }: ReferenceSpan,
): ReferenceConversionGroup[] {
  const kept = rows.filter(
    (row) =>
      row.at.getTime() >= start &&
      row.at.getTime() < end &&
      row['user_id'] !== null &&
      filters.every((filter) => passes(row, filter)),
  );
  const users = [...new Set(kept.map((row) => row['user_id']))].flatMap((user) => {
    const own = kept.filter((row) => row['user_id'] === user);
    const entries = own.filter((row) => row['name'] === from).sort((one, other) => compare(one, other, breakdown));
    const [first] = entries;
    if (!first) return [];
    const hasArrived = own.some((row) => row !== first && row['name'] === to && row.at.getTime() >= first.at.getTime());
    return [{ at: first.at.getTime(), values: breakdown.map((key) => textOf(first, key)), hasArrived }];
  });
  const groups = Map.groupBy(users, ({ values }) => JSON.stringify(values));
  return [...groups.values()].map((members) => ({
    values: members[0]?.values ?? [],
    ...countOf(members),
    buckets: starts.map((bucket, index) =>
      countOf(members.filter(({ at }) => at >= bucket && at < (starts[index + 1] ?? Infinity))),
    ),
  }));
}

function countOf(members: readonly { readonly hasArrived: boolean }[]): { started: number; arrived: number } {
  return { started: members.length, arrived: members.filter(({ hasArrived }) => hasArrived).length };
}

function textOf(row: ReferenceRow, key: string): string | null {
  const value = row[key] ?? null;
  return value === null ? null : String(value);
}

/** By time; rows of one moment by their values, unknown ones last. */
function compare(one: ReferenceRow, other: ReferenceRow, breakdown: readonly string[]): number {
  const byTime = one.at.getTime() - other.at.getTime();
  if (byTime !== 0) return byTime;
  for (const key of breakdown) {
    const [value, against] = [textOf(one, key), textOf(other, key)];
    if (value === against) continue;
    if (value === null || against === null) return value === null ? 1 : -1;
    return value < against ? -1 : 1;
  }
  return 0;
}
