import { bucketAfter, bucketOf, type ReferenceCalendar } from './reference-calendar.ts';
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
export interface ReferenceRetentionQuestion extends ReferenceCohortQuestion {
  /** Null for any event. */
  readonly returning: ReferenceSelector | null;
  readonly mode: 'N_DAY' | 'ROLLING' | 'BRACKET';
  readonly offsets: number | null;
}

/** A row of the answer. */
export interface ReferenceRetentionRow {
  readonly cohort: string | null;
  readonly isTotal: boolean;
  readonly dimensions: readonly (string | null)[];
  readonly size: number;
  readonly cells: readonly {
    readonly offset: number;
    readonly count: number | null;
    readonly rate: number | null;
    readonly isComplete: boolean;
  }[];
}

/** Retention, the slow way: every row of every user is looked at for every cell. */
export function referenceRetention(
  rows: readonly ReferenceRow[],
  question: ReferenceRetentionQuestion,
): ReferenceRetentionRow[] {
  return groupsOf(membersOf(rows, question), question).map(({ cohort, dimensions, members }) => {
    const cells = [];
    for (let offset = 0; offset <= (question.offsets ?? 400); offset += 1) {
      const { hasBegun, hasEnded } = timeOf(cohort, offset, question);
      if (!hasBegun) break;
      const count = members.filter((member) => hasReturned(member, offset, question)).length;
      cells.push({
        offset,
        count: hasEnded ? count : null,
        rate: hasEnded && members.length > 0 ? count / members.length : null,
        isComplete: hasEnded,
      });
    }
    return { cohort, isTotal: cohort === null, dimensions, size: members.length, cells };
  });
}

function hasReturned(
  { cohort, entries, rows }: ReferenceMember,
  offset: number,
  { returning, mode, calendar }: ReferenceRetentionQuestion,
): boolean {
  return entries.some((entry) =>
    rows.some((row) => {
      if (row === entry || row.at.getTime() < entry.at.getTime() || !isSelected(row, returning)) return false;
      const found = bucketsBetween(cohort, bucketOf(row.at.getTime(), calendar), calendar);
      return mode === 'N_DAY' ? found === offset : mode === 'ROLLING' ? found >= offset : found <= offset;
    }),
  );
}

function bucketsBetween(from: string, to: string, calendar: ReferenceCalendar): number {
  return from === to ? 0 : 1 + bucketsBetween(bucketAfter(from, calendar), to, calendar);
}
