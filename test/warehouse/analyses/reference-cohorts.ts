import type { Filter } from '../../../src/analytics/filters.ts';
import {
  bucketAfter,
  bucketOf,
  bucketsLater,
  bucketsWithin,
  startOf,
  type ReferenceCalendar,
} from './reference-calendar.ts';
import { passes, type ReferenceRow } from './reference-metrics.ts';

/** Rows of one event that pass all filters. */
export interface ReferenceSelector {
  readonly event: string;
  readonly filters: readonly Filter[];
}

/** What is asked of cohorts, whatever is counted about them. */
export interface ReferenceCohortQuestion {
  readonly calendar: ReferenceCalendar;
  /** Milliseconds since the epoch; the end does not belong to the period. */
  readonly start: number;
  readonly end: number;
  /** Until when rows are known, in milliseconds since the epoch. */
  readonly asOf: number;
  /** Null for any event. */
  readonly entry: ReferenceSelector | null;
  readonly isRecurring: boolean;
  readonly breakdown: readonly string[];
  readonly filters: readonly Filter[];
}

/** A user who entered a cohort. */
export interface ReferenceMember {
  readonly cohort: string;
  /** Every row that may be the entry: those at the same first moment. */
  readonly entries: readonly ReferenceRow[];
  /** All rows of the user that are known. */
  readonly rows: readonly ReferenceRow[];
  readonly dimensions: readonly (string | null)[];
}

/** Those whom a row of the answer is about. */
export interface ReferenceGroup {
  readonly cohort: string | null;
  readonly dimensions: readonly (string | null)[];
  readonly members: readonly ReferenceMember[];
}

/** Whether a row is of the event that is selected; any is where none is. */
export function isSelected(row: ReferenceRow, selector: ReferenceSelector | null): boolean {
  return selector === null || (row['name'] === selector.event && selector.filters.every((one) => passes(row, one)));
}

/** Everybody who entered, once for each cohort. */
export function membersOf(rows: readonly ReferenceRow[], question: ReferenceCohortQuestion): ReferenceMember[] {
  const known = rows.filter(
    (row) =>
      row['user_id'] !== null &&
      row.at.getTime() < question.asOf &&
      question.filters.every((filter) => passes(row, filter)),
  );
  const users = Map.groupBy(known, (row) => row['user_id']);
  return [...users.values()].flatMap((own) => {
    const entries = own.filter((row) => isSelected(row, question.entry));
    const within = (row: ReferenceRow): boolean =>
      row.at.getTime() >= question.start && row.at.getTime() < question.end;
    if (!question.isRecurring) return firstOf(entries).some(within) ? [toMember(firstOf(entries), own, question)] : [];
    const byCohort = Map.groupBy(entries.filter(within), (row) => bucketOf(row.at.getTime(), question.calendar));
    return [...byCohort.values()].map((ones) => toMember(firstOf(ones), own, question));
  });
}

function firstOf(rows: readonly ReferenceRow[]): ReferenceRow[] {
  const first = Math.min(...rows.map((row) => row.at.getTime()));
  return rows.filter((row) => row.at.getTime() === first);
}

function toMember(
  entries: readonly ReferenceRow[],
  rows: readonly ReferenceRow[],
  { calendar, breakdown }: ReferenceCohortQuestion,
): ReferenceMember {
  const values = entries.map((row) => breakdown.map((key) => (row[key] === null ? null : String(row[key]))));
  return {
    cohort: bucketOf(entries[0]?.at.getTime() ?? Number.NaN, calendar),
    entries,
    rows,
    dimensions: values.sort(compareValues)[0] ?? [],
  };
}

/** By the first value that differs; a missing one comes last. */
function compareValues(one: readonly (string | null)[], other: readonly (string | null)[]): number {
  for (const [index, value] of one.entries()) {
    const beside = other[index] ?? null;
    if (value === beside) continue;
    if (value === null) return 1;
    if (beside === null) return -1;
    return value < beside ? -1 : 1;
  }
  return 0;
}

/** The rows of an answer: all cohorts together, each cohort; with a breakdown each group of both, if anybody is in it. */
export function groupsOf(
  members: readonly ReferenceMember[],
  { calendar, start, end, asOf, breakdown, isRecurring }: ReferenceCohortQuestion,
): ReferenceGroup[] {
  if (start >= asOf) return [];
  const begun = bucketsWithin(start, end, calendar).filter((bucket) => startOf(bucket, calendar) < asOf);
  const groups = [...Map.groupBy(members, ({ dimensions }) => JSON.stringify(dimensions)).values()];
  const totals = [
    { cohort: null, dimensions: [], members },
    ...groups
      .filter(() => breakdown.length > 0)
      .map((own) => ({ cohort: null, dimensions: own[0]?.dimensions ?? [], members: own })),
  ];
  const cohorts = begun.flatMap((cohort): ReferenceGroup[] => {
    if (breakdown.length === 0) {
      return [{ cohort, dimensions: [], members: members.filter((one) => one.cohort === cohort) }];
    }
    return groups
      .map((own) => own.filter((one) => one.cohort === cohort))
      .filter((own) => own.length > 0)
      .map((own) => ({ cohort, dimensions: own[0]?.dimensions ?? [], members: own }));
  });
  return [...(isRecurring ? [] : totals), ...cohorts];
}

/** Whether the bucket at an offset has begun for the first of a row, and has ended for the last of it. */
export function timeOf(
  cohort: string | null,
  offset: number,
  { calendar, start, end, asOf }: ReferenceCohortQuestion,
): { readonly hasBegun: boolean; readonly hasEnded: boolean } {
  const all = bucketsWithin(start, end, calendar);
  const first = bucketsLater(cohort ?? all[0] ?? '', offset, calendar);
  const last = bucketsLater(cohort ?? all.at(-1) ?? '', offset, calendar);
  return {
    hasBegun: startOf(first, calendar) < asOf,
    hasEnded: startOf(bucketAfter(last, calendar), calendar) <= asOf,
  };
}
