import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ManualClock } from '../support/manual-clock.ts';
import { createClients, failureOf, passNextWait, until, within, withinOf } from './client-under-test.ts';
import { json, startServer, text } from './local-server.ts';

const Ok = z.object({ ok: z.boolean() });
const ok = json({ ok: true });

describe('retries', () => {
  it.each([408, 429, 502, 503, 504])('repeats a GET after status %i', async (status) => {
    const server = await startServer(text('busy', { 'retry-after': '0' }, status), ok);
    const client = createClients().connect(server.url);
    expect(await client.requestJson({ path: '/' }, Ok, within(2_000))).toEqual({ ok: true });
    expect(server.requests).toHaveLength(2);
  });

  it('repeats a GET after a reset', async () => {
    const server = await startServer((response) => response.destroy(), ok);
    const client = createClients().connect(server.url);
    expect(await client.requestJson({ path: '/' }, Ok, within(2_000))).toEqual({ ok: true });
  });

  it.each([500, 501, 400, 404])('does not repeat after status %i', async (status) => {
    const server = await startServer(text('no', { 'retry-after': '0' }, status), ok);
    await failureOf(createClients().connect(server.url).requestJson({ path: '/' }, Ok, within(2_000)));
    expect(server.requests).toHaveLength(1);
  });

  it('repeats a POST only if read-only', async () => {
    const busy = text('busy', { 'retry-after': '0' }, 503);
    const server = await startServer(busy, busy, ok);
    const client = createClients().connect(server.url);
    const post = { method: 'POST', path: '/', json: { a: 1 } } as const;
    const refused = await failureOf(client.requestJson(post, Ok, within(2_000)));
    expect(refused.code).toBe('PROVIDER_UNAVAILABLE');
    expect(server.requests).toHaveLength(1);
    expect(await client.requestJson({ ...post, isReadOnly: true }, Ok, within(2_000))).toEqual({ ok: true });
  });

  it('gives up after four attempts', async () => {
    const server = await startServer(text503);
    const failure = await failureOf(createClients().connect(server.url).requestJson({ path: '/' }, Ok, within(2_000)));
    expect(failure).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', message: 'acme failed on its side (503).' });
    expect(server.requests).toHaveLength(4);
  });

  it('waits the seconds of Retry-After', async () => {
    const { clock, server, answer } = await startWaiting({ 'retry-after': '7' });
    await passNextWait(clock, 6_999);
    expect(server.requests).toHaveLength(1);
    await clock.advance(1);
    expect(await answer).toEqual({ ok: true });
  });

  it('waits until the date of Retry-After', async () => {
    const { clock, server, answer } = await startWaiting({ 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' });
    await passNextWait(clock, 29_999);
    expect(server.requests).toHaveLength(1);
    await clock.advance(1);
    expect(await answer).toEqual({ ok: true });
  });

  it.each(['ratelimit-reset', 'x-ratelimit-reset'])('waits until the allowance resets: %s', async (name) => {
    const { clock, server, answer } = await startWaiting({ [name]: '9' });
    await passNextWait(clock, 8_999);
    expect(server.requests).toHaveLength(1);
    await clock.advance(1);
    expect(await answer).toEqual({ ok: true });
  });

  it('ignores the reset where requests remain', async () => {
    const { clock, answer } = await startWaiting({ 'x-ratelimit-reset': '3600', 'x-ratelimit-remaining': '40' }, 503);
    await passNextWait(clock, 200);
    expect(await answer).toEqual({ ok: true });
  });

  it('backs off where nobody says', async () => {
    const { clock, server, answer } = await startWaiting({ 'retry-after': 'soon' });
    await passNextWait(clock, 99);
    expect(server.requests).toHaveLength(1);
    await clock.advance(101);
    expect(await answer).toEqual({ ok: true });
  });

  it('refuses to wait past the deadline', async () => {
    const server = await startServer(text('slow down', { 'retry-after': '60' }, 429));
    const startedAt = Date.now();
    const failure = await failureOf(createClients().connect(server.url).requestJson({ path: '/' }, Ok, within(5_000)));
    expect(failure).toMatchObject({ code: 'PROVIDER_RATE_LIMITED', retryAfterMs: 60_000, isRetryable: true });
    expect(Date.now() - startedAt).toBeLessThan(4_000);
  });

  it('says when an outage may end', async () => {
    const server = await startServer(text('maintenance', { 'retry-after': '120' }, 503));
    const failure = await failureOf(createClients().connect(server.url).requestJson({ path: '/' }, Ok, within(5_000)));
    expect(failure).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', retryAfterMs: 120_000 });
  });

  it('stops waiting when the caller leaves', async () => {
    const clock = new ManualClock();
    const server = await startServer(text('slow down', { 'retry-after': '7' }, 429));
    const caller = new AbortController();
    const client = createClients({ clock }).connect(server.url);
    const failure = failureOf(client.requestJson({ path: '/' }, Ok, withinOf(clock, 60_000, caller.signal)));
    await until(() => clock.sleeping > 0);
    caller.abort();
    expect((await failure).code).toBe('OPERATION_CANCELLED');
    expect(clock.sleeping).toBe(0);
  });
});

const text503 = text('busy', { 'retry-after': '0' }, 503);

async function startWaiting(headers: Record<string, string>, status = 429) {
  const clock = new ManualClock();
  const server = await startServer(text('slow down', headers, status), ok);
  const client = createClients({ clock }).connect(server.url);
  return { clock, server, answer: client.requestJson({ path: '/' }, Ok, withinOf(clock, 60_000)) };
}
