import { z } from 'zod';
import type { Clock, Deadline } from '../../analytics/deadline.ts';
import type {
  FunnelChurnReason,
  FunnelGroupCounts,
  FunnelQuery,
  FunnelsCapability,
  FunnelStepCount,
} from '../../analytics/funnels.ts';
import type { NativeAnswers } from '../../analytics/native-files.ts';
import { createTimeAxis } from '../../analytics/time-axis.ts';
import { ProviderResponseError } from '../../errors.ts';
import type { AdaptyClient } from './client.ts';
import type { AdaptyConfig } from './config.ts';
import { freshnessOf } from './freshness.ts';
import { limitsOf } from './limits.ts';
import { DATE_TYPE_OPTION } from './metric-options.ts';
import { createNativeFiles } from './native-files.ts';
import type { FunnelParameters } from './request-bodies.ts';
import { FILTER_OPTIONS_2024, toAdaptyFilters } from './request-filters.ts';
import { pointResponse, type AdaptyFunnelResponse } from './responses.ts';
import { isTotal, toDimensions } from './segments.ts';
import { createDayIndex } from './series.ts';
import { COMMON_SEGMENTATIONS, filtersOfStages, toPeriodUnit, toSegmentation, toTimezone } from './vocabulary.ts';

const OPTIONS = {
  '2026': z.strictObject({
    showValueAs: z
      .enum(['absolute', 'relative', 'both'])
      .optional()
      .describe('How Adapty shows values. Counts are null where it shows shares instead of them.'),
  }),
  '2024': z.strictObject({ ...DATE_TYPE_OPTION, ...FILTER_OPTIONS_2024 }),
} as const;

type FunnelOptions = z.infer<(typeof OPTIONS)['2026']> & z.infer<(typeof OPTIONS)['2024']>;

const SUBJECT = { subject: 'funnels', segmentations: COMMON_SEGMENTATIONS };

/** Given a client, return the funnel of its app, whose steps are Adapty's own. */
export function createFunnels(
  client: AdaptyClient,
  config: AdaptyConfig,
  clock: Clock,
): FunnelsCapability & NativeAnswers<'funnels'> {
  return {
    limits: limitsOf(config),
    funnel: {
      minSteps: 0,
      maxSteps: 0,
      orders: ['ORDERED'],
      countBy: ['USERS'],
      conversionWindowMs: null,
      supportsStepFilters: false,
      supportsExclusions: false,
    },
    options: OPTIONS[config.apiVersion],
    async fetchFunnel(query, deadline) {
      const parameters = toParameters(query, config);
      const { data } = await client.fetchFunnel(parameters, deadline);
      const groups = toGroups(data, query);
      const isUnsplit = query.interval !== 'TOTAL' && groups.length === 0;
      const freshness = freshnessOf(query.period, clock.now(), true);
      return {
        steps: await fetchSteps(client, { data, parameters }, deadline),
        groups,
        conversionWindowMs: null,
        freshness: isUnsplit ? { ...freshness, completeness: 'PARTIAL' } : freshness,
      };
    },
    nativeFiles: createNativeFiles(client, (query) => [client.nameCsv('funnel', toParameters(query, config))]),
  };
}

function toParameters(query: FunnelQuery, { apiVersion: version }: AdaptyConfig): FunnelParameters {
  const { period, interval, breakdown, filters } = query;
  const options = query.options as FunnelOptions;
  const vocabulary = { ...SUBJECT, filters: filtersOfStages(version) };
  return {
    timezone: toTimezone(period),
    filters: toAdaptyFilters(filters, { period, version, vocabulary, options }),
    periodUnit: interval === 'TOTAL' ? undefined : toPeriodUnit(interval, period),
    segmentation: toSegmentation(breakdown, SUBJECT),
    dateType: options.dateType,
    showValueAs: options.showValueAs,
  };
}

type FunnelSegment = AdaptyFunnelResponse['data'][number];

