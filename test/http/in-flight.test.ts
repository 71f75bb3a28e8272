import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ManualClock } from '../support/manual-clock.ts';
import { createClients, failureOf, until, within, withinOf } from './client-under-test.ts';
import { json, startServer, text, type Answer } from './local-server.ts';

const Ok = z.object({ ok: z.boolean() });

/** An answer that waits until it is released. */
function held(): { readonly answer: Answer; readonly release: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    answer: (response, request) => void promise.then(() => json({ ok: true })(response, request)),
    release: resolve,
  };
}

describe('requests in flight', () => {
  it('makes identical reads only once', async () => {
    const { answer, release } = held();
    const server = await startServer(answer);
    const client = createClients().connect(server.url);
    const reads = [1, 2, 3].map(() => client.requestJson({ path: '/a' }, Ok, within(2_000)));
    await until(() => server.requests.length > 0);
    release();
    expect(await Promise.all(reads)).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
    expect(server.requests).toHaveLength(1);
  });

  it('parses the shared body for each', async () => {
    const { answer, release } = held();
    const client = createClients().connect((await startServer(answer)).url);
    const fits = client.requestJson({ path: '/a' }, Ok, within(2_000));
    const differs = failureOf(
      client.requestJson({ path: '/a' }, z.object({ rows: z.array(z.string()) }), within(2_000)),
    );
    release();
    expect(await fits).toEqual({ ok: true });
    expect((await differs).code).toBe('PROVIDER_RESPONSE_INVALID');
  });

  it.each([
    ['another path', { path: '/b' }],
    ['another query', { path: '/a', query: new URLSearchParams({ page: '2' }) }],
    ['another header', { path: '/a', headers: { 'x-timezone': 'UTC' } }],
    ['a change', { path: '/a', method: 'POST' }],
  ] as const)('does not share with %s', async (_name, other) => {
    const server = await startServer(json({ ok: true }));
    const client = createClients().connect(server.url);
    await Promise.all([{ path: '/a' }, other].map((request) => client.requestJson(request, Ok, within(2_000))));
    expect(server.requests).toHaveLength(2);
  });

  it('sends identical changes each time', async () => {
    const server = await startServer(json({ ok: true }));
    const client = createClients().connect(server.url);
    const change = { method: 'POST', path: '/a', json: { n: 1 } } as const;
    await Promise.all([1, 2].map(() => client.requestJson(change, Ok, within(2_000))));
    expect(server.requests).toHaveLength(2);
  });

  it('goes on when one waiter leaves', async () => {
    const { answer, release } = held();
    const server = await startServer(answer);
    const client = createClients().connect(server.url);
    const first = new AbortController();
    const leaving = failureOf(client.requestJson({ path: '/a' }, Ok, within(2_000, first.signal)));
    const staying = client.requestJson({ path: '/a' }, Ok, within(2_000));
    await until(() => server.requests.length === 1);
    first.abort();
    expect((await leaving).code).toBe('OPERATION_CANCELLED');
    release();
    expect(await staying).toEqual({ ok: true });
    expect(server.requests).toHaveLength(1);
  });

  it('closes the connection after the last', async () => {
    const server = await startServer(() => {});
    const client = createClients().connect(server.url);
    const callers = [new AbortController(), new AbortController()];
    const failures = callers.map(({ signal }) =>
      failureOf(client.requestJson({ path: '/a' }, Ok, within(2_000, signal))),
    );
    await until(() => server.requests.length === 1);
    for (const caller of callers) caller.abort();
    await Promise.all(failures);
    await until(() => server.connections() === 0);
  });

  it('starts afresh after everybody left', async () => {
    const server = await startServer(() => {}, json({ ok: true }));
    const client = createClients().connect(server.url);
    const caller = new AbortController();
    const left = failureOf(client.requestJson({ path: '/a' }, Ok, within(2_000, caller.signal)));
    await until(() => server.requests.length === 1);
    caller.abort();
    expect(await client.requestJson({ path: '/a' }, Ok, within(2_000))).toEqual({ ok: true });
    await left;
  });

  it('gives a late joiner its time', async () => {
    const { answer, release } = held();
    const server = await startServer(answer);
    const client = createClients().connect(server.url);
    const early = failureOf(client.requestJson({ path: '/a' }, Ok, within(100)));
    const late = client.requestJson({ path: '/a' }, Ok, within(2_000));
    expect((await early).code).toBe('PROVIDER_TIMEOUT');
    release();
    expect(await late).toEqual({ ok: true });
    expect(server.requests).toHaveLength(1);
  });

  it('refuses only who cannot wait', async () => {
    const clock = new ManualClock();
    const server = await startServer(text('slow down', { 'retry-after': '30' }, 429), json({ ok: true }));
    const client = createClients({ clock }).connect(server.url);
    const hurried = failureOf(client.requestJson({ path: '/a' }, Ok, withinOf(clock, 10_000)));
    const patient = client.requestJson({ path: '/a' }, Ok, withinOf(clock, 60_000));
    expect(await hurried).toMatchObject({ code: 'PROVIDER_RATE_LIMITED', retryAfterMs: 30_000 });
    const joining = client.requestJson({ path: '/a' }, Ok, withinOf(clock, 5_000));
    expect((await failureOf(joining)).code).toBe('PROVIDER_RATE_LIMITED');
    await clock.advance(30_000);
    expect(await patient).toEqual({ ok: true });
  });
});
