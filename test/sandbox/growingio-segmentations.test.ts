import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { PROJECT, startGrowingioClient, world } from './growingio-client.ts';
import type { GrowingioClient, Json } from './growingio-client.ts';
import { toRawEvents } from './growingio-raw-events.ts';

const raw = toRawEvents(world);
let growingio: GrowingioClient;
let old: GrowingioClient;
let listed: Json[];

beforeAll(async () => {
  growingio = await startGrowingioClient();
  old = await startGrowingioClient({ apiVersion: '2024' });
  listed = (await growingio.get(`${PROJECT}/segmentations.json`)).body;
});
afterAll(() => Promise.all([growingio.close(), old.close()]));

async function readRows(id: string, client = growingio): Promise<string[][]> {
  const { text, headers } = await client.get(`${PROJECT}/segmentations/${id}/users.csv`);
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(text.endsWith('\n')).toBe(true);
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => line.split('\t'));
}

describe('the segmentations of GrowingIO', () => {
  it('have the documented fields', () => {
    expect(listed[0]).toEqual({
      id: 's1QhY7Mf',
      name: '付费用户',
      userType: 'cs1',
      userNum: expect.any(Number),
      updatedAt: '2026-11-19',
    });
    for (const { id, userType } of listed) {
      expect(id).toMatch(/^[0-9A-Za-z]{8}$/);
      expect(['u', 'cs1']).toContain(userType);
    }
  });

  it('count the lines of their files', async () => {
    for (const { id, userNum } of listed) expect((await readRows(id)).length - 1).toBe(userNum);
    const numbers = listed.map(({ userNum }: Json) => userNum);
    expect(Math.min(...numbers)).toBe(0);
    expect(Math.max(...numbers)).toBeGreaterThan(5000);
  });

  it('have those who paid, by the id they signed in with', async () => {
    const [header, ...rows] = await readRows('s1QhY7Mf');
    expect(header).toEqual(['cs1', 'name', 'country', 'platform']);
    const paid = new Set(raw.filter(({ cents }) => cents > 0).map(({ user }) => world.users[user]!.id));
    expect(new Set(rows.map(([id]) => id))).toEqual(paid);
    expect(rows).toHaveLength(paid.size);
    expect(rows.some(([id]) => /^\d+$/.test(id!))).toBe(true);
  });

  it('have names as they are', async () => {
    const rows = await readRows('S3vUk8Pd');
    const names = new Set(rows.map(([, name]) => name));
    for (const name of ['Ana "Nan" Smith, Jr.', '小明 王', '😀 =Cell', "Null O'Brien", 'Kim']) {
      expect(names).toContain(name);
    }
    for (const row of rows) expect(row).toHaveLength(4);
    expect(rows.some(([, , country]) => country === '')).toBe(true);
    const signedIn = new Set(raw.map(({ user }) => user).filter((user) => !world.users[user]!.isAnonymous));
    expect(rows).toHaveLength(signedIn.size + 1);
  });

  it('have visitors by device', async () => {
    const [header, ...rows] = await readRows('x5BgI0Tw');
    expect(header).toEqual(['访问用户ID', 'country', 'platform']);
    const late = raw.filter(({ timeMs }) => timeMs >= Date.UTC(2026, 10, 13));
    const devices = new Set(late.map(({ user }) => world.users[user]!.deviceId));
    expect(new Set(rows.map(([id]) => id))).toEqual(devices);
    expect((await readRows('x5BgI0Tw', old))[0]).toEqual(['u', 'country', 'platform']);
  });

  it('may be empty', async () => {
    expect(await readRows('N2aFj6Zc')).toEqual([['cs1', 'name', 'country', 'platform']]);
  });
});