/** The steps of everybody; asked for on their own where a split answer comes without them. */
async function fetchSteps(
  client: AdaptyClient,
  { data, parameters }: { data: readonly FunnelSegment[]; parameters: FunnelParameters },
  deadline: Deadline,
): Promise<FunnelStepCount[]> {
  const { segmentation, periodUnit, showValueAs } = parameters;
  const isSplit = segmentation !== undefined || periodUnit !== undefined;
  const total = data.find(isTotal) ?? (isSplit ? undefined : data[0]);
  if (total) return toSteps(total.values, showValueAs);
  if (!isSplit) throw new ProviderResponseError('Adapty answered with a funnel of nobody.');
  const unsplit = { ...parameters, segmentation: undefined, periodUnit: undefined };
  const whole = await client.fetchFunnel(unsplit, deadline);
  return fetchSteps(client, { data: whole.data, parameters: unsplit }, deadline);
}

function toGroups(data: readonly FunnelSegment[], query: FunnelQuery): FunnelGroupCounts[] {
  const { interval, breakdown, options } = query;
  const { showValueAs } = options as FunnelOptions;
  const isTotalOnly = breakdown.length === 0;
  // Without a breakdown the total is the one group, and only its buckets are wanted.
  const segments = data.filter((segment) => isTotal(segment) === isTotalOnly);
  if (interval !== 'TOTAL') return segments.flatMap((segment) => toBuckets(segment, query));
  if (isTotalOnly) return [];
  return segments.map((segment) => ({
    dimensions: toDimensions(segment, breakdown),
    at: null,
    steps: toSteps(segment.values, showValueAs),
  }));
}

/** Adapty keeps the buckets below each step; a group holds the steps of one bucket. */
function toBuckets(segment: FunnelSegment, { period, interval, breakdown, options }: FunnelQuery): FunnelGroupCounts[] {
  const axis = createTimeAxis(period, interval);
  const indexOf = createDayIndex(axis, period);
  const counts = segment.values.map(({ values }) => {
    const column = new Map<number | undefined, number | null>();
    for (const point of values ?? []) {
      const { data } = pointResponse.safeParse(point);
      if (data) column.set(indexOf(data.x.slice(0, 10)), data.y);
    }
    return column;
  });
  const dimensions = toDimensions(segment, breakdown);
  return axis.timestamps.flatMap((at, index): FunnelGroupCounts[] => {
    if (!counts.some((column) => column.has(index))) return [];
    const steps = segment.values.map((step, place) => ({
      ...step,
      value: counts[place]?.get(index) ?? null,
      // Adapty says why users left for the whole period.
      churn_reasons: null,
    }));
    return [{ dimensions, at, steps: toSteps(steps, (options as FunnelOptions).showValueAs) }];
  });
}

const STEP_NAMES: ReadonlyMap<number, string> = new Map([
  [-2, 'Install'],
  [-1, 'Paywall displayed'],
  [0, 'Trial'],
  [1, 'Paid'],
]);

function toSteps(values: FunnelSegment['values'], showValueAs: FunnelParameters['showValueAs']): FunnelStepCount[] {
  return values
    .toSorted((a, b) => a.period - b.period)
    .map(({ period, value, value_relative: share = null, churn_reasons: reasons }) => ({
      // The first renewal is the second paid period.
      name: STEP_NAMES.get(period) ?? `Renewal ${period - 1}`,
      // With the share beside it a value is a count; alone it may be the share itself.
      count: showValueAs === 'relative' && share === null ? null : value,
      medianTimeFromPreviousMs: null,
      ...(reasons && { churnReasons: toChurnReasons(reasons) }),
    }));
}

function toChurnReasons(
  reasons: NonNullable<FunnelSegment['values'][number]['churn_reasons']>,
): readonly FunnelChurnReason[] {
  return reasons.flatMap(({ title, value }) => (title ? [{ title, count: value ?? null }] : []));
}
