import { describe, expect, it } from 'vitest';
import { parseInput } from '../../src/analytics/parse-input.ts';
import {
  retentionRequestInput,
  type RetentionLimits,
  type RetentionQuery,
  type RetentionReport,
  type RetentionRow,
} from '../../src/analytics/retention.ts';
import { ProviderRejectedError } from '../../src/errors.ts';
import { failureOf } from '../support/failure-of.ts';
import { retentionRow } from '../tabular/reports.ts';
import { connectFake, dates, FRESHNESS, LIMITS, OPTIONS, ORIGIN, REFUSALS, type Refusal } from './fake-source.ts';

const FIXED: RetentionLimits = {
  modes: ['N_DAY'],
  entryKinds: ['FIRST_TIME'],
  offsetBy: 'DAY',
  takesEvents: false,
  maxOffsets: 30,
};
const FREE: RetentionLimits = {
  modes: ['N_DAY', 'ROLLING', 'BRACKET'],
  entryKinds: ['FIRST_TIME', 'RECURRING'],
  offsetBy: 'PERIOD',
  takesEvents: true,
  maxOffsets: null,
};
const GOOD = {
  source: 'sample',
  ...dates('2026-11-01', '2026-11-03'),
  interval: 'DAY',
  entryKind: 'FIRST_TIME',
  mode: 'N_DAY',
  breakdown: [],
  filters: [],
};

const event = (name: string, ...filters: readonly object[]) => ({ event: name, filters });
const filter = (dimension: string, operator = 'IS') => ({ dimension, operator, values: ['ios'] });

/** Ask a source for retention within these limits, and see what it was asked. */
function ask(
  given: object = {},
  { limits = FIXED, rows = [] }: { readonly limits?: RetentionLimits; readonly rows?: readonly RetentionRow[] } = {},
): { readonly report: Promise<RetentionReport>; readonly asked: RetentionQuery[] } {
  const asked: RetentionQuery[] = [];
  const { begin } = connectFake({
    retention: {
      limits: LIMITS,
      retention: limits,
      options: OPTIONS,
      fetchRetention: (query) => Promise.resolve((asked.push(query), { rows, freshness: FRESHNESS })),
    },
  });
  return { report: begin().retention(parseInput(retentionRequestInput, { ...GOOD, ...given }, 'query')), asked };
}

describe('retention', () => {
  it('of a fixed kind asks for no events', async () => {
    const { report, asked } = ask({ breakdown: ['country'], options: { detail: 'high' } });
    expect(await report).toMatchObject({ answeredBy: 'NATIVE', interval: 'DAY', breakdown: ['country'], rows: [] });
    const query = { entry: null, returning: null, entryKind: 'FIRST_TIME', mode: 'N_DAY', offsets: null };
    expect(asked).toMatchObject([{ ...query, breakdown: ['country'], filters: [], options: { detail: 'high' } }]);
  });

  it('of events hands over both with their filters', async () => {
    const given = {
      entry: event('install', filter('store')),
      returning: event('open'),
      entryKind: 'RECURRING',
      mode: 'BRACKET',
      offsets: 400,
    };
    const { report, asked } = ask(given, { limits: FREE });
    await report;
    const filters = [{ ...filter('store'), path: 'query.entry.filters[0]' }];
    expect(asked).toMatchObject([
      {
        entry: { event: 'install', name: 'install', filters },
        returning: { event: 'open', name: 'open', filters: [] },
        entryKind: 'RECURRING',
        mode: 'BRACKET',
        offsets: 400,
      },
    ]);
  });

  it.each([
    ['a fixed kind', {}, FIXED, { mode: 'N_DAY', entryKind: 'FIRST_TIME', offsetBy: 'DAY' }],
    [
      'a kind chosen',
      { mode: 'ROLLING', entryKind: 'RECURRING' },
      FREE,
      { mode: 'ROLLING', entryKind: 'RECURRING', offsetBy: 'PERIOD' },
    ],
  ])('of %s says who counted and what its offsets count', async (_kind, given, limits, says) => {
    expect(await ask(given, { limits }).report).toMatchObject(says);
  });

  it('has an average over its cohorts', async () => {
    const rows = [retentionRow({ size: 10 }, 10, 5), retentionRow({ cohort: '2026-01-02', size: 30 }, 30, null)];
    expect((await ask({}, { rows }).report).average).toEqual([
      { offset: 0, count: 40, rate: 1, isComplete: true },
      { offset: 1, count: 5, rate: 0.5, isComplete: true },
    ]);
  });

  it('has an average of the total where there are no cohorts', async () => {
    const rows = [retentionRow({ cohort: null, isTotal: true, size: 20 }, 20, 5)];
    expect((await ask({}, { rows }).report).average).toEqual([
      { offset: 0, count: 20, rate: 1, isComplete: true },
      { offset: 1, count: 5, rate: 0.25, isComplete: true },
    ]);
  });
});

