import { Temporal } from 'temporal-polyfill';
import type { DimensionValue } from '../../analytics/catalog.ts';
import type { Interval, Period } from '../../analytics/period.ts';
import { startOfDay } from '../../analytics/period.ts';
import { createTimeAxis } from '../../analytics/time-axis.ts';
import { isTotal, requireDay, toDimensions, type Segment } from './segments.ts';
import { createDayIndex } from './series.ts';

/** Whom a row of a report by cohort is about. */
export interface RowPlace {
  readonly cohort: string | null;
  readonly isTotal: boolean;
  readonly dimensions: readonly DimensionValue[];
  /** The first and the last calendar day on which they entered. */
  readonly entered: { readonly first: string; readonly last: string };
}

/** What rows are placed in. */
export interface CohortQuestion {
  readonly period: Period;
  readonly interval: Interval;
  readonly breakdown: readonly string[];
}

/** Given the segments of an answer, return them with their places: the rows of all cohorts first, then the cohorts, the oldest first. */
export function placeRows<S extends Segment>(
  segments: readonly S[],
  { period, interval, breakdown }: CohortQuestion,
): { readonly segment: S; readonly place: RowPlace }[] {
  const entered = { first: period.firstDay, last: period.lastDay };
  const totals = segments
    .filter(isTotal)
    .map((segment) => ({ segment, place: { cohort: null, isTotal: true, dimensions: [], entered } }));
  const others = segments.filter((segment) => !isTotal(segment));
  if (breakdown.length > 0) {
    // All cohorts of one group.
    const groups = others.map((segment) => {
      const dimensions = toDimensions(segment, breakdown);
      return { segment, place: { cohort: null, isTotal: true, dimensions, entered } };
    });
    return [...totals, ...groups];
  }
  if (interval === 'TOTAL') return totals;
  const toPlace = createPlaces(period, interval);
  const cohorts = others.map((segment) => ({ segment, place: toPlace(requireDay(segment)) }));
  return [...totals, ...cohorts.sort((a, b) => (a.place.cohort < b.place.cohort ? -1 : 1))];
}

function createPlaces(period: Period, interval: Interval) {
  const { dates } = createTimeAxis(period, interval);
  const indexOf = createDayIndex(createTimeAxis(period, interval), period);
  return (day: string) => {
    const index = indexOf(day);
    const cohort = (index === undefined ? undefined : dates?.[index]) ?? day;
    const next = index === undefined ? undefined : dates?.[index + 1];
    const first = cohort < period.firstDay ? period.firstDay : cohort;
    const last = next === undefined ? period.lastDay : dayBefore(next);
    return { cohort, isTotal: false, dimensions: [], entered: { first, last } };
  };
}

/** How far a cell's time has come: not begun for anybody, begun for some, passed for everybody. */
export type CellTime = 'TO_COME' | 'RUNNING' | 'PASSED';

/** Given who entered when, return how far the time of a day after entry has come. */
export function timeOfDay(
  { entered }: RowPlace,
  offset: number,
  { timezone, now }: { timezone: string; now: number },
): CellTime {
  const momentOf = (day: string, days: number) =>
    startOfDay(Temporal.PlainDate.from(day).add({ days }), timezone).epochMilliseconds;
  if (momentOf(entered.first, offset) > now) return 'TO_COME';
  return momentOf(entered.last, offset + 1) <= now ? 'PASSED' : 'RUNNING';
}

function dayBefore(day: string): string {
  return Temporal.PlainDate.from(day).subtract({ days: 1 }).toString();
}
