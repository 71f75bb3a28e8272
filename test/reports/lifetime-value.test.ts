import { describe, expect, it } from 'vitest';
import {
  lifetimeValueRequestInput,
  type LifetimeValueQuery,
  type LifetimeValueReport,
} from '../../src/analytics/lifetime-value.ts';
import { parseInput } from '../../src/analytics/parse-input.ts';
import { failureOf } from '../support/failure-of.ts';
import { connectFake, dates, FRESHNESS, LIMITS, OPTIONS, ORIGIN, REFUSALS, type Refusal } from './fake-source.ts';

const GOOD = {
  source: 'sample',
  ...dates('2026-09-01', '2026-10-31'),
  interval: 'MONTH',
  accounting: 'GROSS',
  offsetBy: 'PERIOD',
  breakdown: [],
  filters: [],
};

/** Ask a source for gross and net lifetime values by period, and see what it was asked. */
function ask(given: object = {}): {
  readonly report: Promise<LifetimeValueReport>;
  readonly asked: LifetimeValueQuery[];
} {
  const asked: LifetimeValueQuery[] = [];
  const { begin } = connectFake({
    'lifetime-value': {
      limits: LIMITS,
      lifetimeValue: { takesEvents: false, takesValue: false, accountings: ['GROSS', 'NET'], offsetBy: ['PERIOD'] },
      options: OPTIONS,
      fetchLifetimeValue: (query) =>
        Promise.resolve((asked.push(query), { rows: [], currency: 'USD', freshness: FRESHNESS })),
    },
  });
  const request = parseInput(lifetimeValueRequestInput, { ...GOOD, ...given }, 'query');
  return { report: begin().lifetimeValue(request), asked };
}

describe('lifetime value', () => {
  it('hands over which money of whom', async () => {
    const filters = [{ dimension: 'store', operator: 'IS_NOT', values: ['ios'] }];
    const { report, asked } = ask({ accounting: 'NET', breakdown: ['country'], filters, options: { detail: 'high' } });
    const question = { accounting: 'NET', offsetBy: 'PERIOD', breakdown: ['country'] };
    expect(await report).toMatchObject({ ...question, currency: 'USD', rows: [] });
    expect(asked).toMatchObject([
      {
        period: { firstDay: '2026-09-01', lastDay: '2026-10-31' },
        interval: 'MONTH',
        accounting: 'NET',
        offsetBy: 'PERIOD',
        breakdown: ['country'],
        filters: [{ ...filters[0], path: 'query.filters[0]' }],
        options: { detail: 'high' },
      },
    ]);
  });

  it('says which money it is where that was left alone', async () => {
    expect(await ask().report).toMatchObject({ accounting: 'GROSS' });
  });

  it('of a source without it says what is there', async () => {
    const { begin } = connectFake({});
    const error = await failureOf(begin().lifetimeValue(parseInput(lifetimeValueRequestInput, GOOD, 'query')));
    expect(error).toMatchObject({
      code: 'CAPABILITY_NOT_SUPPORTED',
      message: 'Fake has no lifetime value (data source "sample"). It offers: nothing. It hands out no raw rows.',
      origin: ORIGIN,
    });
  });

  it('of a source that is not there names the field', async () => {
    const error = await failureOf(ask({ source: 'simple' }).report);
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', origin: undefined });
    expect(error.message).toContain('query.source: there is no data source "simple". Did you mean "sample"?');
  });
});

const REFUSED: readonly Refusal[] = [
  ...REFUSALS,
  ['money it lacks', { accounting: 'PROCEEDS' }, 'QUERY_NOT_SUPPORTED', 'query.accounting: PROCEEDS is not available'],
  [
    'other offsets',
    { offsetBy: 'DAY' },
    'QUERY_NOT_SUPPORTED',
    'query.offsetBy: DAY is not available. Allowed: PERIOD',
  ],
];

describe('lifetime value that cannot be', () => {
  it.each(REFUSED)('with %s is refused', async (_mistake, given, code, says) => {
    const { report, asked } = ask(given);
    const error = await failureOf(report);
    expect(error).toMatchObject({ code, origin: ORIGIN });
    expect(error.message).toContain(says);
    expect(asked).toEqual([]);
  });
});
