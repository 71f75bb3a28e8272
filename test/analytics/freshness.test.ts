import { describe, expect, it } from 'vitest';
import { ProviderRateLimitedError } from '../../src/errors.ts';
import { combineFreshness, type Freshness } from '../../src/analytics/freshness.ts';
import { toProblem } from '../../src/analytics/problem.ts';

const FRESH: Freshness = { asOf: 2000, fromCache: false, isSettled: true, completeness: 'COMPLETE' };

describe('freshness of several parts', () => {
  it('is as old as the oldest', () => {
    expect(combineFreshness([FRESH, { ...FRESH, asOf: 1000 }], 3000)).toEqual({ ...FRESH, asOf: 1000 });
  });

  it('is as unsettled and cached as any', () => {
    const parts = [FRESH, { ...FRESH, isSettled: false }, { ...FRESH, fromCache: true }];
    expect(combineFreshness(parts, 3000)).toMatchObject({ isSettled: false, fromCache: true });
  });

  it('is incomplete where any part is', () => {
    expect(combineFreshness([FRESH, { ...FRESH, completeness: 'SAMPLED' }], 3000).completeness).toBe('SAMPLED');
  });

  it('is that of now without parts', () => {
    expect(combineFreshness([], 3000)).toEqual({ ...FRESH, asOf: 3000 });
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
    });
  });

  it('masks what nobody foresaw', () => {
    expect(toProblem(new TypeError('x is undefined at /srv/app'), null, 1000)).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      message: 'Something unexpected went wrong.',
      source: null,
      isRetryable: false,
      retryAt: null,
    });
  });
});
