import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { parseOwnEvents } from '../../src/sandbox/own-events/own-events-file.ts';
import { replaceEvents } from '../../src/sandbox/own-events.ts';
import { createWorld } from '../../src/sandbox/world.ts';
import { startOpenpanelClient, toQuery } from './openpanel-client.ts';
import type { ClientName, Json, OpenpanelClient } from './openpanel-client.ts';
import { toRawEvents } from './raw-events.ts';

const world = createWorld({ today: '2024-05-01' });
const raw = toRawEvents(world);
const day = { start: '2024-04-16', end: '2024-04-16' };
const nowMs = Date.UTC(2024, 4, 1, 12);
let openpanel: OpenpanelClient;

beforeAll(async () => {
  openpanel = await startOpenpanelClient({ world, clock: () => nowMs });
});
afterAll(() => openpanel.close());

async function list(query: Record<string, unknown> | string, client: ClientName = 'read'): Promise<Json> {
  const { status, body } = await openpanel.get(
    `/export/events?${typeof query === 'string' ? query : toQuery(query)}`,
    client,
  );
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

const onDay = (date: string) => raw.filter(({ timeMs }) => new Date(timeMs).toISOString().startsWith(date));

describe('events of OpenPanel', () => {
  it('read page by page are the whole day', async () => {
    const first = await list({ ...day, limit: 1000 });
    const pages = [first];
    for (let page = 2; page <= first.meta.pages; page += 1) pages.push(await list({ ...day, limit: 1000, page }));
    const events = pages.flatMap(({ data }) => data);
    const expected = onDay('2024-04-16');
    expect(first.meta.totalCount).toBe(expected.length);
    expect(new Set(events.map(({ id }) => id)).size).toBe(expected.length);
    const toKey = (time: string, name: string, profile: string): string => `${time} ${name} ${profile}`;
    expect(events.map((e) => toKey(e.createdAt, e.name, e.profileId)).sort()).toEqual(
      expected.map((e) => toKey(new Date(e.timeMs).toISOString(), e.name, e.profile)).sort(),
    );
    const order = events.map((e) => ({ createdAt: e.createdAt, id: e.id }));
    expect(order).toEqual([...order].sort((a, b) => b.createdAt.localeCompare(a.createdAt) || (a.id < b.id ? -1 : 1)));
  });

  it('come from whole UTC days, both included', async () => {
    const query = { start: '2024-04-15T22:00:00Z', end: '2024-04-16T01:00:00Z' };
    const expected = onDay('2024-04-15').length + onDay('2024-04-16').length;
    expect((await list(query)).meta.totalCount).toBe(expected);
    expect((await list(query, 'nordic')).meta.totalCount).toBe(expected);
  });

  it.each([
    ['limit=0', { count: 1 }],
    ['limit=5000', { count: 1000 }],
    ['', { count: 50 }],
    ['page=-3&limit=2', { count: 2, current: 1 }],
    ['page=100000', { count: 0, current: 100_000 }],
    ['page=1.5&limit=1', { count: 1, current: 1.5 }],
  ])('are paged by %s', async (query, expected) => {
    const { meta, data } = await list(`start=2024-04-16&end=2024-04-16&${query}`);
    expect(meta).toMatchObject({ ...expected, count: data.length });
    expect(meta.totalCount).toBe(onDay('2024-04-16').length);
  });

  it.each<[string, string[] | undefined]>([
    ['event=["sign_up","purchase"]', ['sign_up', 'purchase']],
    ['event=sign_up&event=purchase', ['sign_up', 'purchase']],
    ['event=%22404%22', ['404']],
    ['event=Invite%20Friend', ['Invite Friend']],
    ['event=sign_up,purchase', []],
    ['event=', []],
    ['event=*', []],
    ['event[]=sign_up', undefined],
  ])('are chosen by %s', async (query, names) => {
    const { meta } = await list(`start=2024-04-01&end=2024-04-30&${query}`);
    const expected = raw.filter((e) => e.timeMs >= Date.UTC(2024, 3, 1) && (!names || names.includes(e.name)));
    expect(meta.totalCount).toBe(expected.length);
  });

  it('without both dates lose what lies before the first look', async () => {
    const hourAgo = (hours: number): string => `u1,visit,${new Date(nowMs - hours * 3_600_000).toISOString()}`;
    const rows = [1, 2, 3, 240, 241, 242, 243].map(hourAgo);
    const own = replaceEvents(world, parseOwnEvents(['user_id,event,time', ...rows].join('\n'), 'visits.csv'));
    const small = await startOpenpanelClient({ world: own, clock: () => nowMs });
    const read = async (query: string): Promise<number> => {
      const { meta } = (await small.get(`/export/events?limit=5&${query}`)).body;
      expect(meta).toMatchObject({ totalCount: 7, pages: 2 });
      return meta.count;
    };
    expect(await read('page=1')).toBe(3);
    expect(await read('page=2')).toBe(2);
    const start = new Date(nowMs - 20 * 86_400_000).toISOString();
    expect(await read(`page=1&start=${start}`)).toBe(3);
    const both = `start=${start}&end=${new Date(nowMs).toISOString()}`;
    expect((await read(`page=1&${both}`)) + (await read(`page=2&${both}`))).toBe(7);
    await small.close();
  });

  it.each([
    ['includes=properties,meta,profile'],
    ['includes=properties&includes=meta&includes=profile'],
    ['includes=["properties","meta","profile","nonsense"]'],
  ])('hold more with %s', async (query) => {
    const { data } = await list(`start=2024-04-01&end=2024-04-30&event=purchase&limit=1&${query}`);
    expect(data[0]).toMatchObject({
      properties: { price_usd: expect.stringMatching(/^\d+\.\d\d$/) },
      meta: { name: 'purchase', conversion: true },
      profile: { id: data[0].profileId, isExternal: true },
    });
  });

  it.each([
    ['deviceId', 'device_id'],
    ['profileId', 'profileId'],
    ['sessionId', 'session_id'],
    ['path', 'path'],
    ['region', 'region'],
    ['longitude', 'longitude'],
    ['osVersion', 'osVersion'],
    ['brand', 'brand'],
    ['model', 'model'],
    ['referrer', 'referrer'],
    ['referrerName', 'referrer_name'],
    ['referrerType', 'referrer_type'],
    ['origin', 'origin'],
    ['sdkName', 'sdk_name'],
    ['sdkVersion', 'sdkVersion'],
    ['revenue', 'revenue'],
  ])('show %s as the column %s filters', async (key, name) => {
    const query = { ...day, event: 'screen_view', includes: key, limit: 1000 };
    const page = await list(query);
    const value = String(page.data.find((event: Json) => event[key])?.[key] ?? page.data[0][key]);
    const filtered = await list({ ...query, filters: [{ name, operator: 'is', value: [value] }] });
    expect(filtered.meta.count).toBeGreaterThan(0);
    for (const event of filtered.data) expect(String(event[key])).toBe(value);
  });

  it.each([
    ['profile.email', (event: Json): string => event.profile.email],
    ['profile.first_name', (event: Json): string => event.profile.firstName],
    ['profile.properties.tier', (event: Json): string => event.profile.properties.tier ?? 'basic'],
    ['has_profile', (event: Json): string => String(event.profile.isExternal)],
  ])('show the profile that %s filters', async (name, read) => {
    const query = { ...day, event: 'sign_up', includes: 'profile', limit: 1000 };
    const value = read((await list(query)).data[0]);
    const filtered = await list({ ...query, filters: [{ name, operator: 'is', value: [value] }] });
    expect(filtered.meta.count).toBeGreaterThan(0);
    for (const event of filtered.data) expect(read(event)).toBe(value);
  });

  it('never hold a duration, and meta only where there is some', async () => {
    const { data } = await list({ ...day, event: 'screen_view', includes: 'duration,meta,revenue', limit: 1 });
    expect(data[0]).not.toHaveProperty('duration');
    expect(data[0]).not.toHaveProperty('meta');
    expect(data[0].revenue).toBe(0);
  });

  it('name unknown countries with two zero bytes', async () => {
    const filters = [{ name: 'country', operator: 'is', value: ['\u0000\u0000'] }];
    const { data, meta } = await list({ ...day, filters });
    expect(meta.totalCount).toBe(onDay('2024-04-16').filter(({ country }) => country === '').length);
    expect(data[0]).toMatchObject({ country: '\u0000\u0000', city: '' });
  });

  it('of a profile include those of its device', async () => {
    const index = world.events.anonymous.findIndex((flag) => flag === 1);
    const user = world.users[world.events.user[index]!]!;
    const { data, meta } = await list({ profileId: user.id, start: '2024-01-01', end: '2024-05-01', limit: 1000 });
    const own = raw.filter(({ profile }) => profile === user.id).length;
    const ofDevice = raw.filter(({ profile }) => profile === user.deviceId).length;
    expect(meta).toMatchObject({ totalCount: own, count: own + ofDevice });
    expect(new Set(data.map(({ profileId }: Json) => profileId))).toEqual(new Set([user.id, user.deviceId]));
  });

  it('give strangers a profile made up on the spot', async () => {
    const user = world.users.find(({ isAnonymous }) => isAnonymous)!;
    const query = { profileId: user.id, start: '2024-01-01', end: '2024-05-01', includes: 'profile', limit: 1 };
    const now = new Date(nowMs).toISOString();
    expect((await list(query)).data[0].profile).toMatchObject({
      id: user.deviceId,
      email: '',
      isExternal: false,
      createdAt: now,
    });
  });
});
