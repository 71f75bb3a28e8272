import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { adaptyConfig } from '../../../src/providers/adapty/config.ts';
import { failureOf } from '../../support/failure-of.ts';
import { send } from '../../support/replay-server.ts';
import { sampleConfig } from './sample-config.ts';
import { IN_2024, startAdapty, type Body } from './start-adapty.ts';

const { secretKey } = sampleConfig('');
const JSON_TYPE = { 'content-type': 'application/json' };

describe('an Adapty data source', () => {
  it.each([
    [{}, { filters: { date: ['2026-11-16', '2026-11-16'] }, period_unit: 'day', chart_id: 'installs' }],
    [IN_2024, { filters: { date: ['2026-11-16', '2026-11-16'] }, period_unit: 'day' }],
  ])('checks its access with a chart of today: %j', async (config, body) => {
    await using adapty = await startAdapty({}, { timezone: 'Asia/Tokyo', ...config }, '2026-11-15T18:00:00Z');
    expect(await adapty.begin().health(adapty.dataSource)).toMatchObject({ isHealthy: true, problem: null });
    expect(adapty.server.asked.map((asked) => asked.body)).toEqual([body]);
  });

  it('lists no events, and every name is as good as any', async () => {
    await using adapty = await startAdapty();
    expect(await adapty.begin().eventNames(adapty.dataSource)).toBeNull();
  });

  it('may ask twice a second', async () => {
    await using adapty = await startAdapty({}, { requestsPerSecond: undefined });
    const startedAt = performance.now();
    await Promise.all(['NET', 'GROSS', 'PROCEEDS'].map((accounting) => adapty.ask('cohort-analysis', { accounting })));
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(990);
    expect(adapty.dataSource.connection.allowances()).toMatchObject([
      { name: 'requests per app', limit: 2, windowMs: 1000 },
    ]);
  });
});

describe('an error of Adapty', () => {
  const failWith = async (status: number, body: Body) => {
    await using adapty = await startAdapty();
    adapty.server.breakWith((response) => send(response, { status, headers: JSON_TYPE, body }));
    const error = await failureOf(adapty.ask('metrics', {}));
    expect(inspect(error, { depth: 20 })).not.toContain(secretKey);
    expect(adapty.log.join('\n')).not.toContain(secretKey);
    return error;
  };

  it.each<[status: number, body: Body, code: string, says: string]>([
    [
      400,
      {
        errors: [{ source: 'chart_id', errors: ['value is not a valid enumeration member'] }],
        error_code: 'enum',
        status_code: 400,
      },
      'PROVIDER_REJECTED',
      'chart_id: value is not a valid enumeration member',
    ],
    [
      401,
      {
        errors: [{ source: 'non_field_errors', errors: ['Authentication credentials were not provided.'] }],
        error_code: 'not_authenticated',
        status_code: 401,
      },
      'PROVIDER_AUTH_FAILED',
      '(401): Authentication credentials were not provided',
    ],
    [400, { errors: [], error_code: 'enum', status_code: 400 }, 'PROVIDER_REJECTED', ': enum'],
    [400, { errors: [{ source: 'key', errors: [`Api-Key ${secretKey}`] }] }, 'PROVIDER_REJECTED', 'key: '],
    [403, 'Forbidden', 'PROVIDER_AUTH_FAILED', '(403)'],
    [404, { detail: 'Not found.' }, 'PROVIDER_REJECTED', '(404)'],
    [500, '<h1>Server Error</h1>', 'PROVIDER_UNAVAILABLE', '(500)'],
  ])('%i is explained: %j', async (status, body, code, says) => {
    const error = await failWith(status, body);
    expect(error).toMatchObject({ code });
    expect(error.message).toContain(says);
  });
});

describe('the configuration', () => {
  const entry = { secretKey };

  it('has defaults for all but the key', () => {
    expect(adaptyConfig.parse(entry)).toEqual({
      ...entry,
      baseUrl: 'https://api-admin.adapty.io',
      timezone: 'UTC',
      apiVersion: '2026',
      requestsPerSecond: 2,
    });
  });

  it.each([[2024], ['2024']])('reads the version %j as YAML writes it', (apiVersion) => {
    expect(adaptyConfig.parse({ ...entry, apiVersion })).toMatchObject({ apiVersion: '2024' });
  });

  it.each([
    [{ secretKey: '' }, 'secretKey'],
    [{ secretKey: undefined }, 'secretKey'],
    [{ baseUrl: 'ftp://adapty.example' }, 'baseUrl'],
    [{ timezone: 'Europe/Stokholm' }, 'timezone'],
    [{ timezone: '+02:00' }, 'timezone'],
    [{ apiVersion: '2025' }, 'apiVersion'],
    [{ earliestDate: '2024-02-30' }, 'earliestDate'],
    [{ requestsPerSecond: 0 }, 'requestsPerSecond'],
  ])('refuses %j', (mistake, field) => {
    const { error } = adaptyConfig.safeParse({ ...entry, ...mistake });
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([field]);
  });

  it('refuses fields that do not exist', () => {
    expect(adaptyConfig.safeParse({ ...entry, appId: 'x' }).error?.issues).toMatchObject([{ keys: ['appId'] }]);
  });
});
