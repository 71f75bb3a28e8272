import type { CohortCell, CohortOffset } from '../../analytics/cohort-analysis.ts';
import { timeOfDay, type CellTime, type RowPlace } from './cohort-rows.ts';

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
  { place, offsetBy, ...time }: { place: RowPlace; offsetBy: CohortOffset; timezone: string; now: number },
): CohortCell[] {
  return numbers
    .map(({ offset, value, percentage, isRunning }): CohortCell => {
      // Paid periods are as long as each one's subscription: only Adapty knows when they have passed.
      const passed: CellTime = offsetBy === 'DAY' ? timeOfDay(place, offset, time) : 'PASSED';
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
