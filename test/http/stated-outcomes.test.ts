import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { HttpClientOptions, StatedOutcome } from '../../src/analytics/http-client.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { createClients, failureOf, passNextWait, within, withinOf } from './client-under-test.ts';
import { json, startServer, text } from './local-server.ts';

const body = z.object({ code: z.int(), value: z.string().optional() });
const stated = z.object({ code: z.int(), waitMs: z.number().optional() });

/** A provider whose bodies have a `code`, and perhaps a `waitMs`. */
const options: Partial<HttpClientOptions> = {
  outcomeIn: (found): StatedOutcome | undefined => {
    const { data } = stated.safeParse(found);
    return data && { status: data.code, ...(data.waitMs !== undefined && { retryAfterMs: data.waitMs }) };
  },
};

describe('What a body says of itself', () => {
  it.each([
    [403, 'PROVIDER_AUTH_FAILED'],
    [422, 'PROVIDER_REJECTED'],
    [500, 'PROVIDER_UNAVAILABLE'],
  ])('is a refusal with %i, though HTTP speaks of success', async (code, expected) => {
    const server = await startServer(json({ code }));
    const client = createClients().connect(server.url, options);
    const error = await failureOf(client.requestJson({ path: '/' }, body, within(5_000)));
    expect(error.code).toBe(expected);
    expect(error.message).toContain(`(${code})`);
  });

  it('is an answer, though HTTP speaks of an error', async () => {
    const server = await startServer(json({ code: 200, value: 'here' }, 404));
    const client = createClients().connect(server.url, options);
    expect(await client.requestJson({ path: '/' }, body, within(5_000))).toEqual({ code: 200, value: 'here' });
  });

  it('is not looked for where it cannot be read', async () => {
    const server = await startServer(text('<html>no</html>', { 'content-type': 'text/html' }, 403));
    const client = createClients().connect(server.url, options);
    expect(await failureOf(client.requestJson({ path: '/' }, body, within(5_000)))).toMatchObject({
      code: 'PROVIDER_AUTH_FAILED',
    });
  });

  it('is waited for as long as it asks', async () => {
    const clock = new ManualClock();
    const server = await startServer(
      json({ code: 429, waitMs: 7_000 }, 429, { 'retry-after': '60' }),
      json({ code: 200 }),
    );
    const client = createClients({ clock }).connect(server.url, options);
    const answer = client.requestJson({ path: '/' }, body, withinOf(clock, 30_000));
    await passNextWait(clock, 6_999);
    expect(server.requests).toHaveLength(1);
    await passNextWait(clock, 1);
    expect(await answer).toEqual({ code: 200 });
  });

  it('is what the caller is told to wait', async () => {
    const server = await startServer(json({ code: 429, waitMs: 90_000 }, 429));
    const client = createClients().connect(server.url, options);
    const error = await failureOf(client.requestJson({ path: '/' }, body, within(5_000)));
    expect(error).toMatchObject({ code: 'PROVIDER_RATE_LIMITED', retryAfterMs: 90_000 });
    expect(server.requests).toHaveLength(1);
  });

  it('holds back everybody who shares the quota', async () => {
    const clock = new ManualClock();
    const server = await startServer(json({ code: 429, waitMs: 5_000 }), json({ code: 200 }));
    const quotas = [{ key: 'user 1', name: 'requests', limit: 100, windowMs: 1_000 }];
    const client = createClients({ clock }).connect(server.url, { ...options, quotas });
    await failureOf(client.requestJson({ method: 'POST', path: '/' }, body, withinOf(clock, 1_000)));
    expect(client.allowances()).toMatchObject([{ remaining: 0, resetAt: clock.now() + 5_000 }]);
  });
});

describe('Statuses that are answers', () => {
  it('are read like any other answer', async () => {
    const server = await startServer(json({ code: 404, value: 'gone' }, 404));
    const client = createClients().connect(server.url);
    const request = { path: '/', answers: [404] };
    expect(await client.requestJson(request, body, within(5_000))).toEqual({ code: 404, value: 'gone' });
  });

  it('are so for the code of the body, too', async () => {
    const server = await startServer(json({ code: 404, value: 'gone' }));
    const client = createClients().connect(server.url, options);
    const request = { path: '/', answers: [404] };
    expect(await client.requestJson(request, body, within(5_000))).toEqual({ code: 404, value: 'gone' });
  });

  it('are no others', async () => {
    const server = await startServer(json({ code: 410 }, 410));
    const client = createClients().connect(server.url);
    expect(await failureOf(client.requestJson({ path: '/', answers: [404] }, body, within(5_000)))).toMatchObject({
      code: 'PROVIDER_REJECTED',
    });
  });
});
