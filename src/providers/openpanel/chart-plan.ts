import type { Unit } from '../../analytics/catalog.ts';
import type { EventMeasure, MetricsQuery, MetricsQuerySelection } from '../../analytics/metrics.ts';
import type { Interval } from '../../analytics/period.ts';
import { createTimeAxis } from '../../analytics/time-axis.ts';
import { InvalidQueryError, QueryLimitError } from '../../errors.ts';
import type { ChartEvent } from './client.ts';
import type { OpenpanelConfig } from './config.ts';
import { CATALOG_METRICS, INTERVALS, SEGMENTS, toFilters } from './vocabulary.ts';

/** Every event, whatever its name. */
const ANY_EVENT = '*';

// OpenPanel names the series of an answer by letters; more than a few were never seen.
const MAX_SERIES = 10;

/** One request to `/export/charts`. */
export interface ChartPlan {
  readonly interval: string;
  /** What the buckets of the answer are; for a `TOTAL` one bucket wherever the period fits into one. */
  readonly bucket: Exclude<Interval, 'TOTAL'>;
  readonly endsBeforeLastSecond: boolean;
  readonly series: readonly PlannedSeries[];
  readonly more: Readonly<Record<string, string>>;
}

/** One series of a request. */
export interface PlannedSeries {
  readonly event: ChartEvent;
  /** Index into the query's selections; null for a helper that is not shown. */
  readonly selection: number | null;
  readonly measure: EventMeasure;
  readonly unit: Unit;
  readonly currency: string | null;
  /** How the number of the whole window follows from the answer. */
  readonly totalBy: 'SUM' | 'DISTINCT_PROFILES' | 'SUM_PER_PROFILE' | 'ONLY_BUCKET' | 'NONE';
  /** Index in the request of the series that counts the events which have the property: where it is 0, there is no value. */
  readonly countedBy: number | null;
}

/** Given a query, return the requests that answer it: one, but for options that concern a whole request and very many series. */
export function planCharts(query: MetricsQuery, config: OpenpanelConfig): ChartPlan[] {
  const bucket = query.interval === 'TOTAL' ? widestBucket(query) : query.interval;
  const isOneBucket = query.interval === 'TOTAL' && createTimeAxis(query.period, bucket).epochs.length === 1;
  const groups = new Map<
    string,
    { more: Record<string, string>; endsBeforeLastSecond: boolean; series: PlannedSeries[] }
  >();
  query.selections.forEach((selection, index) => {
    const planned = planSelection(selection, { index, config, query, isOneBucket });
    const endsBeforeLastSecond = planned.some(
      ({ totalBy }) => query.interval === 'TOTAL' && (totalBy === 'DISTINCT_PROFILES' || totalBy === 'SUM_PER_PROFILE'),
    );
    const more = requestOptions(selection);
    const key = JSON.stringify([more, endsBeforeLastSecond]);
    let group = groups.get(key);
    if (!group || group.series.length + planned.length > MAX_SERIES) {
      group = { more, endsBeforeLastSecond, series: [] };
      groups.set(groups.has(key) ? `${key}${index}` : key, group);
    }
    const offset = group.series.length;
    group.series.push(
      ...planned.map((series) => ({
        ...series,
        countedBy: series.countedBy === null ? null : series.countedBy + offset,
      })),
    );
  });
  const interval = INTERVALS.get(bucket) ?? 'day';
  return [...groups.values()].map((group) => ({ ...group, interval, bucket }));
}

/** The shortest bucket that holds the whole period, or a month where none does. */
function widestBucket(query: MetricsQuery): 'DAY' | 'WEEK' | 'MONTH' {
  const fits = (['DAY', 'WEEK', 'MONTH'] as const).find(
    (bucket) => createTimeAxis(query.period, bucket).epochs.length === 1,
  );
  return fits ?? 'MONTH';
}

function requestOptions({ options }: MetricsQuerySelection): Record<string, string> {
  const { segment: _segment, ...more } = options;
  return Object.fromEntries(Object.entries(more).map(([key, value]) => [key, String(value)]));
}

interface PlanContext {
  readonly index: number;
  readonly config: OpenpanelConfig;
  readonly query: MetricsQuery;
  readonly isOneBucket: boolean;
}

function planSelection({ metric, filters, options }: MetricsQuerySelection, context: PlanContext): PlannedSeries[] {
  const { index, config, query, isOneBucket } = context;
  const asked = metric.kind === 'event' ? metric : { ...catalogEvent(metric.metric.key), property: null };
  const { name, measure, property } = asked;
  const segment = options['segment'] as string | undefined;
  if (segment !== undefined && measure !== 'COUNT') {
    throw new InvalidQueryError(`options.segment: ${segment} goes with measure COUNT, not ${measure}`);
  }
  const totalBy = isOneBucket ? 'ONLY_BUCKET' : segment === undefined ? totalRule(measure, query.interval) : 'NONE';
  if (query.interval === 'TOTAL' && totalBy === 'NONE') {
    throw new QueryLimitError(
      `query.interval: OpenPanel gives ${segment ?? measure} of one day, week or calendar month, not of the whole period. Ask for such a period, or for interval DAY, WEEK or MONTH`,
    );
  }
  const translated = toFilters(filters);
  const sent = totalBy === 'SUM_PER_PROFILE' && query.interval === 'TOTAL' ? 'event' : (segment ?? SEGMENTS[measure]);
  const isPlain = sent === 'event' && translated.length === 0;
  const series: PlannedSeries = {
    // The 2024 document knows bare names only; its code also took objects, which say what names cannot.
    event:
      config.apiVersion === '2024' && isPlain
        ? name
        : { name, segment: sent, ...(property === null ? {} : { property }), filters: translated },
    selection: index,
    measure,
    ...unitOf({ measure, property, segment }, config),
    totalBy,
    countedBy: null,
  };
  if (property === null || measure === 'SUM') return [series];
  // An empty bucket is answered as 0, which an average or an extreme can also be: the count tells them apart.
  const counting = {
    name,
    segment: 'event',
    filters: [...translated, { name: property, operator: 'isNotNull', value: [] }],
  };
  return [
    { ...series, countedBy: 1 },
    { ...series, event: counting, selection: null, measure: 'COUNT', countedBy: null },
  ];
}

function catalogEvent(key: string): { name: string; measure: EventMeasure } {
  const measure = CATALOG_METRICS.find((metric) => metric.key === key)?.measure ?? 'COUNT';
  return { name: ANY_EVENT, measure };
}

function totalRule(measure: EventMeasure, interval: Interval): PlannedSeries['totalBy'] {
  if (measure === 'COUNT' || measure === 'SUM') return 'SUM';
  if (measure === 'UNIQUE_USERS') return 'DISTINCT_PROFILES';
  return measure === 'COUNT_PER_USER' && interval === 'TOTAL' ? 'SUM_PER_PROFILE' : 'NONE';
}

function unitOf(
  { measure, property, segment }: { measure: EventMeasure; property: string | null; segment: string | undefined },
  { currency, moneyProperties }: OpenpanelConfig,
): { unit: Unit; currency: string | null } {
  if (property !== null && currency !== undefined && moneyProperties.includes(property)) {
    return { unit: 'MONEY', currency };
  }
  if (segment !== undefined || measure === 'UNIQUE_USERS' || measure === 'SESSIONS') {
    return { unit: 'DISTINCT_COUNT', currency: null };
  }
  return { unit: measure === 'COUNT' ? 'COUNT' : 'NUMBER', currency: null };
}
