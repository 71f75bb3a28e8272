import { describe, expect, it } from 'vitest';
import { lifetimeValueRequestInput } from '../../src/analytics/lifetime-value.ts';
import { parseInput } from '../../src/analytics/parse-input.ts';

const GOOD = {
  source: 'shop',
  period: { dates: { from: '2026-01-01', to: '2026-06-30' } },
  interval: 'MONTH',
  accounting: 'NET',
  offsetBy: 'RENEWAL',
  breakdown: ['country'],
  filters: [{ dimension: 'store', operator: 'IS', values: ['ios'] }],
};
const parse = (given: object) => parseInput(lifetimeValueRequestInput, { ...GOOD, ...given }, 'query');

describe('a lifetime value argument', () => {
  it('is taken as it is asked', () => {
    expect(parse({})).toEqual(GOOD);
  });

  it('may leave out zone and options', () => {
    expect(parse({ timezone: null, options: null })).toEqual({ ...GOOD, timezone: null, options: null });
  });

  it.each<[string, object, string]>([
    ['unknown money', { accounting: 'PROFIT' }, 'query.accounting'],
    ['unknown offsets', { offsetBy: 'MONTH' }, 'query.offsetBy'],
    ['a day that does not exist', dates('2026-02-30'), 'query.period.dates.from: "2026-02-30" does not exist'],
    ['a dimension without a name', { breakdown: [''] }, 'query.breakdown[0]: must not be empty'],
    ['an unknown comparison', filters('LIKE'), 'query.filters[0].operator'],
  ])('refuses %s', (_mistake, given, says) => {
    expect(() => parse(given)).toThrow(says);
  });

  it('has all its mistakes in one message', () => {
    expect(() => parse({ ...dates('never'), breakdown: [''] })).toThrow(
      'query.period.dates.from: "never" is not a day. Write it as YYYY-MM-DD; query.breakdown[0]: must not be empty',
    );
  });
});

function dates(from: string): object {
  return { period: { dates: { from, to: '2026-06-30' } } };
}

function filters(operator: string): object {
  return { filters: [{ dimension: 'store', operator, values: ['ios'] }] };
}
