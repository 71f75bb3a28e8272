import { expect } from 'vitest';
import { ACCOUNTINGS, COHORT_OFFSETS } from '../../src/analytics/cohort-analysis.ts';
import {
  lifetimeValueRequestInput,
  type LifetimeValueCapability,
  type LifetimeValueReport,
} from '../../src/analytics/lifetime-value.ts';
import { assertCohortCells, assertCohorts, toPlainCohort } from './cohorts.ts';
import { defineContract } from './contract.ts';
import { assertDistinct, assertLimits } from './limits.ts';

export const lifetimeValueContract = defineContract({
  smallest: {
    period: { preset: 'YESTERDAY' },
    interval: 'MONTH',
    accounting: 'GROSS',
    offsetBy: 'PERIOD',
    breakdown: [],
    filters: [],
  },
  input: lifetimeValueRequestInput,
  fetch: (request, { reports }) => reports.lifetimeValue(request),
  toPlain: ({ currency, rows, freshness }: LifetimeValueReport) => ({
    currency,
    rows: rows.map(toPlainCohort),
    isSettled: freshness.isSettled,
    completeness: freshness.completeness,
  }),
  // Refunds take money back: what a user has been worth may shrink from offset to offset.
  assertSound: ({ currency, rows, breakdown }) => {
    assertCohorts(rows, breakdown);
    expect(currency ?? 'USD').toMatch(/^[A-Z]{3}$/);
    for (const { cells, lifetimeValue } of rows) {
      assertCohortCells(cells);
      expect(lifetimeValue === null || Number.isFinite(lifetimeValue), `${lifetimeValue} is money`).toBe(true);
    }
  },
  assertOffered: ({ limits, lifetimeValue }: LifetimeValueCapability) => {
    assertLimits(limits);
    assertDistinct(lifetimeValue.accountings, ACCOUNTINGS, 1);
    assertDistinct(lifetimeValue.offsetBy, COHORT_OFFSETS, 1);
  },
});
