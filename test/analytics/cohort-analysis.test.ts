import { describe, expect, it } from 'vitest';
import { cohortAnalysisRequestInput } from '../../src/analytics/cohort-analysis.ts';
import { parseInput } from '../../src/analytics/parse-input.ts';

const GOOD = {
  source: 'shop',
  period: { preset: 'LAST_12_MONTHS' },
  interval: 'MONTH',
  measure: 'REVENUE',
  accounting: 'GROSS',
  offsetBy: 'DAY',
  cumulative: false,
  breakdown: [],
  filters: [],
};
const parse = (given: object) => parseInput(cohortAnalysisRequestInput, { ...GOOD, ...given }, 'query');

describe('a cohort analysis argument', () => {
  it.each([[null], [[0]], [[0, 1, 3, 7, 365]], [[30, 7]]])('takes %j for its days', (days) => {
    expect(parse({ days }).days).toEqual(days);
  });

  it('needs neither days nor entry nor zone', () => {
    expect(parse({})).toEqual(GOOD);
  });

  it.each<[string, object, string]>([
    ['days before the entry', { days: [0, -1] }, 'query.days[1]: must not be negative'],
    ['no day at all', { days: [] }, 'query.days: must hold at least one day'],
    ['a day twice', { days: [7, 30, 7] }, 'query.days: names a day twice'],
    ['an entry without a name', { entry: { event: '', filters: [] } }, 'query.entry.event: must not be empty'],
    ['an unknown measure', { measure: 'PROFIT' }, 'query.measure'],
    ['unknown money', { accounting: 'GROSS_MARGIN' }, 'query.accounting'],
    ['unknown offsets', { offsetBy: 'WEEK' }, 'query.offsetBy'],
    ['an unknown zone', { timezone: 'Mars/Base' }, 'query.timezone: "Mars/Base" is not an IANA time zone'],
  ])('refuses %s', (_mistake, given, says) => {
    expect(() => parse(given)).toThrow(says);
  });
});
