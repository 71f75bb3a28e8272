import { describe, expect, it } from 'vitest';
import {
  cohortAnalysisRequestInput,
  type CohortAnalysisLimits,
  type CohortAnalysisQuery,
  type CohortAnalysisReport,
} from '../../src/analytics/cohort-analysis.ts';
import { parseInput } from '../../src/analytics/parse-input.ts';
import { failureOf } from '../support/failure-of.ts';
import { connectFake, dates, FRESHNESS, LIMITS, OPTIONS, ORIGIN, REFUSALS, type Refusal } from './fake-source.ts';

const NARROW: CohortAnalysisLimits = {
  measures: ['REVENUE', 'ARPU'],
  accountings: ['GROSS', 'NET'],
  offsetBy: ['PERIOD', 'DAY'],
  takesEvents: false,
  takesValue: false,
  supportsCumulative: false,
};
const GOOD = {
  source: 'sample',
  ...dates('2026-09-01', '2026-10-31'),
  interval: 'MONTH',
  measure: 'REVENUE',
  accounting: 'GROSS',
  offsetBy: 'PERIOD',
  cumulative: false,
  breakdown: [],
  filters: [],
};

/** Ask a source for a cohort analysis, and see what it was asked. */
function ask(
  given: object = {},
  more: Partial<CohortAnalysisLimits> = {},
): { readonly report: Promise<CohortAnalysisReport>; readonly asked: CohortAnalysisQuery[] } {
  const asked: CohortAnalysisQuery[] = [];
  const { begin } = connectFake({
    'cohort-analysis': {
      limits: LIMITS,
      cohortAnalysis: { ...NARROW, ...more },
      options: OPTIONS,
      fetchCohortAnalysis: (query) =>
        Promise.resolve((asked.push(query), { rows: [], unit: 'MONEY', currency: 'USD', freshness: FRESHNESS })),
    },
  });
  const request = parseInput(cohortAnalysisRequestInput, { ...GOOD, ...given }, 'query');
  return { report: begin().cohortAnalysis(request), asked };
}

describe('a cohort analysis', () => {
  it('hands over what is measured and how', async () => {
    const { report, asked } = ask({ measure: 'ARPU', accounting: 'NET', breakdown: ['store'] });
    const question = { measure: 'ARPU', accounting: 'NET', offsetBy: 'PERIOD', cumulative: false };
    expect(await report).toMatchObject({ ...question, unit: 'MONEY', currency: 'USD' });
    expect(asked).toMatchObject([
      {
        interval: 'MONTH',
        entry: null,
        measure: 'ARPU',
        accounting: 'NET',
        offsetBy: 'PERIOD',
        days: null,
        cumulative: false,
        breakdown: ['store'],
      },
    ]);
  });

  it('by day hands over which days', async () => {
    const { report, asked } = ask({ offsetBy: 'DAY', days: [0, 7, 30] });
    await report;
    expect(asked).toMatchObject([{ offsetBy: 'DAY', days: [0, 7, 30] }]);
  });

  it('by day leaves the days to the provider', async () => {
    const { report, asked } = ask({ offsetBy: 'DAY', days: null });
    await report;
    expect(asked).toMatchObject([{ offsetBy: 'DAY', days: null }]);
  });

  it('that adds up says so to the provider and in the report', async () => {
    const { report, asked } = ask({ cumulative: true }, { supportsCumulative: true });
    expect(await report).toMatchObject({ accounting: 'GROSS', cumulative: true });
    expect(asked).toMatchObject([{ cumulative: true }]);
  });

  it('of an event hands it over', async () => {
    const { report, asked } = ask({ entry: { event: 'purchase', filters: [] } }, { takesEvents: true });
    await report;
    expect(asked).toMatchObject([{ entry: { event: 'purchase', name: 'purchase', filters: [] } }]);
  });
});

const REFUSED: readonly Refusal[] = [
  ...REFUSALS,
  [
    'a measure it lacks',
    { measure: 'ARPAS' },
    'QUERY_NOT_SUPPORTED',
    'query.measure: ARPAS is not available. Allowed: R',
  ],
  ['money it lacks', { accounting: 'PROCEEDS' }, 'QUERY_NOT_SUPPORTED', 'query.accounting: PROCEEDS is not available'],
  ['offsets it lacks', { offsetBy: 'RENEWAL' }, 'QUERY_NOT_SUPPORTED', 'Allowed: PERIOD, DAY (data source "sample")'],
  ['days beside periods', { days: [7] }, 'BAD_USER_INPUT', 'query.days: goes with offsetBy DAY, not PERIOD'],
  ['values added up', { cumulative: true }, 'QUERY_NOT_SUPPORTED', 'query.cumulative: is not available'],
  [
    'an entry',
    { entry: { event: 'purchase', filters: [] } },
    'QUERY_NOT_SUPPORTED',
    "query.entry: the events are the provider's own; leave it out",
  ],
];

describe('a cohort analysis that cannot be', () => {
  it.each(REFUSED)('with %s is refused', async (_mistake, given, code, says) => {
    const { report, asked } = ask(given);
    const error = await failureOf(report);
    expect(error).toMatchObject({ code, origin: ORIGIN });
    expect(error.message).toContain(says);
    expect(asked).toEqual([]);
  });

  it('with a comparison of its entry is refused', async () => {
    const filters = [{ dimension: 'store', operator: 'MATCHES', values: ['i.*'] }];
    const { report, asked } = ask({ entry: { event: 'purchase', filters } }, { takesEvents: true });
    const error = await failureOf(report);
    expect(error).toMatchObject({ code: 'QUERY_NOT_SUPPORTED', origin: ORIGIN });
    expect(error.message).toContain('query.entry.filters[0].operator: MATCHES is not available');
    expect(asked).toEqual([]);
  });
});
