import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefused, unexpectedFailures } from '../server/refused-question.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';

let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServerUnderTest();
});
afterAll(() => server.close());

const GOOD = {
  source: 'sandbox-openpanel',
  period: { preset: 'LAST_7_DAYS' },
  from: { subscription: { stage: 'INSTALL' } },
  to: { subscription: { stage: 'PAID' } },
};
const to = (subscription: object) => ({ to: { subscription } });
const dates = (day: string, until = '2026-06-10') => ({ dates: { from: day, to: until } });

type Case = readonly [mistake: string, query: object, says: string];

const NONSENSE: readonly Case[] = [
  ['a numbered trial', to({ stage: 'TRIAL', period: 1 }), 'query.to.subscription.period: only PAID has numbered'],
  [
    'an install or later',
    to({ stage: 'INSTALL', orLater: true }),
    'query.to.subscription.orLater: only PAID has later',
  ],
  ['a period before the first', to({ stage: 'PAID', period: 0 }), 'query.to.subscription.period: must be at least 1'],
  ['a nameless event', { from: { event: '' } }, 'query.from.event: must not be empty'],
  [
    'a day that does not exist',
    { period: dates('2026-02-30') },
    'query.period.dates.from: "2026-02-30" does not exist',
  ],
  ['a comparison of no day', { compareTo: dates('2026-04-31') }, 'query.compareTo.dates.from: "2026-04-31" does not'],
  ['an unknown zone', { timezone: 'Mars/Base' }, '"Mars/Base" is not an IANA time zone'],
  ['an unknown source', { source: 'sandbox' }, 'query.source: there is no data source "sandbox"'],
];

const UNFIT: readonly Case[] = [
  ['both kinds of point', { from: { event: 'open', ...GOOD.from } }, 'Exactly one key must be specified'],
  ['neither kind of point', { to: {} }, 'Exactly one key must be specified for OneOf type "ConversionPointInput"'],
  ['no event', { to: { event: null } }, 'Field "event" must be non-null'],
  ['an unknown stage', to({ stage: 'REFUND' }), 'Value "REFUND" does not exist in "SubscriptionStage" enum'],
  ['half a period', to({ stage: 'PAID', period: 1.5 }), 'Int cannot represent non-integer value: 1.5'],
  ['no end', { to: undefined }, 'Field "to" of required type "ConversionPointInput!" was not provided'],
  ['an unknown interval', { interval: 'FORTNIGHT' }, 'Value "FORTNIGHT" does not exist in "Interval" enum'],
];

describe('a conversion question', () => {
  it.each(NONSENSE)('with %s is bad user input', async (_mistake, query, says) => {
    const asked = { field: 'conversion', variables: { query: { ...GOOD, ...query } } } as const;
    await expectRefused(server, asked, { code: 'BAD_USER_INPUT', says });
  });

  it.each(UNFIT)('with %s does not fit its type', async (_mistake, query, says) => {
    const operation = 'query ($query: ConversionQuery!) { conversion(query: $query) { csv } }';
    const answer = await server.ask(operation, { query: { ...GOOD, ...query } });
    expect(answer.data).toBeUndefined();
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    expect(answer.errors?.[0]?.message).toContain(says);
  });

  it('to a source without it fails alone', async () => {
    const refusal = { code: 'CAPABILITY_NOT_SUPPORTED', says: 'Instal has no conversions' };
    const error = await expectRefused(
      server,
      { field: 'conversion', variables: { query: { ...GOOD, source: 'sandbox-instal' } } },
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
