import { expect } from 'vitest';
import {
  ACCOUNTINGS,
  COHORT_MEASURES,
  COHORT_OFFSETS,
  cohortAnalysisRequestInput,
  type CohortAnalysisCapability,
  type CohortAnalysisReport,
} from '../../src/analytics/cohort-analysis.ts';
import { assertCohortCells, assertCohorts, toPlainCohort } from './cohorts.ts';
import { defineContract } from './contract.ts';
import { assertDistinct, assertLimits } from './limits.ts';

export const cohortAnalysisContract = defineContract({
  smallest: {
    period: { preset: 'YESTERDAY' },
    interval: 'MONTH',
    measure: 'REVENUE',
    accounting: 'GROSS',
    offsetBy: 'PERIOD',
    cumulative: false,
    breakdown: [],
    filters: [],
  },
  input: cohortAnalysisRequestInput,
  fetch: (request, { reports }) => reports.cohortAnalysis(request),
  toPlain: ({ unit, currency, rows, freshness }: CohortAnalysisReport) => ({
    unit,
    currency,
    rows: rows.map(toPlainCohort),
    isSettled: freshness.isSettled,
    completeness: freshness.completeness,
  }),
  assertSound: ({ measure, unit, currency, rows, breakdown }) => {
    assertCohorts(rows, breakdown);
    const isCount = measure === 'SUBSCRIBERS' || measure === 'SUBSCRIPTIONS';
    for (const { cells } of rows) {
      assertCohortCells(cells);
      if (isCount) expect(cells.filter(({ value }) => value !== null && !Number.isSafeInteger(value))).toEqual([]);
    }
    expect(unit === 'MONEY').toBe(!isCount);
    if (isCount) expect(currency).toBeNull();
    else expect(currency ?? 'USD').toMatch(/^[A-Z]{3}$/);
  },
  assertOffered: ({ limits, cohortAnalysis }: CohortAnalysisCapability) => {
    assertLimits(limits);
    assertDistinct(cohortAnalysis.measures, COHORT_MEASURES, 1);
    assertDistinct(cohortAnalysis.accountings, ACCOUNTINGS, 1);
    assertDistinct(cohortAnalysis.offsetBy, COHORT_OFFSETS, 1);
  },
});
