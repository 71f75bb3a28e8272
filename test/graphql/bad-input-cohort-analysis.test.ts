import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefused, unexpectedFailures } from '../server/refused-question.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';

let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServerUnderTest();
});
afterAll(() => server.close());

const GOOD = { source: 'sandbox-openpanel', period: { preset: 'LAST_30_DAYS' } };
const dates = (from: string, to: string) => ({ period: { dates: { from, to } } });

type Case = readonly [mistake: string, query: object, says: string];

const NONSENSE: readonly Case[] = [
  ['days before the entry', { offsetBy: 'DAY', days: [7, -1] }, 'query.days[1]: must not be negative'],
  ['no day', { offsetBy: 'DAY', days: [] }, 'query.days: must hold at least one day'],
  ['a day twice', { offsetBy: 'DAY', days: [7, 7] }, 'query.days: names a day twice'],
  ['a nameless entry', { entry: { event: '' } }, 'query.entry.event: must not be empty'],
  ['a day that does not exist', dates('2026-02-30', '2026-03-01'), 'query.period.dates.from: "2026-02-30" does not'],
  ['an unknown source', { source: 'openpanel' }, 'Did you mean "sandbox-openpanel"?'],
];

const UNFIT: readonly Case[] = [
  ['an unknown measure', { measure: 'PROFIT' }, 'Value "PROFIT" does not exist in "CohortMeasure" enum'],
  ['unknown money', { accounting: 'GROSS_MARGIN' }, 'Value "GROSS_MARGIN" does not exist in "Accounting" enum'],
  ['unknown offsets', { offsetBy: 'WEEK' }, 'Value "WEEK" does not exist in "CohortOffset" enum'],
  ['a word for a day', { offsetBy: 'DAY', days: ['seven'] }, 'Int cannot represent non-integer value: "seven"'],
  ['no period', { period: {} }, 'Exactly one key must be specified for OneOf type "PeriodInput"'],
  ['nothing to say of adding up', { cumulative: null }, 'Expected non-nullable type "Boolean!" not to be null'],
];

describe('a cohort analysis question', () => {
  it.each(NONSENSE)('with %s is bad user input', async (_mistake, query, says) => {
    const asked = { field: 'cohortAnalysis', variables: { query: { ...GOOD, ...query } } } as const;
    await expectRefused(server, asked, { code: 'BAD_USER_INPUT', says });
  });

  it.each(UNFIT)('with %s does not fit its type', async (_mistake, query, says) => {
    const operation = 'query ($query: CohortAnalysisQuery!) { cohortAnalysis(query: $query) { csv } }';
    const answer = await server.ask(operation, { query: { ...GOOD, ...query } });
    expect(answer.data).toBeUndefined();
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    expect(answer.errors?.[0]?.message).toContain(says);
  });

  it('to a source without it fails alone', async () => {
    const refusal = { code: 'CAPABILITY_NOT_SUPPORTED', says: 'Instal has no cohort analysis' };
    const error = await expectRefused(
      server,
      { field: 'cohortAnalysis', variables: { query: { ...GOOD, source: 'sandbox-instal' } } },
      refusal,
    );
    expect(error.message).toContain(
      'It offers: metrics, exports of raw rows. It hands out sums only, which say nothing of users.',
    );
    expect(error.extensions).toMatchObject({ source: 'sandbox-instal', provider: 'instal' });
  });

  it('with any mistake is nothing unexpected to the log', () => {
    expect(unexpectedFailures(server)).toEqual([]);
  });
});
