import { z } from 'zod';
import { ACCOUNTINGS } from '../../analytics/cohort-analysis.ts';
import type { Clock } from '../../analytics/deadline.ts';
import type { LifetimeValueCapability, LifetimeValueQuery, LifetimeValueRow } from '../../analytics/lifetime-value.ts';
import type { NativeAnswers } from '../../analytics/native-files.ts';
import type { Interval } from '../../analytics/period.ts';
import { ProviderResponseError, QueryLimitError } from '../../errors.ts';
import type { AdaptyClient } from './client.ts';
import { placeRows, toCohortCells } from './cohort-rows.ts';
import type { AdaptyConfig } from './config.ts';
import { freshnessOf } from './freshness.ts';
import { assertBreakdownOrAxis, limitsOf } from './limits.ts';
import { createNativeFiles } from './native-files.ts';
import type { LifetimeValueParameters } from './request-bodies.ts';
import { FILTER_OPTIONS_2024, toAdaptyFilters } from './request-filters.ts';
import type { AdaptyLifetimeValueMetricResponse } from './responses.ts';
import { ACCOUNTING_KEYS, filtersOf, LIFETIME_VALUE_WORDS, toPeriodUnit, toTimezone } from './vocabulary.ts';

const OPTIONS = {
  '2026': z.strictObject({}),
  '2024': z.strictObject({
    valueType: z.enum(['absolute', 'relative']).optional().describe('Sent as it is.'),
    ...FILTER_OPTIONS_2024,
  }),
} as const;

type LifetimeValueOptions = z.infer<(typeof OPTIONS)['2024']>;

/** Given a client, return the lifetime value of its app's users. */
export function createLifetimeValue(
  client: AdaptyClient,
  config: AdaptyConfig,
  clock: Clock,
): LifetimeValueCapability & NativeAnswers<'lifetime-value'> {
  return {
    limits: limitsOf(config),
    lifetimeValue: { takesEvents: false, takesValue: false, accountings: ACCOUNTINGS, offsetBy: ['RENEWAL', 'DAY'] },
    options: OPTIONS[config.apiVersion],
    async fetchLifetimeValue(query, deadline) {
      const response = await client.fetchLifetimeValues(toParameters(query, config), deadline);
      const now = clock.now();
      const metric = response[ACCOUNTING_KEYS[query.accounting]];
      if (metric.unit && metric.unit !== 'USD') {
        throw new ProviderResponseError('Adapty answered in another currency than USD.');
      }
      return {
        rows: toRows(metric, query, now),
        currency: 'USD',
        freshness: freshnessOf(query.period, now, true),
      };
    },
    nativeFiles: createNativeFiles(client, (query) => [client.nameCsv('ltv', toParameters(query, config))]),
  };
}

function toParameters(query: LifetimeValueQuery, { apiVersion: version }: AdaptyConfig): LifetimeValueParameters {
  const { period, interval, breakdown, offsetBy, filters } = query;
  assertBreakdownOrAxis(interval, breakdown);
  const options = query.options as LifetimeValueOptions;
  const vocabulary = { subject: 'lifetime values', filters: filtersOf(version) };
  return {
    timezone: toTimezone(period),
    filters: toAdaptyFilters(filters, { period, version, vocabulary, options }),
    periodUnit: interval === 'TOTAL' ? undefined : toPeriodUnit(interval, period),
    periodType: offsetBy === 'DAY' ? 'days' : 'renewals',
    segmentation: breakdown.length > 0 ? toWord(breakdown[0]) : COHORT_LENGTHS.get(interval),
    valueType: options.valueType,
  };
}

// The segmentation of lifetime values is also how long a cohort is; quarters are a `period_unit` only.
const COHORT_LENGTHS: ReadonlyMap<Interval, string> = new Map([
  ['DAY', 'day'],
  ['WEEK', 'week'],
  ['MONTH', 'month'],
  ['YEAR', 'year'],
]);

function toWord(dimension = ''): string {
  const word = LIFETIME_VALUE_WORDS.get(dimension);
  if (word !== undefined) return word;
  throw new QueryLimitError(
    `query.breakdown: Adapty does not split lifetime values by ${dimension}. It takes: ${[...LIFETIME_VALUE_WORDS.keys()].join(', ')}`,
  );
}

function toRows(
  { data }: AdaptyLifetimeValueMetricResponse,
  query: LifetimeValueQuery,
  now: number,
): LifetimeValueRow[] {
  const { period, offsetBy } = query;
  return placeRows(data, query).map(({ segment, place }) => {
    const { cohort, isTotal, dimensions } = place;
    const numbers = segment.values.map((value) => ({
      offset: value.period,
      value: value.value ?? null,
      percentage: value.value_relative ?? null,
      isRunning: value.currently_active_period === true,
    }));
    const cells = toCohortCells(numbers, { place, offsetBy, timezone: period.timezone, now });
    const size = segment.cohort_size ?? null;
    return { cohort, isTotal, dimensions, size, cells, lifetimeValue: segment.value };
  });
}
