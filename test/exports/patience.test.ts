import { describe, expect, it } from 'vitest';
import { persist } from '../../src/exports/patience.ts';
import { ProviderRateLimitedError, ProviderRejectedError, ProviderUnavailableError } from '../../src/errors.ts';
import { ManualClock } from '../support/manual-clock.ts';

const MINUTE_MS = 60_000;

/** Try something that answers as told, over so much time; returns when it was tried, since the start. */
function tryOver(attempt: (tries: number) => Promise<string>, patienceMs = 10 * MINUTE_MS) {
  const clock = new ManualClock(0);
  const tries: number[] = [];
  const leaving = new AbortController();
  const outcome = persist(
    () => {
      tries.push(clock.now());
      return attempt(tries.length);
    },
    { clock, signal: leaving.signal, patienceMs },
  );
  outcome.catch(() => undefined);
  return { clock, tries, outcome, leaving };
}

const fail = (error: Error) => () => Promise.reject(error);

describe('patience', () => {
  it('is not needed where the first try succeeds', async () => {
    const { outcome, tries } = tryOver(() => Promise.resolve('done'));
    expect(await outcome).toBe('done');
    expect(tries).toEqual([0]);
  });

  it('waits longer and longer', async () => {
    const { clock, tries, outcome } = tryOver((count) =>
      count < 5 ? Promise.reject(new ProviderUnavailableError('Down.')) : Promise.resolve('done'),
    );
    await clock.advance(MINUTE_MS);
    expect(await outcome).toBe('done');
    const waits = tries.slice(1).map((at, index) => at - (tries[index] ?? 0));
    // Seconds, doubled each time, of which a half at least is waited.
    waits.forEach((wait, index) => {
      expect(wait).toBeGreaterThanOrEqual(500 * 2 ** index);
      expect(wait).toBeLessThanOrEqual(1_000 * 2 ** index);
      expect(Number.isInteger(wait)).toBe(true);
    });
    expect(waits).toHaveLength(4);
  });

  it('waits as long as the provider says', async () => {
    const { clock, tries, outcome } = tryOver((count) =>
      count < 2
        ? Promise.reject(new ProviderRateLimitedError('Full.', { retryAfterMs: 3 * MINUTE_MS }))
        : Promise.resolve('done'),
    );
    await clock.advance(3 * MINUTE_MS - 1);
    expect(tries).toEqual([0]);
    await clock.advance(1);
    expect(await outcome).toBe('done');
    expect(tries).toEqual([0, 3 * MINUTE_MS]);
  });

  it('ends before a wait that would be too long', async () => {
    const failure = new ProviderRateLimitedError('Full.', { retryAfterMs: 11 * MINUTE_MS });
    const { outcome, tries } = tryOver(fail(failure));
    await expect(outcome).rejects.toBe(failure);
    expect(tries).toEqual([0]);
  });

  it('ends with the last failure', async () => {
    const { clock, outcome, tries } = tryOver((count) =>
      Promise.reject(new ProviderUnavailableError(`Failure ${count}.`)),
    );
    await clock.advance(11 * MINUTE_MS);
    await expect(outcome).rejects.toThrow(`Failure ${tries.length}.`);
    expect(tries.at(-1)).toBeLessThanOrEqual(10 * MINUTE_MS);
  });

  it('does not wait for what stays as it is', async () => {
    for (const failure of [new ProviderRejectedError('No.'), new TypeError('a mistake')]) {
      const { outcome, tries } = tryOver(fail(failure));
      await expect(outcome).rejects.toBe(failure);
      expect(tries).toHaveLength(1);
    }
  });

  it('ends when the caller leaves', async () => {
    const { clock, outcome, leaving, tries } = tryOver(fail(new ProviderUnavailableError('Down.')));
    await clock.advance(1);
    leaving.abort(new Error('left'));
    await expect(outcome).rejects.toThrow('left');
    expect(tries).toHaveLength(1);
  });
});
