import type { RetentionCell, RetentionResult } from '../../analytics/retention.ts';
import type { AnalysisTools } from './analysis-tools.ts';
import { MAX_CELLS, placeCells, toCohortGroups, tooManyCells, type CohortGroup } from './cohort-groups.ts';
import { createCohortTimes, MAX_OFFSETS } from './cohort-times.ts';
import type { EventRelation } from './event-relation.ts';
import { toRetentionSql, type RetentionQuestion } from './retention-sql.ts';

/** What reports by cohort are computed with. */
export interface CohortTools extends AnalysisTools {
  /** Until when rows are known, in milliseconds since the epoch: what has not ended by then is not complete. */
  readonly asOf: number;
}

/**
 * Given events and a question, return how many came back; docs/definitions/retention.md says what counts. The events may begin before the period: whoever entered there
 * has not entered for the first time in it.
 */
export async function computeRetention(
  events: EventRelation,
  question: RetentionQuestion,
  { database, signal, asOf }: CohortTools,
): Promise<Omit<RetentionResult, 'freshness'>> {
  const { period, interval, breakdown, entryKind, mode, offsets } = question;
  // Whoever comes back after the last offset has, with ROLLING, come back at it.
  const lastOffset = mode === 'ROLLING' ? null : (offsets ?? MAX_OFFSETS);
  const times = createCohortTimes({ period, interval, offsetBy: 'PERIOD', asOf, lastOffset });
  const sql = toRetentionSql(events, question, { times, limit: MAX_CELLS + 1 });
  const rows = await database.rows(sql, signal);
  if (rows.length > MAX_CELLS) throw tooManyCells();
  const groups = toCohortGroups(rows, { times, breakdown, hasTotals: entryKind === 'FIRST_TIME' });
  const places = placeCells(groups, offsets, times);
  return {
    rows: groups.map((group, index) => {
      const { place, dimensions, size } = group;
      const countAt = createCounts(group, mode);
      const cells = (places[index] ?? []).map(({ offset, isComplete }): RetentionCell => {
        const count = isComplete ? countAt(offset) : null;
        return { offset, count, rate: count === null || size === 0 ? null : count / size, isComplete };
      });
      return { cohort: place.cohort, isTotal: place.cohort === null, dimensions, size, cells };
    }),
  };
}

/** With ROLLING and BRACKET each user is counted at one offset only; return how many users a cell shows. */
function createCounts({ numbers }: CohortGroup, mode: RetentionQuestion['mode']): (offset: number) => number {
  const countAt = (offset: number): number => numbers.get(offset)?.[0] ?? 0;
  if (mode === 'N_DAY') return countAt;
  const last = Math.max(-1, ...numbers.keys());
  const offsets = Array.from({ length: last + 1 }, (_, offset) => offset);
  const sums: number[] = [];
  let sum = 0;
  for (const offset of mode === 'ROLLING' ? offsets.toReversed() : offsets) {
    sum += countAt(offset);
    sums[offset] = sum;
  }
  return (offset) => sums[offset] ?? (mode === 'ROLLING' ? 0 : sum);
}
