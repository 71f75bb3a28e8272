import { buffer, text as readText } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { failureOf, until, within } from './client-under-test.ts';
import { createTestedDownloads, filesFrom, LINK } from './downloads-under-test.ts';
import { startServer, text, type Answer } from './local-server.ts';

const CSV = 'id\n1\n2\n';

async function start(...answers: readonly Answer[]) {
  const server = await startServer(...answers);
  const { openDownload } = createTestedDownloads(filesFrom(server));
  return { server, link: `${server.url}${LINK}`, openDownload };
}

/** Sends the beginning of a body and keeps the rest to itself. */
const stalled: Answer = (response) => void response.writeHead(200).write('id\n');

describe('an opened download', () => {
  it('says what was answered and has the body', async () => {
    const { server, link, openDownload } = await start(text(CSV, { etag: '"v1"' }));
    const { status, headers, body } = await openDownload(link, {}, within(2_000));
    expect({ status, etag: headers.etag }).toEqual({ status: 200, etag: '"v1"' });
    expect(await readText(body)).toBe(CSV);
    expect(server.requests[0]?.headers).not.toHaveProperty('range');
  });

  it.each([{ 'content-encoding': 'gzip' }, {}])('is decompressed: %j', async (headers) => {
    const { link, openDownload } = await start(text(gzipSync(CSV), headers));
    expect(await readText((await openDownload(link, {}, within(2_000))).body)).toBe(CSV);
  });

  it('comes before it is complete', async () => {
    const { link, openDownload } = await start(stalled);
    const { body } = await openDownload(link, {}, within(2_000));
    for await (const chunk of body) {
      expect(String(chunk)).toBe('id\n');
      break;
    }
  });

  it('may be longer than what is read as text', async () => {
    const { link, openDownload } = await start(text('x'.repeat(100_000)));
    expect(await readText((await openDownload(link, {}, within(2_000))).body)).toHaveLength(100_000);
  });

  it.each([
    [{ from: 3 }, 'bytes=3-'],
    [{ from: 0, to: 9 }, 'bytes=0-9'],
  ])('may be a part of the file, as it is kept: %j', async (range, header) => {
    const bytes = gzipSync(CSV);
    const { server, link, openDownload } = await start(text(bytes, { 'content-encoding': 'gzip' }, 206));
    const { status, body } = await openDownload(link, { range, ifMatch: '"v1"' }, within(2_000));
    expect(status).toBe(206);
    expect(await buffer(body)).toEqual(bytes);
    expect(server.requests[0]?.headers).toMatchObject({
      range: header,
      'if-match': '"v1"',
      'accept-encoding': 'identity',
    });
  });

  it('says that the file is another one now', async () => {
    const { link, openDownload } = await start(text('changed', {}, 412));
    const { status, body } = await openDownload(link, { ifMatch: '"v1"' }, within(2_000));
    expect({ status, body: await readText(body) }).toEqual({ status: 412, body: '' });
  });

  it('says that there are no such bytes', async () => {
    const { link, openDownload } = await start(text('', { 'content-range': 'bytes */7' }, 416));
    const { status, headers } = await openDownload(link, { range: { from: 7 } }, within(2_000));
    expect({ status, size: headers['content-range'] }).toEqual({ status: 416, size: 'bytes */7' });
  });

  it.each([412, 416])('does not take %i for an answer where nobody asked', async (status) => {
    const { link, openDownload } = await start(text('', {}, status));
    expect((await failureOf(openDownload(link, {}, within(2_000)))).code).toBe('PROVIDER_REJECTED');
  });

  it('is opened again after a failure', async () => {
    const { server, link, openDownload } = await start(text('', { 'retry-after': '0' }, 503), text(CSV));
    expect(await readText((await openDownload(link, {}, within(2_000))).body)).toBe(CSV);
    expect(server.requests).toHaveLength(2);
  });

  it('is another one for each who opens it', async () => {
    const { server, link, openDownload } = await start(text(CSV));
    const opened = await Promise.all([1, 2].map(() => openDownload(link, {}, within(2_000))));
    expect(await Promise.all(opened.map(({ body }) => readText(body)))).toEqual([CSV, CSV]);
    expect(server.requests).toHaveLength(2);
  });

  it('takes headers along only to where they were meant for', async () => {
    const other = await startServer(text(CSV));
    const server = await startServer(
      text('', { location: '/here' }, 302),
      text('', { location: `${other.url}/there` }, 302),
    );
    const { openDownload } = createTestedDownloads(filesFrom(server, other));
    const options = { headers: { Authorization: 'Bearer download-token' }, range: { from: 1 } };
    await openDownload(`${server.url}${LINK}`, options, within(2_000));
    const sent = [...server.requests, ...other.requests].map(({ headers }) => [headers.authorization, headers.range]);
    expect(sent).toEqual([
      ['Bearer download-token', 'bytes=1-'],
      ['Bearer download-token', 'bytes=1-'],
      [undefined, 'bytes=1-'],
    ]);
  });

  it('is refused like any other link', async () => {
    const server = await startServer(text(CSV));
    const { openDownload } = createTestedDownloads({ ...filesFrom(server), allowPrivateNetwork: false });
    const failure = await failureOf(openDownload(server.url, {}, within(2_000)));
    expect(failure.message).toContain('not public address');
  });
});

describe('a body that does not end well', () => {
  it('fails in our words where the connection breaks', async () => {
    const { link, openDownload } = await start((response) => {
      response.writeHead(200, { 'content-length': '100' }).write('id\n', () => response.destroy());
    });
    const { body } = await openDownload(link, {}, within(2_000));
    const failure = await failureOf(readText(body));
    expect(failure.code).toBe('PROVIDER_UNAVAILABLE');
    expect(failure.message).toContain('closed before the answer was complete');
  });

  it('fails where it is cut off, compressed', async () => {
    const { link, openDownload } = await start(text(gzipSync('x'.repeat(50_000)).subarray(0, -4)));
    const failure = await failureOf(openDownload(link, {}, within(2_000)).then(({ body }) => readText(body)));
    expect(failure.code).toBe('PROVIDER_RESPONSE_INVALID');
  });

  it('fails where it has an encoding that nobody asked for', async () => {
    const { server, link, openDownload } = await start((response) => {
      response.writeHead(200, { 'content-encoding': 'zstd' }).write(CSV);
    });
    expect((await failureOf(openDownload(link, {}, within(10_000)))).code).toBe('PROVIDER_RESPONSE_INVALID');
    await until(() => server.connections() === 0);
  });

  it('fails when the deadline passes', async () => {
    const { server, link, openDownload } = await start(stalled);
    const { body } = await openDownload(link, {}, within(200));
    expect((await failureOf(readText(body))).code).toBe('PROVIDER_TIMEOUT');
    await until(() => server.connections() === 0);
  });

  it('fails when the caller leaves', async () => {
    const { server, link, openDownload } = await start(stalled);
    const caller = new AbortController();
    const { body } = await openDownload(link, {}, within(5_000, caller.signal));
    caller.abort();
    expect((await failureOf(readText(body))).code).toBe('OPERATION_CANCELLED');
    await until(() => server.connections() === 0);
  });

  it.each([stalled, (response) => void response.writeHead(200).write(gzipSync(CSV).subarray(0, 15))])(
    'is ended by whoever destroys it',
    async (answer) => {
      const { server, link, openDownload } = await start(answer);
      const { body } = await openDownload(link, {}, within(5_000));
      body.destroy();
      await until(() => server.connections() === 0);
    },
  );
});
