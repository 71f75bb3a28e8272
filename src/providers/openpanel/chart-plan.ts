import type { Unit } from '../../analytics/catalog.ts';
import type { EventMeasure, MetricRef, MetricsQuery, MetricsQuerySelection } from '../../analytics/metrics.ts';
import type { Interval } from '../../analytics/period.ts';
import { bucketStart, createTimeAxis, MAX_POINTS } from '../../analytics/time-axis.ts';
import { InvalidQueryError, QueryLimitError } from '../../errors.ts';
import type { ChartEvent } from './client.ts';
import type { OpenpanelConfig } from './config.ts';
import { CATALOG_METRICS, INTERVALS, SEGMENTS, toFilters, type OpenpanelFilter } from './vocabulary.ts';

/** Every event, whatever its name. */
const ANY_EVENT = '*';

// OpenPanel names the series of an answer by letters; more than a few were never seen.
const MAX_SERIES = 10;

/** One request to `/export/charts`. */
export interface ChartPlan {
  readonly interval: string;
  /** What the buckets of the answer are: those of the query, or shorter ones to be summed into them. */
  readonly bucket: Exclude<Interval, 'TOTAL'>;
  /** Whether the window ends a second early, because its end would bring in what belongs to the time after it. */
  readonly endsBeforeLastSecond: boolean;
  readonly series: readonly PlannedSeries[];
  readonly more: Readonly<Record<string, string>>;
}

/** How the number of the whole window follows from an answer; `NONE` where it does not. */
export type TotalRule = 'SUM' | 'DISTINCT_PROFILES' | 'SUM_PER_PROFILE' | 'ONLY_BUCKET' | 'NONE';

/** One series of a request. */
export interface PlannedSeries {
  readonly event: ChartEvent;
  /** Index into the query's selections; null for a helper that is not shown. */
  readonly selection: number | null;
  readonly measure: EventMeasure;
  readonly unit: Unit;
  readonly currency: string | null;
  readonly totalBy: TotalRule;
  /** Index in the request of the series that counts the events which have the property: where it is 0, there is no value. */
  readonly countedBy: number | null;
}

/** Given a query, return the requests that answer it: one, unless selections differ in what concerns a whole request. */
export function planCharts(query: MetricsQuery, config: OpenpanelConfig): ChartPlan[] {
  const plans: (Omit<ChartPlan, 'series'> & { series: PlannedSeries[] })[] = [];
  // Of the requests that differ in nothing but their series, the one that may still have room.
  const latest = new Map<string, (typeof plans)[number]>();
  query.selections.forEach((selection, index) => {
    const { series: planned, ...request } = planSelection(selection, { index, config, query });
    const key = JSON.stringify(request);
    let plan = latest.get(key);
    if (!plan || plan.series.length + planned.length > MAX_SERIES) {
      plan = { ...request, series: [] };
      plans.push(plan);
      latest.set(key, plan);
    }
    const offset = plan.series.length;
    plan.series.push(
      ...planned.map((series) => ({
        ...series,
        countedBy: series.countedBy === null ? null : series.countedBy + offset,
      })),
    );
  });
  return plans;
}

/**
 * The buckets to ask for. A window's end is a whole second that belongs to it, so the bucket in which a period ends either
 * holds what happens at the very start of the next day or lacks the last second. Sums are asked for by day, where the next
 * day is a bucket of its own; what cannot be summed gets the shortest bucket that holds the whole period, for a `TOTAL`.
 */
function bucketFor({ measure, segment }: Asked, { period, interval }: MetricsQuery): ChartPlan['bucket'] {
  const isSummed = segment === undefined && (measure === 'COUNT' || measure === 'SUM');
  const mayBeDays = isSummed && period.dayCount <= MAX_POINTS;
  if (interval !== 'TOTAL') {
    return mayBeDays && LONGER_THAN_DAYS.has(interval) && !endsWithBucket(period, interval) ? 'DAY' : interval;
  }
  const fits = (['DAY', 'WEEK', 'MONTH'] as const).find((bucket) => createTimeAxis(period, bucket).epochs.length === 1);
  return mayBeDays ? 'DAY' : (fits ?? 'MONTH');
}

const LONGER_THAN_DAYS: ReadonlySet<Interval> = new Set(['WEEK', 'MONTH']);

function endsWithBucket({ end }: MetricsQuery['period'], bucket: ChartPlan['bucket']): boolean {
  return bucketStart(end, bucket).equals(end);
}

function requestOptions({ options }: MetricsQuerySelection): Record<string, string> {
  const { segment: _segment, ...more } = options;
  return Object.fromEntries(Object.entries(more).map(([key, value]) => [key, String(value)]));
}

