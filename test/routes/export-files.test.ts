import { createHash } from 'node:crypto';
import { fstatSync, readdirSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKeyCheck } from '../../src/access/api-keys.ts';
import { createSignedLinks, type SignedLinks } from '../../src/access/signed-links.ts';
import type { ExportFile, ExportState, ExportTask } from '../../src/exports/task.ts';
import { registerExportFiles } from '../../src/routes/export-files.ts';
import { principalOf, registerGuards } from '../../src/routes/guards.ts';
import { errorOf, request, type PlainAnswer } from '../server/plain-request.ts';
import { ManualClock } from '../support/manual-clock.ts';

const BYTES = 'day,users\r\n2026-01-01,12\r\n2026-01-02,7\r\n';
const ETAG = `"${sha256(BYTES)}"`;
const WRITTEN_AT = Date.UTC(2026, 0, 2, 3, 4, 5) + 678;
const WRITTEN = 'Fri, 02 Jan 2026 03:04:05 GMT';
const ODD_NAME = 'größe "1".csv';
const HUGE_BYTES = 256 * 2 ** 20;

const DONE = '00000000-0000-4000-8000-000000000001';
const OF_BEN = '00000000-0000-4000-8000-000000000002';
const RUNNING = '00000000-0000-4000-8000-000000000003';
const EXPIRED = '00000000-0000-4000-8000-000000000004';
const DAMAGED = '00000000-0000-4000-8000-000000000005';
const ENDING = '00000000-0000-4000-8000-000000000006';
const DELETED = '00000000-0000-4000-8000-000000000007';
const UNKNOWN = '00000000-0000-4000-8000-000000000009';

interface KeptTask {
  readonly principal: string;
  /** What is found first, then what is found ever after. */
  readonly states: readonly (ExportState | null)[];
  readonly files: readonly ExportFile[];
}

let folder: string;
let open: Doors;
let guarded: Doors;

/** A server, and the links to its files. */
interface Doors {
  readonly url: string;
  readonly links: SignedLinks;
  readonly clock: ManualClock;
  close(): Promise<void>;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'export-files-'));
  const file = { 'export.csv': BYTES };
  await writeFiles(DONE, { ...file, [ODD_NAME]: BYTES, 'empty.csv': '', 'unlisted.csv': BYTES, 'huge.csv': '' });
  await truncate(pathOf(DONE, 'huge.csv'), HUGE_BYTES);
  for (const id of [OF_BEN, RUNNING]) await writeFiles(id, file);
  await writeFiles(DAMAGED, { 'export.csv': BYTES.slice(1) });
  await writeFile(join(folder, 'secret.csv'), BYTES);
  open = await startDoors({ isGuarded: false });
  guarded = await startDoors({ isGuarded: true });
});
afterAll(async () => {
  await Promise.all([open.close(), guarded.close()]);
  await rm(folder, { recursive: true });
});

