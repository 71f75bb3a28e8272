import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { instalConfig } from '../../../src/providers/instal/config.ts';

const TOKEN = { token: '7c1f0be3a94d4d0f' };

const mistakes = (config: object) =>
  instalConfig.safeParse(config).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`);

describe('The configuration of a data source', () => {
  it('needs a token and has defaults for everything else', () => {
    expect(instalConfig.parse(TOKEN)).toEqual({
      ...TOKEN,
      baseUrl: 'https://dashboard.instal.com',
      createPath: '/advertiser/api/v1/reports/exports/',
      statusPath: '/advertiser/api/v1/reports/exports/{taskId}',
      timezone: 'UTC',
      stopDate: 'included',
      csvHeaders: true,
      downloadHosts: [],
      allowPrivateNetwork: false,
      deadlineMinutes: 10,
      requestsPerSecond: 2,
    });
  });

  it('takes a token with blanks around it, as they are copied', () => {
    expect(instalConfig.parse({ token: ' 7c1f0be3\n' }).token).toBe('7c1f0be3');
  });

  it.each([
    ['no token', { token: undefined }, 'token Invalid input: expected string, received undefined'],
    ['a token of blanks', { token: '  ' }, 'token must not be empty'],
    ['a scheme before the token', { token: 'Token 7c1f' }, 'token must not have blanks in it'],
    ['a status path without its task', { statusPath: '/tasks/' }, 'statusPath must have {taskId} in it'],
    ['a path that is none', { createPath: 'https://a.b/c' }, 'createPath must be a path that starts with a slash'],
    ['a currency that is none', { currency: 'euro' }, 'currency must be an ISO 4217 code, such as EUR'],
    ['a time zone that is none', { timezone: 'Mars' }, 'timezone must be an IANA time zone, such as Europe/Rome'],
    [
      'a link for a host',
      { downloadHosts: ['https://a.b'] },
      'downloadHosts.0 must be a host, with its port where it is not the usual one',
    ],
    ['no time to wait', { deadlineMinutes: 0 }, 'deadlineMinutes must be more than 0'],
    ['a day that is none', { earliestDate: '2026-02-30' }, 'earliestDate must be a day, YYYY-MM-DD'],
  ])('refuses %s', (_title, fields, expected) => {
    expect(mistakes({ ...TOKEN, ...fields })).toEqual([expected]);
  });

  it('tells editors what each field means and which is secret', () => {
    const fields = Object.entries(z.toJSONSchema(instalConfig, { io: 'input' }).properties ?? {});
    const isObject = (field: unknown) => (typeof field === 'object' && field !== null ? { ...field } : {});
    expect(fields.filter(([, field]) => !('description' in isObject(field)))).toEqual([]);
    expect(fields.filter(([, field]) => 'secret' in isObject(field)).map(([name]) => name)).toEqual(['token']);
  });
});
