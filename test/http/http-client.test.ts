import { once } from 'node:events';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createClients, failureOf, SECRET, until, within } from './client-under-test.ts';
import { json, startServer, startSocketServer, text } from './local-server.ts';

const Ok = z.object({ ok: z.boolean() });
const ok = json({ ok: true });

describe('http client', () => {
  it('sends credentials, query and JSON body', async () => {
    let body = '';
    const server = await startServer(async (response, request) => {
      for await (const chunk of request) body += chunk;
      ok(response, request);
    });
    const client = createClients().connect(`${server.url}/api/v1/`);
    const query = new URLSearchParams({ from: '2026-01-01' });
    await client.requestJson({ method: 'POST', path: '/charts', query, json: { chart: 'mrr' } }, Ok, within(2_000));
    const [request] = server.requests;
    expect(request?.url).toBe('/api/v1/charts?from=2026-01-01');
    expect(request?.headers).toMatchObject({ authorization: `Bearer ${SECRET}`, 'content-type': 'application/json' });
    expect(JSON.parse(body)).toEqual({ chart: 'mrr' });
  });

  it('sends a form', async () => {
    let body = '';
    const server = await startServer(async (response, request) => {
      for await (const chunk of request) body += chunk;
      ok(response, request);
    });
    const form = new URLSearchParams({ project: 'a b', auth: 'x+y&z' });
    const request = { method: 'POST', path: '/auth/token', form } as const;
    await createClients().connect(server.url).requestJson(request, Ok, within(2_000));
    expect(server.requests[0]?.headers).toMatchObject({ 'content-type': 'application/x-www-form-urlencoded' });
    expect(body).toBe('project=a+b&auth=x%2By%26z');
  });

  it('never sends a form together with JSON', async () => {
    const server = await startServer(ok);
    const request = { method: 'POST', path: '/', form: new URLSearchParams(), json: {} } as const;
    const failure = await failureOf(createClients().connect(server.url).requestJson(request, Ok, within(2_000)));
    expect(failure.code).toBe('INTERNAL_SERVER_ERROR');
    expect(server.requests).toHaveLength(0);
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)('reads a body compressed with %s', async (encoding, compress) => {
    const server = await startServer(text(compress('{"ok":true}'), { 'content-encoding': encoding }));
    const client = createClients().connect(server.url);
    expect(await client.requestJson({ path: '/' }, Ok, within(2_000))).toEqual({ ok: true });
  });

  it('never lets a path change host', async () => {
    const server = await startServer(ok);
    await createClients().connect(server.url).requestJson({ path: '@example.test/?x' }, Ok, within(2_000));
    expect(server.requests[0]?.url).toBe('/@example.test/%3Fx');
  });

  it('reuses connections for later requests', async () => {
    const server = await startServer(ok);
    const client = createClients().connect(server.url);
    for (let n = 0; n < 5; n++) await client.requestJson({ path: `/${n}` }, Ok, within(2_000));
    expect(server.connections()).toBeLessThan(5);
  });

  it('accepts no content where schema does', async () => {
    const server = await startServer((response) => response.writeHead(204).end());
    const client = createClients().connect(server.url);
    const request = { method: 'DELETE', path: '/exports/1' } as const;
    expect(await client.requestJson(request, z.undefined(), within(2_000))).toBeUndefined();
    const failure = await failureOf(client.requestJson(request, Ok, within(2_000)));
    expect(failure.code).toBe('PROVIDER_RESPONSE_INVALID');
  });
});

describe('deadline', () => {
  it('ends a request that is never answered', async () => {
    const url = await startSocketServer(() => {});
    const startedAt = Date.now();
    const failure = await failureOf(createClients().connect(url).requestJson({ path: '/' }, Ok, within(150)));
    expect(failure.code).toBe('PROVIDER_TIMEOUT');
    expect(Date.now() - startedAt).toBeLessThan(4_000);
  });

  it('ends a body that stalls halfway', async () => {
    const server = await startServer((response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"ok":');
    });
    const failure = await failureOf(createClients().connect(server.url).requestJson({ path: '/' }, Ok, within(150)));
    expect(failure.code).toBe('PROVIDER_TIMEOUT');
    await until(() => server.connections() === 0);
  });

  it('ends a body that drips for ever', async () => {
    const server = await startServer((response) => {
      response.write('[');
      const drip = setInterval(() => response.write('1,'), 10);
      response.on('close', () => clearInterval(drip));
    });
    const failure = await failureOf(createClients().connect(server.url).requestJson({ path: '/' }, Ok, within(150)));
    expect(failure.code).toBe('PROVIDER_TIMEOUT');
  });

  it('refuses to start after it passed', async () => {
    const server = await startServer(ok);
    const deadline = { at: Date.now() - 1, signal: new AbortController().signal };
    const failure = await failureOf(createClients().connect(server.url).requestJson({ path: '/' }, Ok, deadline));
    expect(failure.code).toBe('PROVIDER_TIMEOUT');
    expect(server.requests).toHaveLength(0);
  });

  it('limits one attempt where configured', async () => {
    const server = await startServer(() => {}, ok);
    const client = createClients({ timeoutMs: 100 }).connect(server.url);
    expect(await client.requestJson({ path: '/' }, Ok, within(2_000))).toEqual({ ok: true });
    expect(server.requests).toHaveLength(2);
  });

  it('releases the socket when cancelled', async () => {
    const server = await startServer(() => {});
    const caller = new AbortController();
    const request = createClients().connect(server.url).requestJson({ path: '/' }, Ok, within(5_000, caller.signal));
    await until(() => server.requests.length === 1);
    const closed = once(server.requests[0]!.socket, 'close');
    caller.abort();
    const failure = await failureOf(request);
    expect(failure).toMatchObject({ code: 'OPERATION_CANCELLED', isRetryable: false });
    await closed;
  });
});
