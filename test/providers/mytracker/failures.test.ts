import { describe, expect, it } from 'vitest';
import { failureOf } from '../../support/failure-of.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { CREATED, startMytracker, type Answered } from './start-mytracker.ts';

const QUEUE_FULL = 'Maximum number of simultaneous requests reached. Wait until there is space available in the queue.';

const error = (code: number, more: object): object => ({ code, message: 'No', data: { error: more } });

async function failure(answer: Answered) {
  await using mytracker = await startMytracker(answer);
  const thrown = await failureOf(mytracker.created());
  return { thrown, requests: mytracker.server.asked.length };
}

const quota = (name: string, exceeded: boolean, resetInSecond: unknown) => ({
  name: `RequestsByUser${name}`,
  count: '11',
  limit: '10',
  resetTime: '1794744000',
  resetInSecond,
  exceeded,
});

describe('A request for an export', () => {
  it.each([
    "Argument 'event' must be in set of allowed tables. Allowed values are: install, payment, launch, customEvent.",
    "Argument 'event' is expected but not set",
    "Argument 'selectors' is invalid",
    'Export permissions required to export raw data from an account',
    "Argument 'idCampaign' set size expected to be below 1000",
  ])('is rejected in the words of MyTracker: %s', async (detail) => {
    const { thrown, requests } = await failure({ status: 400, body: error(400, { detail }) });
    expect(thrown).toMatchObject({ code: 'PROVIDER_REJECTED', isRetryable: false });
    expect(thrown.message).toContain(detail.replace(/\.$/, ''));
    expect(requests).toBe(1);
  });

  it.each<[string, Answered]>([
    ['403', { status: 403, body: { code: 403, message: 'Access denied', data: null } }],
    ['403 in the body only', { body: { code: 403, message: 'Access denied', data: null } }],
  ])('is refused for its credentials with %s', async (_title, answer) => {
    const { thrown } = await failure(answer);
    expect(thrown.code).toBe('PROVIDER_AUTH_FAILED');
    expect(thrown.message).toContain('Access denied');
  });

  it.each<[string, Answered]>([
    [
      'as documented',
      { status: 400, body: error(400, { detail: QUEUE_FULL, info: { exports: [{ idRawExport: '2' }] } }) },
    ],
    ['in other words', { status: 400, body: error(400, { detail: 'Очередь', info: { exports: [] } }) }],
    ['without a list', { status: 400, body: error(400, { detail: QUEUE_FULL }) }],
    [
      'with the status of success',
      { body: error(400, { detail: QUEUE_FULL, info: { exports: [{ idRawExport: '2' }] } }) },
    ],
  ])('waits for a place in the queue where it is full, %s', async (_title, answer) => {
    const { thrown, requests } = await failure(answer);
    expect(thrown).toMatchObject({ code: 'PROVIDER_RATE_LIMITED', isRetryable: true });
    expect(requests).toBe(1);
  });

  it('does not hold back other requests where the queue is full', async () => {
    const full = { status: 400, body: error(400, { detail: QUEUE_FULL, info: { exports: [] } }) };
    await using mytracker = await startMytracker(full);
    await failureOf(mytracker.created());
    const remaining = mytracker.connection.allowances().map((allowance) => allowance.limit - allowance.remaining);
    expect(remaining).toEqual([1, 1, 1, 1]);
  });

  it('is told the longest wait of what is exceeded', async () => {
    const quotas = [quota('PerSecond', true, '1'), quota('PerMinute', true, 37), quota('PerHour', false, '2400')];
    const { thrown, requests } = await failure({ status: 429, body: error(429, { info: { quotas } }) });
    expect(thrown).toMatchObject({ code: 'PROVIDER_RATE_LIMITED', retryAfterMs: 37_000 });
    expect(requests).toBe(1);
  });

  it('is told nothing by a 429 that says nothing', async () => {
    const { thrown } = await failure({ status: 429, body: { code: 429, message: 'Too Many Requests', data: null } });
    expect(thrown).toMatchObject({ code: 'PROVIDER_RATE_LIMITED' });
    expect(thrown.retryAfterMs ?? 0).toBeLessThan(1_000);
  });

  it('is made once, as MyTracker may have taken it', async () => {
    const { thrown, requests } = await failure({ status: 503, body: {} });
    expect(thrown.code).toBe('PROVIDER_UNAVAILABLE');
    expect(requests).toBe(1);
  });
});

describe('Allowances', () => {
  it('are those of the document', async () => {
    await using mytracker = await startMytracker();
    expect(mytracker.connection.allowances().map(({ limit, windowMs }) => [limit, windowMs])).toEqual([
      [10, 1_000],
      [100, 60_000],
      [1000, 3_600_000],
      [60, 60_000],
    ]);
  });

  it('are those of the configuration', async () => {
    const config = { requestsPerSecond: 1, requestsPerMinute: 2, requestsPerHour: 3, refusalsPerMinute: 4 };
    await using mytracker = await startMytracker(undefined, config);
    expect(mytracker.connection.allowances().map(({ limit }) => limit)).toEqual([1, 2, 3, 4]);
  });

  it('are shared by everything that is asked, but only some of it can be refused', async () => {
    const progress = { body: { code: 200, data: { status: 'In progress' } } };
    await using mytracker = await startMytracker(({ path }) => (path.includes('get.json') ? progress : CREATED));
    const { exports, deadline } = mytracker;
    await mytracker.created();
    await exports.check('7', 0, deadline());
    await exports.check('8', 0, deadline());
    expect(mytracker.connection.allowances().map(({ limit, remaining }) => limit - remaining)).toEqual([3, 3, 3, 1]);
  });

  it('are held back for as long as MyTracker says', async () => {
    const clock = new ManualClock(Date.parse('2026-11-15T12:00:00Z'));
    const quotas = [quota('PerMinute', true, '20')];
    const limited = { status: 429, body: error(429, { info: { quotas } }) };
    await using mytracker = await startMytracker((_asked, before) => (before === 0 ? limited : CREATED), {}, clock);
    await failureOf(mytracker.created());
    const soon = { at: clock.now() + 5_000, signal: new AbortController().signal };
    expect(await failureOf(mytracker.exports.check('7', 0, soon))).toMatchObject({ code: 'PROVIDER_RATE_LIMITED' });
    expect(mytracker.server.asked).toHaveLength(1);
  });
});

describe('Access', () => {
  it('is checked by asking for the quotas', async () => {
    const body = { code: 200, message: 'Ok', data: { quotas: [] } };
    await using mytracker = await startMytracker({ body });
    await mytracker.connection.checkAccess(mytracker.deadline());
    expect(mytracker.server.asked).toMatchObject([{ method: 'GET', path: '/api/open/user/v1/quotas/get.json' }]);
  });

  it('is not there where MyTracker says so', async () => {
    const body = { code: 403, message: 'Access denied', data: null };
    await using mytracker = await startMytracker({ status: 403, body });
    const thrown = await failureOf(mytracker.connection.checkAccess(mytracker.deadline()));
    expect(thrown.code).toBe('PROVIDER_AUTH_FAILED');
  });
});
