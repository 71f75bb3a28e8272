import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { daysFrom, NOON, PROJECT, RIGHT, startGrowingioClient, toQuery } from './growingio-client.ts';
import type { GrowingioClient, Json } from './growingio-client.ts';

const MINUTE_MS = 60_000;
const days = toQuery(daysFrom('2026-10-05', '2026-10-11'));
const users = `/v3/exporter${PROJECT}/segmentations/s1QhY7Mf/users`;

let nowMs: number;
let growingio: GrowingioClient;

beforeEach(async () => {
  nowMs = NOON;
  growingio = await startGrowingioClient({ clock: () => nowMs });
});
afterEach(() => growingio.close());

const ask = async (path: string): Promise<Json> => (await growingio.get(path)).body;

/** Asks twice, with the time between them that an export takes. */
async function finish(path: string): Promise<Json> {
  await ask(path);
  nowMs += 250;
  return ask(path);
}

describe('an export of GrowingIO', () => {
  it.each(['charts/Kd82LmQz', 'charts/Bn5xT0aV', 'funnels/f8SjC1xO', 'retentions/R7gHv2Nk'])(
    'of %s becomes the report itself',
    async (path) => {
      const address = `/v3/exporter${PROJECT}/${path}?${days}`;
      const first = await ask(address);
      expect(first).toEqual({ id: expect.stringMatching(/^[0-9A-Za-z]{32}$/), status: 'doing' });
      nowMs += 249;
      expect(await ask(address)).toEqual(first);
      nowMs += 1;
      const { text } = await growingio.get(address);
      expect(text).toBe((await growingio.get(`/v2${PROJECT}/${path}.json?${days}`)).text);
    },
  );

  it('takes as long as it is told', async () => {
    const slow = await startGrowingioClient({ clock: () => nowMs, preparationMs: 5000 });
    const statusOf = async (): Promise<string> => (await slow.get(users)).body.status;
    const statuses = [await statusOf()];
    for (const ms of [4999, 1]) {
      nowMs += ms;
      statuses.push(await statusOf());
    }
    await slow.close();
    expect(statuses).toEqual(['doing', 'doing', 'done']);
  });

  it('is forgotten a minute after it is done', async () => {
    const address = `/v3/exporter${PROJECT}/charts/Kd82LmQz?${days}`;
    const { id } = await ask(address);
    nowMs += 250 + MINUTE_MS - 1;
    expect(await ask(address)).not.toHaveProperty('status');
    nowMs += 1;
    const again = await ask(address);
    expect(again.status).toBe('doing');
    expect(again.id).not.toBe(id);
  });

  it('is another one for another question', async () => {
    const first = await ask(`/v3/exporter${PROJECT}/charts/Kd82LmQz?${days}`);
    const other = await ask(`/v3/exporter${PROJECT}/charts/Kd82LmQz?${days}&interval=3600000`);
    expect(other.id).not.toBe(first.id);
  });

  it('is refused at once where it is wrong', async () => {
    const statusOf = async (path: string): Promise<number> => (await growingio.get(path)).status;
    expect(await statusOf(`/v3/exporter${PROJECT}/charts/Kd82LmQz?interval=1`)).toBe(400);
    expect(await statusOf(`/v3/exporter${PROJECT}/charts/f8SjC1xO`)).toBe(404);
    expect(await statusOf(`/v3/exporter${PROJECT}/segmentations/nope/users`)).toBe(404);
  });

  it('is not there in 2024', async () => {
    const old = await startGrowingioClient({ apiVersion: '2024' });
    const { status } = await old.get(`/v3/exporter${PROJECT}/charts/Kd82LmQz?${days}`);
    await old.close();
    expect(status).toBe(404);
  });
});

