import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';

import { DAY_MS } from '../../src/sandbox/world.ts';
import { HEADER, RIGHT, startInstalClient, WHOLE } from './instal-client.ts';
import type { InstalClient } from './instal-client.ts';

const DAY = { start_date: '2026-11-18', stop_date: '2026-11-18' };

let instal: InstalClient;

afterEach(() => instal.close());

/** Starts an emulator and makes an export of it: the download's address. */
async function start(
  options: Parameters<typeof startInstalClient>[0] = {},
  body: Record<string, unknown> = DAY,
): Promise<string> {
  instal = await startInstalClient(options);
  return (await instal.stateOf(await instal.queue(body))).result;
}

// Looks the emulator up when the address is there, which starting it makes.
const fetchFile: InstalClient['get'] = (target, headers) => instal.get(target, headers);

describe('downloads of the emulated Instal', () => {
  it('are plain while they are small', async () => {
    const link = await start();
    const { status, headers, bytes } = await instal.get(link);
    expect([status, headers.get('content-type'), headers.get('content-encoding')]).toEqual([200, 'text/csv', null]);
    expect(headers.get('content-length')).toBe(String(bytes.length));
    expect(bytes.toString().startsWith(`${HEADER}\r\n`)).toBe(true);
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[-0-9a-f]{36}\.csv"$/);
  });

  it('are gzip files above one megabyte, which no header says', async () => {
    const link = await start({}, WHOLE);
    const { headers, bytes } = await instal.get(link);
    expect([headers.get('content-type'), headers.get('content-encoding')]).toEqual(['application/gzip', null]);
    expect(link).toMatch(/\.csv\.gz$/);
    const text = gunzipSync(bytes).toString();
    expect(text.length).toBeGreaterThan(1_000_000);
    expect(text.startsWith(`${HEADER}\r\n`)).toBe(true);
  });

  it('can be compressed or not whatever their size', async () => {
    const small = await start({ isCompressed: true });
    expect(gunzipSync((await instal.get(small)).bytes).toString()).toContain(HEADER);
    await instal.close();
    const large = await start({ isCompressed: false }, WHOLE);
    expect((await instal.get(large)).body.slice(0, HEADER.length)).toBe(HEADER);
  });

  it('can begin with a byte order mark', async () => {
    const { bytes } = await fetchFile(await start({ hasByteOrderMark: true }));
    expect([...bytes.subarray(0, 4)]).toEqual([0xef, 0xbb, 0xbf, 'a'.charCodeAt(0)]);
  });

  it('need the token', async () => {
    const { status, headers, body } = await fetchFile(await start(), {});
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Token']);
    expect(body).toEqual({ detail: 'Authentication credentials were not provided.' });
  });

  it('are not there under another name', async () => {
    const { status, body } = await fetchFile(`${await start()}x`);
    expect([status, body]).toEqual([404, { detail: 'Not found.' }]);
  });

  it('can have a path for an address', async () => {
    const link = await start({ download: 'relative' });
    expect(link).toMatch(/^\/media\/exports\/[-0-9a-f]{36}\.csv$/);
    expect((await instal.get(link)).status).toBe(200);
  });

  it.each([
    [undefined, DAY_MS],
    [60_000, 60_000],
  ])('end after a day, or after %s ms', async (linkLifetimeMs, lifetimeMs) => {
    const link = await start(linkLifetimeMs === undefined ? {} : { linkLifetimeMs });
    instal.advance(lifetimeMs - 1);
    expect((await instal.get(link)).status).toBe(200);
    instal.advance(1);
    expect((await instal.get(link)).status).toBe(404);
  });

  it('are the same for the same request', async () => {
    await start();
    const links = [];
    for (let time = 0; time < 2; time += 1) links.push((await instal.stateOf(await instal.queue(DAY))).result);
    const [first, second] = await Promise.all(links.map((link) => instal.get(link)));
    expect(links[0]).not.toBe(links[1]);
    expect([second!.body, second!.headers.get('etag')]).toEqual([first!.body, first!.headers.get('etag')]);
  });
});