describe('a file of an export', () => {
  it('is answered with its bytes and what is known of them', async () => {
    const { status, headers, text } = await request(open.url, { path: pathTo(DONE) });
    expect({ status, text }).toEqual({ status: 200, text: BYTES });
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-length': '40',
      'content-disposition': `attachment; filename="export.csv"; filename*=UTF-8''export.csv`,
      etag: ETAG,
      'last-modified': WRITTEN,
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-cache, no-transform',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers).not.toHaveProperty('transfer-encoding');
  });

  it('is told of without its bytes', async () => {
    const whole = await request(open.url, { path: pathTo(DONE) });
    const { status, headers, text } = await request(open.url, {
      method: 'HEAD',
      path: pathTo(DONE),
      headers: { range: 'bytes=0-1' },
    });
    expect({ status, text }).toEqual({ status: 200, text: '' });
    expect({ ...headers, date: '' }).toEqual({ ...whole.headers, date: '' });
  });

  it('may be empty', async () => {
    const { status, headers, text } = await request(open.url, { path: pathTo(DONE, 'empty.csv') });
    expect({ status, text, length: headers['content-length'] }).toEqual({ status: 200, text: '', length: '0' });
  });

  it('may have a name of any characters', async () => {
    const { status, headers, text } = await request(open.url, { path: pathTo(DONE, ODD_NAME) });
    expect({ status, text }).toEqual({ status: 200, text: BYTES });
    expect(headers['content-disposition']).toBe(
      `attachment; filename="gr__e _1_.csv"; filename*=UTF-8''gr%C3%B6%C3%9Fe%20%221%22.csv`,
    );
  });

  it('is closed when its reader leaves', async () => {
    const path = pathOf(DONE, 'huge.csv');
    const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
      get(`${open.url}${pathTo(DONE, 'huge.csv')}`, { agent: false }, resolve).on('error', reject);
    });
    expect(incoming.headers['content-length']).toBe(String(HUGE_BYTES));
    expect(countOpen(path)).toBe(1);
    incoming.destroy();
    await expect.poll(() => countOpen(path), { timeout: 5_000 }).toBe(0);
  });

  it.each([
    ['nothing of it is wanted', { headers: { 'if-none-match': ETAG } }],
    ['no range of it is there', { headers: { range: 'bytes=40-' } }],
    ['only its headers are', { method: 'HEAD' }],
    ['it was read', {}],
  ])('is closed when %s', async (_why, options) => {
    await request(open.url, { path: pathTo(DONE), ...options });
    await expect.poll(() => countOpen(pathOf(DONE)), { timeout: 5_000 }).toBe(0);
  });
});

describe('a range of a file', () => {
  it.each([
    ['bytes=0-2', 0, 2],
    ['bytes=4-4', 4, 4],
    ['bytes=11-', 11, 39],
    ['bytes=11-999', 11, 39],
    ['bytes=-3', 37, 39],
    ['bytes=-99', 0, 39],
    ['BYTES=0-2', 0, 2],
    ['bytes=0-99999999999999999999999', 0, 39],
  ])('%s is sent alone', async (range, first, last) => {
    const { status, headers, text } = await request(open.url, { path: pathTo(DONE), headers: { range } });
    expect({ status, text }).toEqual({ status: 206, text: BYTES.slice(first, last + 1) });
    expect(headers).toMatchObject({
      'content-range': `bytes ${first}-${last}/40`,
      'content-length': String(last - first + 1),
      etag: ETAG,
    });
  });

  it.each(['bytes=40-', 'bytes=40-50', 'bytes=-0', 'bytes=99999999999999999999999-'])(
    '%s is not there',
    async (range) => {
      const answer = await request(open.url, { path: pathTo(DONE), headers: { range } });
      expect(answer.status).toBe(416);
      expect(answer.headers['content-range']).toBe('bytes */40');
      expect(errorOf(answer)).toEqual({
        code: 'BAD_USER_INPUT',
        message: 'The file has 40 bytes: ask for a range within.',
      });
    },
  );

  it.each(['bytes=0-1,3-4', 'bytes=5-2', 'bytes=-', 'bytes=a-b', 'rows=0-1', 'bytes 0-1', ''])(
    '%j is answered with everything',
    async (range) => {
      const { status, text } = await request(open.url, { path: pathTo(DONE), headers: { range } });
      expect({ status, text }).toEqual({ status: 200, text: BYTES });
    },
  );

  it('of an empty file is not there', async () => {
    const path = pathTo(DONE, 'empty.csv');
    for (const range of ['bytes=0-', 'bytes=-1']) {
      expect((await request(open.url, { path, headers: { range } })).status).toBe(416);
    }
  });

  it.each([
    ['the same tag', ETAG, 206],
    ['the same time', WRITTEN, 206],
    ['another tag', '"other"', 200],
    ['a weak tag', `W/${ETAG}`, 200],
    ['a later time', 'Fri, 02 Jan 2026 03:04:06 GMT', 200],
    ['something else', 'yesterday', 200],
  ])('goes on where the part that is there has %s', async (_what, ifRange, expected) => {
    const headers = { range: 'bytes=11-', 'if-range': ifRange };
    const { status, text } = await request(open.url, { path: pathTo(DONE), headers });
    expect({ status, text }).toEqual({ status: expected, text: expected === 206 ? BYTES.slice(11) : BYTES });
  });

  it('puts a file together that was read in pieces', async () => {
    let read = '';
    while (read.length < BYTES.length) {
      const range = `bytes=${read.length}-${read.length + 6}`;
      read += (await request(open.url, { path: pathTo(DONE), headers: { range, 'if-match': ETAG } })).text;
    }
    expect(read).toBe(BYTES);
  });
});