interface PlanContext {
  readonly index: number;
  readonly config: OpenpanelConfig;
  readonly query: MetricsQuery;
}

function planSelection(selection: MetricsQuerySelection, { index, config, query }: PlanContext): ChartPlan {
  const asked = toAsked(selection);
  const bucket = bucketFor(asked, query);
  const totalBy = totalRule(asked, query, bucket);
  const isOneNumber = query.interval === 'TOTAL' && (totalBy === 'DISTINCT_PROFILES' || totalBy === 'SUM_PER_PROFILE');
  return {
    bucket,
    interval: INTERVALS.get(bucket) ?? 'day',
    endsBeforeLastSecond: isOneNumber || !endsWithBucket(query.period, bucket),
    more: requestOptions(selection),
    series: planSeries(asked, totalBy, { index, config }),
  };
}

function planSeries(
  asked: Asked,
  totalBy: TotalRule,
  { index, config }: Pick<PlanContext, 'index' | 'config'>,
): PlannedSeries[] {
  const series: PlannedSeries = {
    event: toChartEvent(asked, totalBy, config),
    selection: index,
    measure: asked.measure,
    ...unitOf(asked, config),
    totalBy,
    countedBy: null,
  };
  const { name, property, filters } = asked;
  if (property === null || asked.measure === 'SUM') return [series];
  // An empty bucket is answered as 0, which an average or an extreme can also be: the count tells them apart.
  const hasProperty = { name: property, operator: 'isNotNull', value: [] };
  const counting = { name, segment: 'event', filters: [...filters, hasProperty] };
  return [
    { ...series, countedBy: 1 },
    { ...series, event: counting, selection: null, measure: 'COUNT' },
  ];
}

/** A selection in OpenPanel's words. */
interface Asked {
  readonly name: string;
  readonly measure: EventMeasure;
  readonly property: string | null;
  /** The option of that name, which takes the place of the measure's own segment. */
  readonly segment: string | undefined;
  readonly filters: readonly OpenpanelFilter[];
}

function toAsked({ metric, filters, options }: MetricsQuerySelection): Asked {
  const segment = options['segment'] as string | undefined;
  const { name, measure, property } = toMeasured(metric);
  if (segment !== undefined && measure !== 'COUNT') {
    throw new InvalidQueryError(`options.segment: ${segment} goes with measure COUNT, not ${measure}`);
  }
  return { name, measure, property, segment, filters: toFilters(filters) };
}

function toMeasured(metric: MetricRef): Pick<Asked, 'name' | 'measure' | 'property'> {
  if (metric.kind === 'chart') throw new QueryLimitError('metric.chart: OpenPanel exports no saved charts');
  return metric.kind === 'event' ? metric : catalogEvent(metric.metric.key);
}

function catalogEvent(key: string): Pick<Asked, 'name' | 'measure' | 'property'> {
  const measure = CATALOG_METRICS.find((metric) => metric.key === key)?.measure ?? 'COUNT';
  return { name: ANY_EVENT, measure, property: null };
}

function toChartEvent(
  { name, measure, property, segment: chosen, filters }: Asked,
  totalBy: TotalRule,
  { apiVersion }: OpenpanelConfig,
): ChartEvent {
  const segment = totalBy === 'SUM_PER_PROFILE' ? 'event' : (chosen ?? SEGMENTS[measure]);
  // The 2024 document knows bare names only; its code also took objects, which say what names cannot.
  if (apiVersion === '2024' && segment === 'event' && filters.length === 0) return name;
  return { name, segment, ...(property !== null && { property }), filters };
}

function totalRule({ measure, segment }: Asked, query: MetricsQuery, bucket: ChartPlan['bucket']): TotalRule {
  const isTotal = query.interval === 'TOTAL';
  if (isTotal && createTimeAxis(query.period, bucket).epochs.length === 1) return 'ONLY_BUCKET';
  if (segment === undefined) {
    if (measure === 'COUNT' || measure === 'SUM') return 'SUM';
    if (measure === 'UNIQUE_USERS') return 'DISTINCT_PROFILES';
    if (measure === 'COUNT_PER_USER' && isTotal) return 'SUM_PER_PROFILE';
  }
  if (!isTotal) return 'NONE';
  throw new QueryLimitError(
    `query.interval: OpenPanel gives ${segment ?? measure} of one day, week or calendar month, not of the whole period. Ask for such a period, or for interval DAY, WEEK or MONTH`,
  );
}

function unitOf(
  { measure, property, segment }: Asked,
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
