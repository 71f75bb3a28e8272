import { z } from 'zod';
import {
  ACCOUNTINGS,
  COHORT_MEASURES,
  type Accounting,
  type CohortAnalysisCapability,
  type CohortAnalysisQuery,
  type CohortMeasure,
  type CohortRow,
} from '../../analytics/cohort-analysis.ts';
import type { Clock } from '../../analytics/deadline.ts';
import type { NativeAnswers } from '../../analytics/native-files.ts';
import type { AdaptyClient } from './client.ts';
import { placeRows, toCohortCells } from './cohort-rows.ts';
import type { AdaptyConfig } from './config.ts';
import { freshnessOf } from './freshness.ts';
import { limitsOf } from './limits.ts';
import { createNativeFiles } from './native-files.ts';
import type { CohortParameters } from './request-bodies.ts';
import { FILTER_OPTIONS_2024, toAdaptyFilters } from './request-filters.ts';
import type { AdaptyCohortResponse, AdaptyCohortValueResponse } from './responses.ts';
import { ACCOUNTING_KEYS, filtersOf, toPeriodUnit, toTimezone } from './vocabulary.ts';

const VALUE_TYPE_OPTION = {
  valueType: z
    .enum(['absolute', 'relative'])
    .optional()
    .describe('Sent as it is; numbers and shares come with either.'),
};

const OPTIONS = {
  '2026': z.strictObject({
    ...VALUE_TYPE_OPTION,
    predictionMonths: z
      .union([3, 6, 9, 12, 18, 24].map((months) => z.literal(months)))
      .optional()
      .describe(
        'How far Adapty predicts. Sent as it is; what the prediction looks like is not documented, so it is not shown.',
      ),
  }),
  '2024': z.strictObject({ ...VALUE_TYPE_OPTION, ...FILTER_OPTIONS_2024 }),
} as const;

type CohortOptions = z.infer<(typeof OPTIONS)['2026']> & z.infer<(typeof OPTIONS)['2024']>;

/** Given a client, return what becomes of the cohorts of its app. */
export function createCohortAnalysis(
  client: AdaptyClient,
  config: AdaptyConfig,
  clock: Clock,
): CohortAnalysisCapability & NativeAnswers<'cohort-analysis'> {
  return {
    // Cohorts are split by the day of the install and by nothing else.
    limits: { ...limitsOf(config), maxBreakdowns: 0 },
    cohortAnalysis: {
      measures: COHORT_MEASURES,
      accountings: ACCOUNTINGS,
      offsetBy: ['RENEWAL', 'DAY'],
      takesEvents: false,
      takesValue: false,
      supportsCumulative: false,
    },
    options: OPTIONS[config.apiVersion],
    async fetchCohortAnalysis(query, deadline) {
      const response = await client.fetchCohorts(toParameters(query, config), deadline);
      const now = clock.now();
      const isCount = COUNTS.has(query.measure);
      return {
        rows: toRows(response, query, now),
        unit: isCount ? 'DISTINCT_COUNT' : 'MONEY',
        currency: isCount ? null : 'USD',
        freshness: freshnessOf(query.period, now, true),
      };
    },
    nativeFiles: createNativeFiles(client, (query) => [client.nameCsv('cohort', toParameters(query, config))]),
  };
}

const COUNTS: ReadonlySet<CohortMeasure> = new Set(['SUBSCRIBERS', 'SUBSCRIPTIONS']);

function toParameters(query: CohortAnalysisQuery, { apiVersion: version }: AdaptyConfig): CohortParameters {
  const { period, interval, measure, accounting, offsetBy, days, filters } = query;
  const options = query.options as CohortOptions;
  const vocabulary = { subject: 'cohorts', filters: filtersOf(version) };
  return {
    timezone: toTimezone(period),
    filters: toAdaptyFilters(filters, { period, version, vocabulary, options }),
    periodUnit: toPeriodUnit(interval, period),
    periodType: offsetBy === 'DAY' ? 'days' : 'renewals',
    valueType: options.valueType,
    valueField: measure.toLowerCase(),
    accountingType: ACCOUNTING_KEYS[accounting],
    renewalDays: days ?? undefined,
    predictionMonths: options.predictionMonths,
  };
}

function toRows({ data }: AdaptyCohortResponse, query: CohortAnalysisQuery, now: number): CohortRow[] {
  const { period, measure, accounting, offsetBy } = query;
  const { value: valueKey, share: shareKey } = fieldsOf(measure, accounting);
  const segments = data.map((segment) => ({ ...segment, title: segment.segment_start_date ?? segment.title }));
  return placeRows(segments, query).map(({ segment, place }) => {
    const { cohort, isTotal, dimensions } = place;
    const numbers = segment.values.map((value) => ({
      offset: value.period,
      value: value[valueKey] ?? null,
      percentage: shareKey === null ? null : (value[shareKey] ?? null),
      isRunning: value.currently_active_period === true,
    }));
    const cells = toCohortCells(numbers, { place, offsetBy, timezone: period.timezone, now });
    return { cohort, isTotal, dimensions, size: segment.total_installs ?? null, cells };
  });
}

type Field = Exclude<keyof AdaptyCohortValueResponse, 'period' | 'currently_active_period'>;

/** Adapty's field of each average: one a kind of money. */
const AVERAGES: Readonly<Record<'ARPU' | 'ARPPU' | 'ARPAS', Readonly<Record<Accounting, Field>>>> = {
  ARPU: { GROSS: 'arpu_usd', PROCEEDS: 'appu_usd', NET: 'anrpu_usd' },
  ARPPU: { GROSS: 'arppu_usd', PROCEEDS: 'apppu_usd', NET: 'anrppu_usd' },
  ARPAS: { GROSS: 'arpas_usd', PROCEEDS: 'appas_usd', NET: 'anrpas_usd' },
};

function fieldsOf(
  measure: CohortMeasure,
  accounting: Accounting,
): { readonly value: Field; readonly share: Field | null } {
  switch (measure) {
    case 'REVENUE': {
      const key = ACCOUNTING_KEYS[accounting];
      return { value: `${key}_usd`, share: `${key}_relative` };
    }
    case 'SUBSCRIBERS':
      return { value: 'subscribers', share: 'subscribers_relative' };
    case 'SUBSCRIPTIONS':
      return { value: 'subscriptions', share: 'subscriptions_relative' };
    default:
      return { value: AVERAGES[measure][accounting], share: null };
  }
}
