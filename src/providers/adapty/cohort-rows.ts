import { Temporal } from 'temporal-polyfill';
import type { DimensionValue } from '../../analytics/catalog.ts';
import type { CohortCell, CohortOffset } from '../../analytics/cohort-analysis.ts';
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

/** The time of day, and whose days are meant. */
export interface Moment {
  readonly timezone: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Given who entered when, return how far the time of a day after entry has come. */
export function timeOfDay({ entered }: RowPlace, offset: number, { timezone, now }: Moment): CellTime {
  if (epochOf(entered.first, offset, timezone) > now) return 'TO_COME';
  return epochOf(entered.last, offset + 1, timezone) <= now ? 'PASSED' : 'RUNNING';
}

// Weekly is the shortest subscription there is: before so many weeks nobody knows who else will renew.
const SHORTEST_PERIOD_DAYS = 7;

/** Given who entered when, return whether the time of a renewal after the first payment can have passed for everybody. */
export function timeOfRenewal({ entered }: RowPlace, renewals: number, { timezone, now }: Moment): CellTime {
  const days = Math.max(0, renewals) * SHORTEST_PERIOD_DAYS + 1;
  return epochOf(entered.last, days, timezone) <= now ? 'PASSED' : 'RUNNING';
}

function epochOf(day: string, days: number, timezone: string): number {
  return startOfDay(Temporal.PlainDate.from(day).add({ days }), timezone).epochMilliseconds;
}

/** One number of a cohort, as Adapty has it. */
export interface CohortNumber {
  readonly offset: number;
  readonly value: number | null;
  /** Of the first offset's value. */
  readonly percentage: number | null;
  /** Whether Adapty says that its time is running. */
  readonly isRunning: boolean;
}

/** Given the numbers of a cohort, return its cells: null while their time has not come. */
export function toCohortCells(
  numbers: readonly CohortNumber[],
  { place, offsetBy, ...time }: Moment & { readonly place: RowPlace; readonly offsetBy: CohortOffset },
): CohortCell[] {
  return numbers
    .map(({ offset, value, percentage, isRunning }): CohortCell => {
      // Periods are numbered from the first payment on, which is no renewal.
      const passed = offsetBy === 'DAY' ? timeOfDay(place, offset, time) : timeOfRenewal(place, offset - 1, time);
      const known = passed === 'TO_COME' ? null : value;
      return {
        offset,
        value: known,
        share: known === null || percentage === null ? null : percentage / 100,
        isComplete: known !== null && passed === 'PASSED' && !isRunning,
      };
    })
    .sort((a, b) => a.offset - b.offset);
}

function dayBefore(day: string): string {
  return Temporal.PlainDate.from(day).subtract({ days: 1 }).toString();
}
