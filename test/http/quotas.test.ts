import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Quota } from '../../src/analytics/http-client.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { createClients, failureOf, until, withinOf } from './client-under-test.ts';
import { json, startServer, text, type Answer } from './local-server.ts';

const TWO_A_SECOND: Quota = { key: 'app-1', name: 'requests per app', limit: 2, windowMs: 1_000 };
const Anything = z.unknown();
const ok = json({});

async function start(quotas: readonly Quota[], ...answers: Answer[]) {
  const clock = new ManualClock();
  const server = await startServer(...(answers.length > 0 ? answers : [ok]));
  const clients = createClients({ clock });
  const client = clients.connect(server.url, { quotas });
  const ask = (path: string, ms = 60_000, signal = new AbortController().signal) =>
    client.requestJson({ path }, Anything, withinOf(clock, ms, signal));
  const asked = () => server.requests.map(({ url }) => url);
  return { clock, server, clients, client, ask, asked };
}

describe('quotas', () => {
  it('holds requests back in order', async () => {
    const { clock, ask, asked } = await start([TWO_A_SECOND]);
    const all = Promise.all(['/1', '/2', '/3', '/4', '/5'].map((path) => ask(path)));
    await until(() => asked().length === 2);
    await clock.advance(999);
    expect(asked().toSorted()).toEqual(['/1', '/2']);
    await clock.advance(1);
    await until(() => asked().length === 4);
    expect(asked().slice(2).toSorted()).toEqual(['/3', '/4']);
    await clock.advance(1_000);
    await all;
    expect(asked()[4]).toBe('/5');
  });

  it('slides its window with each send', async () => {
    const { clock, ask, asked } = await start([TWO_A_SECOND]);
    await ask('/1');
    await clock.advance(600);
    await ask('/2');
    const third = ask('/3');
    const fourth = ask('/4');
    await clock.advance(400);
    await third;
    await clock.advance(599);
    expect(asked()).toHaveLength(3);
    await clock.advance(1);
    await fourth;
  });

  it('refuses a turn after the deadline', async () => {
    const { clock, ask, asked } = await start([TWO_A_SECOND]);
    await Promise.all([ask('/1'), ask('/2')]);
    const waiting = [ask('/3'), ask('/4')];
    const failure = await failureOf(ask('/5', 1_500));
    expect(failure).toMatchObject({ code: 'PROVIDER_RATE_LIMITED', retryAfterMs: 2_000 });
    await clock.advance(1_000);
    await Promise.all(waiting);
    expect(asked()).not.toContain('/5');
  });

  it('moves up when a waiter leaves', async () => {
    const { clock, ask, client } = await start([{ ...TWO_A_SECOND, limit: 1 }]);
    await ask('/1');
    const caller = new AbortController();
    const leaving = failureOf(ask('/2', 60_000, caller.signal));
    const next = ask('/3');
    // Their credentials come first, and then their turns.
    await clock.advance(0);
    expect(client.allowances()[0]?.waiting).toBe(2);
    caller.abort();
    expect((await leaving).code).toBe('OPERATION_CANCELLED');
    expect(client.allowances()[0]?.waiting).toBe(1);
    await clock.advance(1_000);
    await next;
  });

  it('is shared by clients of one key', async () => {
    const { clock, server, clients, ask } = await start([TWO_A_SECOND]);
    const other = clients.connect(server.url, { quotas: [TWO_A_SECOND] });
    await Promise.all([ask('/1'), ask('/2')]);
    expect(other.allowances()[0]?.remaining).toBe(0);
    const waiting = other.requestJson({ path: '/3' }, Anything, withinOf(clock, 60_000));
    await clock.advance(999);
    expect(server.requests).toHaveLength(2);
    await clock.advance(1);
    await waiting;
  });

  it('keeps the order across its clients', async () => {
    const slow = { key: 'app-1', name: 'exports per app', limit: 1, windowMs: 60_000 };
    const { clock, server, clients, ask, asked } = await start([TWO_A_SECOND, slow]);
    const plain = clients.connect(server.url, { quotas: [TWO_A_SECOND] });
    await ask('/export/1');
    const caller = new AbortController();
    const second = failureOf(ask('/export/2', 120_000, caller.signal));
    const behind = plain.requestJson({ path: '/behind' }, Anything, withinOf(clock, 120_000));
    await clock.advance(2_000);
    expect(asked()).toEqual(['/export/1']);
    caller.abort();
    await behind;
    expect((await second).code).toBe('OPERATION_CANCELLED');
    expect(asked()).toEqual(['/export/1', '/behind']);
  });

  it('leaves other keys alone', async () => {
    const { clock, server, clients, ask } = await start([TWO_A_SECOND]);
    const other = clients.connect(server.url, { quotas: [{ ...TWO_A_SECOND, key: 'app-2' }] });
    await Promise.all([ask('/1'), ask('/2')]);
    await other.requestJson({ path: '/3' }, Anything, withinOf(clock, 60_000));
  });

  it('asks every quota of a client', async () => {
    const daily = { key: 'app-1', name: 'requests per day', limit: 3, windowMs: 86_400_000 };
    const { clock, ask, asked, client } = await start([TWO_A_SECOND, daily]);
    await Promise.all([ask('/1'), ask('/2')]);
    await clock.advance(1_000);
    await ask('/3');
    const failure = await failureOf(ask('/4', 3_600_000));
    expect(failure).toMatchObject({ code: 'PROVIDER_RATE_LIMITED', retryAfterMs: 86_399_000 });
    expect(asked()).toHaveLength(3);
    expect(client.allowances().map(({ remaining }) => remaining)).toEqual([1, 0]);
  });

  it('reports limit, rest and reset', async () => {
    const { clock, ask, client } = await start([TWO_A_SECOND]);
    expect(client.allowances()).toEqual([
      { name: 'requests per app', limit: 2, windowMs: 1_000, remaining: 2, resetAt: null, waiting: 0 },
    ]);
    await ask('/1');
    expect(client.allowances()).toMatchObject([{ remaining: 1, resetAt: clock.now() + 1_000 }]);
    await clock.advance(1_000);
    expect(client.allowances()).toMatchObject([{ remaining: 2, resetAt: null }]);
  });

  it.each(['ratelimit', 'x-ratelimit'])('believes the provider that nothing remains: %s', async (prefix) => {
    const used = json({}, 200, { [`${prefix}-limit`]: '2', [`${prefix}-remaining`]: '0', [`${prefix}-reset`]: '30' });
    const { clock, ask, asked, client } = await start([TWO_A_SECOND], used, ok);
    await ask('/1');
    expect(client.allowances()).toMatchObject([{ remaining: 0, resetAt: clock.now() + 30_000 }]);
    const next = ask('/2');
    await clock.advance(29_999);
    expect(asked()).toHaveLength(1);
    await clock.advance(1);
    await next;
  });

  it('never believes in more than declared', async () => {
    const generous = json({}, 200, { 'ratelimit-limit': '99', 'ratelimit-remaining': '98', 'ratelimit-reset': '1' });
    const { ask, client } = await start([TWO_A_SECOND], generous);
    await Promise.all([ask('/1'), ask('/2')]);
    expect(client.allowances()).toMatchObject([{ limit: 2, remaining: 0 }]);
    expect((await failureOf(ask('/3', 500))).code).toBe('PROVIDER_RATE_LIMITED');
  });

  it('holds everybody back after a 429', async () => {
    const { clock, ask, asked } = await start([TWO_A_SECOND], text('', { 'retry-after': '20' }, 429), ok);
    const first = ask('/1');
    await until(() => clock.sleeping > 0);
    expect(await failureOf(ask('/2', 10_000))).toMatchObject({ code: 'PROVIDER_RATE_LIMITED', retryAfterMs: 20_000 });
    expect(asked()).toHaveLength(1);
    await clock.advance(20_000);
    await first;
  });
});
