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
const selector = (event: string, ...filters: readonly object[]) => ({ event, filters });

type Case = readonly [mistake: string, query: object, says: string];

const NONSENSE: readonly Case[] = [
  ['no offsets', { offsets: 0 }, 'query.offsets: must be at least 1'],
  ['401 offsets', { offsets: 401 }, 'query.offsets: must be at most 400'],
  ['a nameless entry', { entry: selector('') }, 'query.entry.event: must not be empty'],
  ['a nameless return', { returning: selector('') }, 'query.returning.event: must not be empty'],
  ['a nameless dimension', { breakdown: [''] }, 'query.breakdown[0]: must not be empty'],
  [
    'a day that does not exist',
    dates('2026-06-01', '2026-06-31'),
    'query.period.dates.to: "2026-06-31" does not exist',
  ],
  ['an unknown zone', { timezone: '+25:00' }, '"+25:00" is not an IANA time zone'],
  ['an unknown source', { source: 'openpanel' }, 'Did you mean "sandbox-openpanel"?'],
];

const UNFIT: readonly Case[] = [
  ['an unknown mode', { mode: 'UNBOUNDED' }, 'Value "UNBOUNDED" does not exist in "RetentionMode" enum'],
  ['an unknown entry kind', { entryKind: 'ANY' }, 'Value "ANY" does not exist in "RetentionEntry" enum'],
  ['two periods', { period: { preset: 'TODAY', ...dates('2026-06-01', '2026-06-02').period } }, 'Exactly one key'],
  ['half an offset', { offsets: 1.5 }, 'Int cannot represent non-integer value: 1.5'],
  ['an entry without its event', { entry: { filters: [] } }, 'Field "event" of required type "String!"'],
  ['a comparison', { compareTo: { preset: 'PREVIOUS_PERIOD' } }, 'Field "compareTo" is not defined by type'],
];

describe('a retention question', () => {
  it.each(NONSENSE)('with %s is bad user input', async (_mistake, query, says) => {
    const asked = { field: 'retention', variables: { query: { ...GOOD, ...query } } } as const;
    await expectRefused(server, asked, { code: 'BAD_USER_INPUT', says });
  });

  it.each(UNFIT)('with %s does not fit its type', async (_mistake, query, says) => {
    const operation = 'query ($query: RetentionQuery!) { retention(query: $query) { csv } }';
    const answer = await server.ask(operation, { query: { ...GOOD, ...query } });
    expect(answer.data).toBeUndefined();
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    expect(answer.errors?.[0]?.message).toContain(says);
  });

  it('to a source without it fails alone', async () => {
    const refusal = { code: 'CAPABILITY_NOT_SUPPORTED', says: 'Instal has no retention' };
    const error = await expectRefused(
      server,
      { field: 'retention', variables: { query: { ...GOOD, source: 'sandbox-instal' } } },
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
