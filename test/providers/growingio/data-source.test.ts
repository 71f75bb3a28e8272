import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../support/manual-clock.ts';
import { failureOf } from '../../support/failure-of.ts';
import type { Answered } from './growingio-server.ts';
import { at, dimension, metric, report, startGrowingio } from './start-growingio.ts';

const TIMEOUT_BODY = {
  message: 'Request timeout',
  errors: [{ code: 'request_timeout', message: 'Request timeout in 5000 milliseconds' }],
};

describe('A GrowingIO data source', () => {
  it('is a project of Beijing, whose saved charts are all there is to ask for', async () => {
    await using growingio = await startGrowingio({});
    const { timezone, catalog, capabilities } = growingio.connection;
    expect(timezone).toBe('Asia/Shanghai');
    expect(catalog).toMatchObject({ metrics: [], dimensions: [], dimensionFamilies: [], measurableProperties: [] });
    expect(await catalog.listEvents(growingio.deadline())).toBeNull();
    expect(Object.keys(capabilities).sort()).toEqual([
      'cohorts',
      'dashboards',
      'event-definitions',
      'funnels',
      'metrics',
      'retention',
    ]);
    expect(growingio.server.asked).toEqual([]);
  });

  it('takes whole days of its own, with no filter and no breakdown', async () => {
    await using growingio = await startGrowingio({}, { earliestDate: '2020-01-01' });
    const { metrics, funnels, retention } = growingio.connection.capabilities;
    const shared = {
      maxPoints: null,
      maxDays: null,
      earliestDate: '2020-01-01',
      maxBreakdowns: 0,
      filterOperators: [],
      timezones: 'DATA_SOURCE',
      supportsInstants: false,
    };
    expect(metrics?.limits).toEqual({ ...shared, intervals: ['HOUR', 'DAY', 'WEEK', 'MONTH', 'TOTAL'] });
    expect(funnels?.limits).toEqual({ ...shared, intervals: ['DAY', 'TOTAL'] });
    expect(retention?.limits).toEqual({ ...shared, intervals: ['DAY', 'WEEK', 'MONTH'] });
    expect([metrics?.takesChart, funnels?.funnel.takesChart, retention?.retention.takesChart]).toEqual([
      true,
      true,
      true,
    ]);
    expect(funnels?.funnel).toMatchObject({
      minSteps: 0,
      maxSteps: 0,
      conversionWindowMs: { min: 86_400_000, max: 7_776_000_000, step: 86_400_000 },
    });
    expect(retention?.retention).toMatchObject({ modes: ['N_DAY'], entryKinds: ['FIRST_TIME'], offsetBy: 'PERIOD' });
  });

  it('is asked for its dashboards to see whether it lets us in', async () => {
    await using growingio = await startGrowingio({ '/projects/pRoj3ct1/dashboards.json': [] });
    await growingio.connection.checkAccess(growingio.deadline());
    expect(growingio.server.asked.map(({ method, path }) => [method, path])).toEqual([
      ['GET', '/projects/pRoj3ct1/dashboards.json'],
    ]);
  });
});

describe('The allowance of a project', () => {
  const BODY = report([dimension('时间'), metric('用户量')], [[at('2026-10-05'), 4]]);

  it('is two requests a second for each kind, and none for lists', async () => {
    await using growingio = await startGrowingio({}, { requestsPerSecond: undefined });
    const allowances = growingio.connection.allowances();
    expect(allowances.map(({ name, limit, windowMs }) => [name, limit, windowMs])).toEqual([
      ['requests for charts', 2, 1100],
      ['requests for funnels', 2, 1100],
      ['requests for retentions', 2, 1100],
      ['requests for segments', 2, 1100],
    ]);
  });

  it('of charts does not hold back lists', async () => {
    const clock = new ManualClock(Date.parse('2026-11-15T12:00:00Z'));
    const answer = ({ path }: { readonly path: string }): Answered => ({ body: path.includes('charts') ? BODY : [] });
    await using growingio = await startGrowingio(answer, { requestsPerSecond: 1 }, clock);
    await growingio.chart({ chart: 'a' });
    const second = growingio.chart({ chart: 'b' });
    await growingio.connection.checkAccess(growingio.deadline());
    expect(growingio.server.asked.map(({ path }) => path.split('/').at(-1))).toEqual(['a', 'dashboards.json']);
    while (clock.sleeping === 0) await clock.advance(0);
    await clock.advance(1_100);
    await second;
    expect(growingio.server.asked.map(({ path }) => path.split('/').at(-1))).toEqual(['a', 'dashboards.json', 'b']);
  });
});

describe('A refusal of GrowingIO', () => {
  it.each([
    ['401', { status: 401, body: { message: 'Unauthorized', errors: [] } }, 'PROVIDER_AUTH_FAILED', 'Unauthorized'],
    ['500', { status: 500, body: TIMEOUT_BODY }, 'PROVIDER_UNAVAILABLE', '500'],
    ['404', { status: 404, body: { message: 'No chart', errors: [] } }, 'PROVIDER_REJECTED', '(404): No chart'],
    [
      '400 with a code',
      { status: 400, body: { message: 'Bad', errors: [{ code: 'bad_request', message: 'no such id' }] } },
      'PROVIDER_REJECTED',
      'Bad; bad_request: no such id',
    ],
    [
      '400 that says it twice',
      { status: 400, body: { message: 'Bad', errors: [{ message: 'Bad' }] } },
      'PROVIDER_REJECTED',
      '(400): Bad.',
    ],
    ['400 without a word', { status: 400, body: {} }, 'PROVIDER_REJECTED', '(400)'],
    [
      '429',
      { status: 429, headers: { 'retry-after': '60' }, body: { message: 'slow', errors: null } },
      'PROVIDER_RATE_LIMITED',
      'slow',
    ],
  ])('with %s is told in its words', async (_title, answer, code, words) => {
    await using growingio = await startGrowingio(() => answer);
    const error = await failureOf(growingio.chart());
    expect(error).toMatchObject({ code });
    expect(error.message).toContain(words);
  });
});
