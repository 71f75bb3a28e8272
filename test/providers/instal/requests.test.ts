import { describe, expect, it } from 'vitest';
import { failureOf } from '../../support/failure-of.ts';
import { sampleConfig } from './sample-config.ts';
import { startInstal, type Answered } from './start-instal.ts';

const EXPORTS = '/advertiser/api/v1/reports/exports/';
const QUEUED: Answered = { body: { result: 'QUEUED', task_id: 't-1' } };
const PENDING: Answered = { body: { state: 'PENDING', result: null } };
const MOVED: Answered = { status: 301, headers: { location: '/elsewhere' }, body: '' };
const NO_ADDRESS: Answered = { status: 404, body: { detail: 'Not found.' } };

describe('a request for an export', () => {
  it('has the token, and says everything that has a default', async () => {
    await using instal = await startInstal(() => QUEUED);
    expect(await instal.start()).toBe('t-1');
    const [asked] = instal.server.asked;
    expect(asked).toMatchObject({ method: 'POST', path: EXPORTS });
    expect(asked?.headers).toMatchObject({
      authorization: `Token ${sampleConfig('').token}`,
      'content-type': 'application/json',
    });
    expect(JSON.parse(asked?.body ?? '')).toEqual({
      start_date: '2026-11-01',
      stop_date: '2026-11-03',
      format: 'csv',
      csv_headers: true,
      interval: 'daily',
    });
  });

  it.each(['time', 'campaign', 'aff_sub_id', 'cr'])('may be sorted by %s', async (sorting) => {
    await using instal = await startInstal(() => QUEUED);
    await instal.start({ options: { sorting } });
    expect(JSON.parse(instal.server.asked[0]?.body ?? '')).toMatchObject({ sorting });
  });

  it.each([
    [{}, {}, true],
    [{ csvHeaders: false }, {}, false],
    [{ csvHeaders: false }, { csvHeaders: true }, true],
    [{}, { csvHeaders: false }, false],
  ])('has headers as the configuration (%j) and then the question (%j) say', async (config, options, expected) => {
    await using instal = await startInstal(() => QUEUED, config);
    await instal.start({ options });
    expect(JSON.parse(instal.server.asked[0]?.body ?? '')).toMatchObject({ csv_headers: expected });
    expect(instal.exports.layoutOf(instal.toQuery({ options })).dialect.header !== null).toBe(expected);
  });

  it('goes where the configuration says', async () => {
    await using instal = await startInstal(() => QUEUED, { createPath: '/v2/exports' });
    await instal.start();
    expect(instal.server.asked[0]?.path).toBe('/v2/exports');
  });

  it.each([
    ['an interval', { options: { interval: 'weekly' } }, 'rows.options.interval'],
    ['a sorting', { options: { sorting: 'campaign_id' } }, 'rows.options.sorting'],
    ['an option', { options: { format: 'xls' } }, 'format'],
    ['a table', { table: 'reports' }, 'rows.table'],
    ['a column', { columns: ['impressions'] }, 'rows.columns[0]'],
    [
      'a part of a day',
      { period: { instants: { from: '2026-11-01T00:00:00Z', to: '2026-11-01T12:00:00Z' } } },
      'must be whole days',
    ],
    ['a filter', { filters: [{ dimension: 'country', operator: 'IS', values: ['IT'] }] }, 'No filter is'],
  ])('is refused before it is made for %s that Instal does not have', async (_what, question, words) => {
    await using instal = await startInstal(() => QUEUED);
    const failure = await failureOf(Promise.resolve().then(() => instal.start(question)));
    expect(['BAD_USER_INPUT', 'QUERY_NOT_SUPPORTED']).toContain(failure.code);
    expect(failure.message).toContain(words);
    expect(instal.server.asked).toEqual([]);
  });

  it.each([
    ['an error', { result: 'ERROR' }, 'PROVIDER_REJECTED', 'no export was queued (ERROR).'],
    [
      'an error with a reason',
      { result: 'ERROR', task_id: null, detail: 'Too many days.' },
      'PROVIDER_REJECTED',
      'no export was queued (ERROR): Too many days.',
    ],
    ['no task', { result: 'QUEUED' }, 'PROVIDER_RESPONSE_INVALID', 'task_id'],
    ['a task without a name', { result: 'QUEUED', task_id: '' }, 'PROVIDER_RESPONSE_INVALID', 'task_id'],
    ['a task that leads elsewhere', { result: 'QUEUED', task_id: '..' }, 'PROVIDER_RESPONSE_INVALID', 'task_id'],
    ['an unknown result', { result: 'DONE', task_id: 't' }, 'PROVIDER_RESPONSE_INVALID', 'result'],
  ])('may be answered with %s', async (_what, body, code, words) => {
    await using instal = await startInstal(() => ({ body }));
    const failure = await failureOf(instal.start());
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(words);
    expect(instal.server.asked).toHaveLength(1);
  });

  it.each([
    [
      400,
      { stop_date: ['Wrong.', 'Too late.'], interval: ['No.'] },
      'PROVIDER_REJECTED',
      'stop_date: Wrong. Too late.; interval: No.',
    ],
    [400, { detail: 'JSON parse error.' }, 'PROVIDER_REJECTED', '(400): JSON parse error.'],
    [401, { detail: 'Invalid token.' }, 'PROVIDER_AUTH_FAILED', '(401): Invalid token.'],
    [403, { detail: 'No permission.' }, 'PROVIDER_AUTH_FAILED', '(403): No permission.'],
    [400, ['no'], 'PROVIDER_REJECTED', '(400).'],
    [503, 'down', 'PROVIDER_UNAVAILABLE', '(503).'],
  ])('may be refused with %i and %j', async (status, body, code, words) => {
    await using instal = await startInstal(() => ({ status, body }));
    const failure = await failureOf(instal.start());
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(words);
    // What may have made an export is not repeated.
    expect(instal.server.asked).toHaveLength(1);
  });

  it('waits as long as Instal says where it is asked too often', async () => {
    await using instal = await startInstal(() => ({ status: 429, headers: { 'retry-after': '30' }, body: {} }));
    const failure = await failureOf(instal.start());
    expect(failure).toMatchObject({ code: 'PROVIDER_RATE_LIMITED', retryAfterMs: 30_000 });
  });
});

