import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { FilePosition } from '../../src/analytics/http-client.ts';
import { createClients, failureOf, ORIGIN, SECRET, until, within } from './client-under-test.ts';
import { filesFrom, LINK } from './downloads-under-test.ts';
import { startServer, startSocketServer, text, type Answer } from './local-server.ts';

const CSV = 'id\n1\n2\n';
const START: FilePosition = { offset: 0, validator: null };
/** Where `2\n` is still to come. */
const LATER: FilePosition = { offset: 5, validator: '"v1"' };
const REST = '2\n';

/** The headers of {@link REST}, which a test may change. */
const rest = (headers: Record<string, string> = {}): Answer =>
  text(REST, { etag: '"v1"', 'content-range': 'bytes 5-6/7', 'content-length': '2', ...headers }, 206);

async function start(...answers: readonly Answer[]) {
  const server = await startServer(...answers);
  const client = createClients().connect('http://api.example.test', { downloads: filesFrom(server) });
  const download = async (from: FilePosition, headers?: Record<string, string>) => {
    const link = { url: `${server.url}${LINK}`, ...(headers && { headers }) };
    const { body, ...about } = await client.download(link, from, within(2_000));
    return { ...about, bytes: await buffer(body) };
  };
  return { server, client, download };
}

describe('the bytes of a file', () => {
  it('come from the start, with what names them', async () => {
    const { server, download } = await start(text(CSV, { etag: '"v1"', 'content-length': '7' }));
    expect(await download(START)).toEqual({ bytes: Buffer.from(CSV), offset: 0, size: 7, validator: '"v1"' });
    const { url, headers } = server.requests[0] ?? {};
    expect(url).toBe(LINK);
    expect(headers).toMatchObject({ 'accept-encoding': 'identity' });
    for (const name of ['range', 'if-range', 'authorization']) expect(headers).not.toHaveProperty(name);
  });

  it.each([
    ['as a file', {}],
    ['on their way', { 'content-encoding': 'gzip' }],
    ['in a way nobody knows', { 'content-encoding': 'zstd' }],
  ])('stay as they are, compressed %s', async (_name, headers) => {
    const bytes = gzipSync(CSV);
    const { download } = await start(text(bytes, headers));
    expect((await download(START)).bytes).toEqual(bytes);
  });

  it('may be none', async () => {
    const { download } = await start(text('', { 'content-length': '0' }));
    expect(await download(START)).toEqual({ bytes: Buffer.alloc(0), offset: 0, size: 0, validator: null });
  });

  it('may be of a size that nobody says', async () => {
    const { download } = await start((response) => {
      response.writeHead(200);
      response.write('id\n');
      response.end('1\n2\n');
    });
    expect(await download(START)).toEqual({ bytes: Buffer.from(CSV), offset: 0, size: null, validator: null });
  });

  it('may be more than what is read as text', async () => {
    const server = await startServer(text('x'.repeat(2_000)));
    const client = createClients({ maxBodyBytes: 1_000 }).connect(server.url, { downloads: filesFrom(server) });
    const { body } = await client.download({ url: server.url }, START, within(2_000));
    expect(await buffer(body)).toHaveLength(2_000);
  });

  it('are asked for with the headers of the link', async () => {
    const { server, download } = await start(rest());
    await download(LATER, { Authorization: 'Token of-the-link' });
    expect(server.requests[0]?.headers).toMatchObject({ authorization: 'Token of-the-link', range: 'bytes=5-' });
  });

  it('come from listed hosts only', async () => {
    const server = await startServer(text(CSV));
    const client = createClients().connect(server.url);
    const failure = await failureOf(client.download({ url: `${server.url}${LINK}` }, START, within(2_000)));
    expect(failure).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID', origin: ORIGIN });
    expect(server.requests).toEqual([]);
  });
});

