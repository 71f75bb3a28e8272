import { describe, expect, it } from 'vitest';
import { QueryLimitError } from '../../src/errors.ts';
import { resolvePeriod } from '../../src/analytics/period.ts';
import { assertWithinLimits, type LimitedQuery, type QueryLimits } from '../../src/analytics/query-limits.ts';

const LIMITS: QueryLimits = {
  intervals: ['DAY', 'MONTH'],
  maxPoints: null,
  maxDays: 31,
  earliestDate: '2026-01-01',
  maxBreakdowns: 1,
  filterOperators: ['IS', 'IS_NOT'],
  timezones: 'DATA_SOURCE',
  supportsInstants: false,
};

const CONTEXT = { timezone: 'UTC', now: Date.parse('2026-11-20T12:00:00Z'), earliestDate: null, path: 'query.period' };

function days(from: string, to: string): Pick<LimitedQuery, 'period'> {
  return { period: resolvePeriod({ dates: { from, to } }, CONTEXT) };
}

function ask(query: Partial<LimitedQuery>, limits: Partial<QueryLimits> = {}): () => void {
  const asked = { ...days('2026-01-01', '2026-01-31'), interval: 'DAY', breakdown: [], filters: [], ...query } as const;
  return () => assertWithinLimits(asked, { ...LIMITS, ...limits }, 'shop');
}

describe('query limits', () => {
  it('let pass what is within them', () => {
    const filters = [{ operator: 'IS_NOT', path: 'query.filters[0]' }] as const;
    expect(ask({ interval: 'MONTH', breakdown: ['country'], filters })).not.toThrow();
  });

  it('name the intervals there are', () => {
    expect(ask({ interval: 'HOUR' })).toThrow(
      new QueryLimitError('query.interval: HOUR is not available. Allowed: DAY, MONTH (data source "shop")'),
    );
  });

  it('name the longest period', () => {
    expect(ask(days('2026-01-01', '2026-02-01'))).toThrow(
      new QueryLimitError('query.period: 32 days are more than the 31 that can be asked for (data source "shop")'),
    );
    expect(ask(days('2026-01-01', '2026-10-31'), { maxDays: null })).not.toThrow();
  });

  it('name the first day with data', () => {
    expect(ask(days('2025-12-31', '2026-01-05'))).toThrow(
      new QueryLimitError(
        'query.period: starts on 2025-12-31, before the first day with data, 2026-01-01 (data source "shop")',
      ),
    );
    expect(ask(days('1999-12-31', '2000-01-05'), { earliestDate: null })).not.toThrow();
  });

  it('want whole days where instants are unknown', () => {
    const instants = { from: '2026-01-01T10:00:00Z', to: '2026-01-02T00:00:00Z' };
    const query = { period: resolvePeriod({ instants }, CONTEXT) };
    expect(ask(query)).toThrow(new QueryLimitError('query.period: must be whole days (data source "shop")'));
    expect(ask(query, { supportsInstants: true })).not.toThrow();
  });

  it('count the dimensions of a breakdown', () => {
    expect(ask({ breakdown: ['country', 'os'] })).toThrow(
      new QueryLimitError('query.breakdown: 2 dimensions, at most 1 are allowed (data source "shop")'),
    );
  });

  it('name the filters there are', () => {
    const filters = [
      { operator: 'IS', path: 'query.filters[0]' },
      { operator: 'GT', path: 'query.filters[1]' },
    ] as const;
    expect(ask({ filters })).toThrow(
      new QueryLimitError('query.filters[1].operator: GT is not available. Allowed: IS, IS_NOT (data source "shop")'),
    );
    expect(ask({ filters }, { filterOperators: [] })).toThrow(
      'query.filters[0].operator: IS is not available. No filter is (data source "shop")',
    );
  });
});
