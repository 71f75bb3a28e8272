import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeRetention } from '../../../src/warehouse/analyses/retention.ts';
import { relationOf } from './relation-of.ts';
import { cohortQuestion, inOrder, LOG_TYPES, logs, oneLog, selector, toLogRows, withValues } from './random-cohorts.ts';
import { referenceRetention } from './reference-retention.ts';
import { startDatabase } from './start-database.ts';

const database = startDatabase();

const retention = fc.record({
  returning: fc.option(selector),
  entryKind: fc.constantFrom('FIRST_TIME', 'RECURRING'),
  mode: fc.constantFrom('N_DAY', 'ROLLING', 'BRACKET'),
  offsets: fc.option(fc.integer({ min: 1, max: 4 })),
});

describe('retention, beside a look at every row for every cell', () => {
  it('agrees for thousands of logs, each a group of its own', async () => {
    await fc.assert(
      fc.asyncProperty(cohortQuestion, retention, logs, async ({ period, asked, reference }, more, given) => {
        const rows = toLogRows(given, period);
        const question = { ...asked, ...more, breakdown: ['log', ...asked.breakdown], period };
        const answer = await computeRetention(relationOf(LOG_TYPES, rows), question, { ...database, asOf: asked.asOf });
        const isRecurring = more.entryKind === 'RECURRING';
        const expected = referenceRetention(rows, {
          ...reference,
          ...more,
          isRecurring,
          breakdown: question.breakdown,
        });
        expect(inOrder(answer.rows.map(withValues))).toEqual(inOrder(expected));
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('agrees without groups, cohorts that nobody entered among them', async () => {
    await fc.assert(
      fc.asyncProperty(cohortQuestion, retention, oneLog, async ({ period, asked, reference }, more, given) => {
        const rows = toLogRows([given], period);
        const question = { ...asked, ...more, breakdown: [], period };
        const answer = await computeRetention(relationOf(LOG_TYPES, rows), question, { ...database, asOf: asked.asOf });
        const isRecurring = more.entryKind === 'RECURRING';
        const expected = referenceRetention(rows, { ...reference, ...more, isRecurring, breakdown: [] });
        expect(answer.rows.map(withValues)).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
