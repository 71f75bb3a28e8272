import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCircuitBreaker } from '../../src/http/circuit-breaker.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { createClients, failureOf, within } from './client-under-test.ts';
import { json, startServer, text } from './local-server.ts';

function start() {
  const clock = new ManualClock();
  const breaker = createCircuitBreaker(clock);
  const fail = (times: number) => {
    for (let n = 0; n < times; n++) breaker.begin()('failed');
  };
  return { clock, breaker, fail };
}

describe('circuit breaker', () => {
  it('opens after five failures in a row', () => {
    const { breaker, fail } = start();
    fail(4);
    expect(breaker.retryAfterMs()).toBeNull();
    fail(1);
    expect(breaker.retryAfterMs()).toBe(10_000);
  });

  it('counts anew after an answer', () => {
    const { breaker, fail } = start();
    fail(4);
    breaker.begin()('answered');
    fail(4);
    expect(breaker.retryAfterMs()).toBeNull();
  });

  it('forgets failures after a minute', async () => {
    const { clock, breaker, fail } = start();
    fail(4);
    await clock.advance(60_000);
    fail(1);
    expect(breaker.retryAfterMs()).toBeNull();
  });

  it('lets one probe through after ten seconds', async () => {
    const { clock, breaker, fail } = start();
    fail(5);
    await clock.advance(10_000);
    expect(breaker.retryAfterMs()).toBeNull();
    const end = breaker.begin();
    expect(breaker.retryAfterMs()).toBe(1_000);
    end('answered');
    expect(breaker.retryAfterMs()).toBeNull();
  });

  it('opens again when the probe fails', async () => {
    const { clock, breaker, fail } = start();
    fail(5);
    await clock.advance(10_000);
    fail(1);
    expect(breaker.retryAfterMs()).toBe(10_000);
  });

  it('probes again when a probe was abandoned', async () => {
    const { clock, breaker, fail } = start();
    fail(5);
    await clock.advance(10_000);
    breaker.begin()('abandoned');
    expect(breaker.retryAfterMs()).toBeNull();
  });

  it('stops calling a host that fails', async () => {
    const server = await startServer(text('', { 'retry-after': '0' }, 502));
    const { connect } = createClients();
    const ask = () => failureOf(connect(server.url).requestJson({ path: '/' }, z.unknown(), within(2_000)));
    await ask();
    await ask();
    const refused = await ask();
    expect(refused.code).toBe('PROVIDER_UNAVAILABLE');
    expect(refused.retryAfterMs).toBeGreaterThan(9_000);
    expect(server.requests).toHaveLength(5);
    const healthy = await startServer(json({}));
    expect(await connect(healthy.url).requestJson({ path: '/' }, z.unknown(), within(2_000))).toEqual({});
  });
});
