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
  ['a nameless dimension', { breakdown: ['country', ''] }, 'query.breakdown[1]: must not be empty'],
  ['a day that does not exist', dates('2026-02-30', '2026-03-01'), 'query.period.dates.from: "2026-02-30" does not'],
  ['a word for a day', dates('2026-03-01', 'today'), 'query.period.dates.to: "today" is not a day'],
  ['an unknown zone', { timezone: 'Mars/Base' }, '"Mars/Base" is not an IANA time zone'],
  ['an unknown source', { source: 'openpanel' }, 'Did you mean "sandbox-openpanel"?'],
];

const UNFIT: readonly Case[] = [
  ['unknown money', { accounting: 'PROFIT' }, 'Value "PROFIT" does not exist in "Accounting" enum'],
  ['unknown offsets', { offsetBy: 'MONTH' }, 'Value "MONTH" does not exist in "CohortOffset" enum'],
  ['a measure', { measure: 'ARPU' }, 'Field "measure" is not defined by type "LifetimeValueQuery"'],
  ['two periods', { period: { preset: 'TODAY', ...dates('2026-06-01', '2026-06-02').period } }, 'Exactly one key'],
];

describe('a lifetime value question', () => {
  it.each(NONSENSE)('with %s is bad user input', async (_mistake, query, says) => {
    const asked = { field: 'lifetimeValue', variables: { query: { ...GOOD, ...query } } } as const;
    await expectRefused(server, asked, { code: 'BAD_USER_INPUT', says });
  });

  it.each(UNFIT)('with %s does not fit its type', async (_mistake, query, says) => {
    const operation = 'query ($query: LifetimeValueQuery!) { lifetimeValue(query: $query) { csv } }';
    const answer = await server.ask(operation, { query: { ...GOOD, ...query } });
    expect(answer.data).toBeUndefined();
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    expect(answer.errors?.[0]?.message).toContain(says);
  });

  it('to a source without it fails alone', async () => {
    const refusal = { code: 'CAPABILITY_NOT_SUPPORTED', says: 'Instal has no lifetime value' };
    const error = await expectRefused(
      server,
      { field: 'lifetimeValue', variables: { query: { ...GOOD, source: 'sandbox-instal' } } },
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
