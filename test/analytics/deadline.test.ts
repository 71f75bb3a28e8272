import { describe, expect, it } from 'vitest';
import { createDeadline, hasTimedOut, type Clock } from '../../src/analytics/deadline.ts';

const clock: Clock = { now: () => 1000, sleep: () => Promise.resolve() };

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

describe('deadline', () => {
  it('lies as far ahead as was allowed', () => {
    const { at, signal } = createDeadline(clock, 5000);
    expect(at).toBe(6000);
    expect(signal.aborted).toBe(false);
    expect(hasTimedOut(signal)).toBe(false);
  });

  it('aborts as timed out when it passes', async () => {
    const { signal } = createDeadline(clock, 1, new AbortController().signal);
    await aborted(signal);
    expect(hasTimedOut(signal)).toBe(true);
  });

  it('aborts earlier when the caller goes away', () => {
    const caller = new AbortController();
    const { signal } = createDeadline(clock, 5000, caller.signal);
    caller.abort();
    expect(signal.aborted).toBe(true);
    expect(hasTimedOut(signal)).toBe(false);
  });
});
