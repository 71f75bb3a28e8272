import { expect } from 'vitest';
import type { DimensionValue } from '../../src/analytics/catalog.ts';
import type { CohortCell } from '../../src/analytics/cohort-analysis.ts';
import { isCalendarDay } from '../../src/analytics/period.ts';

/** A row of any report by cohort. */
interface Cohort {
  readonly cohort: string | null;
  readonly isTotal: boolean;
  readonly dimensions: readonly DimensionValue[];
  readonly size: number | null;
  readonly cells: readonly { readonly offset: number }[];
}

/** Given a row by cohort, return it as a fixture writes it: groups as an object. */
export function toPlainCohort<Row extends Cohort>({ dimensions, ...row }: Row): unknown {
  return { ...row, dimensions: Object.fromEntries(dimensions.map(({ dimension, value }) => [dimension, value])) };
}

/** Totals first, then the cohorts from the oldest, each once a group; offsets that rise; sizes that count. */
export function assertCohorts(rows: readonly Cohort[], breakdown: readonly string[]): void {
  const keys = rows.map(({ cohort, dimensions }) => JSON.stringify([cohort, dimensions]));
  expect(new Set(keys).size).toBe(keys.length);
  const cohorts = rows.map(({ cohort }) => cohort ?? '');
  expect(cohorts).toEqual(cohorts.toSorted());
  for (const { cohort, isTotal, dimensions, size, cells } of rows) {
    expect(cohort === null, 'only the row of all has no first day').toBe(isTotal);
    if (cohort !== null) expect(isCalendarDay(cohort), `${cohort} is a day`).toBe(true);
    const grouped = dimensions.map(({ dimension }) => dimension);
    // Everybody may stand before the groups.
    if (grouped.length > 0) expect(grouped).toEqual(breakdown);
    if (size !== null) expect(Number.isSafeInteger(size) && size >= 0, `${size} is a count`).toBe(true);
    assertOffsets(cells.map(({ offset }) => offset));
  }
}

function assertOffsets(offsets: readonly number[]): void {
  expect(offsets.every((offset) => Number.isInteger(offset) && offset >= 0)).toBe(true);
  expect(offsets).toEqual([...new Set(offsets)].sort((a, b) => a - b));
}

/** Values and shares that are numbers or null; a share is never negative. */
export function assertCohortCells(cells: readonly CohortCell[]): void {
  for (const { value, share } of cells) {
    for (const number of [value, share]) {
      expect(number === null || Number.isFinite(number), `${String(number)} is a number or null`).toBe(true);
    }
    if (share !== null) expect(share).toBeGreaterThanOrEqual(0);
  }
}
