import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startOpenpanel } from '../../src/sandbox/openpanel/start-openpanel.ts';
import { createWorld } from '../../src/sandbox/world.ts';
import { startOpenpanelClient, toHeaders, toQuery } from './openpanel-client.ts';
import type { ClientName, OpenpanelClient } from './openpanel-client.ts';

const world = createWorld({ today: '2024-05-01' });
const clock = (): number => Date.UTC(2024, 4, 1, 12);
const events = '/export/events?limit=1';
let openpanel: OpenpanelClient;
let production: OpenpanelClient;

beforeAll(async () => {
  openpanel = await startOpenpanelClient({ world, clock });
  production = await startOpenpanelClient({ world, clock, isProduction: true });
});
afterAll(() => Promise.all([openpanel.close(), production.close()]));

const unauthorized = (message: string) => ({ error: 'Unauthorized', message: `Export: ${message}` });
const chart = (query: Record<string, unknown>): string => `/export/charts?${toQuery(query)}`;

describe('OpenPanel refuses', () => {
  it.each<[string, ClientName | Record<string, string>, string]>([
    ['no credentials', 'none', 'Client ID must be a valid UUIDv4'],
    ['an id that is no UUID', { 'openpanel-client-id': 'me' }, 'Client ID must be a valid UUIDv4'],
    [
      'an upper case id',
      { ...toHeaders('read'), 'openpanel-client-id': toHeaders('read')['openpanel-client-id']?.toUpperCase() ?? '' },
      'Client ID must be a valid UUIDv4',
    ],
    ['an unknown id', { 'openpanel-client-id': '00000000-0000-0000-0000-000000000000' }, 'Invalid client id'],
    ['a client without stored secret', 'withoutSecret', 'Client has no secret'],
    ['a client that only writes', 'write', 'Client is not allowed to export'],
    ['a wrong secret', { ...toHeaders('read'), 'openpanel-client-secret': 'x' }, 'Invalid client secret'],
    [
      'a missing secret',
      { 'openpanel-client-id': toHeaders('read')['openpanel-client-id'] ?? '' },
      'Invalid client secret',
    ],
  ])('%s with 401', async (_, client, message) => {
    for (const path of [events, '/export/charts', '/insights/x/events/names']) {
      const answer = await openpanel.get(path, client);
      expect([answer.status, answer.body]).toEqual([401, unauthorized(message)]);
    }
  });

  it.each<[string, ClientName, string, number, string]>([
    ['another project', 'read', 'sandbox-empty', 403, 'You do not have access to this project'],
    ['a project that is not there', 'read', 'nope', 403, 'You do not have access to this project'],
    ['an unknown project of a root client', 'root', 'nope', 404, 'Project not found'],
    ["another organisation's project", 'root', 'sandbox-nordic', 404, 'Project not found'],
  ])('%s without an error key', async (_, client, projectId, status, message) => {
    const answer = await openpanel.get(`${events}&projectId=${projectId}`, client);
    expect([answer.status, answer.body]).toEqual([status, { status, message }]);
  });

  it('a root client that names no project', async () => {
    const answer = await openpanel.get(events, 'root');
    expect([answer.status, answer.body]).toEqual([
      400,
      { status: 400, message: 'project_id or projectId is required' },
    ]);
  });

  it.each([
    ['a number as project', `${events}&projectId=12345`, 'projectId Invalid input: expected string, received number'],
    ['a number as event', `${events}&event=404`, 'event Invalid input'],
    ['a word as page', `${events}&page=abc`, 'page Invalid input: expected number, received NaN'],
    ['previous as a number', chart({ previous: 1 }), 'previous Invalid input: expected boolean, received number'],
    ['previous as a word', chart({ previous: 'yes' }), 'previous Invalid input: expected boolean, received string'],
    ['names as series', chart({ events: ['a'] }), 'events/0 Invalid input: expected object, received string'],
    ['an unknown segment', chart({ series: [{ name: 'a', segment: 'x' }] }), 'series/0/segment Invalid option'],
    ['an unknown interval', chart({ interval: 'year' }), 'interval Invalid option'],
    ['filters that are no JSON', `${events}&filters=x`, 'filters Invalid input: expected array, received string'],
    ['eleven funnel steps', `/insights/x/funnel?${toQuery({ steps: [...'abcdefghijk'] })}`, 'steps steps must have'],
    ['a funnel of a month and more', '/insights/x/funnel?steps=a&steps=b&windowHours=721', 'windowHours Too big'],
  ])('%s with 400 before authentication', async (_, path, message) => {
    const answer = await openpanel.get(path, 'none');
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      status: 400,
      error: 'Error',
      message: expect.stringContaining(`querystring/${message}`),
    });
  });

  it('unknown routes as Fastify does', async () => {
    for (const path of ['/export/funnel?range=30d', '/export/events/?limit=1', '/nope']) {
      const answer = await openpanel.get(path, 'none');
      expect(answer.body).toEqual({ message: `Route GET:${path} not found`, error: 'Not Found', statusCode: 404 });
      expect(answer.headers.has('x-ratelimit-limit')).toBe(false);
    }
  });

  it.each([
    ['an event day without dashes', '/export/events?start=20240415&end=20240416', 'RangeError', 'Invalid time value'],
    ['a chart date that is none', chart({ startDate: '2024-02-30', endDate: '2024-03-01' }), 'Error', 'Cannot parse'],
    ['half an event', '/export/events?limit=1.5', 'Error', 'LIMIT'],
    [
      'a comparison with a word',
      chart({ series: [{ name: 'a', filters: [{ name: 'properties.x', operator: 'gt', value: ['abc'] }] }] }),
      'Error',
      "Cannot parse string 'abc' as Float64: syntax error at begin of string.",
    ],
    [
      'a sum of no column',
      chart({ series: [{ name: 'a', segment: 'property_sum', property: 'amount' }] }),
      'Error',
      'Unknown expression or function identifier `amount` in scope',
    ],
  ])('%s with 500', async (_, path, error, message) => {
    const answer = await openpanel.get(path);
    expect(answer.body).toEqual({ status: 500, error, message: expect.stringContaining(message) });
    const hosted = await production.get(path);
    expect([hosted.status, hosted.headers.get('content-type'), hosted.body]).toEqual([
      500,
      'text/plain',
      'Internal server error',
    ]);
  });
});

