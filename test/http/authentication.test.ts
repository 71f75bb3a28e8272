import { inspect } from 'node:util';
import { text as readBody } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Authentication, SignedRequest } from '../../src/analytics/http-client.ts';
import { ProviderRejectedError } from '../../src/errors.ts';
import { createTokenStore } from '../../src/http/token-store.ts';
import { systemClock } from '../../src/system-clock.ts';
import { createClients, failureOf, ORIGIN, until, within } from './client-under-test.ts';
import { json, startServer, text, type Answer } from './local-server.ts';

const Ok = z.object({ ok: z.boolean() });
const ok = json({ ok: true });
const get = { path: '/rows' } as const;

/** Credentials that number what they hand out. */
function numbered(overrides: Partial<Authentication> = {}) {
  const asked: SignedRequest[] = [];
  const refused: Readonly<Record<string, string>>[] = [];
  const auth: Authentication = {
    secrets: () => [],
    headers: async (request) => ({ Authorization: `credentials-${asked.push(request)}` }),
    renew: async (headers) => refused.push(headers) > 0,
    ...overrides,
  };
  return { auth, asked, refused };
}

const refuse: Answer = text('no', {}, 401);

describe('credentials made for each request', () => {
  it('are made from exactly what is sent', async () => {
    let body = '';
    const server = await startServer(async (response, request) => {
      body = await readBody(request);
      ok(response, request);
    });
    const { auth, asked } = numbered();
    const client = createClients().connect(`${server.url}/api`, { auth });
    const query = new URLSearchParams({ name: 'é + ü/1' });
    await client.requestJson({ method: 'PUT', path: '/a b', query, json: { n: 1 } }, Ok, within(2_000));
    const [signed] = asked;
    expect(signed?.method).toBe('PUT');
    expect(signed?.url.href).toBe(`${server.url}${server.requests[0]?.url}`);
    expect(signed?.body).toBe(body);
    expect(body).toBe('{"n":1}');
    expect(server.requests[0]?.headers.authorization).toBe('credentials-1');
  });

  it('say that there is no body', async () => {
    const server = await startServer(ok);
    const { auth, asked } = numbered();
    await createClients().connect(server.url, { auth }).requestJson(get, Ok, within(2_000));
    expect(asked).toMatchObject([{ method: 'GET', body: '' }]);
  });

  it('cannot change what is sent', async () => {
    const server = await startServer(ok);
    const headers: Authentication['headers'] = async ({ url }) => {
      url.pathname = '/elsewhere';
      return {};
    };
    const { auth } = numbered({ headers });
    await createClients().connect(server.url, { auth }).requestJson(get, Ok, within(2_000));
    expect(server.requests[0]?.url).toBe('/rows');
  });

  it('take the place of what the request says', async () => {
    const server = await startServer(ok);
    const { auth } = numbered();
    const request = { ...get, headers: { authorization: 'its own' } };
    await createClients().connect(server.url, { auth }).requestJson(request, Ok, within(2_000));
    expect(server.requests[0]?.headers.authorization).toBe('credentials-1');
  });

  it('are made anew for each attempt', async () => {
    const server = await startServer(text('busy', { 'retry-after': '0' }, 503), ok);
    const { auth } = numbered();
    await createClients().connect(server.url, { auth }).requestJson(get, Ok, within(2_000));
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['credentials-1', 'credentials-2']);
  });

  it('do not keep equal reads apart', async () => {
    const server = await startServer(ok);
    const { auth } = numbered();
    const client = createClients().connect(server.url, { auth });
    await Promise.all([1, 2, 3].map(() => client.requestJson(get, Ok, within(2_000))));
    expect(server.requests).toHaveLength(1);
  });

  it('fail with what they throw', async () => {
    const server = await startServer(ok);
    const refusal = new ProviderRejectedError('No such project.');
    const { auth } = numbered({ headers: () => Promise.reject(refusal) });
    const failure = failureOf(createClients().connect(server.url, { auth }).requestJson(get, Ok, within(2_000)));
    expect(await failure).toBe(refusal);
    expect(refusal.origin).toEqual(ORIGIN);
    expect(server.requests).toHaveLength(0);
  });

  it('fail without their secrets', async () => {
    const server = await startServer(ok);
    const headers = () => Promise.reject(new Error('cannot sign with private-key-77'));
    const { auth } = numbered({ headers, secrets: () => ['private-key-77'] });
    const failure = await failureOf(createClients().connect(server.url, { auth }).requestJson(get, Ok, within(2_000)));
    expect(failure.code).toBe('INTERNAL_SERVER_ERROR');
    expect(inspect(failure, { depth: 9 })).toContain('cannot sign with [redacted]');
    expect(inspect(failure, { depth: 9 })).not.toContain('private-key-77');
  });
});