describe('the address of a task', () => {
  it('has the id of the task as one part', async () => {
    await using instal = await startInstal(() => PENDING);
    await instal.check('a/b?c#d e');
    expect(instal.server.asked[0]).toMatchObject({ method: 'GET', path: `${EXPORTS}a%2Fb%3Fc%23d%20e` });
    expect(instal.server.asked[0]?.headers.authorization).toBe(`Token ${sampleConfig('').token}`);
  });

  it('is what the configuration says', async () => {
    await using instal = await startInstal(() => PENDING, { statusPath: '/v2/{taskId}/status/' });
    await instal.check('t-$&1');
    expect(instal.server.asked.map(({ path }) => path)).toEqual(['/v2/t-%24%261/status/']);
  });

  it.each([
    ['a redirect', MOVED],
    ['an unknown path', NO_ADDRESS],
    ['a page', { headers: { 'content-type': 'text/html' }, body: '<html></html>' }],
  ])('is tried with a slash where it leads to %s, and remembered', async (_what, otherwise) => {
    await using instal = await startInstal(({ path }) => (path.endsWith('/') ? PENDING : otherwise));
    expect(await instal.check('t-1')).toEqual({ state: 'RUNNING', progress: null });
    expect(await instal.check('t-1')).toEqual({ state: 'RUNNING', progress: null });
    expect(instal.server.asked.map(({ path }) => path)).toEqual([`${EXPORTS}t-1`, `${EXPORTS}t-1/`, `${EXPORTS}t-1/`]);
    expect(instal.server.asked[1]?.headers.authorization).toBe(`Token ${sampleConfig('').token}`);
  });

  it('is not tried in another form once it has answered', async () => {
    await using instal = await startInstal(({ path }) => (path.endsWith('t-1') ? PENDING : NO_ADDRESS));
    await instal.check('t-1');
    expect((await failureOf(instal.check('gone'))).code).toBe('PROVIDER_REJECTED');
    expect(instal.server.asked.map(({ path }) => path)).toEqual([`${EXPORTS}t-1`, `${EXPORTS}gone`]);
  });

  it('is not followed to where Instal redirects', async () => {
    await using instal = await startInstal(({ path }) => (path === '/elsewhere' ? PENDING : MOVED));
    const failure = await failureOf(instal.check('t-1'));
    expect(failure.code).toBe('PROVIDER_RESPONSE_INVALID');
    expect(failure.message).toContain('redirect (301) to /elsewhere');
    expect(instal.server.asked.map(({ path }) => path)).toEqual([`${EXPORTS}t-1`, `${EXPORTS}t-1/`]);
  });

  it('is not tried in another form where the token is refused', async () => {
    await using instal = await startInstal(() => ({ status: 401, body: { detail: 'Invalid token.' } }));
    expect((await failureOf(instal.check('t-1'))).code).toBe('PROVIDER_AUTH_FAILED');
    expect(instal.server.asked).toHaveLength(1);
  });

  it('says what the form with the slash has refused', async () => {
    await using instal = await startInstal(({ path }) => (path.endsWith('/') ? { status: 403, body: {} } : MOVED));
    expect((await failureOf(instal.check('t-1'))).code).toBe('PROVIDER_AUTH_FAILED');
  });
});

describe('access', () => {
  it('is checked by a task that nobody has made', async () => {
    await using instal = await startInstal(() => PENDING);
    const { begin, dataSource } = instal.connected;
    expect(await begin().health(dataSource)).toMatchObject({ isHealthy: true, problem: null });
    expect(instal.server.asked.map(({ method, path }) => [method, path])).toEqual([
      ['GET', `${EXPORTS}00000000-0000-0000-0000-000000000000`],
    ]);
  });

  it('is missing where the token is refused', async () => {
    await using instal = await startInstal(() => ({ status: 401, body: { detail: 'Invalid token.' } }));
    const { begin, dataSource } = instal.connected;
    const { isHealthy, problem } = await begin().health(dataSource);
    expect({ isHealthy, code: problem?.code }).toEqual({ isHealthy: false, code: 'PROVIDER_AUTH_FAILED' });
  });

  it('is limited to what the configuration says', async () => {
    await using instal = await startInstal(() => PENDING, { requestsPerSecond: 3 });
    expect(instal.connected.dataSource.connection.allowances()).toMatchObject([{ limit: 3, windowMs: 1_000 }]);
  });
});