describe('the rate limit of OpenPanel', () => {
  it('counts every request of a client, refused ones too', async () => {
    let nowMs = 0;
    const limited = await startOpenpanelClient({ world, clock: () => nowMs, rateLimit: 3 });
    const wrong = { ...toHeaders('read'), 'openpanel-client-secret': 'x' };
    const statuses = [];
    for (const client of ['read', wrong, 'read', 'read'] as const)
      statuses.push((await limited.get(events, client)).status);
    expect(statuses).toEqual([200, 401, 200, 429]);
    nowMs = 3500;
    const refused = await limited.get(events);
    expect(refused.body).toEqual({
      status: 429,
      error: 'Too Many Requests',
      message: 'You have exceeded the rate limit for this endpoint.',
    });
    expect(refused.headers.get('retry-after')).toBe('7');
    expect((await limited.get(events, 'numeric')).status).toBe(200);
    nowMs = 10_000;
    const again = await limited.get(events);
    expect(['limit', 'remaining', 'reset'].map((name) => again.headers.get(`x-ratelimit-${name}`))).toEqual([
      '3',
      '2',
      '10',
    ]);
    await limited.close();
  });

  it.each([
    ['2026', '100'],
    ['2024', '10'],
  ])('is that of version %s', async (apiVersion, limit) => {
    const limited = await startOpenpanel({ world, clock, apiVersion });
    const response = await fetch(`${limited.baseUrl}/export/charts`);
    expect(response.headers.get('x-ratelimit-limit')).toBe(limit);
    await limited.close();
  });
});
