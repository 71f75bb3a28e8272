import { buffer } from 'node:stream/consumers';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { HttpClientOptions } from '../../src/analytics/http-client.ts';
import { createClients, failureOf, SECRET, until, within } from './client-under-test.ts';
import { json, startServer, text, type Answer } from './local-server.ts';

// A byte order mark, a byte that no UTF-8 has, and line ends of both kinds.
const BYTES = Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0x2c, 0xff, 0x0d, 0x0a, 0x31, 0x2c, 0x32, 0x0a]);

async function start(answers: readonly Answer[], options: Partial<HttpClientOptions> = {}, maxBodyBytes = 1_000) {
  const server = await startServer(...answers);
  const { connect, lines } = createClients({ maxBodyBytes });
  const client = connect(server.url, options);
  const ask = (timeoutMs = 10_000, signal?: AbortSignal) =>
    client.requestFile({ path: '/file', headers: { Accept: 'text/csv' } }, within(timeoutMs, signal));
  return { server, lines, ask, read: async () => buffer((await ask()).body) };
}

const failureWith = async (...answers: readonly Answer[]) => failureOf((await start(answers)).ask());

describe('a file that is asked for', () => {
  it('comes byte by byte, with its size', async () => {
    const { server, ask } = await start([text(BYTES, { 'content-length': String(BYTES.length) })]);
    const { body, size } = await ask();
    expect(await buffer(body)).toEqual(BYTES);
    expect(size).toBe(BYTES.length);
    expect(server.requests[0]?.headers).toMatchObject({
      accept: 'text/csv',
      'accept-encoding': 'identity',
      authorization: `Bearer ${SECRET}`,
    });
  });

  it('may be longer than what is read whole', async () => {
    const long = Buffer.alloc(100_000, 'a,b\n');
    const { read } = await start([text(long)]);
    expect((await read()).equals(long)).toBe(true);
  });

  it('comes before it is complete', async () => {
    const { server, ask } = await start([(response) => void response.writeHead(200).write('x'.repeat(20_000))]);
    const { body, size } = await ask();
    expect(size).toBeNull();
    for await (const chunk of body) {
      expect(String(chunk)).toMatch(/^x/);
      break;
    }
    // Nobody reads on: what is still to come is not waited for.
    await until(() => server.connections() === 0);
  });

  it('keeps a compression that is its own', async () => {
    const { read } = await start([text(gzipSync('a\n1\n'))]);
    expect(await read()).toEqual(gzipSync('a\n1\n'));
  });

  it('loses one that was for the way alone', async () => {
    const { ask } = await start([text(gzipSync(BYTES), { 'content-encoding': 'gzip' })]);
    const { body, size } = await ask();
    expect(await buffer(body)).toEqual(BYTES);
    expect(size).toBeNull();
  });

  it('may be empty, or begin like JSON', async () => {
    expect((await (await start([text('')])).read()).length).toBe(0);
    expect(String(await (await start([text('[a],{b}\n1,2\n')])).read())).toBe('[a],{b}\n1,2\n');
  });

  it('is asked for again after what may pass', async () => {
    const busy: Answer = (response) => void response.writeHead(503, { 'retry-after': '0' }).end();
    const { server, read } = await start([busy, text(BYTES)]);
    expect(await read()).toEqual(BYTES);
    expect(server.requests).toHaveLength(2);
  });

  it('is read by each who asks', async () => {
    const { server, read } = await start([text(BYTES)]);
    expect(await Promise.all([read(), read()])).toEqual([BYTES, BYTES]);
    expect(server.requests).toHaveLength(2);
  });
});

describe('no file is', () => {
  it.each([
    ['a page for people', '\n<html>Sign in</html>', 'markup instead of a file'],
    ['JSON', '{"data":[]}', 'JSON instead of a file'],
    ['JSON that goes on', `[{"a":"${'x'.repeat(20_000)}`, 'JSON instead of a file'],
  ])('%s', async (_what, body, words) => {
    const failure = await failureWith(text(body));
    expect(failure).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID', origin: { source: 'shop' } });
    expect(failure.message).toContain(words);
  });

  it('an encoding that was not asked for', async () => {
    const failure = await failureWith(text(brotliCompressSync(BYTES), { 'content-encoding': 'br' }));
    expect(failure.code).toBe('PROVIDER_RESPONSE_INVALID');
  });

  it('a refusal, nor one that came with success', async () => {
    expect((await failureWith(json({ message: 'no' }, 401))).code).toBe('PROVIDER_AUTH_FAILED');
    const failureIn = () => 'no such segment';
    const failure = await failureOf((await start([json({ message: 'no' })], { failureIn })).ask());
    expect(failure).toMatchObject({ code: 'PROVIDER_REJECTED' });
    expect(failure.message).toContain('no such segment');
  });
});

describe('a body of a file', () => {
  const begun: Answer = (response) =>
    void response.writeHead(200, { 'content-length': '50000' }).write('x'.repeat(20_000));
  const readOn = async ({ body }: { readonly body: NodeJS.ReadableStream }) => buffer(body);

  it('that breaks off is PROVIDER_UNAVAILABLE', async () => {
    const { ask } = await start([
      (response) => {
        response.writeHead(200, { 'content-length': '50000' }).write('x'.repeat(20_000));
        setTimeout(() => response.destroy(), 50);
      },
    ]);
    expect((await failureOf(ask().then(readOn))).code).toBe('PROVIDER_UNAVAILABLE');
  });

  it('ends with the deadline, and with its caller', async () => {
    const { server, ask } = await start([begun]);
    expect((await failureOf(ask(200).then(readOn))).code).toBe('PROVIDER_TIMEOUT');
    const caller = new AbortController();
    const reading = ask(2_000, caller.signal).then(readOn);
    setTimeout(() => caller.abort(new Error('gone')), 50);
    expect((await failureOf(reading)).code).toBe('OPERATION_CANCELLED');
    expect(server.requests).toHaveLength(2);
  });
});
