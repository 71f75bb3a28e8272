import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startInstal } from '../../src/sandbox/instal/start-instal.ts';
import { EXPORTS, NOON, RIGHT, startInstalClient, WHOLE, world } from './instal-client.ts';
import type { InstalClient } from './instal-client.ts';

const TOKEN = RIGHT.authorization.slice('Token '.length);
const WRONG_DATE = 'Date has wrong format. Use one of these formats instead: YYYY-MM-DD.';
const MISSING = 'Authentication credentials were not provided.';

let instal: InstalClient;

beforeAll(async () => {
  instal = await startInstalClient();
});
afterAll(() => instal.close());

describe('Instal refuses', () => {
  it.each<[string, Record<string, string>, string]>([
    ['no credentials', {}, MISSING],
    ['another scheme', { authorization: `Bearer ${TOKEN}` }, MISSING],
    ['a bare token', { authorization: TOKEN }, MISSING],
    ['a scheme alone', { authorization: 'Token' }, 'Invalid token header. No credentials provided.'],
    [
      'a token with a space',
      { authorization: `Token ${TOKEN} x` },
      'Invalid token header. Token string should not contain spaces.',
    ],
    ['a wrong token', { authorization: 'Token x' }, 'Invalid token.'],
  ])('%s with 401', async (_, headers, detail) => {
    for (const path of [EXPORTS, `${EXPORTS}x`, `${EXPORTS}x/`, '/media/exports/x.csv']) {
      const answer = await instal.get(path, headers);
      expect([answer.status, answer.body, answer.headers.get('www-authenticate')]).toEqual([401, { detail }, 'Token']);
    }
    const sent = await fetch(instal.baseUrl + EXPORTS, { method: 'POST', headers, body: JSON.stringify(WHOLE) });
    expect(sent.status).toBe(401);
  });

  it('no scheme for its case', async () => {
    expect((await instal.get(`${EXPORTS}x`, { authorization: `token ${TOKEN}` })).status).toBe(200);
  });

  it.each<[string, unknown, Record<string, string[]>]>([
    ['no fields', {}, { start_date: ['This field is required.'], stop_date: ['This field is required.'] }],
    ['nothing at all', '', { start_date: ['This field is required.'], stop_date: ['This field is required.'] }],
    ['a date of null', { ...WHOLE, start_date: null }, { start_date: ['This field may not be null.'] }],
    ['a date that is none', { ...WHOLE, stop_date: '2026-02-30' }, { stop_date: [WRONG_DATE] }],
    ['an instant', { ...WHOLE, start_date: '2026-11-01T00:00:00Z' }, { start_date: [WRONG_DATE] }],
    ['a number for a date', { ...WHOLE, start_date: 20261101 }, { start_date: [WRONG_DATE] }],
    [
      'an end before the start',
      { start_date: '2026-11-02', stop_date: '2026-11-01' },
      { stop_date: ['Must not be before start_date.'] },
    ],
    ['an unknown sorting', { ...WHOLE, sorting: 'country' }, { sorting: ['"country" is not a valid choice.'] }],
    ['an unknown interval', { ...WHOLE, interval: 'weekly' }, { interval: ['"weekly" is not a valid choice.'] }],
    ['an interval of null', { ...WHOLE, interval: null }, { interval: ['This field may not be null.'] }],
    ['an unknown format', { ...WHOLE, format: 7 }, { format: ['"7" is not a valid choice.'] }],
    ['a word for a flag', { ...WHOLE, csv_headers: 'true' }, { csv_headers: ['Must be a valid boolean.'] }],
    ['a list', [], { non_field_errors: ['Invalid data. Expected a dictionary.'] }],
    [
      'two fields at once',
      { ...WHOLE, sorting: 'x', interval: 'y' },
      { sorting: ['"x" is not a valid choice.'], interval: ['"y" is not a valid choice.'] },
    ],
  ])('%s with 400', async (_, body, errors) => {
    const answer = await instal.send(EXPORTS, body);
    expect([answer.status, answer.body]).toEqual([400, errors]);
  });

  it('no day for being the first and the last, nor fields it does not know', async () => {
    const answer = await instal.send(EXPORTS, { start_date: '2026-11-01', stop_date: '2026-11-01', timezone: 'UTC' });
    expect([answer.status, answer.body]).toEqual([200, { result: 'QUEUED', task_id: expect.any(String) }]);
  });

  it('what is no JSON', async () => {
    const broken = await instal.send(EXPORTS, '{');
    expect([broken.status, broken.body]).toEqual([400, { detail: 'JSON parse error - the body is not JSON.' }]);
    const form = await instal.send(EXPORTS, 'start_date=2026-11-01', { headers: { 'content-type': 'text/plain' } });
    expect([form.status, form.body]).toEqual([415, { detail: 'Unsupported media type "text/plain" in request.' }]);
    const json = { headers: { 'content-type': 'application/json; charset=utf-8' } };
    expect((await instal.send(EXPORTS, WHOLE, json)).status).toBe(200);
  });

  it.each([
    ['GET', EXPORTS, 'POST'],
    ['PUT', EXPORTS, 'POST'],
    ['DELETE', `${EXPORTS}x`, 'GET'],
    ['POST', `${EXPORTS}x/`, 'GET'],
  ])('%s at %s with 405', async (method, path, allowed) => {
    const response = await fetch(instal.baseUrl + path, { method, headers: RIGHT });
    expect([response.status, response.headers.get('allow'), await response.json()]).toEqual([
      405,
      allowed,
      { detail: `Method "${method}" not allowed.` },
    ]);
  });

  it('a demand without the slash by moving it', async () => {
    const { status, headers } = await instal.send(EXPORTS.slice(0, -1), WHOLE);
    expect([status, headers.get('location')]).toEqual([301, EXPORTS]);
  });

  it('unknown addresses with 404', async () => {
    const answer = await instal.get('/advertiser/api/v2/reports/exports/x');
    expect([answer.status, answer.body]).toEqual([404, { detail: 'Not found.' }]);
  });
});

describe('the rate limit of Instal', () => {
  it.each([
    ['ten', {}, 10],
    ['as many as a test says', { rateLimit: 3 }, 3],
  ])('lets %s requests through in any second', async (_, options, limit) => {
    let nowMs = NOON;
    const limited = await startInstal({ world, clock: () => nowMs, ...options });
    const ask = (headers: Record<string, string> = RIGHT) => fetch(`${limited.baseUrl}${EXPORTS}x`, { headers });
    for (let request = 0; request < limit; request += 1) {
      expect((await ask()).status).toBe(200);
      nowMs += 1;
    }
    const refused = await ask();
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([
      429,
      '1',
      { detail: 'Request was throttled. Expected available in 1 second.' },
    ]);
    // Strangers are turned away before they are counted, and files are not counted at all.
    expect((await ask({})).status).toBe(401);
    expect((await fetch(`${limited.baseUrl}/media/exports/x`, { headers: RIGHT })).status).toBe(404);
    nowMs = NOON + 1000;
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 429]);
    await limited.close();
  });
});
