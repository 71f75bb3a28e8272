import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startGrowingio } from '../../src/sandbox/growingio/start-growingio.ts';
import { daysFrom, NOON, PROJECT, startGrowingioClient, toQuery, world } from './growingio-client.ts';
import type { GrowingioClient } from './growingio-client.ts';

const days = daysFrom('2026-10-05', '2026-10-11');
const { startTime, endTime } = days;
let growingio: GrowingioClient;
let old: GrowingioClient;

beforeAll(async () => {
  growingio = await startGrowingioClient();
  old = await startGrowingioClient({ apiVersion: '2024' });
});
afterAll(() => Promise.all([growingio.close(), old.close()]));

const report = (path: string, query: Record<string, string | number> | string): string =>
  `/v2${PROJECT}/${path}.json?${typeof query === 'string' ? query : toQuery(query)}`;

const ENVELOPE = (message: string, code: string) => ({
  message,
  errors: [{ code, message: expect.any(String) }],
});

describe('GrowingIO refuses', () => {
  it.each([
    ['an interval in between', 'charts/Kd82LmQz', { ...days, interval: 172_800_000 }],
    ['an interval in words', 'charts/Kd82LmQz', { ...days, interval: 'day' }],
    ['no interval', 'charts/Kd82LmQz', { ...days, interval: '' }],
    ['a day as a time', 'charts/Kd82LmQz', { startTime: '2026-10-05', endTime }],
    ['a time with a point', 'charts/Kd82LmQz', { startTime: `${startTime}.0`, endTime }],
    ['a time before 1970', 'charts/Kd82LmQz', { startTime: -1, endTime }],
    ['an end before the start', 'charts/Kd82LmQz', { startTime, endTime: startTime - 1 }],
    ['a start alone', 'charts/Kd82LmQz', { startTime }],
    ['an end alone', 'retentions/R7gHv2Nk', { endTime }],
    ['a time twice', 'charts/Kd82LmQz', `startTime=1&startTime=2&endTime=3`],
    ['a window of no day', 'funnels/f8SjC1xO', { ...days, conversionWindow: 0 }],
    ['a window of 91 days', 'funnels/f8SjC1xO', { ...days, conversionWindow: 91 }],
    ['half a day', 'funnels/f8SjC1xO', { ...days, conversionWindow: 1.5 }],
    ['hours of retention', 'retentions/R7gHv2Nk', { ...days, range: 'hour' }],
  ])('%s with 400', async (_, path, query) => {
    for (const client of [growingio, old]) {
      const { status, body } = await client.get(report(path, query));
      expect([status, body]).toEqual([400, ENVELOPE('Bad request', 'bad_request')]);
    }
  });

  it.each(['charts/Kd82LmQz', 'funnels/f8SjC1xO', 'retentions/R7gHv2Nk'])('%s without times in 2024', async (path) => {
    expect((await old.get(report(path, {}))).status).toBe(400);
    expect((await growingio.get(report(path, {}))).status).toBe(200);
  });

  it.each([
    ['an unknown dashboard', `${PROJECT}/dashboards/nope1234.json`],
    ['another case', `${PROJECT}/dashboards/d4kx01zq.json`],
    ['an unknown chart', report('charts/nope1234', days)],
    ['a funnel among the charts', report('charts/f8SjC1xO', days)],
    ['a chart among the retentions', report('retentions/Kd82LmQz', days)],
    ['the placeholder of the document', report('funnels/funnel_id', days)],
    ['an unknown segmentation', `${PROJECT}/segmentations/nope1234/users.csv`],
    ['an unknown project', '/projects/nope1234/dashboards.json'],
    ['the account in the place of the project', '/v2/projects/0123456789abcdef/charts/Kd82LmQz.json'],
    ['a report without its ending', `/v2${PROJECT}/charts/Kd82LmQz`],
    ['the first version of charts', `${PROJECT}/charts/Kd82LmQz.json`],
  ])('%s with 404', async (_, path) => {
    const { status, body } = await growingio.get(path);
    expect([status, body]).toEqual([404, ENVELOPE('Not found', 'not_found')]);
  });

  it('a version it does not know', async () => {
    const start = startGrowingio({ world, clock: () => NOON, apiVersion: '2025' });
    await expect(start).rejects.toThrow('2026 and 2024');
  });
});

