import { inspect } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { DownloadPolicy } from '../../src/analytics/http-client.ts';
import type { HttpClientFactoryOptions } from '../../src/http/http-client.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { createClients, failureOf, ORIGIN, passNextWait, until, within, withinOf } from './client-under-test.ts';
import { filesFrom, LINK } from './downloads-under-test.ts';
import { startServer, startSocketServer, text, type Answer } from './local-server.ts';

const CSV = 'id,name\r\n1,Zoë\r\n2,田中\r\n';
const csv = text(CSV);
const gzip = { 'content-encoding': 'gzip' };

/** One host of files, and a client that may fetch from it. */
async function start(answers: readonly Answer[], options: Partial<HttpClientFactoryOptions> = {}) {
  const server = await startServer(...answers);
  const { connect } = createClients(options);
  const client = connect('http://api.example.test', { downloads: filesFrom(server) });
  const download = (link = `${server.url}${LINK}`, ms = 2_000) => client.downloadText(link, within(ms));
  return { server, host: new URL(server.url).host, client, download };
}

/** A client, and a deadline that leaves no time to wait for a second attempt. */
function impatient(downloads: DownloadPolicy) {
  const clock = new ManualClock();
  const { connect, lines } = createClients({ clock });
  return { client: connect('http://api.example.test', { downloads }), lines, deadline: withinOf(clock, 50) };
}

