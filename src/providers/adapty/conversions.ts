import { z } from 'zod';
import type {
  ConversionCounts,
  ConversionPoint,
  ConversionQuery,
  ConversionsCapability,
} from '../../analytics/conversions.ts';
import { conversionRateOf } from '../../analytics/conversions.ts';
import type { Clock, Deadline } from '../../analytics/deadline.ts';
import type { ProviderSeries } from '../../analytics/metrics.ts';
import type { NativeAnswers } from '../../analytics/native-files.ts';
import type { Period } from '../../analytics/period.ts';
import { InvalidQueryError, QueryLimitError } from '../../errors.ts';
import type { AdaptyClient } from './client.ts';
import type { AdaptyConfig } from './config.ts';
import { freshnessOf } from './freshness.ts';
import { limitsOf } from './limits.ts';
import { DATE_TYPE_OPTION } from './metric-options.ts';
import { createNativeFiles } from './native-files.ts';
import type { ConversionParameters, DateType } from './request-bodies.ts';
import { FILTER_OPTIONS_2024, toAdaptyFilters } from './request-filters.ts';
import type { AdaptyConversionResponse } from './responses.ts';
import { readGroups, type SeriesGroup } from './series.ts';
import {
  COMMON_SEGMENTATIONS,
  filtersOfStages,
  toDays,
  toPeriodUnit,
  toSegmentation,
  toTimezone,
} from './vocabulary.ts';

const OPTIONS = {
  '2026': z.strictObject(DATE_TYPE_OPTION),
  '2024': z.strictObject({ ...DATE_TYPE_OPTION, ...FILTER_OPTIONS_2024 }),
} as const;

const SUBJECT = { subject: 'conversions', segmentations: COMMON_SEGMENTATIONS };

/** Given a client, return the conversions between stages of its app's subscriptions. */
export function createConversions(
  client: AdaptyClient,
  config: AdaptyConfig,
  clock: Clock,
): ConversionsCapability & NativeAnswers<'conversions'> {
  const toFiles = (query: ConversionQuery) =>
    // Where a CSV would hold the numbers of an earlier period is not documented: it has one of its own.
    [query.period, ...(query.comparison ? [query.comparison.period] : [])].map((period) =>
      client.nameCsv('conversion', toParameters(query, period, config)),
    );
  return {
    limits: limitsOf(config),
    conversion: { points: ['subscription'] },
    options: OPTIONS[config.apiVersion],
    async fetchConversion(query, deadline) {
      const [current, previous] = await fetchBoth(client, { query, config }, deadline);
      return {
        ...countsOf(current),
        previous: previous && countsOf(previous),
        series: toSeries(current, previous, query),
        freshness: freshnessOf(query.period, clock.now(), true),
      };
    },
    // The document of 2024 has no format of conversions.
    ...(config.apiVersion === '2026' && { nativeFiles: createNativeFiles(client, toFiles) }),
  };
}

type Answers = readonly [AdaptyConversionResponse, AdaptyConversionResponse | null];

async function fetchBoth(
  client: AdaptyClient,
  { query, config }: { query: ConversionQuery; config: AdaptyConfig },
  deadline: Deadline,
): Promise<Answers> {
  const { comparison, interval, breakdown } = query;
  const fetchOf = (period: Period, more: Readonly<Record<string, unknown>> = {}) => {
    const parameters = toParameters(query, period, config);
    return client.fetchConversion({ ...parameters, filters: { ...parameters.filters, ...more } }, deadline);
  };
  if (!comparison) return [await fetchOf(query.period), null];
  // Of an earlier period the answer documents two counts and nothing else.
  if (interval !== 'TOTAL' || breakdown.length > 0) {
    return Promise.all([fetchOf(query.period), fetchOf(comparison.period)]);
  }
  const current = await fetchOf(query.period, { compare_date: toDays(comparison.period) });
  const { compare_value_from: from = null, compare_value_to: to = null } = current;
  if (from === null || to === null) return [current, await fetchOf(comparison.period)];
  return [current, { ...current, data: [], value: null, value_from: from, value_to: to }];
}

