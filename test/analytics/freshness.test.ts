import { describe, expect, it } from 'vitest';
import { ProviderRateLimitedError } from '../../src/errors.ts';
import { combineFreshness, type Freshness } from '../../src/analytics/freshness.ts';
import { toProblem } from '../../src/analytics/problem.ts';

const FRESH: Freshness = { asOf: 2000, fromCache: false, isSettled: true, completeness: 'COMPLETE' };
const UNSAID = { completeUntil: null };

describe('freshness of several parts', () => {
  it('is as old as the oldest', () => {
    expect(combineFreshness([FRESH, { ...FRESH, asOf: 1000 }], 3000)).toEqual({ ...FRESH, ...UNSAID, asOf: 1000 });
  });

  it('is as unsettled and cached as any', () => {
    const parts = [FRESH, { ...FRESH, isSettled: false }, { ...FRESH, fromCache: true }];
    expect(combineFreshness(parts, 3000)).toMatchObject({ isSettled: false, fromCache: true });
  });

  it('is incomplete where any part is', () => {
    expect(combineFreshness([FRESH, { ...FRESH, completeness: 'SAMPLED' }], 3000).completeness).toBe('SAMPLED');
  });

  it('is that of now without parts', () => {
    expect(combineFreshness([], 3000)).toEqual({ ...FRESH, ...UNSAID, asOf: 3000 });
  });

  it.each([
    [500, [500, 700]],
    [500, [700, 500, null]],
    [0, [0, 700]],
    [null, [null, undefined]],
  ] as const)('is worked out until the earliest that any says: %s', (earliest, said) => {
    const parts = said.map((completeUntil) => (completeUntil === undefined ? FRESH : { ...FRESH, completeUntil }));
    expect(combineFreshness(parts, 3000).completeUntil).toBe(earliest);
  });
});

describe('problem', () => {
  it('says what failed and when to retry', () => {
    const error = new ProviderRateLimitedError('Wait.', { retryAfterMs: 500, cause: new Error('token=secret') });
    expect(toProblem(error, null, 1000)).toEqual({
      code: 'PROVIDER_RATE_LIMITED',
      message: 'Wait.',
      source: null,
      isRetryable: true,
      retryAt: 1500,
      exportTaskId: null,
    });
  });

  it('masks what nobody foresaw', () => {
    expect(toProblem(new TypeError('x is undefined at /srv/app'), null, 1000)).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      message: 'Something unexpected went wrong.',
      source: null,
      isRetryable: false,
      retryAt: null,
      exportTaskId: null,
    });
  });
});
