import { z } from 'zod';
import type { Clock } from '../../analytics/deadline.ts';
import type { NativeAnswers } from '../../analytics/native-files.ts';
import type { RetentionCapability, RetentionCell, RetentionQuery, RetentionRow } from '../../analytics/retention.ts';
import type { AdaptyClient } from './client.ts';
import { placeRows, timeOfRenewal, type RowPlace } from './cohort-rows.ts';
import type { AdaptyConfig } from './config.ts';
import { freshnessOf } from './freshness.ts';
import { assertBreakdownOrAxis, limitsOf } from './limits.ts';
import { DATE_TYPE_OPTION } from './metric-options.ts';
import { createNativeFiles } from './native-files.ts';
import type { RetentionParameters } from './request-bodies.ts';
import { FILTER_OPTIONS_2024, toAdaptyFilters } from './request-filters.ts';
import type { AdaptyRetentionResponse } from './responses.ts';
import { COMMON_SEGMENTATIONS, filtersOfStages, toPeriodUnit, toSegmentation, toTimezone } from './vocabulary.ts';

const USE_TRIAL_OPTION = {
  useTrial: z.boolean().optional().describe('Whether a trial is the entry. Left out: the first paid period is.'),
};

const OPTIONS = {
  '2026': z.strictObject(USE_TRIAL_OPTION),
  '2024': z.strictObject({
    ...USE_TRIAL_OPTION,
    ...DATE_TYPE_OPTION,
    valueType: z.enum(['absolute', 'relative']).optional().describe('With `relative` there are rates without counts.'),
    ...FILTER_OPTIONS_2024,
  }),
} as const;

type RetentionOptions = z.infer<(typeof OPTIONS)['2026']> & z.infer<(typeof OPTIONS)['2024']>;

const SUBJECT = { subject: 'retention', segmentations: COMMON_SEGMENTATIONS };

/** Given a client, return the retention of its app's subscribers, whose offsets are renewals. */
export function createRetention(
  client: AdaptyClient,
  config: AdaptyConfig,
  clock: Clock,
): RetentionCapability & NativeAnswers<'retention'> {
  return {
    limits: limitsOf(config),
    retention: {
      modes: ['N_DAY'],
      entryKinds: ['FIRST_TIME'],
      offsetBy: 'RENEWAL',
      takesEvents: false,
      maxOffsets: null,
    },
    options: OPTIONS[config.apiVersion],
    async fetchRetention(query, deadline) {
      const response = await client.fetchRetention(toParameters(query, config), deadline);
      const now = clock.now();
      return { rows: toRows(response, query, now), freshness: freshnessOf(query.period, now, true) };
    },
    nativeFiles: createNativeFiles(client, (query) => [client.nameCsv('retention', toParameters(query, config))]),
  };
}

function toParameters(query: RetentionQuery, { apiVersion: version }: AdaptyConfig): RetentionParameters {
  const { period, interval, breakdown, filters } = query;
  assertBreakdownOrAxis(interval, breakdown);
  const options = query.options as RetentionOptions;
  const vocabulary = { ...SUBJECT, filters: filtersOfStages(version) };
  return {
    timezone: toTimezone(period),
    filters: toAdaptyFilters(filters, { period, version, vocabulary, options }),
    periodUnit: interval === 'TOTAL' ? undefined : toPeriodUnit(interval, period),
    segmentation: toSegmentation(breakdown, SUBJECT),
    useTrial: options.useTrial ?? false,
    dateType: options.dateType,
    valueType: options.valueType,
  };
}

type RetentionSegment = AdaptyRetentionResponse['data'][number];

type PeriodValue = RetentionSegment['values'][number];

function toRows(
  { data, value_type: valueType }: AdaptyRetentionResponse,
  query: RetentionQuery,
  now: number,
): RetentionRow[] {
  const isRelative = (valueType ?? (query.options as RetentionOptions).valueType) === 'relative';
  // The entry is a trial or the first paid period, and then renewals follow: offset 0 is the least period of all.
  const entry = Math.min(...data.flatMap(({ values }) => values.map(({ period }) => period)));
  return placeRows(data, query).map(({ segment, place }) => {
    const { cohort, isTotal, dimensions } = place;
    const size = sizeOf(segment, { entry, isRelative });
    const cells = toCells(segment, { entry, isRelative, size, place, now }, query);
    return { cohort, isTotal, dimensions, size, cells };
  });
}

interface Reading {
  readonly entry: number;
  readonly isRelative: boolean;
}

function sizeOf({ cohort_size: size, values }: RetentionSegment, { entry, isRelative }: Reading): number | null {
  const first = values.find(({ period }) => period === entry);
  return size ?? (first ? toNumbers(first, isRelative).count : null);
}

/** With the share beside it a value is a count, whatever was asked for; alone it may be the share itself. */
function toNumbers({ value = null, value_relative: percentage = null }: PeriodValue, isRelative: boolean) {
  return isRelative && percentage === null ? { count: null, percentage: value } : { count: value, percentage };
}

function toCells(
  { values }: RetentionSegment,
  reading: Reading & { readonly size: number | null; readonly place: RowPlace; readonly now: number },
  { offsets: most, period: { timezone } }: RetentionQuery,
): RetentionCell[] {
  const { entry, isRelative, size, place, now } = reading;
  return values
    .map((one): RetentionCell => {
      const offset = one.period - entry;
      const { count, percentage } = toNumbers(one, isRelative);
      const rate = count !== null && size ? count / size : percentage === null ? null : percentage / 100;
      const hasPassed = timeOfRenewal(place, offset, { timezone, now }) === 'PASSED';
      const isKnown = count !== null || rate !== null;
      return { offset, count, rate, isComplete: isKnown && hasPassed && one.currently_active_period !== true };
    })
    .filter(({ offset }) => most === null || offset <= most)
    .sort((a, b) => a.offset - b.offset);
}
