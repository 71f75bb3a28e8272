import { bucketAfter, bucketOf, bucketsLater, startOf, type ReferenceCalendar } from './reference-calendar.ts';
import {
  groupsOf,
  isSelected,
  membersOf,
  timeOf,
  type ReferenceCohortQuestion,
  type ReferenceMember,
  type ReferenceSelector,
} from './reference-cohorts.ts';
import type { ReferenceRow } from './reference-metrics.ts';

/** What the reference is asked. */
export interface ReferenceValuesQuestion extends ReferenceCohortQuestion {
  /** Null for the revenue of all events; without a property, events are counted. */
  readonly value: { readonly event: ReferenceSelector; readonly property: 'revenue' | 'properties.n' | null } | null;
  readonly measure: 'REVENUE' | 'ARPU' | 'ARPPU';
  readonly offsetBy: 'PERIOD' | 'DAY';
  readonly days: readonly number[] | null;
  readonly cumulative: boolean;
  /** Whether all cohorts are asked for together only. */
  readonly isTotalOnly: boolean;
}

/** A row of the answer. */
export interface ReferenceValuesRow {
  readonly cohort: string | null;
  readonly isTotal: boolean;
  readonly dimensions: readonly (string | null)[];
  readonly size: number;
  readonly cells: readonly {
    readonly offset: number;
    readonly value: number | null;
    readonly share: null;
    readonly isComplete: boolean;
  }[];
  /** What a user has brought until the end of what is known. */
  readonly lifetimeValue: number | null;
}

/** Values by cohort, the slow way: every row of every user is looked at for every cell. */
export function referenceValues(
  rows: readonly ReferenceRow[],
  question: ReferenceValuesQuestion,
): ReferenceValuesRow[] {
  const groups = groupsOf(membersOf(rows, question), question);
  return groups
    .filter(({ cohort }) => cohort === null || !question.isTotalOnly)
    .map(({ cohort, dimensions, members }) => {
      const offsets = question.days?.toSorted((a, b) => a - b) ?? Array.from({ length: 401 }, (_, offset) => offset);
      const cells = [];
      for (const offset of offsets) {
        const { hasBegun, hasEnded } = timeAt(cohort, offset, question);
        if (!hasBegun) break;
        const value = hasEnded ? measure(members, offset, question) : null;
        cells.push({ offset, value, share: null, isComplete: hasEnded });
      }
      const lifetimeValue = measure(members, Infinity, { ...question, measure: 'ARPU', cumulative: true });
      return { cohort, isTotal: cohort === null, dimensions, size: members.length, cells, lifetimeValue };
    });
}

function measure(members: readonly ReferenceMember[], offset: number, question: ReferenceValuesQuestion) {
  let sum = 0;
  const payers = new Set<ReferenceMember>();
  for (const member of members) {
    for (const row of member.rows) {
      const value = valueOf(row, question.value);
      const found = offsetOf(row, member, question);
      if (value === null || found === null || !(question.cumulative ? found <= offset : found === offset)) continue;
      sum += value;
      if (value > 0) payers.add(member);
    }
  }
  if (question.measure === 'REVENUE') return sum;
  const users = question.measure === 'ARPU' ? members.length : payers.size;
  return users === 0 ? null : sum / users;
}

function valueOf(row: ReferenceRow, value: ReferenceValuesQuestion['value']): number | null {
  if (value !== null && !isSelected(row, value.event)) return null;
  if (value?.property === null) return 1;
  if (value === null || value.property === 'revenue') return row['revenue'] === null ? null : Number(row['revenue']);
  const read = row['properties'] === null ? null : (JSON.parse(String(row['properties'])) as { n: unknown }).n;
  return read === null || Number.isNaN(Number(read)) ? null : Number(read);
}

/** Null where the row is before the entry. */
function offsetOf(row: ReferenceRow, { entries }: ReferenceMember, question: ReferenceValuesQuestion): number | null {
  const entered = entries[0]?.at.getTime() ?? Number.NaN;
  const at = row.at.getTime();
  const calendar = offsetCalendar(question);
  return at < entered ? null : bucketsBetween(bucketOf(entered, calendar), bucketOf(at, calendar), calendar);
}

function bucketsBetween(from: string, to: string, calendar: ReferenceCalendar): number {
  return from === to ? 0 : 1 + bucketsBetween(bucketAfter(from, calendar), to, calendar);
}

function offsetCalendar({ calendar, offsetBy }: ReferenceValuesQuestion): ReferenceCalendar {
  return offsetBy === 'DAY' ? { ...calendar, interval: 'DAY' } : calendar;
}

function timeAt(cohort: string | null, offset: number, question: ReferenceValuesQuestion) {
  if (question.offsetBy === 'PERIOD') return timeOf(cohort, offset, question);
  const { start, end, asOf } = question;
  const days = offsetCalendar(question);
  const from = cohort === null ? start : Math.max(start, startOf(cohort, question.calendar));
  const to = cohort === null ? end : Math.min(end, startOf(bucketAfter(cohort, question.calendar), question.calendar));
  return {
    hasBegun: startOf(bucketsLater(bucketOf(from, days), offset, days), days) < asOf,
    hasEnded: startOf(bucketsLater(bucketOf(to - 1, days), offset + 1, days), days) <= asOf,
  };
}