describe('a refusal with 401', () => {
  it.each(['GET', 'POST'] as const)('leads to other credentials, once: %s', async (method) => {
    const server = await startServer(refuse, ok);
    const { auth, refused } = numbered();
    const request = { ...get, method };
    expect(await createClients().connect(server.url, { auth }).requestJson(request, Ok, within(2_000))).toEqual({
      ok: true,
    });
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['credentials-1', 'credentials-2']);
    expect(refused).toEqual([{ Authorization: 'credentials-1' }]);
  });

  it('is final the second time', async () => {
    const server = await startServer(refuse);
    const { auth, refused } = numbered();
    const failure = await failureOf(createClients().connect(server.url, { auth }).requestJson(get, Ok, within(2_000)));
    expect(failure.code).toBe('PROVIDER_AUTH_FAILED');
    expect(server.requests).toHaveLength(2);
    expect(refused).toHaveLength(1);
  });

  it('is final the second time with retries between', async () => {
    const server = await startServer(refuse, text('busy', { 'retry-after': '0' }, 503), refuse);
    const { auth, refused } = numbered();
    const failure = await failureOf(createClients().connect(server.url, { auth }).requestJson(get, Ok, within(2_000)));
    expect(failure.code).toBe('PROVIDER_AUTH_FAILED');
    expect(server.requests).toHaveLength(3);
    expect(refused).toHaveLength(1);
  });

  it.each([
    ['nothing else can be had', { renew: () => Promise.resolve(false) }],
    ['there is no way to renew', { renew: undefined }],
  ])('is final where %s', async (_name, overrides) => {
    const server = await startServer(refuse);
    const { auth } = numbered(overrides as Partial<Authentication>);
    const failure = await failureOf(createClients().connect(server.url, { auth }).requestJson(get, Ok, within(2_000)));
    expect(failure.code).toBe('PROVIDER_AUTH_FAILED');
    expect(server.requests).toHaveLength(1);
  });

  it('takes none of the four attempts', async () => {
    const busy = text('busy', { 'retry-after': '0' }, 503);
    const server = await startServer(refuse, busy, busy, busy, ok);
    const { auth } = numbered();
    expect(await createClients().connect(server.url, { auth }).requestJson(get, Ok, within(2_000))).toEqual({
      ok: true,
    });
    expect(server.requests).toHaveLength(5);
  });

  it('fails with what renewing throws', async () => {
    const server = await startServer(refuse);
    const refusal = new ProviderRejectedError('The private key is wrong.');
    const { auth } = numbered({ renew: () => Promise.reject(refusal) });
    const failure = failureOf(createClients().connect(server.url, { auth }).requestJson(get, Ok, within(2_000)));
    expect(await failure).toBe(refusal);
  });

  it('takes a place in the quota each time', async () => {
    const server = await startServer(refuse, ok);
    const { auth } = numbered();
    const quotas = [{ key: 'k', name: 'requests', limit: 10, windowMs: 60_000 }];
    const client = createClients().connect(server.url, { auth, quotas });
    await client.requestJson(get, Ok, within(2_000));
    expect(client.allowances()).toMatchObject([{ remaining: 8 }]);
  });

  it('of one token leads to one exchange for all', async () => {
    let valid = 'token-0';
    let exchanges = 0;
    const tokens = createTokenStore(systemClock);
    const mint = async () => {
      valid = `token-${++exchanges}`;
      return { token: valid, expiresAt: Number.MAX_SAFE_INTEGER };
    };
    const { auth } = numbered({
      headers: async () => ({ Authorization: await tokens.obtain('project', { refused: null, mint }) }),
      renew: async ({ Authorization: refused = null }) =>
        (await tokens.obtain('project', { refused, mint })) !== refused,
    });
    const answer: Answer = (response, request) =>
      (request.headers.authorization === valid ? ok : refuse)(response, request);
    const server = await startServer(answer);
    const client = createClients().connect(server.url, { auth });
    await client.requestJson({ path: '/first' }, Ok, within(2_000));
    valid = 'made elsewhere';
    const paths = ['/1', '/2', '/3', '/4', '/5'];
    const answers = await Promise.all(paths.map((path) => client.requestJson({ path }, Ok, within(2_000))));
    expect(answers).toEqual(paths.map(() => ({ ok: true })));
    expect(exchanges).toBe(2);
  });
});

