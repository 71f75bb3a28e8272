import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefused, unexpectedFailures } from '../server/refused-question.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';

let server: ServerUnderTest;
/** A cursor of {@link GOOD}. */
let cursor: string;

const GOOD = { source: 'sandbox-openpanel', period: { preset: 'YESTERDAY' } };

beforeAll(async () => {
  server = await startServerUnderTest();
  const operation = 'query ($query: EventsQuery!) { events(query: $query, first: 1) { pageInfo { endCursor } } }';
  const { events } = await server.query<{ events: { pageInfo: { endCursor: string } } }>(operation, { query: GOOD });
  cursor = events.pageInfo.endCursor;
});
afterAll(() => server.close());

type Case = readonly [mistake: string, query: object, says: string];

const NONSENSE: readonly Case[] = [
  ['a name never sent', { names: ['purchase', 'sign_upp'] }, 'query.names[1]: "sandbox-openpanel" has no event'],
  ['an empty name', { names: [''] }, 'query.names[0]: must not be empty'],
  ['101 names', { names: Array.from({ length: 101 }, () => 'sign_up') }, 'query.names: holds more than 100 names'],
  ['an unknown option', { options: { include: ['profile'] } }, 'no option "include". Did you mean "includes"?'],
  ['an unknown dimension', { filters: [{ dimension: 'town', operator: 'IS', values: ['x'] }] }, 'no dimension "town"'],
  ['an unknown source', { source: 'openpanel' }, 'Did you mean "sandbox-openpanel"?'],
  ['an unknown zone', { timezone: '+25:00' }, '"+25:00" is not an IANA time zone'],
  ['dates in reverse', { period: { dates: { from: '2026-06-02', to: '2026-06-01' } } }, 'is after to 2026-06-01'],
];

describe('an events question', () => {
  it.each(NONSENSE)('with %s is bad user input', async (_mistake, query, says) => {
    const variables = { query: { ...GOOD, ...query }, first: 5 };
    await expectRefused(server, { field: 'events', variables }, { code: 'BAD_USER_INPUT', says });
  });

  it.each([0, -1, 1001])('for %i events is bad user input', async (first) => {
    const says = `first: ${first} is not between 1 and 1000`;
    const variables = { query: GOOD, first };
    await expectRefused(server, { field: 'events', variables }, { code: 'BAD_USER_INPUT', says });
  });

  it.each<[string, (cursor: string) => string]>([
    ['words', () => 'the next page, please'],
    ['nothing', () => ''],
    ['a part of one', (text) => text.slice(0, -8)],
    ['JSON of another shape', () => encode(['cursor'])],
    ['one of another version', (text) => encode([2, ...decode(text).slice(1)])],
    ['one of a place that cannot be', (text) => encode(decode(text).with(6, 0))],
    [
      'a window outside of time',
      (text) =>
        encode(
          decode(text)
            .with(2, 9e15)
            .with(3, 9e15 + 1),
        ),
    ],
    ['a window in reverse', (text) => encode(decode(text).with(2, decode(text)[3]).with(3, decode(text)[2]))],
  ])('behind a cursor of %s is bad user input', async (_kind, forge) => {
    const variables = { query: GOOD, after: forge(cursor) };
    const refusal = { code: 'BAD_USER_INPUT', says: 'after: is not a cursor of this server' };
    await expectRefused(server, { field: 'events', variables }, refusal);
  });

  it.each<[string, object]>([
    ['names', { names: ['sign_up'] }],
    ['period', { period: { preset: 'TODAY' } }],
    ['zone', { timezone: 'Asia/Tokyo' }],
    ['filters', { filters: [{ dimension: 'country', operator: 'IS_SET', values: [] }] }],
    ['options', { options: { includes: ['profile'] } }],
  ])('behind a cursor of other %s is bad user input', async (_what, query) => {
    const variables = { query: { ...GOOD, ...query }, after: cursor };
    const refusal = { code: 'BAD_USER_INPUT', says: 'after: belongs to another query' };
    await expectRefused(server, { field: 'events', variables }, refusal);
  });

  it('with any mistake is nothing unexpected to the log', () => {
    expect(unexpectedFailures(server)).toEqual([]);
  });
});

function decode(cursor: string): unknown[] {
  return JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
}

function encode(parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}