describe('a file that the caller may have', () => {
  it.each<[string, Record<string, string>, number]>([
    ['its tag', { 'if-none-match': ETAG }, 304],
    ['its tag, weak', { 'if-none-match': `W/${ETAG}` }, 304],
    ['its tag among others', { 'if-none-match': `"a", ${ETAG}` }, 304],
    ['any', { 'if-none-match': '*' }, 304],
    ['its tag and a range', { 'if-none-match': ETAG, range: 'bytes=0-1' }, 304],
    ['another tag', { 'if-none-match': '"a"' }, 200],
    ['its tag without quotes', { 'if-none-match': ETAG.slice(1, -1) }, 200],
    ['its time', { 'if-modified-since': WRITTEN }, 304],
    ['a later time', { 'if-modified-since': 'Sat, 03 Jan 2026 00:00:00 GMT' }, 304],
    ['an earlier time', { 'if-modified-since': 'Fri, 02 Jan 2026 03:04:04 GMT' }, 200],
    ['another tag and a later time', { 'if-none-match': '"a"', 'if-modified-since': WRITTEN }, 200],
    ['a time that is none', { 'if-modified-since': 'now' }, 200],
    ['only this one', { 'if-match': ETAG }, 200],
    ['only another one', { 'if-match': '"a"' }, 412],
    ['only this one, weakly', { 'if-match': `W/${ETAG}` }, 412],
  ])('asked for with %s', async (_what, headers, expected) => {
    const answer = await request(open.url, { path: pathTo(DONE), headers });
    expect(answer.status).toBe(expected);
    expect(answer.headers.etag).toBe(ETAG);
    if (expected === 304) expect(answer).toMatchObject({ text: '', headers: { 'last-modified': WRITTEN } });
    if (expected === 200) expect(answer.text).toBe(BYTES);
  });
});

describe('what is not there', () => {
  it.each([
    ['an unknown task', () => pathTo(UNKNOWN), 404, /no export task of this id/],
    ['an id that is none', () => '/exports/1/files/export.csv', 404, /no export task of this id/],
    ['an id that no database takes', () => '/exports/%00/files/export.csv', 404, /no export task of this id/],
    ['a task of somebody else', () => pathTo(OF_BEN), 404, /no export task of this id/],
    ['a task without files yet', () => pathTo(RUNNING), 404, /RUNNING/],
    ['a file of another name', () => pathTo(DONE, 'export.tsv'), 404, /no file of this name/],
    ['a file that lies there and is not listed', () => pathTo(DONE, 'unlisted.csv'), 404, /no file of this name/],
    ['a file outside', () => pathTo(DONE, '../../secret.csv'), 404, /no file of this name/],
    ['a file by its other name', () => pathTo(DONE, './export.csv'), 404, /no file of this name/],
    ['a task whose time is over', () => pathTo(EXPIRED), 410, /were removed.*Export again/],
    ['a task whose time ends now', () => pathTo(ENDING), 410, /were removed/],
    ['a task that is deleted now', () => pathTo(DELETED), 404, /no export task of this id/],
  ])('is refused: %s', async (_what, path, status, message) => {
    const answer = await request(open.url, { path: path() });
    expect(answer.status).toBe(status);
    expect(errorOf(answer)).toEqual({ code: 'EXPORT_TASK_NOT_FOUND', message: expect.stringMatching(message) });
    expect(answer.headers['content-disposition']).toBeUndefined();
    const head = await request(open.url, { method: 'HEAD', path: path() });
    expect(head.status).toBeGreaterThanOrEqual(404);
    expect(head.text).toBe('');
  });

  it('is not told from what somebody else has', async () => {
    const [theirs, nobodys] = await Promise.all([OF_BEN, UNKNOWN].map((id) => request(open.url, { path: pathTo(id) })));
    expect(theirs?.text).toBe(nobodys?.text);
  });

  it('is a failure of the server where a file is not what it was', async () => {
    const answer = await request(open.url, { path: pathTo(DAMAGED) });
    expect(answer.status).toBe(500);
    expect(errorOf(answer)).toEqual({ code: 'INTERNAL_SERVER_ERROR', message: 'Something unexpected went wrong.' });
  });

  it('is refused to other methods', async () => {
    expect((await request(open.url, { method: 'DELETE', path: pathTo(DONE) })).status).toBe(404);
    expect((await request(open.url, { path: pathTo(DONE), body: 'x' })).status).toBe(404);
  });
});