describe('what names a file', () => {
  const DAY_BEFORE = 'Fri, 20 Nov 2026 12:00:00 GMT';
  const NOON = 'Sat, 21 Nov 2026 12:00:00 GMT';

  it.each([
    ['a strong entity tag', { etag: '"v1"', 'last-modified': DAY_BEFORE, date: NOON }, '"v1"'],
    ['no weak one', { etag: 'W/"v1"', 'last-modified': DAY_BEFORE, date: NOON }, null],
    ['no tag without quotes', { etag: 'v1' }, null],
    ['a date long past', { 'last-modified': DAY_BEFORE, date: NOON }, DAY_BEFORE],
    [
      'a date a minute ago',
      { 'last-modified': 'Sat, 21 Nov 2026 11:59:00 GMT', date: NOON },
      'Sat, 21 Nov 2026 11:59:00 GMT',
    ],
    ['no date in the same minute', { 'last-modified': 'Sat, 21 Nov 2026 11:59:01 GMT', date: NOON }, null],
    ['nothing that is no date', { 'last-modified': 'yesterday', date: NOON }, null],
  ])('is %s', async (_name, headers, validator) => {
    const { download } = await start(text(CSV, headers));
    expect((await download(START)).validator).toBe(validator);
  });

  it('is no date where nobody says when it was asked', async () => {
    const { download } = await start((response) => {
      response.sendDate = false;
      response.writeHead(200, { 'last-modified': DAY_BEFORE }).end(CSV);
    });
    expect((await download(START)).validator).toBeNull();
  });
});

describe('the rest of a file', () => {
  it('comes where it is the same file still', async () => {
    const { server, download } = await start(rest());
    expect(await download(LATER)).toEqual({ bytes: Buffer.from(REST), offset: 5, size: 7, validator: '"v1"' });
    expect(server.requests[0]?.headers).toMatchObject({
      range: 'bytes=5-',
      'if-range': '"v1"',
      'accept-encoding': 'identity',
    });
  });

  it('stays as it is, whatever its headers say', async () => {
    const { download } = await start(rest({ 'content-encoding': 'gzip' }));
    expect((await download(LATER)).bytes).toEqual(Buffer.from(REST));
  });

  it('comes of a file that is named by a date', async () => {
    const validator = 'Fri, 20 Nov 2026 12:00:00 GMT';
    const part = text(REST, { 'content-range': 'bytes 5-6/*' }, 206);
    const { server, download } = await start(part);
    expect(await download({ offset: 5, validator })).toMatchObject({ offset: 5, size: null, validator });
    expect(server.requests[0]?.headers['if-range']).toBe(validator);
  });

  it('is the whole file where it has changed, or cannot be read in parts', async () => {
    const { server, download } = await start(text(gzipSync(CSV), { etag: '"v2"', 'content-encoding': 'gzip' }));
    expect(await download(LATER)).toMatchObject({ bytes: gzipSync(CSV), offset: 0, validator: '"v2"' });
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['another file', { etag: '"v2"' }],
    ['other bytes', { 'content-range': 'bytes 4-5/7' }],
    ['not all of it', { 'content-range': 'bytes 5-6/9' }],
    ['bytes that nobody counts', { 'content-range': 'rows 5-6/7' }],
    ['fewer bytes than it says', { 'content-range': 'bytes 5-8/9' }],
  ])('is the whole file where what comes is %s', async (_name, headers) => {
    const { server, download } = await start(rest(headers), text(CSV, { etag: '"v2"' }));
    expect(await download(LATER)).toMatchObject({ bytes: Buffer.from(CSV), offset: 0, validator: '"v2"' });
    expect(server.requests.map((request) => request.headers.range)).toEqual(['bytes=5-', undefined]);
  });

  it('is not read any further where it is of another file', async () => {
    let isOpen = true;
    const endless: Answer = (response) => {
      response.on('close', () => (isOpen = false));
      response.writeHead(206, { etag: '"v2"', 'content-range': 'bytes 5-99/100', 'content-length': '95' }).write('2');
    };
    const { server, client } = await start(endless, text(CSV));
    // Long enough that it is not the deadline that ends it.
    const { body } = await client.download({ url: server.url }, LATER, within(10_000));
    expect(await buffer(body)).toHaveLength(7);
    await until(() => !isOpen);
  });

  it.each([
    ['names nothing', { 'content-range': 'bytes 5-6/7' }],
    ['says nothing of its place', { etag: '"v1"' }],
  ])('is the whole file where the part %s', async (_name, headers) => {
    const { download } = await start(text(REST, headers, 206), text(CSV));
    expect(await download(LATER)).toMatchObject({ bytes: Buffer.from(CSV), offset: 0 });
  });

  it('is the whole file where nothing named what is there', async () => {
    const { server, download } = await start(text(CSV));
    expect(await download({ offset: 5, validator: null })).toMatchObject({ offset: 0, bytes: Buffer.from(CSV) });
    expect(server.requests[0]?.headers).not.toHaveProperty('range');
  });

  it('is nothing where everything is there', async () => {
    const { server, download } = await start(text('no', { 'content-range': 'bytes */5' }, 416));
    expect(await download(LATER)).toEqual({ bytes: Buffer.alloc(0), offset: 5, size: 5, validator: '"v1"' });
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['shorter', { 'content-range': 'bytes */4' }],
    ['another', { 'content-range': 'bytes */5', etag: '"v2"' }],
    ['of a size that nobody says', {}],
  ])('is the whole file where that is %s', async (_name, headers) => {
    const { download } = await start(text('', headers, 416), text('id\n9'));
    expect(await download(LATER)).toMatchObject({ bytes: Buffer.from('id\n9'), offset: 0 });
  });

  it('is refused where nobody asked for a part', async () => {
    const { download } = await start(rest());
    expect((await failureOf(download(START))).code).toBe('PROVIDER_RESPONSE_INVALID');
  });
});

