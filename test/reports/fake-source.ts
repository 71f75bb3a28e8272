import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { defineProvider, type Provider, type ProviderCapabilities } from '../../src/analytics/provider.ts';
import type { QueryLimits } from '../../src/analytics/query-limits.ts';
import type { Freshness } from '../../src/analytics/freshness.ts';
import type { ErrorCode } from '../../src/errors.ts';
import { connectProvider, SOURCE_KEY, type ConnectedProvider } from '../support/connect-provider.ts';

/** What each capability of the fake source can be asked. */
export const LIMITS: QueryLimits = {
  intervals: ['HOUR', 'DAY', 'MONTH', 'TOTAL'],
  maxPoints: 60,
  maxDays: 90,
  earliestDate: '2026-01-01',
  maxBreakdowns: 1,
  filterOperators: ['IS', 'IS_NOT'],
  timezones: 'DATA_SOURCE',
  supportsInstants: false,
};

/** The options of each capability. */
export const OPTIONS: z.ZodType<Record<string, unknown>> = z.strictObject({ detail: z.string().optional() });

/** How fresh every answer is. */
export const FRESHNESS: Freshness = { asOf: 0, fromCache: false, isSettled: true, completeness: 'COMPLETE' };

/** What every failure of the fake source names. */
export const ORIGIN = { source: SOURCE_KEY, provider: 'fake' };

/** Given capabilities, return a provider that has them, in UTC, with two dimensions and three events. */
export function createFakeProvider(capabilities: ProviderCapabilities): Provider {
  return defineProvider({
    id: 'fake',
    name: 'Fake',
    docsUrl: 'https://fake.example/docs',
    config: z.strictObject({}),
    connect: () => ({
      timezone: 'UTC',
      capabilities,
      catalog: {
        metrics: [],
        dimensions: ['country', 'store'].map((key) => ({ key, name: key, description: '' })),
        dimensionFamilies: [],
        measurableProperties: [],
        listEvents: () => Promise.resolve(['install', 'open', 'purchase']),
      },
      checkAccess: () => Promise.resolve(),
      allowances: () => [],
    }),
  });
}

/** Given capabilities, connect a source of such a provider, on 15 November 2026. */
export function connectFake(capabilities: ProviderCapabilities): ConnectedProvider {
  const connected = connectProvider(createFakeProvider(capabilities), {});
  onTestFinished(() => connected[Symbol.asyncDispose]());
  return connected;
}

/** A mistake, how it is made, and what the refusal says. */
export type Refusal = readonly [mistake: string, query: object, code: ErrorCode, says: string];

const of = (dimension: string, operator = 'IS') => ({ filters: [{ dimension, operator, values: ['SE'] }] });

/** What every question to the fake source is refused for, before it is asked anything. */
export const REFUSALS: readonly Refusal[] = [
  [
    'an unknown dimension',
    { breakdown: ['contry'] },
    'BAD_USER_INPUT',
    'query.breakdown[0]: "sample" has no dimension',
  ],
  [
    'a dimension twice',
    { breakdown: ['store', 'store'] },
    'BAD_USER_INPUT',
    'query.breakdown: names a dimension twice',
  ],
  ['an unknown filter', of('contry'), 'BAD_USER_INPUT', 'query.filters[0].dimension: "sample" has no dimension'],
  ['an unknown option', { options: { colour: 1 } }, 'BAD_USER_INPUT', 'query.options: there is no option "colour"'],
  ['a day to come', dates('2026-11-01', '2026-11-16'), 'BAD_USER_INPUT', 'query.period.dates.to: 2026-11-16'],
  ['too many dimensions', { breakdown: ['store', 'country'] }, 'QUERY_NOT_SUPPORTED', 'at most 1 are allowed'],
  ['a comparison it lacks', of('store', 'CONTAINS'), 'QUERY_NOT_SUPPORTED', 'query.filters[0].operator: CONTAINS'],
  ['an interval it lacks', { interval: 'YEAR' }, 'QUERY_NOT_SUPPORTED', 'Allowed: HOUR, DAY, MONTH, TOTAL'],
  [
    'too many days',
    dates('2026-03-01', '2026-06-01'),
    'QUERY_NOT_SUPPORTED',
    'query.period: 93 days are more than the 90',
  ],
  ['days without data', dates('2025-12-01', '2026-01-15'), 'QUERY_NOT_SUPPORTED', 'query.period: starts on 2025-12-01'],
  [
    'days of another zone',
    { timezone: 'Asia/Tokyo' },
    'QUERY_NOT_SUPPORTED',
    'query.timezone: "sample" counts in days of',
  ],
  [
    'a part of a day',
    { period: { instants: { from: '2026-11-01T00:00:00Z', to: '2026-11-01T12:00:00Z' } } },
    'QUERY_NOT_SUPPORTED',
    'query.period: must be whole days',
  ],
];

/** A period of whole days, as a question has it. */
export function dates(from: string, to: string): { readonly period: object } {
  return { period: { dates: { from, to } } };
}