describe('where keys are configured', () => {
  const get = (path: string, key?: string): Promise<PlainAnswer> =>
    request(guarded.url, { path, headers: key === undefined ? {} : { authorization: `Bearer ${key}` } });

  it('a file is for its owner’s key', async () => {
    expect(await get(pathTo(OF_BEN), 'key-of-ben')).toMatchObject({ status: 200, text: BYTES });
    expect((await get(pathTo(OF_BEN), 'key-of-ann')).status).toBe(404);
    expect((await get(pathTo(OF_BEN), 'key-of-nobody')).status).toBe(401);
    expect((await get(pathTo(OF_BEN))).status).toBe(401);
    expect((await get(`${pathTo(OF_BEN)}?expires=9999999999`)).status).toBe(401);
  });

  it('a signed link needs no key', async () => {
    const { path } = guarded.links.sign(OF_BEN, 'export.csv');
    expect(await get(path)).toMatchObject({ status: 200, text: BYTES });
    expect(await get(path, 'key-of-nobody')).toMatchObject({ status: 200, text: BYTES });
    const part = await request(guarded.url, { path, headers: { range: 'bytes=0-2' } });
    expect(part).toMatchObject({ status: 206, text: 'day' });
    expect((await request(guarded.url, { method: 'HEAD', path })).status).toBe(200);
  });

  it('a signed link is for one file', async () => {
    const { path } = guarded.links.sign(OF_BEN, 'export.csv');
    const query = path.slice(path.indexOf('?'));
    expectLinkRefused(await get(`${pathTo(DONE)}${query}`));
    expectLinkRefused(await get(`${pathTo(OF_BEN, 'other.csv')}${query}`));
    expect((await get(`/whoami${query}`)).status).toBe(401);
  });

  it.each([
    ['signature=', ''],
    ['signature=x', ''],
    ['expires=1&expires=2&signature=x', ''],
    ['expires=9999999999&signature=x&signature=y', ''],
    ['signature=x', 'key-of-ben'],
  ])('the query %s opens nothing', async (query, key) => {
    expectLinkRefused(await get(`${pathTo(OF_BEN)}?${query}`, key || undefined));
  });

  it('a link to what is not there says so', async () => {
    expect((await get(guarded.links.sign(UNKNOWN, 'export.csv').path)).status).toBe(404);
    expect((await get(guarded.links.sign(RUNNING, 'export.csv').path)).status).toBe(404);
    expect((await get(guarded.links.sign(EXPIRED, 'export.csv').path)).status).toBe(410);
  });

  it('a link ends', async () => {
    const { path } = guarded.links.sign(OF_BEN, 'export.csv');
    await guarded.clock.advance(60_000);
    expectLinkRefused(await get(path));
  });

  it('everybody has the name of the key', async () => {
    expect((await get('/whoami', 'key-of-ben')).text).toBe('ben');
    expect((await request(open.url, { path: '/whoami' })).text).toBe('local');
    expect((await get('/open')).status).toBe(401);
  });
});

function expectLinkRefused(answer: PlainAnswer): void {
  expect(answer.status).toBe(403);
  expect(errorOf(answer)).toEqual({
    code: 'FORBIDDEN',
    message: expect.stringMatching(/Ask for the url of the file again/),
  });
}

