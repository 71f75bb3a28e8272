import type { DimensionValue } from '../../analytics/catalog.ts';
import { ResultTooLargeError } from '../../errors.ts';
import { MAX_OFFSETS, timeOfCell, type CohortPlace, type CohortTimes } from './cohort-times.ts';

/** Most cells of one answer: rows times offsets. */
export const MAX_CELLS = 1_000_000;

/** What was counted of those whom a row is about. */
export interface CohortGroup {
  readonly place: CohortPlace;
  readonly dimensions: readonly DimensionValue[];
  readonly size: number;
  /** By offset, rising. */
  readonly numbers: ReadonlyMap<number, readonly number[]>;
}

/** How counted rows are read. */
export interface CohortReading {
  readonly times: CohortTimes;
  readonly breakdown: readonly string[];
  /** Whether nobody is in two cohorts, so that all of them may be added up. */
  readonly hasTotals: boolean;
}

/**
 * Given rows of the index of a cohort, a value for each dimension, an offset and numbers of it, or no offset and the cohort's size, return what was counted: all cohorts
 * together first, with a breakdown then those of each group, the largest first, then each cohort in its order. Without a breakdown there is a row for every cohort.
 */
export function toCohortGroups(
  rows: readonly unknown[][],
  { times, breakdown, hasTotals }: CohortReading,
): CohortGroup[] {
  if (times.offsets.starts.length === 0) return [];
  const counts = rows.map((row) => toCount(row, breakdown));
  const groups = [...Map.groupBy(counts, ({ dimensions }) => keyOf(dimensions)).values()];
  const sorted = groups
    .map((own) => toGroup(times.total, own, own[0]?.dimensions ?? []))
    .sort((one, other) => other.size - one.size || (keyOf(one.dimensions) < keyOf(other.dimensions) ? -1 : 1));
  const byPlace = Map.groupBy(counts, ({ cohort, dimensions }) => `${cohort} ${keyOf(dimensions)}`);
  const named = breakdown.length === 0 ? [{ dimensions: [] }] : sorted;
  const cohorts = times.places.flatMap((place, cohort) =>
    named.flatMap(({ dimensions }): CohortGroup[] => {
      const own = byPlace.get(`${cohort} ${keyOf(dimensions)}`) ?? [];
      return own.length === 0 && breakdown.length > 0 ? [] : [toGroup(place, own, dimensions)];
    }),
  );
  const totals = [toGroup(times.total, counts, []), ...(breakdown.length === 0 ? [] : sorted)];
  return [...(hasTotals ? totals : []), ...cohorts];
}

interface Count {
  readonly cohort: number;
  readonly dimensions: readonly DimensionValue[];
  /** Null for the size of the cohort. */
  readonly offset: number | null;
  readonly numbers: readonly number[];
}

function toCount([cohort, ...row]: readonly unknown[], breakdown: readonly string[]): Count {
  const [offset, ...numbers] = row.slice(breakdown.length);
  return {
    cohort: Number(cohort),
    dimensions: breakdown.map((dimension, index) => {
      const value = row[index];
      return { dimension, value: typeof value === 'string' ? value : null };
    }),
    offset: offset === null ? null : Number(offset),
    numbers: numbers.map(Number),
  };
}

function keyOf(dimensions: readonly DimensionValue[]): string {
  return JSON.stringify(dimensions.map(({ value }) => value));
}

function toGroup(place: CohortPlace, counts: readonly Count[], dimensions: readonly DimensionValue[]): CohortGroup {
  const sums = new Map<number, readonly number[]>();
  let size = 0;
  for (const { offset, numbers } of counts) {
    if (offset === null) size += numbers[0] ?? 0;
    else sums.set(offset, addUp(sums.get(offset) ?? [], numbers));
  }
  return { place, dimensions, size, numbers: new Map([...sums].sort(([one], [other]) => one - other)) };
}

function addUp(some: readonly number[], others: readonly number[]): number[] {
  return others.map((number, index) => number + (some[index] ?? 0));
}

/** What a cell is made from. */
export interface CellPlace {
  readonly offset: number;
  /** Whether its time has passed for everybody: else its number is not known yet. */
  readonly isComplete: boolean;
}

/** Given groups and which offsets are asked for (a list, or how many after 0), return the cells of each: those whose time has begun for somebody. */
export function placeCells(
  groups: readonly CohortGroup[],
  asked: readonly number[] | number | null,
  times: CohortTimes,
): (readonly CellPlace[])[] {
  const offsets =
    asked !== null && typeof asked !== 'number'
      ? asked.toSorted((one, other) => one - other)
      : Array.from({ length: (asked ?? MAX_OFFSETS) + 1 }, (_, offset) => offset);
  let count = 0;
  return groups.map(({ place }) => {
    const toCome = offsets.findIndex((offset) => timeOfCell(place, offset, times) === 'TO_COME');
    const begun = toCome === -1 ? offsets : offsets.slice(0, toCome);
    count += begun.length;
    if (count > MAX_CELLS) throw tooManyCells();
    return begun.map((offset) => ({ offset, isComplete: timeOfCell(place, offset, times) === 'PASSED' }));
  });
}

/** The refusal of an answer with too many cells. */
export function tooManyCells(): ResultTooLargeError {
  return new ResultTooLargeError(
    `More than ${MAX_CELLS} cells. Break down by a dimension of fewer values, or ask for fewer offsets, a shorter period or a longer interval`,
  );
}
