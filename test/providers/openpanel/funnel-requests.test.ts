import { describe, expect, it } from 'vitest';
import { CONTRACTS } from '../../contract/contracts.ts';
import { failureOf } from '../../support/failure-of.ts';
import { days, startOpenpanel } from './start-openpanel.ts';

const YEAR_2024 = { apiVersion: '2024' };
const steps = (...events: string[]) => events.map((event) => ({ event, filters: [] }));
const swedes = [{ dimension: 'country', operator: 'IS', values: ['SE'] }];

/** Ask for a funnel and return what was asked for it, and the plain answer. */
async function funnelOf(question: Readonly<Record<string, unknown>>, config: Readonly<Record<string, unknown>> = {}) {
  const insightsFunnel = () => ({ steps: [{ step: 1, eventName: 'a', users: 4 }], totalUsers: 4, completedUsers: 0 });
  const exportFunnel = () => ({ totalSessions: 0, steps: [] });
  await using openpanel = await startOpenpanel({ insightsFunnel, exportFunnel }, config);
  const asked = { reports: openpanel.begin(), dataSource: openpanel.dataSource };
  const { plain } = await CONTRACTS.funnels.ask(
    {
      ...CONTRACTS.funnels.smallest,
      steps: steps('a', 'b'),
      period: days('2026-10-01', '2026-10-31'),
      ...question,
    },
    asked,
  );
  const [request] = openpanel.server.asked.filter(({ path }) => path.endsWith('/funnel'));
  return { path: request?.path, query: request?.query, plain };
}

describe('the request for a funnel', () => {
  it('has steps as JSON and ends with its last second', async () => {
    expect(await funnelOf({ steps: steps('view', '404', 'a,b') })).toMatchObject({
      path: '/insights/acme-web/funnel',
      query: {
        steps: '["view","404","a,b"]',
        windowHours: '24',
        groupBy: 'profile_id',
        startDate: '2026-10-01T00:00:00Z',
        endDate: '2026-10-31T23:59:59Z',
      },
    });
  });

  it.each([
    ['PT1H', '1'],
    ['P1D', '24'],
    ['P30D', '720'],
  ])('says the window %s in hours', async (conversionWindow, windowHours) => {
    expect((await funnelOf({ conversionWindow })).query).toMatchObject({ windowHours });
  });

  it.each([
    ['USERS', 'profile_id'],
    ['SESSIONS', 'session_id'],
  ])('counts %s by %s', async (countBy, groupBy) => {
    expect((await funnelOf({ countBy })).query).toMatchObject({ groupBy });
  });

  it('writes instants with the offset of their day', async () => {
    const question = { period: days('2026-10-25', '2026-10-25') };
    expect((await funnelOf(question, { timezone: 'Europe/Stockholm' })).query).toMatchObject({
      startDate: '2026-10-25T00:00:00+02:00',
      endDate: '2026-10-25T23:59:59+01:00',
    });
  });

  it('reaches any project by its path', async () => {
    expect((await funnelOf({}, { projectId: 'a/b' })).path).toBe('/insights/a%2Fb/funnel');
  });

  it('knows nothing of a step that is not answered', async () => {
    expect((await funnelOf({})).plain).toMatchObject({ steps: [{ count: 4 }, { count: null, dropOff: null }] });
  });

  it.each([
    ['a window of half an hour', { conversionWindow: 'PT30M' }],
    ['a window of a month and a day', { conversionWindow: 'P31D' }],
    ['eleven steps', { steps: steps(...'abcdefghijk') }],
    ['filters', { filters: swedes }],
    ['filters of a step', { steps: [{ event: 'a', filters: swedes }, ...steps('b')] }],
    ['a breakdown', { breakdown: ['country'] }],
    ['any order', { order: 'UNORDERED' }],
    ['buckets', { interval: 'DAY' }],
  ])('is not made for %s', async (_title, question) => {
    expect(await failureOf(funnelOf(question))).toMatchObject({ code: 'QUERY_NOT_SUPPORTED' });
  });
});

describe('the request for a funnel of 2024', () => {
  const SESSIONS = { countBy: 'SESSIONS' };

  it('goes to the documented route with filters', async () => {
    const question = { ...SESSIONS, filters: swedes, steps: [{ event: 'a', filters: swedes }, ...steps('b')] };
    expect(await funnelOf(question, YEAR_2024)).toMatchObject({
      path: '/export/funnel',
      query: {
        projectId: 'acme-web',
        events: JSON.stringify([
          { name: 'a', filters: [...Array<object>(2)].map(() => ({ name: 'country', operator: 'is', value: ['SE'] })) },
          { name: 'b', filters: [{ name: 'country', operator: 'is', value: ['SE'] }] },
        ]),
        startDate: '2026-10-01T00:00:00Z',
        endDate: '2026-10-31T23:59:59Z',
      },
    });
  });

  it('reads an answer without sessions', async () => {
    expect((await funnelOf(SESSIONS, YEAR_2024)).plain).toMatchObject({ steps: [{ count: null }, { count: null }] });
  });

  it.each([
    ['users', { countBy: 'USERS' }],
    ['another window than a day', { ...SESSIONS, conversionWindow: 'PT1H' }],
  ])('is not made for %s', async (_title, question) => {
    expect(await failureOf(funnelOf(question, YEAR_2024))).toMatchObject({ code: 'QUERY_NOT_SUPPORTED' });
  });
});