function toParameters(query: ConversionQuery, period: Period, config: AdaptyConfig): ConversionParameters {
  const { interval, breakdown, options } = query;
  const { apiVersion: version } = config;
  const vocabulary = { ...SUBJECT, filters: filtersOfStages(version) };
  return {
    timezone: toTimezone(period),
    filters: toAdaptyFilters(query.filters, { period, version, vocabulary, options }),
    periodUnit: toPeriodUnit(interval, period),
    dateType: options['dateType'] as DateType | undefined,
    segmentation: toSegmentation(breakdown, SUBJECT),
    ...toPeriods(query),
  };
}

// "6+", "12+" and "24+" are the only ones documented; they count months. (checked 2026-11)
const OR_LATER: readonly number[] = [6, 12, 24];
const INSTALL = -1;

function toPeriods({ from, to }: ConversionQuery): Pick<ConversionParameters, 'fromPeriod' | 'toPeriod'> {
  const start = toStage(from);
  const end = toStage(to);
  if (start.orLater) {
    throw new QueryLimitError(
      'query.from.subscription.orLater: Adapty starts at one period, not at one or a later one',
    );
  }
  if (end.orLater) {
    if (!OR_LATER.includes(end.period)) {
      throw new QueryLimitError(
        `query.to.subscription.orLater: Adapty has it for the periods ${OR_LATER.join(', ')}, which it counts in months; ${end.period} was asked for`,
      );
    }
    return { fromPeriod: toWirePeriod(start.period), toPeriod: `${end.period}+` };
  }
  if (end.period <= start.period) throw new InvalidQueryError('query.to: must be a later stage than query.from');
  return { fromPeriod: toWirePeriod(start.period), toPeriod: end.period };
}

function toWirePeriod(period: number): number | null {
  return period === INSTALL ? null : period;
}

function toStage(point: ConversionPoint): { readonly period: number; readonly orLater: boolean } {
  if (point.kind === 'event') throw new QueryLimitError('query: Adapty converts between stages of a subscription');
  const { stage, period, orLater } = point;
  if (stage === 'PAID') return { period: period ?? 1, orLater };
  return { period: stage === 'TRIAL' ? 0 : INSTALL, orLater };
}

function countsOf({ value_from: fromCount, value_to: toCount }: AdaptyConversionResponse): ConversionCounts {
  return { fromCount, toCount };
}

function toSeries(
  current: AdaptyConversionResponse,
  previous: AdaptyConversionResponse | null,
  { period, interval, axis, breakdown, comparison }: ConversionQuery,
): ProviderSeries[] {
  const isWhole = breakdown.length === 0;
  if (isWhole && (interval === 'TOTAL' || current.data.length === 0)) return [];
  const now = readGroups(current, { period, axis, breakdown });
  const before = previous && comparison ? readGroups(previous, { ...comparison, breakdown }) : null;
  const totalIn = (group: SeriesGroup | undefined, response: AdaptyConversionResponse | null) =>
    (isWhole && response ? conversionRateOf(countsOf(response)) : null) ?? toFraction(group?.value ?? null);
  return [...new Set([...now.keys(), ...(before?.keys() ?? [])])].map((key): ProviderSeries => {
    const group = now.get(key);
    const earlier = before?.get(key);
    return {
      selection: 0,
      dimensions: (group ?? earlier)?.dimensions ?? [],
      unit: 'FRACTION',
      currency: null,
      total: totalIn(group, current),
      previousTotal: totalIn(earlier, previous),
      values: group ? group.values.map(toFraction) : axis.epochs.map(() => null),
      previous: before && (earlier?.values.map(toFraction) ?? comparison?.axis.epochs.map(() => null) ?? null),
    };
  });
}

function toFraction(percentage: number | null): number | null {
  return percentage === null ? null : percentage / 100;
}
