import { describe, expect, it } from 'vitest';
import {
  conversionRequestInput,
  type ConversionLimits,
  type ConversionQuery,
  type ConversionReport,
  type ConversionResult,
} from '../../src/analytics/conversions.ts';
import { parseInput } from '../../src/analytics/parse-input.ts';
import { ProviderUnavailableError } from '../../src/errors.ts';
import { failureOf } from '../support/failure-of.ts';
import { connectFake, dates, FRESHNESS, LIMITS, OPTIONS, ORIGIN, REFUSALS, type Refusal } from './fake-source.ts';

const RESULT: ConversionResult = { fromCount: 200, toCount: 50, previous: null, series: [], freshness: FRESHNESS };
const series = (values: readonly (number | null)[], previous: readonly (number | null)[] | null = null) => ({
  selection: 0,
  dimensions: [],
  unit: 'FRACTION' as const,
  currency: null,
  total: null,
  previousTotal: null,
  values,
  previous,
});

const stage = (name: string, more: object = {}) => ({ subscription: { stage: name, orLater: false, ...more } });
const GOOD = {
  source: 'sample',
  ...dates('2026-11-01', '2026-11-03'),
  from: stage('INSTALL'),
  to: stage('PAID'),
  interval: 'DAY',
  breakdown: [],
  filters: [],
};

/** Ask a source that answers conversions between these points, and see what it was asked. */
function ask(
  given: object = {},
  {
    result = RESULT,
    points = ['event', 'subscription'],
  }: Partial<ConversionLimits & { result: ConversionResult }> = {},
): { readonly report: Promise<ConversionReport>; readonly asked: ConversionQuery[] } {
  const asked: ConversionQuery[] = [];
  const { begin } = connectFake({
    conversions: {
      limits: LIMITS,
      conversion: { points },
      options: OPTIONS,
      fetchConversion: (query) => Promise.resolve((asked.push(query), result)),
    },
  });
  const report = begin().conversion(parseInput(conversionRequestInput, { ...GOOD, ...given }, 'query'));
  return { report, asked };
}