describe('a file that is fetched as text', () => {
  it('comes without credentials being shown', async () => {
    const { server, download } = await start([csv]);
    expect(await download()).toBe(CSV);
    expect(server.requests[0]?.url).toBe(LINK);
    expect(server.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  it.each([
    ['compressed on its way', gzipSync(CSV), gzip],
    ['compressed as a file', gzipSync(CSV), { 'content-type': 'application/octet-stream' }],
    ['compressed both ways', gzipSync(gzipSync(CSV)), gzip],
    ['compressed in parts', Buffer.concat([gzipSync(CSV.slice(0, 9)), gzipSync(CSV.slice(9))]), {}],
    ['with a byte order mark', Buffer.from(`\ufeff${CSV}`), {}],
    ['with a byte order mark, compressed', gzipSync(`\ufeff${CSV}`), {}],
  ])('is the same %s', async (_name, body, headers) => {
    const { download } = await start([text(body, headers)]);
    expect(await download()).toBe(CSV);
  });

  it.each(['', 'x', '\u001f'])('may be as short as %j', async (body) => {
    const { download } = await start([text(body)]);
    expect(await download()).toBe(body);
  });

  it('may come in single bytes', async () => {
    const { download } = await start([
      async (response) => {
        response.writeHead(200);
        for (const byte of gzipSync(CSV)) await new Promise((sent) => response.write(Buffer.from([byte]), sent));
        response.end();
      },
    ]);
    expect(await download()).toBe(CSV);
  });

  it.each([
    ['on its way', gzip],
    ['as a file', {}],
  ])('is refused where it was cut off, compressed %s', async (_name, headers) => {
    const { server, download } = await start([text(gzipSync(CSV).subarray(0, -9), headers)]);
    const failure = await failureOf(download());
    expect(failure.code).toBe('PROVIDER_RESPONSE_INVALID');
    expect(failure.message).toContain('cannot be decompressed');
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['is no gzip although it says so', text(CSV, gzip)],
    ['has an encoding that nobody asked for', text(brotliCompressSync(CSV), { 'content-encoding': 'br' })],
    ['is a page', text('<!doctype html><p>Sign in')],
  ])('is refused where it %s', async (_name, answer) => {
    const { download } = await start([answer]);
    expect((await failureOf(download())).code).toBe('PROVIDER_RESPONSE_INVALID');
  });

  it.each([
    ['plain', 'x'.repeat(1_001), {}],
    ['compressed', gzipSync('x'.repeat(1_001)), {}],
    ['compressed twice', gzipSync(gzipSync('x'.repeat(1_001))), gzip],
  ])('is no longer than what may be read: %s', async (_name, body, headers) => {
    const { download } = await start([text(body, headers)], { maxBodyBytes: 1_000 });
    const failure = await failureOf(download());
    expect(failure).toMatchObject({
      code: 'PROVIDER_RESPONSE_INVALID',
      message: 'acme answered with more than 1000 bytes, the most that is read.',
    });
  });

  it('is as long as what may be read', async () => {
    const { download } = await start([text(gzipSync('x'.repeat(1_000)))], { maxBodyBytes: 1_000 });
    expect(await download()).toHaveLength(1_000);
  });

  it('ends the connection of one that is too long', async () => {
    const endless: Answer = (response) => {
      const more = () => void (response.destroyed || response.write('x'.repeat(1_000), () => setImmediate(more)));
      more();
    };
    const { server, download } = await start([endless], { maxBodyBytes: 10_000 });
    expect((await failureOf(download())).code).toBe('PROVIDER_RESPONSE_INVALID');
    await until(() => server.connections() === 0);
  });

  it('is fetched once for those who ask together', async () => {
    const { server, download } = await start([csv]);
    expect(await Promise.all([download(), download()])).toEqual([CSV, CSV]);
    expect(server.requests).toHaveLength(1);
  });

  it('takes no place in a quota', async () => {
    const server = await startServer(csv);
    const quotas = [{ key: 'k', name: 'requests', limit: 1, windowMs: 60_000 }];
    const client = createClients().connect('http://api.example.test', { quotas, downloads: filesFrom(server) });
    await client.downloadText(`${server.url}/1`, within(2_000));
    await client.downloadText(`${server.url}/2`, within(2_000));
    expect(client.allowances()).toMatchObject([{ remaining: 1 }]);
  });
});

describe('a host of files', () => {
  it.each([408, 429, 502, 503, 504])('is asked again after status %i', async (status) => {
    const { server, download } = await start([text('busy', { 'retry-after': '0' }, status), csv]);
    expect(await download()).toBe(CSV);
    expect(server.requests).toHaveLength(2);
  });

  it('is asked again after a file broke off', async () => {
    const cut: Answer = (response) => {
      response.writeHead(200, { 'content-length': '100' }).write(gzipSync(CSV).subarray(0, 20), () => {
        response.destroy();
      });
    };
    const { server, download } = await start([cut, csv]);
    expect(await download()).toBe(CSV);
    expect(server.requests).toHaveLength(2);
  });

  it('is waited for as long as it asks', async () => {
    const clock = new ManualClock();
    const { server, client } = await start([text('busy', { 'retry-after': '7' }, 503), csv], { clock });
    const answer = client.downloadText(`${server.url}${LINK}`, withinOf(clock, 60_000));
    await passNextWait(clock, 6_999);
    expect(server.requests).toHaveLength(1);
    await clock.advance(1);
    expect(await answer).toBe(CSV);
  });

  it.each([
    [404, 'PROVIDER_REJECTED', 'has expired, or its file is gone (404)'],
    [410, 'PROVIDER_REJECTED', 'has expired, or its file is gone (410)'],
    [401, 'PROVIDER_REJECTED', 'The link may have expired'],
    [403, 'PROVIDER_REJECTED', 'The link may have expired'],
    [400, 'PROVIDER_REJECTED', 'refused the link that acme handed out (400)'],
    [412, 'PROVIDER_REJECTED', 'refused the link that acme handed out (412)'],
    [500, 'PROVIDER_UNAVAILABLE', 'failed on its side (500)'],
    [304, 'PROVIDER_RESPONSE_INVALID', 'redirect (304) to nowhere'],
    [302, 'PROVIDER_RESPONSE_INVALID', 'redirect (302) to nowhere'],
  ])('may answer with %i', async (status, code, words) => {
    const { server, host, download } = await start([text(status === 304 ? '' : '<Error/>', {}, status)]);
    const failure = await failureOf(download());
    expect(failure).toMatchObject({ code, origin: ORIGIN });
    expect(failure.message).toContain(words);
    expect(failure.message).toContain(host);
    expect(server.requests).toHaveLength(1);
  });

  it('may not be there', async () => {
    const policy = { hosts: ['127.0.0.1:1'], allowPrivateNetwork: true };
    const { client, deadline } = impatient(policy);
    const failure = await failureOf(client.downloadText(`http://127.0.0.1:1${LINK}`, deadline));
    expect(failure).toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
      message: '127.0.0.1:1, where acme keeps the file, could not be reached: the connection was refused.',
    });
  });

  it('is left alone after it failed several times', async () => {
    const { server, download } = await start([text('', { 'retry-after': '0' }, 502)]);
    await failureOf(download());
    const failure = await failureOf(download());
    expect(failure.message).toContain('is left alone');
    expect(server.requests).toHaveLength(5);
  });

  it('has until the deadline', async () => {
    const { server, download } = await start([(response) => void response.writeHead(200).write('id')]);
    expect((await failureOf(download(undefined, 150))).code).toBe('PROVIDER_TIMEOUT');
    await until(() => server.connections() === 0);
  });
});

describe('what is written about a file', () => {
  // Not every word of the link: stacks name the folder of the repository.
  const secret = /secret-path|secret-signature|Signature/;

  it.each([
    ['it came', csv],
    ['it is gone', text('secret-path', {}, 404)],
    ['the host fails', text('', { 'retry-after': '0' }, 503)],
    ['it is cut off', text(gzipSync(CSV).subarray(0, 20))],
    ['the connection breaks', (response) => response.destroy()],
    ['it is redirected elsewhere', text('', { location: `https://elsewhere.test${LINK}` }, 302)],
    ['it is redirected to nonsense', text('', { location: `https://[/${LINK}` }, 302)],
    ['it is redirected for ever', text('', { location: LINK }, 302)],
  ] as readonly [string, Answer][])('names its host only when %s', async (_name, answer) => {
    const { url } = await startServer(answer);
    const { host } = new URL(url);
    const { client, lines, deadline } = impatient(filesFrom({ url }));
    const outcome: unknown = await client.downloadText(`${url}${LINK}`, deadline).catch((error: unknown) => error);
    expect(`${inspect(outcome, { depth: 20 })}${JSON.stringify(lines)}`).not.toMatch(secret);
    expect(lines[0]).toMatchObject({ host, method: 'GET', attempt: 1 });
    expect(lines[0]).not.toHaveProperty('path');
  });

  it('names its host only when it speaks something else', async () => {
    const url = await startSocketServer((socket) => socket.once('data', (data) => socket.end(data)));
    const { client, lines, deadline } = impatient(filesFrom({ url }));
    const failure = await failureOf(client.downloadText(`${url}${LINK}`, deadline));
    expect(failure.code).toBe('PROVIDER_UNAVAILABLE');
    expect(`${inspect(failure, { depth: 20 })}${JSON.stringify(lines)}`).not.toMatch(secret);
  });
});
