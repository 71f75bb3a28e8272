import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createWorld } from '../../src/sandbox/world.ts';
import { startOpenpanelClient, toQuery } from './openpanel-client.ts';
import type { Json, OpenpanelClient } from './openpanel-client.ts';

const world = createWorld({ today: '2024-05-01' });
const project = { projectId: 'sandbox-app' };
let openpanel: OpenpanelClient;

beforeAll(async () => {
  openpanel = await startOpenpanelClient({ world, clock: () => Date.UTC(2024, 4, 1, 12), apiVersion: '2024' });
});
afterAll(() => openpanel.close());

const chart = (query: Record<string, unknown>) => openpanel.charts({ ...project, ...query });
const datesOf = async (query: Record<string, unknown>): Promise<string[]> =>
  (await chart({ events: ['session_start'], ...query })).series[0].data.map(({ date }: Json) => date);

describe('OpenPanel of 2024', () => {
  it('draws events given as names or as objects', async () => {
    const names = await chart({
      events: ['sign_up', 'purchase'],
      range: 'last_30_days',
      chartType: 'linear',
      metric: 'sum',
    });
    const objects = await chart({ events: [{ name: 'sign_up' }, { name: 'purchase' }], range: 'last_30_days' });
    expect(names).toEqual(objects);
    expect(names.series.map((serie: Json) => serie.names)).toEqual([['(A) sign_up'], ['(B) purchase']]);
    expect(Object.keys(names.series[0].metrics)).toEqual(['sum', 'average', 'min', 'max']);
  });

  it.each([
    ['today', 1],
    ['yesterday', 1],
    ['last_7_days', 7],
    ['last_30_days', 30],
    ['this_month', 1],
    ['last_month', 30],
    ['this_year', 122],
    ['last_year', 365],
    ['all_time', 121],
  ])('knows the range %s', async (range, days) => {
    const { series } = await chart({ events: ['session_start'], breakdowns: [{ name: 'country' }], range });
    expect(series[0].data).toHaveLength(days);
  });

  it.each([
    ['minute', '2024-04-01T10:00:00', '2024-04-01T10:59:00', '2024-04-01T10:00:00Z'],
    ['hour', '2024-04-01T10:00:00', '2024-04-01T12:00:00', '2024-04-01T10:00:00Z'],
    ['day', '2024-04-01', '2024-04-03', '2024-04-01T00:00:00'],
    ['week', '2024-04-01', '2024-04-15', '2024-04-01T00:00:00Z'],
    ['month', '2024-03-01', '2024-04-15', '2024-03-01T00:00:00Z'],
  ])('writes the dates of every %s', async (interval, startDate, endDate, first) => {
    expect((await datesOf({ interval, startDate, endDate }))[0]).toBe(first);
  });

  it('pages series by offset and limit', async () => {
    const query = { events: ['sign_up'], breakdowns: [{ name: 'country' }], metric: 'max' };
    const { series: all } = await chart(query);
    const { series: some } = await chart({ ...query, offset: 2, limit: 3 });
    expect(some).toEqual(all.slice(2, 5));
    const largest = all.map(({ metrics }: Json) => metrics.max);
    expect(largest).toEqual([...largest].sort((a, b) => b - a));
  });

  it('compares with the days before', async () => {
    const { series } = await chart({
      events: ['sign_up'],
      previous: true,
      startDate: '2024-04-01',
      endDate: '2024-04-03',
    });
    expect(Object.keys(series[0].metrics.previous)).toEqual(['sum', 'average', 'min', 'max']);
    expect(series[0].data[0].previous).toHaveProperty('value');
  });

  it('lists at most fifty events', async () => {
    const query = {
      project_id: 'sandbox-app',
      event: ['screen_view', 'purchase'],
      start: '2024-04-15',
      end: '2024-04-18',
    };
    const { body } = await openpanel.get(`/export/events?${toQuery({ ...query, limit: 500 })}`);
    expect(body.meta).toMatchObject({ count: 50, current: 1, pages: Math.ceil(body.meta.totalCount / 50) });
    expect(Object.keys(body.data[0]).sort()).toEqual([
      'browser',
      'city',
      'country',
      'createdAt',
      'deviceId',
      'duration',
      'id',
      'name',
      'os',
      'path',
      'profileId',
      'projectId',
    ]);
    const more = await openpanel.get(
      `/export/events?${toQuery({ ...query, limit: 1, includes: 'profile,sessionId' })}`,
    );
    expect(more.body.data[0]).toMatchObject({ profile: { id: expect.any(String) }, sessionId: expect.any(String) });
  });

  it('filters events by one day alone', async () => {
    const count = async (query: object): Promise<number> =>
      (await openpanel.get(`/export/events?${toQuery({ ...project, ...query })}`)).body.meta.totalCount;
    const [from, until, all] = await Promise.all([
      count({ start: '2024-04-15' }),
      count({ end: '2024-04-14' }),
      count({}),
    ]);
    expect(from + until).toBe(all);
    expect(all).toBe(world.events.length);
  });

  it.each([
    ['events/0', { events: [{ filters: [] }] }],
    ['range', { range: '7d' }],
    ['interval', { interval: 'year' }],
    ['metric', { metric: 'median' }],
    ['previous', { previous: 'maybe' }],
    ['projectId', { projectId: undefined }],
  ])('refuses a bad %s with details', async (path, query) => {
    const all = Object.entries({ ...project, ...query }).filter(([, value]) => value !== undefined);
    const answer = await openpanel.get(`/export/charts?${toQuery(Object.fromEntries(all))}`);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error: 'Bad Request', message: 'Invalid query parameters' });
    expect(answer.body.details[0].path.join('/')).toContain(path);
  });

  it.each([
    [
      '/export/charts?range=nope',
      'none',
      401,
      { error: 'Unauthorized', message: 'Export: Client ID must be a valid UUIDv4' },
    ],
    ['/export/events', 'read', 400, { error: 'Bad Request', message: 'project_id is required' }],
    [
      '/export/events?projectId=x',
      'read',
      403,
      { error: 'Forbidden', message: 'You do not have access to this project' },
    ],
    ['/export/events?projectId=x', 'root', 404, { error: 'Not Found', message: 'Project not found' }],
    ['/export/events?projectId=sandbox-app&start=never', 'read', 500, 'Internal server error'],
    ['/insights/sandbox-app/funnel', 'none', 404, expect.objectContaining({ statusCode: 404 })],
  ] as const)('answers %s of client %s with %i', async (path, client, status, body) => {
    const answer = await openpanel.get(path, client);
    expect([answer.status, answer.body]).toEqual([status, body]);
  });
});