async function startDoors({ isGuarded }: { isGuarded: boolean }): Promise<Doors> {
  const app = fastify();
  const clock = new ManualClock();
  const links = createSignedLinks({ key: Buffer.alloc(32, 1), lifetimeMs: 60_000, clock });
  const keys = ['ann', 'ben'].map((name) => ({ name, sha256: sha256(`key-of-${name}`) }));
  await registerGuards(app, {
    isAllowedHost: () => true,
    checkApiKey: isGuarded ? createApiKeyCheck(keys) : null,
    openPaths: new Set(['/open']),
  });
  registerExportFiles(app, { exports: keepTasks(), links });
  for (const path of ['/whoami', '/open']) app.get(path, async (asked) => principalOf(asked));
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return { url, links, clock, close: () => app.close() };
}

/** Tasks that are kept nowhere but here. */
function keepTasks() {
  const csv = toFile('export.csv', BYTES);
  const huge = { ...toFile('huge.csv', ''), byteSize: HUGE_BYTES };
  const kept: Record<string, KeptTask> = {
    [DONE]: {
      principal: 'local',
      states: ['SUCCEEDED'],
      files: [csv, toFile(ODD_NAME, BYTES), toFile('empty.csv', ''), huge],
    },
    [OF_BEN]: { principal: 'ben', states: ['SUCCEEDED'], files: [csv] },
    [RUNNING]: { principal: 'local', states: ['RUNNING'], files: [csv] },
    [EXPIRED]: { principal: 'local', states: ['EXPIRED'], files: [] },
    [DAMAGED]: { principal: 'local', states: ['SUCCEEDED'], files: [csv] },
    [ENDING]: { principal: 'local', states: ['SUCCEEDED', 'EXPIRED'], files: [csv] },
    [DELETED]: { principal: 'local', states: ['SUCCEEDED', null], files: [csv] },
  };
  const asked = new Map<string, number>();
  return {
    find: async (id: string) => {
      if (id.includes('\u0000')) throw new Error('invalid byte sequence for encoding "UTF8": 0x00');
      const task = kept[id];
      const times = asked.get(id) ?? 0;
      asked.set(id, times + 1);
      const state = task?.states[Math.min(times, task.states.length - 1)];
      return task && state ? toTask({ id, principal: task.principal, state }) : null;
    },
    files: async ({ id }: ExportTask) => kept[id]?.files ?? [],
    filePath: pathOf,
  };
}

function toTask(fields: Pick<ExportTask, 'id' | 'principal' | 'state'>): ExportTask {
  return {
    ...fields,
    phase: null,
    attempt: 1,
    request: { what: { kind: 'ROWS' }, format: 'CSV', compression: 'NONE', csv: {} },
    source: 'shop',
    progress: null,
    rowCount: null,
    expectedRowCount: null,
    byteSize: null,
    completeness: null,
    failure: null,
    createdAt: 0,
    startedAt: null,
    finishedAt: null,
    expiresAt: null,
  };
}

function toFile(name: string, bytes: string): ExportFile {
  return {
    name,
    rowCount: 2,
    byteSize: bytes.length,
    sha256: sha256(bytes),
    mediaType: 'text/csv; charset=utf-8',
  };
}

async function writeFiles(taskId: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(join(folder, taskId));
  for (const [name, bytes] of Object.entries(files)) {
    await writeFile(pathOf(taskId, name), bytes);
    await utimes(pathOf(taskId, name), WRITTEN_AT / 1000, WRITTEN_AT / 1000);
  }
}

function pathOf(taskId: string, name = 'export.csv'): string {
  return join(folder, taskId, name);
}

function pathTo(taskId: string, name = 'export.csv'): string {
  return `/exports/${taskId}/files/${encodeURIComponent(name)}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** How often this process has a file open. */
function countOpen(path: string): number {
  const { ino, dev } = statSync(path);
  return readdirSync('/dev/fd').filter((number) => {
    try {
      const found = fstatSync(Number(number));
      return found.ino === ino && found.dev === dev;
    } catch {
      // The listing itself is closed by now.
      return false;
    }
  }).length;
}