describe('secrets that change', () => {
  it('are removed as they are at that moment', async () => {
    const secrets = ['first-secret'];
    const echo = json({ error: 'first-secret second-secret' }, 400);
    const server = await startServer(echo);
    const { auth } = numbered({ secrets: () => secrets });
    const client = createClients().connect(server.url, { auth, explain: (body) => JSON.stringify(body) });
    const ask = async () => (await failureOf(client.requestJson(get, Ok, within(2_000)))).message;
    expect(await ask()).toContain('[redacted] second-secret');
    secrets.push('second-secret');
    expect(await ask()).toContain('[redacted] [redacted]');
    secrets.pop();
    expect(await ask()).toContain('[redacted] second-secret');
  });

  it('include what was sent', async () => {
    const server = await startServer((response, request) =>
      json({ error: `bad ${request.headers['x-signature']?.toString()}` }, 400)(response, request),
    );
    const { auth } = numbered({ headers: async () => ({ 'X-Signature': 'f00dfeedf00dfeed' }) });
    const { connect, lines } = createClients();
    const client = connect(server.url, { auth, explain: (body) => JSON.stringify(body) });
    const query = new URLSearchParams({ echo: 'f00dfeedf00dfeed' });
    const failure = await failureOf(client.requestJson({ ...get, query }, Ok, within(2_000)));
    expect(`${inspect(failure, { depth: 9 })}${JSON.stringify(lines)}`).not.toContain('f00dfeed');
    expect(failure.message).toContain('bad [redacted]');
  });
});

describe('a caller who leaves', () => {
  it('ends the wait for credentials', async () => {
    const server = await startServer(ok);
    const caller = new AbortController();
    let isAsked = false;
    const headers = () => {
      isAsked = true;
      return new Promise<never>(() => {});
    };
    const { auth } = numbered({ headers });
    const client = createClients().connect(server.url, { auth });
    const failure = failureOf(client.requestJson(get, Ok, within(5_000, caller.signal)));
    await until(() => isAsked);
    caller.abort();
    expect((await failure).code).toBe('OPERATION_CANCELLED');
  });

  it('is not asked for any more once the credentials come', async () => {
    const server = await startServer(ok);
    const caller = new AbortController();
    const made = Promise.withResolvers<Record<string, string>>();
    const { auth } = numbered({ headers: () => made.promise });
    const { connect, lines } = createClients();
    const failure = failureOf(connect(server.url, { auth }).requestJson(get, Ok, within(5_000, caller.signal)));
    caller.abort();
    await failure;
    made.resolve({});
    // Whatever were sent now would be there before this is answered.
    await createClients().connect(server.url).requestJson({ path: '/later' }, Ok, within(2_000));
    expect(server.requests.map(({ url }) => url)).toEqual(['/later']);
    expect(lines).toEqual([]);
  });
});
