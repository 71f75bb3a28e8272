import { expect } from 'vitest';
import { FILTER_OPERATORS } from '../../src/analytics/filters.ts';
import { INTERVALS, isCalendarDay } from '../../src/analytics/period.ts';
import type { QueryLimits } from '../../src/analytics/query-limits.ts';

/** Assert that limits can be read by whoever asks: nothing twice, nothing that no question knows, and at least one way to ask. */
export function assertLimits(limits: QueryLimits): void {
  assertDistinct(limits.intervals, INTERVALS, 1);
  assertDistinct(limits.filterOperators, FILTER_OPERATORS);
  for (const most of [limits.maxPoints, limits.maxDays]) {
    expect(most === null || (Number.isSafeInteger(most) && most > 0), `${most} is a limit`).toBe(true);
  }
  expect(limits.earliestDate === null || isCalendarDay(limits.earliestDate)).toBe(true);
  expect(Number.isSafeInteger(limits.maxBreakdowns) && limits.maxBreakdowns >= 0).toBe(true);
}

/** Assert that each value is one of those that are known, and stands there once. */
export function assertDistinct<Value>(values: readonly Value[], known: readonly NoInfer<Value>[], least = 0): void {
  expect(values.filter((value) => !known.includes(value))).toEqual([]);
  expect(new Set(values).size).toBe(values.length);
  expect(values.length).toBeGreaterThanOrEqual(least);
}
