import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createClients, failureOf, SECRET, until, within } from './client-under-test.ts';
import { json, startServer, text } from './local-server.ts';

const CSV = 'date,revenue\r\n2026-01-01,1.50\r\n';
const csv = text(CSV, { 'content-type': 'text/csv' });

describe('a body that is read as text', () => {
  it('comes as it was sent', async () => {
    const server = await startServer(csv);
    const client = createClients().connect(server.url);
    const headers = { Accept: 'text/csv' };
    expect(await client.requestText({ path: '/', headers }, within(2_000))).toBe(CSV);
    expect(server.requests[0]?.headers).toMatchObject({ accept: 'text/csv', authorization: `Bearer ${SECRET}` });
  });

  it('is decompressed', async () => {
    const server = await startServer(text(gzipSync(CSV), { 'content-encoding': 'gzip' }));
    expect(await createClients().connect(server.url).requestText({ path: '/' }, within(2_000))).toBe(CSV);
  });

  it('may be empty', async () => {
    const server = await startServer(text(''));
    expect(await createClients().connect(server.url).requestText({ path: '/' }, within(2_000))).toBe('');
  });

  it('is no page for people', async () => {
    const server = await startServer(text('\n<html>Sign in</html>'));
    const failure = await failureOf(createClients().connect(server.url).requestText({ path: '/' }, within(2_000)));
    expect(failure).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID', origin: { source: 'shop' } });
  });

  it('is no longer than what may be read', async () => {
    const server = await startServer(csv);
    const client = createClients({ maxBodyBytes: 10 }).connect(server.url);
    const failure = await failureOf(client.requestText({ path: '/' }, within(2_000)));
    expect(failure.code).toBe('PROVIDER_RESPONSE_INVALID');
  });

  it('maps a refusal like any other', async () => {
    const server = await startServer((response) => response.writeHead(401).end('no'));
    const failure = await failureOf(createClients().connect(server.url).requestText({ path: '/' }, within(2_000)));
    expect(failure.code).toBe('PROVIDER_AUTH_FAILED');
  });

  it('is asked for once by those who ask together, and apart from JSON', async () => {
    const server = await startServer(json({ ok: true }));
    const client = createClients().connect(server.url);
    const all = Promise.all([
      client.requestText({ path: '/' }, within(2_000)),
      client.requestText({ path: '/' }, within(2_000)),
      client.requestJson({ path: '/' }, z.object({ ok: z.boolean() }), within(2_000)),
    ]);
    await until(() => server.requests.length > 0);
    expect(await all).toEqual(['{"ok":true}', '{"ok":true}', { ok: true }]);
    expect(server.requests).toHaveLength(2);
  });
});
