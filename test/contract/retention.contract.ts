import { expect } from 'vitest';
import { COHORT_OFFSETS } from '../../src/analytics/cohort-analysis.ts';
import {
  RETENTION_ENTRIES,
  RETENTION_MODES,
  retentionRequestInput,
  type RetentionCapability,
  type RetentionReport,
  type RetentionRow,
} from '../../src/analytics/retention.ts';
import { defineContract } from './contract.ts';
import { assertDistinct, assertLimits } from './limits.ts';
import { assertCohorts, toPlainCohort } from './cohorts.ts';

export const retentionContract = defineContract({
  smallest: {
    period: { preset: 'YESTERDAY' },
    interval: 'DAY',
    entryKind: 'FIRST_TIME',
    mode: 'N_DAY',
    breakdown: [],
    filters: [],
  },
  input: retentionRequestInput,
  fetch: (request, { reports }) => reports.retention(request),
  toPlain: ({ rows, average, freshness }: RetentionReport) => ({
    rows: rows.map(toPlainCohort),
    average,
    isSettled: freshness.isSettled,
    completeness: freshness.completeness,
  }),
  assertSound: ({ rows, average, breakdown }) => {
    assertCohorts(rows, breakdown);
    for (const row of rows) assertReturns(row);
    assertReturns({ size: null, cells: average });
    expect(average.filter(({ isComplete }) => !isComplete)).toEqual([]);
  },
  assertOffered: ({ limits, retention }: RetentionCapability) => {
    assertLimits(limits);
    assertDistinct(retention.modes, RETENTION_MODES, 1);
    assertDistinct(retention.entryKinds, RETENTION_ENTRIES, 1);
    assertDistinct([retention.offsetBy], COHORT_OFFSETS);
    const { maxOffsets } = retention;
    expect(maxOffsets === null || (Number.isSafeInteger(maxOffsets) && maxOffsets > 0)).toBe(true);
  },
});

/** Nobody comes back who did not enter; nothing is known only while its time has not come. */
function assertReturns({ size, cells }: Pick<RetentionRow, 'size' | 'cells'>): void {
  for (const { count, rate, isComplete } of cells) {
    if (rate !== null) expect(rate >= 0 && rate <= 1, `${rate} is a fraction`).toBe(true);
    if (count !== null) {
      expect(Number.isSafeInteger(count) && count >= 0, `${count} is a count`).toBe(true);
      expect(count).toBeLessThanOrEqual(size ?? Infinity);
      if (size) expect(rate).toBeCloseTo(count / size, 3);
    }
    if (count === null && rate === null && size !== 0) expect(isComplete, 'a complete cell holds a number').toBe(false);
  }
}
