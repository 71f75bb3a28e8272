import type { DimensionValue } from '../../analytics/catalog.ts';
import type { Period } from '../../analytics/period.ts';
import type { TimeAxis } from '../../analytics/time-axis.ts';
import { ProviderResponseError } from '../../errors.ts';
import type { AdaptySeriesResponse } from './responses.ts';
import { isTotal, toDimensions } from './segments.ts';

/** One group of an answer, aligned to an axis. */
export interface SeriesGroup {
  readonly dimensions: readonly DimensionValue[];
  /** Adapty's own number for the whole period; null where it gives none. */
  readonly value: number | null;
  /** In the answer's order, whatever the axis. */
  readonly points: readonly (number | null)[];
  /** One value a bucket of the axis. */
  readonly values: readonly (number | null)[];
}

/** What a chart's answer is read with. */
export interface SeriesContext {
  readonly period: Period;
  /** Without buckets for `TOTAL`. */
  readonly axis: TimeAxis;
  readonly breakdown: readonly string[];
}

/** Given a chart's answer, return its groups by a key of their dimensions: one without a breakdown. */
export function readGroups(
  { data, value }: { readonly data: readonly AdaptySeriesResponse[]; readonly value: number | null },
  context: SeriesContext,
): ReadonlyMap<string, SeriesGroup> {
  const { breakdown } = context;
  const segments =
    breakdown.length === 0
      ? [{ ...onlySeries(data), value }]
      : // The line of all segments together is none of them.
        data.filter((series) => !isTotal(series));
  return new Map(
    segments.map((series) => {
      const dimensions = toDimensions(series, breakdown);
      const points = series.values.map(({ y }) => y);
      const group = { dimensions, value: series.value ?? null, points, values: alignPoints(series, context) };
      return [keyOf(dimensions), group];
    }),
  );
}

/** A text that is equal for equal groups. */
export function keyOf(dimensions: readonly DimensionValue[]): string {
  return JSON.stringify(dimensions.map(({ value }) => value));
}

function onlySeries(data: readonly AdaptySeriesResponse[]): AdaptySeriesResponse {
  const found = data.length > 1 ? data.find(isTotal) : (data[0] ?? { values: [] });
  if (found) return found;
  throw new ProviderResponseError(`Adapty answered with ${data.length} lines to a question without a breakdown.`);
}

function alignPoints(
  { values: points }: AdaptySeriesResponse,
  { axis, period }: SeriesContext,
): readonly (number | null)[] {
  const values = new Array<number | null>(axis.epochs.length).fill(null);
  if (values.length === 0) return values;
  const indexOf = createDayIndex(axis, period);
  for (const { x, y } of points) {
    // The day is as written: 2026-08-05T00:00:00.000000+0300 in UTC would be the day before.
    const index = indexOf(x.slice(0, 10));
    if (index === undefined) {
      throw new ProviderResponseError(`Adapty answered with a value of a day on which no ${axis.interval} begins.`);
    }
    values[index] = y;
  }
  return values;
}

/** Given an axis, return what finds the bucket of a day that Adapty names it by. */
export function createDayIndex(axis: TimeAxis, period: Period): (day: string) => number | undefined {
  const indexes = new Map(axis.dates?.map((date, index) => [date, index]));
  // A bucket that the period starts within may be named by its own first day or by the period's.
  if (indexes.size > 0) indexes.set(period.firstDay, 0);
  return (day) => indexes.get(day);
}