const OF_FIXED: readonly Refusal[] = [
  ...REFUSALS,
  ['an entry', { entry: event('install') }, 'QUERY_NOT_SUPPORTED', "query.entry: the events are the provider's own"],
  [
    'a return',
    { returning: event('open') },
    'QUERY_NOT_SUPPORTED',
    "query.returning: the events are the provider's own",
  ],
  ['another mode', { mode: 'ROLLING' }, 'QUERY_NOT_SUPPORTED', 'query.mode: ROLLING is not available. Allowed: N_DAY'],
  [
    'another entry kind',
    { entryKind: 'RECURRING' },
    'QUERY_NOT_SUPPORTED',
    'query.entryKind: RECURRING is not available. Allowed: FIRST_TIME',
  ],
  ['31 offsets', { offsets: 31 }, 'QUERY_NOT_SUPPORTED', 'query.offsets: 31 is more than the 30 that can be asked for'],
];

const OF_EVENTS: readonly Refusal[] = [
  ['never sent to enter', { entry: event('instal') }, 'BAD_USER_INPUT', 'query.entry.event: "sample" has no event'],
  ['never sent to return', { returning: event('opened') }, 'BAD_USER_INPUT', 'query.returning.event: "sample" has no'],
  [
    'with an unknown dimension',
    { returning: event('open', filter('shop')) },
    'BAD_USER_INPUT',
    'query.returning.filters[0].dimension: "sample" has no dimension "shop"',
  ],
  [
    'with a comparison it lacks',
    { entry: event('install', filter('store', 'CONTAINS')) },
    'QUERY_NOT_SUPPORTED',
    'query.entry.filters[0].operator: CONTAINS is not available. Allowed: IS, IS_NOT',
  ],
];

describe('retention that cannot be', () => {
  it.each(OF_FIXED)('with %s is refused', async (_mistake, given, code, says) => {
    const { report, asked } = ask(given);
    const error = await failureOf(report);
    expect(error).toMatchObject({ code, origin: ORIGIN });
    expect(error.message).toContain(says);
    expect(asked).toEqual([]);
  });

  it.each(OF_EVENTS)('of events %s is refused', async (_mistake, given, code, says) => {
    const { report, asked } = ask(given, { limits: FREE });
    const error = await failureOf(report);
    expect(error).toMatchObject({ code, origin: ORIGIN });
    expect(error.message).toContain(says);
    expect(asked).toEqual([]);
  });

  it('because the provider refuses names the source', async () => {
    const { begin } = connectFake({
      retention: {
        limits: LIMITS,
        retention: FIXED,
        options: OPTIONS,
        fetchRetention: () => Promise.reject(new ProviderRejectedError('fake says no')),
      },
    });
    const request = parseInput(retentionRequestInput, GOOD, 'query');
    const error = await failureOf(begin().retention(request));
    expect(error).toMatchObject({ code: 'PROVIDER_REJECTED', message: 'fake says no', origin: ORIGIN });
  });
});
