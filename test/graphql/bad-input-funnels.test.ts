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
  steps: [{ event: 'sign_up' }, { event: 'purchase' }],
};
const steps = (count: number) => ({ steps: Array.from({ length: count }, () => ({ event: 'sign_up' })) });
const SWEDEN = { dimension: 'country', operator: 'IS', values: ['SE'] };

type Case = readonly [mistake: string, query: object, says: string];

const NONSENSE: readonly Case[] = [
  ['one step', steps(1), 'query.steps: must hold 2 to 20 steps, 1 given'],
  ['no step', steps(0), 'query.steps: must hold 2 to 20 steps, 0 given'],
  ['21 steps', steps(21), 'query.steps: must hold 2 to 20 steps, 21 given'],
  ['steps left out', { steps: null }, 'has no fixed funnel; name 2 to 10 steps'],
  ['a step never sent', { steps: [{ event: 'sign_upp' }, { event: 'purchase' }] }, 'Did you mean "sign_up"?'],
  ['a step without a name', { steps: [{ event: 'sign_up', as: '' }, { event: 'purchase' }] }, 'query.steps[0].as'],
  ['a window of a month', { conversionWindow: 'P1M' }, '"P1M" is not a duration'],
  ['a window of words', { conversionWindow: 'a day' }, '"a day" is not a duration. Write it in ISO 8601'],
  ['a window backwards', { conversionWindow: '-PT1H' }, '"-PT1H" must be longer than nothing'],
  ['an empty window', { conversionWindow: 'PT0S' }, '"PT0S" must be longer than nothing'],
  ['an unknown source', { source: 'sandbox' }, 'query.source: there is no data source "sandbox"'],
  ['an unknown option', { options: { colour: 'red' } }, 'query.options: there is no option "colour"'],
  ['an unknown breakdown', { breakdown: ['contry'] }, 'Did you mean "country"?'],
  ['a day that does not exist', { period: { dates: { from: '2026-02-30', to: '2026-03-01' } } }, '"2026-02-30"'],
];

const LIMITS: readonly Case[] = [
  ['eleven steps', steps(11), 'query.steps: 11 steps, 2 to 10 are allowed'],
  ['a window of half an hour', { conversionWindow: 'PT30M' }, 'Allowed: PT1H to P30D in steps of PT1H'],
  ['a window of broken hours', { conversionWindow: 'PT90M' }, 'query.conversionWindow: PT1H30M is not available'],
  ['a window of 31 days', { conversionWindow: 'P31D' }, 'query.conversionWindow: P31D is not available'],
  [
    'a filtered step',
    { steps: [{ event: 'sign_up', filters: [SWEDEN] }, { event: 'purchase' }] },
    'query.steps[0].filters: steps cannot be filtered',
  ],
  ['a filter', { filters: [SWEDEN] }, 'query.filters[0].operator: IS is not available'],
  ['a breakdown', { breakdown: ['country'] }, 'at most 0 are allowed'],
  ['a funnel a day', { interval: 'DAY' }, 'query.interval: DAY is not available. Allowed: TOTAL'],
  ['days of another zone', { timezone: 'Asia/Tokyo' }, 'cannot shift them to Asia/Tokyo'],
];

describe('a funnel question', () => {
  it.each(NONSENSE)('with %s is bad user input', async (_mistake, query, says) => {
    const asked = { field: 'funnel', variables: { query: { ...GOOD, ...query } } } as const;
    await expectRefused(server, asked, { code: 'BAD_USER_INPUT', says });
  });

  it.each(LIMITS)('with %s is outside the limits', async (_mistake, query, says) => {
    const asked = { field: 'funnel', variables: { query: { ...GOOD, ...query } } } as const;
    const error = await expectRefused(server, asked, { code: 'QUERY_NOT_SUPPORTED', says });
    expect(error.extensions).toMatchObject({ source: 'sandbox-openpanel', provider: 'openpanel' });
  });

  it('with any mistake is nothing unexpected to the log', () => {
    expect(unexpectedFailures(server)).toEqual([]);
  });
});