describe('the rate limit of GrowingIO', () => {
  it('is two in any second for each kind of report', async () => {
    let nowMs = NOON;
    const limited = await startGrowingioClient({ clock: () => nowMs, rateLimit: 2 });
    const statusOf = async (path: string): Promise<number> => (await limited.get(path)).status;
    const paths = [
      [report('charts/Kd82LmQz', days), report('charts/kd82LmQz', days)],
      [report('funnels/f8SjC1xO', days), `/v3/exporter${PROJECT}/funnels/F5mYb3Wd`],
      [report('retentions/R7gHv2Nk', days), report('retentions/R7gHv2Nk', {})],
      [`${PROJECT}/segmentations.json`, `${PROJECT}/segmentations/s1QhY7Mf/users.csv`],
    ] as const;
    for (const [one, other] of paths) {
      const start = nowMs;
      expect(await statusOf(one)).toBe(200);
      nowMs += 500;
      expect([await statusOf(other), await statusOf(one)]).toEqual([200, 429]);
      nowMs = start + 999;
      expect(await statusOf(one)).toBe(429);
      nowMs = start + 1000;
      expect([await statusOf(one), await statusOf(other)]).toEqual([200, 429]);
    }
    await limited.close();
  });

  it('is refused in the envelope, with Retry-After where that is wanted', async () => {
    for (const sendsRetryAfter of [false, true]) {
      const limited = await startGrowingioClient({ rateLimit: 0, sendsRetryAfter });
      const { status, body, headers } = await limited.get(report('charts/Kd82LmQz', days));
      await limited.close();
      expect([status, body]).toEqual([429, ENVELOPE('Too many requests', 'too_many_requests')]);
      expect(headers.get('retry-after')).toBe(sendsRetryAfter ? '1' : null);
    }
  });

  it('is two where nobody says', async () => {
    const { baseUrl, close } = await startGrowingio({ world, clock: () => NOON });
    const headers = { authorization: 'SandboxConsoleToken0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHI' };
    const statuses = [];
    for (let count = 0; count < 3; count += 1) {
      statuses.push((await fetch(`${baseUrl}${PROJECT}/segmentations.json`, { headers })).status);
    }
    await close();
    expect(statuses).toEqual([200, 200, 429]);
  });

  it('is not there for dashboards and rules', async () => {
    const limited = await startGrowingioClient({ rateLimit: 0 });
    const paths = ['dashboards.json', 'dashboards/d4Kx01Zq.json', 'rules.csv'];
    const statuses = await Promise.all(paths.map(async (path) => (await limited.get(`${PROJECT}/${path}`)).status));
    await limited.close();
    expect(statuses).toEqual([200, 200, 200]);
  });
});

describe('a timeout of GrowingIO', () => {
  it('is JSON of its own, also for a file', async () => {
    const asked: string[] = [];
    const slow = await startGrowingioClient({
      timesOut: (path) => asked.push(path) > 0 && !path.endsWith('dashboards.json'),
    });
    const paths = [`${PROJECT}/rules.csv`, report('charts/Kd82LmQz', days), `/v3/exporter${PROJECT}/charts/Kd82LmQz`];
    for (const path of paths) {
      const { status, body } = await slow.get(path);
      expect(status).toBe(500);
      expect(body).toEqual({
        message: 'Request timeout',
        errors: [{ code: 'request_timeout', message: 'Request timeout in 5000 milliseconds' }],
      });
    }
    const { status } = await slow.get(`${PROJECT}/dashboards.json`);
    await slow.close();
    expect(status).toBe(200);
    expect(asked[1]).toBe(`/v2${PROJECT}/charts/Kd82LmQz.json`);
  });
});