describe('bytes that do not come', () => {
  it.each([START, LATER])('are an error where they end too early, from $offset', async (from) => {
    const head = from === START ? '200 OK\r\n' : '206 Partial Content\r\netag: "v1"\r\ncontent-range: bytes 5-6/7\r\n';
    const length = from === START ? 7 : 2;
    const url = await startSocketServer((socket) =>
      socket.once('data', () => socket.end(`HTTP/1.1 ${head}content-length: ${length}\r\n\r\n2`)),
    );
    const client = createClients().connect('http://api.example.test', { downloads: filesFrom({ url }) });
    const { body } = await client.download({ url: `${url}${LINK}` }, from, within(2_000));
    expect(await failureOf(buffer(body))).toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
      isRetryable: true,
      origin: ORIGIN,
    });
  });

  it.each([
    [404, 'has expired, or its file is gone (404)'],
    [410, 'has expired, or its file is gone (410)'],
  ])('are an error where the link has expired: %i', async (status, words) => {
    for (const from of [START, LATER]) {
      const { server, download } = await start(text('gone', {}, status));
      const failure = await failureOf(download(from));
      expect(failure).toMatchObject({ code: 'PROVIDER_REJECTED', origin: ORIGIN });
      expect(failure.message).toContain(words);
      expect(failure.message).not.toContain('secret-path');
      expect(server.requests).toHaveLength(1);
    }
  });

  it('end with the deadline', async () => {
    const { server, client } = await start((response) => void response.writeHead(200).write('id'));
    const { body } = await client.download({ url: server.url }, START, within(150));
    expect((await failureOf(buffer(body))).code).toBe('PROVIDER_TIMEOUT');
    await until(() => server.connections() === 0);
  });

  it('are ended by whoever destroys them', async () => {
    const { server, client } = await start((response) => void response.writeHead(200).write('id'));
    const { body } = await client.download({ url: server.url }, START, within(5_000));
    body.destroy();
    await until(() => server.connections() === 0);
  });

  it('leave nothing of the link or the credentials behind', async () => {
    const { url } = await startServer((response) => response.destroy());
    const { connect, lines } = createClients();
    const client = connect('http://api.example.test', { downloads: filesFrom({ url }) });
    const link = { url: `${url}${LINK}`, headers: { Authorization: `Bearer ${SECRET}` } };
    const failure = await failureOf(client.download(link, LATER, within(300)));
    expect(`${failure.stack}${JSON.stringify(lines)}`).not.toMatch(/secret/);
    expect(lines).not.toEqual([]);
  });
});
