import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { growingioConfig } from '../../../src/providers/growingio/config.ts';

const PROJECT = { projectId: 'pRoj3ct1', publicKey: 'public' };
const KEYS = { privateKey: 'private', accountId: '0123456789abcdef' };

const mistakes = (config: object) =>
  growingioConfig.safeParse(config).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`);

describe('The configuration of a data source', () => {
  it('takes a token, or keys that are exchanged for one', () => {
    expect(mistakes({ ...PROJECT, token: 'token' })).toBeUndefined();
    expect(mistakes({ ...PROJECT, ...KEYS })).toBeUndefined();
  });

  it('has defaults for everything else', () => {
    expect(growingioConfig.parse({ ...PROJECT, token: 'token' })).toEqual({
      ...PROJECT,
      token: 'token',
      baseUrl: 'https://www.growingio.com',
      tokenPrefix: '',
      apiVersion: '2026',
      rates: 'fraction',
      lagMinutes: 30,
      dayCompleteAt: '04:00',
      requestsPerSecond: 2,
      downloadHosts: ['gta.growingio.com'],
      allowPrivateNetwork: false,
    });
  });

  it.each([
    ['no way in', {}, ['token must be given, or privateKey and accountId, which are exchanged for one']],
    ['a key without its account', { privateKey: 'private' }, ['accountId must be given with privateKey']],
    ['an account without its key', { accountId: 'account' }, ['privateKey must be given with accountId']],
    [
      'both ways',
      { token: 'token', ...KEYS },
      [
        'privateKey must be left out where there is a token: one way or the other',
        'accountId must be left out where there is a token: one way or the other',
      ],
    ],
    ['a project from elsewhere', { token: 'token', projectId: '../x' }, ['projectId must be letters and digits']],
    [
      'a time of day that is none',
      { token: 'token', dayCompleteAt: '24:00' },
      ['dayCompleteAt must be a time of day, HH:MM'],
    ],
    [
      'a link for a host',
      { token: 'token', downloadHosts: ['https://a.b'] },
      ['downloadHosts.0 must be a host, with its port where it is not the usual one'],
    ],
    ['a day that is none', { token: 'token', earliestDate: '2026-02-30' }, ['earliestDate must be a day, YYYY-MM-DD']],
    ['a lag below nothing', { token: 'token', lagMinutes: -1 }, ['lagMinutes must not be negative']],
  ])('refuses %s', (_title, fields, expected) => {
    expect(mistakes({ ...PROJECT, ...fields })).toEqual(expected);
  });

  it.each([
    [2024, '2024'],
    ['2024', '2024'],
    [2026, '2026'],
    ['2026', '2026'],
  ])('takes the version %s, as YAML reads it', (apiVersion, expected) => {
    expect(growingioConfig.parse({ ...PROJECT, token: 'token', apiVersion }).apiVersion).toBe(expected);
  });

  it('tells editors about the two ways, and which fields are secret', () => {
    const schema = z.toJSONSchema(growingioConfig, { io: 'input' });
    const editor = z.fromJSONSchema(schema);
    const accepted = [{ token: 't' }, KEYS, {}, { privateKey: 'p' }, { accountId: 'a' }, { token: 't', ...KEYS }].map(
      (fields) => editor.safeParse({ ...PROJECT, ...fields }).success,
    );
    expect(accepted).toEqual([true, true, false, false, false, false]);
    const fields = Object.entries(schema.properties ?? {});
    const secrets = fields.filter(([, field]) => typeof field === 'object' && field['secret'] === true);
    expect(secrets.map(([name]) => name)).toEqual(['privateKey', 'token']);
  });
});