describe('an export of people', () => {
  it('links to a file on another host', async () => {
    const { status, downloadLinks, errorMsg } = await finish(users);
    expect([status, errorMsg]).toEqual(['done', '']);
    const [link] = downloadLinks;
    expect(growingio.dataSource.downloadHosts).toEqual([new URL(link).host]);
    expect(new URL(link).host).not.toBe(new URL(growingio.baseUrl).host);
    const response = await fetch(link);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(await response.text()).toBe((await growingio.get(`${PROJECT}/segmentations/s1QhY7Mf/users.csv`)).text);
  });

  it.each([
    ['authorization', RIGHT.authorization],
    ['x-client-id', RIGHT['x-client-id']],
  ])('refuses a download with the header %s', async (name, value) => {
    const { downloadLinks } = await finish(users);
    expect((await fetch(downloadLinks[0], { headers: { [name]: value } })).status).toBe(400);
  });

  it('refuses links that are not its own', async () => {
    const link = new URL((await finish(users)).downloadLinks[0]);
    const wrong = new URL(link);
    wrong.searchParams.set('sign', 'x');
    expect((await fetch(wrong)).status).toBe(403);
    expect((await fetch(new URL('/buckets/nothing.csv', link))).status).toBe(404);
  });

  it.each([
    ['', 5],
    ['?expire=1', 1],
    ['?expire=10080', 10_080],
  ])('with %j has links for %i minutes', async (query, minutes) => {
    const [link] = (await finish(users + query)).downloadLinks;
    expect(new URL(link).searchParams.get('expires')).toBe(String(nowMs + minutes * MINUTE_MS));
    nowMs += minutes * MINUTE_MS - 1;
    expect((await fetch(link)).status).toBe(200);
    nowMs += 1;
    expect((await fetch(link)).status).toBe(403);
  });

  it('keeps its links as long as they live', async () => {
    const { downloadLinks } = await finish(users);
    nowMs += 2 * MINUTE_MS;
    expect((await finish(`${users}?expire=60`)).downloadLinks).toEqual(downloadLinks);
    nowMs += 3 * MINUTE_MS;
    const fresh = (await finish(`${users}?expire=60`)).downloadLinks;
    expect(fresh).not.toEqual(downloadLinks);
    expect((await fetch(fresh[0])).status).toBe(200);
  });

  it.each([
    ['expire=10081', '链接有效期不能超过 7 天'],
    ['expire=0', '参数不合法：0'],
    ['expire=soon', '参数不合法：soon'],
    ['parameters=name,age', '参数不合法：age'],
  ])('fails for %s', async (query, errorMsg) => {
    const { id, ...end } = await finish(`${users}?${query}`);
    expect(id).toMatch(/^[0-9A-Za-z]{32}$/);
    expect(end).toEqual({ status: 'failed', downloadLinks: [], errorMsg });
  });

  it('has the attributes it is asked for', async () => {
    const { downloadLinks } = await finish(`${users}?parameters=platform,name`);
    const [header] = (await (await fetch(downloadLinks[0])).text()).split('\n');
    expect(header).toBe('cs1\tplatform\tname');
  });

  it('may come in several files, each with its header', async () => {
    const parted = await startGrowingioClient({ preparationMs: 0, maxUsersPerFile: 1000 });
    await parted.get(users);
    const { downloadLinks } = (await parted.get(users)).body;
    const texts = await Promise.all(downloadLinks.map(async (link: string) => (await fetch(link)).text()));
    const whole = (await parted.get(`${PROJECT}/segmentations/s1QhY7Mf/users.csv`)).text;
    await parted.close();
    const [header, ...rows] = whole.trimEnd().split('\n');
    expect(texts).toHaveLength(Math.ceil(rows.length / 1000));
    expect(texts.map((text) => text.split('\n')[0])).toEqual(texts.map(() => header));
    expect(texts.flatMap((text) => text.trimEnd().split('\n').slice(1))).toEqual(rows);
  });

  it('may be of nobody', async () => {
    const { downloadLinks } = await finish(`/v3/exporter${PROJECT}/segmentations/N2aFj6Zc/users`);
    expect(await (await fetch(downloadLinks[0])).text()).toBe('cs1\tname\tcountry\tplatform\n');
  });
});