describe('a conversion', () => {
  it('hands over the points and all that was checked', async () => {
    const filters = [{ dimension: 'store', operator: 'IS', values: ['ios'] }];
    const { report, asked } = ask({
      from: { event: 'open' },
      to: stage('PAID', { period: 2, orLater: true }),
      breakdown: ['country'],
      filters,
      options: { detail: 'high' },
    });
    expect(await report).toMatchObject({ breakdown: ['country'], hasComparison: false, answeredBy: 'NATIVE' });
    expect(asked).toMatchObject([
      {
        from: { kind: 'event', name: 'open' },
        to: { kind: 'subscription', stage: 'PAID', period: 2, orLater: true },
        period: { firstDay: '2026-11-01', lastDay: '2026-11-03' },
        axis: { dates: ['2026-11-01', '2026-11-02', '2026-11-03'] },
        breakdown: ['country'],
        filters: [{ ...filters[0], path: 'query.filters[0]' }],
        comparison: null,
        options: { detail: 'high' },
      },
    ]);
  });

  it.each([
    ['no period', {}],
    ['null', { period: null }],
    ['the first', { period: 1 }],
  ])('takes %s of a paid subscription as its first', async (_given, more) => {
    const { report, asked } = ask({ to: stage('PAID', more) });
    await report;
    expect(asked).toMatchObject([{ to: { kind: 'subscription', stage: 'PAID', period: 1, orLater: false } }]);
  });

  it('counts from the first where later periods count and none is named', async () => {
    const { report, asked } = ask({ to: stage('PAID', { orLater: true }) });
    await report;
    expect(asked).toMatchObject([{ to: { stage: 'PAID', period: 1, orLater: true } }]);
  });

  it.each(['INSTALL', 'TRIAL'])('has no period of %s', async (name) => {
    const { report, asked } = ask({ from: stage(name) });
    await report;
    expect(asked).toMatchObject([{ from: { kind: 'subscription', stage: name, period: null, orLater: false } }]);
  });

  it('hands over the period to compare with', async () => {
    const previous = { fromCount: 100, toCount: 10 };
    const result = { ...RESULT, previous, series: [series([0.5, null, 0.25], [0.1, 0.2])] };
    const { report, asked } = ask({ compareTo: { preset: 'PREVIOUS_PERIOD' } }, { result });
    expect(await report).toMatchObject({ hasComparison: true, previous, series: [{ previous: [0.1, 0.2, null] }] });
    expect(asked).toMatchObject([
      { comparison: { period: { firstDay: '2026-10-29', lastDay: '2026-10-31' }, isPrecedingPeriod: true } },
    ]);
  });

  it.each([
    [{ to: stage('PAID') }, 'install to paid 1'],
    [{ from: stage('TRIAL'), to: stage('PAID', { period: null }) }, 'trial to paid 1'],
    [{ to: stage('PAID', { period: 3 }) }, 'install to paid 3'],
    [{ to: stage('PAID', { period: 3, orLater: true }) }, 'install to paid 3+'],
    [{ to: stage('PAID', { orLater: true }) }, 'install to paid 1+'],
    [{ from: { event: 'open' }, to: { event: 'purchase' } }, 'open to purchase'],
  ])('names its series by its points: %j', async (points, name) => {
    const { report } = ask(points, { result: { ...RESULT, series: [series([1, 1, 1])] } });
    expect((await report).series.map((one) => one.name)).toEqual([name]);
  });

  it('knows nothing of hours to come', async () => {
    const today = { period: { preset: 'TODAY' }, interval: 'HOUR' };
    const { report } = ask(today, { result: { ...RESULT, series: [series(new Array<number>(24).fill(0.5))] } });
    const [only] = (await report).series;
    expect(only?.values).toEqual([...new Array<number>(13).fill(0.5), ...new Array<null>(11).fill(null)]);
  });
});

const REFUSED: readonly Refusal[] = [
  ...REFUSALS,
  ['an event never sent', { to: { event: 'purchas' } }, 'BAD_USER_INPUT', 'query.to.event: "sample" has no event'],
  [
    'too many points',
    dates('2026-08-20', '2026-11-10'),
    'QUERY_NOT_SUPPORTED',
    '83 points a series are more than the 60',
  ],
];

describe('a conversion that cannot be', () => {
  it.each(REFUSED)('with %s is refused', async (_mistake, given, code, says) => {
    const { report, asked } = ask(given);
    const error = await failureOf(report);
    expect(error).toMatchObject({ code, origin: ORIGIN });
    expect(error.message).toContain(says);
    expect(asked).toEqual([]);
  });

  it.each([
    ['event', { from: { event: 'open' } }, 'query.from: event is not available. Allowed: subscription'],
    ['subscription', { from: { event: 'open' } }, 'query.to: subscription is not available. Allowed: event'],
  ] as const)('without points of kind %s is refused', async (lacking, given, says) => {
    const points = (['event', 'subscription'] as const).filter((kind) => kind !== lacking);
    const { report, asked } = ask(given, { points });
    expect(await failureOf(report)).toMatchObject({
      code: 'QUERY_NOT_SUPPORTED',
      message: `${says} (data source "sample")`,
      origin: ORIGIN,
    });
    expect(asked).toEqual([]);
  });

  it('because the provider fails names the source', async () => {
    const { begin } = connectFake({
      conversions: {
        limits: LIMITS,
        conversion: { points: ['subscription'] },
        options: OPTIONS,
        fetchConversion: () => Promise.reject(new ProviderUnavailableError('fake is down')),
      },
    });
    const request = parseInput(conversionRequestInput, GOOD, 'query');
    const error = await failureOf(begin().conversion(request));
    expect(error).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', message: 'fake is down', origin: ORIGIN });
  });
});
