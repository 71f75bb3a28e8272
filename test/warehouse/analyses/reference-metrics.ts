import type { Filter } from '../../../src/analytics/filters.ts';

/** A row as the reference reads it: texts, numbers and when it was. */
export interface ReferenceRow {
  readonly at: Date;
  readonly [column: string]: string | number | Date | null;
}

/** The spans of time of one period: how many, and the one that a moment falls into; null outside of them all. */
export interface ReferenceBuckets {
  readonly count: number;
  readonly indexOf: (at: Date) => number | null;
}

/** The number of some rows; they may be none. */
export type ReferenceMeasure = (rows: readonly ReferenceRow[]) => number | null;

/** What the reference is asked. */
export interface ReferenceQuestion {
  readonly selections: readonly { readonly measure: ReferenceMeasure; readonly filters: readonly Filter[] }[];
  readonly buckets: ReferenceBuckets;
  readonly breakdown: readonly string[];
  readonly comparison: ReferenceBuckets | null;
}

/** One series of the answer. */
export interface ReferenceSeries {
  readonly selection: number;
  readonly dimensions: readonly { readonly dimension: string; readonly value: string | null }[];
  readonly total: number | null;
  readonly values: readonly (number | null)[];
  readonly previousTotal: number | null;
  readonly previous: readonly (number | null)[] | null;
}

/** The order of groups says nothing: given series, return them in one that does not depend on it. */
export function inOrder<Series extends Pick<ReferenceSeries, 'selection' | 'dimensions'>>(
  series: readonly Series[],
): Series[] {
  const keyOf = ({ selection, dimensions }: Series) =>
    JSON.stringify([selection, dimensions.map(({ value }) => value)]);
  return series.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

/** Whether a row passes a filter, for the operators that tests use. */
export function passes(row: ReferenceRow, { dimension, operator, values }: Filter): boolean {
  const found = row[dimension] ?? null;
  const value = found === null ? null : String(found);
  switch (operator) {
    case 'IS':
      return value !== null && values.includes(value);
    case 'IS_NOT':
      return value === null || !values.includes(value);
    case 'IS_SET':
      return value !== null;
    case 'IS_NOT_SET':
      return value === null;
    default:
      throw new Error(`The reference does not know ${operator}`);
  }
}

/** The series of every selection and group, the slow way: each number from a list of its own rows. */
export function referenceSeries(rows: readonly ReferenceRow[], question: ReferenceQuestion): ReferenceSeries[] {
  const { selections, buckets, breakdown, comparison } = question;
  return selections.flatMap(({ measure, filters }, selection) => {
    const kept = rows.filter((row) => filters.every((filter) => passes(row, filter)));
    const within = kept.filter((row) => isWithin(row, buckets) || (comparison !== null && isWithin(row, comparison)));
    const groups = breakdown.length === 0 ? [[]] : groupsOf(within, breakdown);
    return groups.map((group) => {
      const own = kept.filter((row) => breakdown.every((key, index) => textOf(row, key) === group[index]));
      return {
        selection,
        dimensions: breakdown.map((dimension, index) => ({ dimension, value: group[index] ?? null })),
        total: measure(own.filter((row) => isWithin(row, buckets))),
        values: valuesOf(own, { measure, buckets }),
        previousTotal: comparison && measure(own.filter((row) => isWithin(row, comparison))),
        previous: comparison && valuesOf(own, { measure, buckets: comparison }),
      };
    });
  });
}

function valuesOf(
  rows: readonly ReferenceRow[],
  { measure, buckets }: { measure: ReferenceMeasure; buckets: ReferenceBuckets },
): (number | null)[] {
  return Array.from({ length: buckets.count }, (_, index) =>
    measure(rows.filter(({ at }) => buckets.indexOf(at) === index)),
  );
}

function isWithin({ at }: ReferenceRow, { indexOf }: ReferenceBuckets): boolean {
  return indexOf(at) !== null;
}

function groupsOf(rows: readonly ReferenceRow[], breakdown: readonly string[]): (string | null)[][] {
  const seen = rows.map((row) => breakdown.map((key) => textOf(row, key)));
  return seen.filter((group, index) => seen.findIndex((other) => isEqual(other, group)) === index);
}

function isEqual(one: readonly (string | null)[], other: readonly (string | null)[]): boolean {
  return one.every((value, index) => value === other[index]);
}

function textOf(row: ReferenceRow, key: string): string | null {
  const value = row[key] ?? null;
  return value === null ? null : String(value);
}