describe('downloads from elsewhere', () => {
  it('take the signature and no token', async () => {
    const link = await start({ download: 'foreign' });
    const { host } = new URL(link);
    expect(host).not.toBe(new URL(instal.baseUrl).host);
    expect(instal.dataSource.downloadHosts).toEqual([new URL(instal.baseUrl).host, host]);
    const { status, body } = await instal.get(link, {});
    expect([status, body.slice(0, HEADER.length)]).toEqual([200, HEADER]);
    const refused = await instal.get(link, RIGHT);
    expect([refused.status, refused.body]).toEqual([400, expect.stringContaining('<Code>InvalidArgument</Code>')]);
  });

  it('do not happen here', async () => {
    const { pathname } = new URL(await start({ download: 'foreign' }));
    const name = pathname.split('/').at(-1);
    expect((await instal.get(`/media/exports/${name}`)).status).toBe(404);
  });

  it.each([
    ['no signature', (url: URL) => url.searchParams.delete('Signature'), 403, 'SignatureDoesNotMatch'],
    ['another end', (url: URL) => url.searchParams.set('Expires', '9999999999'), 403, 'SignatureDoesNotMatch'],
    ['an unknown name', (url: URL) => (url.pathname += 'x'), 403, 'AccessDenied'],
    ['an unknown folder', (url: URL) => (url.pathname = '/'), 404, 'NoSuchKey'],
    ['a link that has ended', () => instal.advance(DAY_MS), 403, 'AccessDenied'],
  ])('are refused with %s', async (_, change, status, code) => {
    const url = new URL(await start({ download: 'foreign' }));
    change(url);
    const answer = await instal.get(url.href, {});
    expect([answer.status, answer.body]).toEqual([status, expect.stringContaining(`<Code>${code}</Code>`)]);
  });
});

describe('parts of a download', () => {
  it.each([
    ['bytes=0-9', 0, 9],
    ['bytes=5-', 5, -1],
    ['bytes=-7', -7, -1],
    ['bytes=3-99999999', 3, -1],
    ['bytes=-99999999', 0, -1],
  ])('are answered for %s', async (range, from, to) => {
    const link = await start();
    const { bytes: whole } = await instal.get(link);
    const [first, last] = [from, to].map((at) => (at < 0 ? whole.length + at : at)) as [number, number];
    const { status, headers, bytes } = await instal.get(link, { ...RIGHT, range });
    expect([status, headers.get('content-range')]).toEqual([206, `bytes ${first}-${last}/${whole.length}`]);
    expect(bytes.equals(whole.subarray(first, last + 1))).toBe(true);
  });

  it.each(['bytes=4-3', 'bytes=-', 'bytes=0-1,4-5', 'lines=1-2'])('are the whole for %s', async (range) => {
    const { status, headers } = await fetchFile(await start(), { ...RIGHT, range });
    expect([status, headers.get('accept-ranges'), headers.get('content-range')]).toEqual([200, 'bytes', null]);
  });

  it.each(['bytes=99999999-', 'bytes=-0'])('are refused past the end for %s', async (range) => {
    const link = await start();
    const { bytes: whole } = await instal.get(link);
    const { status, headers } = await instal.get(link, { ...RIGHT, range });
    expect([status, headers.get('content-range')]).toEqual([416, `bytes */${whole.length}`]);
  });

  it('are of the file that is meant', async () => {
    const link = await start();
    const { headers } = await instal.get(link);
    const etag = headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
    const ask = async (ifRange: string) =>
      (await instal.get(link, { ...RIGHT, range: 'bytes=0-9', 'if-range': ifRange })).status;
    expect([await ask(etag), await ask('"another"')]).toEqual([206, 200]);
    const known = await instal.get(link, { ...RIGHT, 'if-none-match': `"another", ${etag}` });
    expect([known.status, known.bytes.length]).toEqual([304, 0]);
    expect((await instal.get(link, { ...RIGHT, 'if-none-match': '"another"' })).status).toBe(200);
  });
});
