import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Interval } from '../../../src/analytics/period.ts';
import { computeCohortAnalysis } from '../../../src/warehouse/analyses/cohort-analysis.ts';
import { computeLifetimeValue } from '../../../src/warehouse/analyses/lifetime-value.ts';
import { relationOf } from './relation-of.ts';
import { cohortQuestion, inOrder, LOG_TYPES, logs, oneLog, selector, toLogRows, withValues } from './random-cohorts.ts';
import { referenceValues } from './reference-cohort-values.ts';
import { startDatabase } from './start-database.ts';

const database = startDatabase();

const values = fc
  .record({
    value: fc.option(fc.record({ event: selector, property: fc.constantFrom(null, 'revenue', 'properties.n') })),
    measure: fc.constantFrom('REVENUE', 'ARPU', 'ARPPU', 'ARPPU'),
    offsetBy: fc.constantFrom('PERIOD', 'DAY'),
    days: fc.option(fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 })),
    cumulative: fc.boolean(),
    isTotalOnly: fc.constantFrom(false, false, true),
    accounting: fc.constant('GROSS'),
  })
  .map(({ isTotalOnly, days, ...asked }) => {
    const isByDay = asked.offsetBy === 'DAY';
    return { ...asked, days: isByDay ? days : null, isTotalOnly: isByDay && isTotalOnly };
  });

describe('cohort analyses and lifetime values, beside a look at every row for every cell', () => {
  it('agree for thousands of logs, each a group of its own', async () => {
    await fc.assert(
      fc.asyncProperty(cohortQuestion, values, logs, async ({ period, asked, reference }, more, given) => {
        const rows = toLogRows(given, period);
        const breakdown = ['log', ...asked.breakdown];
        const interval: Interval = more.isTotalOnly ? 'TOTAL' : asked.interval;
        const question = { ...asked, ...more, interval, breakdown, period };
        const tools = { ...database, asOf: asked.asOf, currency: 'EUR' };
        const answer = await computeCohortAnalysis(relationOf(LOG_TYPES, rows), question, tools);
        const asReference = { ...reference, ...more, isRecurring: false, breakdown };
        const expected = referenceValues(rows, asReference);
        expect(inOrder(answer.rows.map(withValues))).toEqual(
          inOrder(expected.map(({ lifetimeValue: _, ...row }) => row)),
        );
      }),
      { numRuns: 120 },
    );
  }, 60_000);

  it('agree without groups, cohorts that nobody entered among them', async () => {
    await fc.assert(
      fc.asyncProperty(cohortQuestion, values, oneLog, async ({ period, asked, reference }, more, given) => {
        const rows = toLogRows([given], period);
        const interval: Interval = more.isTotalOnly ? 'TOTAL' : asked.interval;
        const question = { ...asked, ...more, interval, breakdown: [], period };
        const tools = { ...database, asOf: asked.asOf, currency: 'EUR' };
        const answer = await computeLifetimeValue(relationOf(LOG_TYPES, rows), question, tools);
        const lifetime = { measure: 'ARPU', cumulative: true, days: null } as const;
        const asReference = { ...reference, ...more, ...lifetime, isRecurring: false, breakdown: [] };
        expect(answer.rows.map(withValues)).toEqual(referenceValues(rows, asReference));
      }),
      { numRuns: 120 },
    );
  }, 60_000);
});
