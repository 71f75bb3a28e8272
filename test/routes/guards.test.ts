import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configure } from '../server/fake-openpanel.ts';
import { errorOf, OPERATION, OPERATION_PATH, operationWith, request } from '../server/plain-request.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';

const config = configure({ app: 'http://127.0.0.1:9' });
const DATA = '{"data":{"dataSources":[{"key":"app"}]}}\n';

let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServerUnderTest({ config, env: { ALLOWED_HOSTS: 'tributary.example' } });
});
afterAll(() => server.close());

describe('the Host header', () => {
  it.each(['127.0.0.1', 'localhost:4000', 'LOCALHOST', '[::1]:4000', 'tributary.example'])(
    'may be %s',
    async (host) => {
      expect((await request(server.url, operationWith({ host }))).text).toBe(DATA);
    },
  );

  it.each(['127.0.0.1.evil.com', 'evil.com', 'localhost.evil.com', 'evil.com:4000', '127.0.0.1@evil.com', '10.0.0.1'])(
    'must not be %s',
    async (host) => {
      for (const asked of [operationWith({ host }), { path: '/', headers: { host } }]) {
        const answer = await request(server.url, asked);
        expect(answer.status).toBe(403);
        expect(answer.text).not.toContain('"app"');
        expect(errorOf(answer)).toMatchObject({ code: 'FORBIDDEN', message: /ALLOWED_HOSTS/ });
      }
    },
  );
});

const preflight = (origin: string, more: Record<string, string> = {}) => ({
  method: 'OPTIONS',
  headers: {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type,authorization',
    ...more,
  },
});
const STUDIO = 'https://studio.apollographql.com';
const EVIL = ['https://evil.com', 'https://studio.apollographql.com.evil.com', 'null', 'http://127.0.0.1:1'];

describe('pages of other origins', () => {
  it('may read answers on Apollo Studio', async () => {
    const { headers, text } = await request(server.url, operationWith({ origin: STUDIO }));
    expect(headers['access-control-allow-origin']).toBe(STUDIO);
    expect(text).toBe(DATA);
    const answer = await request(server.url, preflight(STUDIO));
    expect(answer).toMatchObject({ status: 204, headers: { 'access-control-allow-origin': STUDIO } });
    expect(answer.headers['access-control-allow-headers']).toContain('authorization');
  });

  it('may read answers on the server itself', async () => {
    const { headers } = await request(server.url, operationWith({ origin: server.url }));
    expect(headers['access-control-allow-origin']).toBe(server.url);
  });

  it.each(EVIL)('may read nothing on %s', async (origin) => {
    for (const asked of [operationWith({ origin }), preflight(origin)]) {
      const { headers } = await request(server.url, asked);
      expect(headers['access-control-allow-origin']).toBeUndefined();
      expect(headers['access-control-allow-credentials']).toBeUndefined();
    }
  });

  it('may reach this machine from Apollo Studio', async () => {
    const { headers } = await request(
      server.url,
      preflight(STUDIO, { 'access-control-request-private-network': 'true' }),
    );
    expect(headers['access-control-allow-private-network']).toBe('true');
  });

  it.each(EVIL)('must not reach this machine from %s', async (origin) => {
    const { headers } = await request(
      server.url,
      preflight(origin, { 'access-control-request-private-network': 'true' }),
    );
    expect(headers['access-control-allow-private-network']).toBeUndefined();
  });

  it('never share an answer through a cache', async () => {
    for (const origin of [STUDIO, 'https://evil.com']) {
      expect((await request(server.url, operationWith({ origin }))).headers.vary).toContain('Origin');
    }
  });
});

describe('requests that any page can make', () => {
  it.each<[string, object]>([
    ['GET', { path: OPERATION_PATH }],
    ['POST of text', { ...OPERATION, headers: { 'content-type': 'text/plain' } }],
    ['POST of a form', { ...OPERATION, headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
    ['POST of parts', { ...OPERATION, headers: { 'content-type': 'multipart/form-data; boundary=x' } }],
    ['POST of nothing named', { ...OPERATION, headers: {} }],
  ])('are refused: %s', async (_kind, asked) => {
    const answer = await request(server.url, asked);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(errorOf(answer).code).toMatch(/^BAD_/);
    expect(answer.text).not.toContain('"app"');
  });

  it.each(['apollo-require-preflight', 'x-apollo-operation-name'])('are answered with the header %s', async (name) => {
    const { status, text } = await request(server.url, { path: OPERATION_PATH, headers: { [name]: '1' } });
    expect({ status, text }).toEqual({ status: 200, text: DATA });
  });
});

describe('API keys', () => {
  const KEY = 'correct-horse-battery-staple';
  let guarded: ServerUnderTest;

  beforeAll(async () => {
    const hash = createHash('sha256').update(KEY).digest('hex');
    guarded = await startServerUnderTest({ config, env: { TRIBUTARY_API_KEYS: `me:${hash}` } });
  });
  afterAll(() => guarded.close());

  it.each<[string, Record<string, string>]>([
    ['no key', {}],
    ['a wrong key', { authorization: 'Bearer wrong' }],
    ['the key without its scheme', { authorization: KEY }],
    ['the key as a password', { authorization: `Basic ${Buffer.from(`me:${KEY}`).toString('base64')}` }],
    ['the hash for the key', { authorization: `Bearer ${createHash('sha256').update(KEY).digest('hex')}` }],
    ['an empty key', { authorization: 'Bearer ' }],
  ])('refuse whoever sends %s', async (_what, headers) => {
    const answer = await request(guarded.url, operationWith(headers));
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(errorOf(answer).code).toBe('UNAUTHENTICATED');
    expect(answer.text).not.toContain('"app"');
  });

  it('let in whoever sends the right one', async () => {
    const { status, text } = await request(guarded.url, operationWith({ authorization: `Bearer ${KEY}` }));
    expect({ status, text }).toEqual({ status: 200, text: DATA });
  });

  it.each(['/', '/?from=mail', '/health/live', '/health/ready'])('are not needed at %s', async (path) => {
    const { status, text } = await request(guarded.url, { path });
    expect(status).toBe(200);
    expect(text).not.toContain('<code>app</code>');
  });

  it('are not needed to load Apollo Sandbox', async () => {
    const page = await request(guarded.url, { headers: { accept: 'text/html,*/*' } });
    expect(page).toMatchObject({ status: 200, text: /<!DOCTYPE html>/i });
    const data = await request(guarded.url, {
      path: OPERATION_PATH,
      headers: { accept: 'text/html', 'apollo-require-preflight': '1' },
    });
    expect(data.status).toBe(401);
  });

  it.each(['/graphql/', '/nothing', '/health', '//', '/graphql%2F'])('are needed at %s', async (path) => {
    expect((await request(guarded.url, { path })).status).toBe(401);
  });

  it('let preflight requests pass', async () => {
    expect((await request(guarded.url, preflight(STUDIO))).status).toBe(204);
  });
});
