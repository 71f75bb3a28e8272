import type { Unit } from '../../analytics/catalog.ts';
import type { EventMeasure, MetricsQuery, MetricsQuerySelection } from '../../analytics/metrics.ts';
import type { Interval } from '../../analytics/period.ts';
import { createTimeAxis } from '../../analytics/time-axis.ts';
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
  /** What the buckets of the answer are; for a `TOTAL` one bucket wherever the period fits into one. */
  readonly bucket: Exclude<Interval, 'TOTAL'>;
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

/** Given a query, return the requests that answer it: one, but for options that concern a whole request and very many series. */
export function planCharts(query: MetricsQuery, config: OpenpanelConfig): ChartPlan[] {
  const bucket = query.interval === 'TOTAL' ? widestBucket(query) : query.interval;
  const isOneBucket = query.interval === 'TOTAL' && createTimeAxis(query.period, bucket).epochs.length === 1;
  const groups: { more: Record<string, string>; endsBeforeLastSecond: boolean; series: PlannedSeries[] }[] = [];
  // Of the requests that differ in nothing but their series, the one that may still have room.
  const latest = new Map<string, (typeof groups)[number]>();
  query.selections.forEach((selection, index) => {
    const planned = planSelection(selection, { index, config, query, isOneBucket });
    const endsBeforeLastSecond = planned.some(
      ({ totalBy }) => query.interval === 'TOTAL' && (totalBy === 'DISTINCT_PROFILES' || totalBy === 'SUM_PER_PROFILE'),
    );
    const more = requestOptions(selection);
    const key = JSON.stringify([more, endsBeforeLastSecond]);
    let group = latest.get(key);
    if (!group || group.series.length + planned.length > MAX_SERIES) {
      group = { more, endsBeforeLastSecond, series: [] };
      groups.push(group);
      latest.set(key, group);
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
  return groups.map((group) => ({ ...group, interval, bucket }));
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

function planSelection(selection: MetricsQuerySelection, context: PlanContext): PlannedSeries[] {
  const { index, config } = context;
  const asked = toAsked(selection);
  const totalBy = totalRule(asked, context);
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
  const { name, measure, property } = metric.kind === 'event' ? metric : catalogEvent(metric.metric.key);
  if (segment !== undefined && measure !== 'COUNT') {
    throw new InvalidQueryError(`options.segment: ${segment} goes with measure COUNT, not ${measure}`);
  }
  return { name, measure, property, segment, filters: toFilters(filters) };
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

function totalRule({ measure, segment }: Asked, { query, isOneBucket }: PlanContext): TotalRule {
  if (isOneBucket) return 'ONLY_BUCKET';
  const isTotal = query.interval === 'TOTAL';
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
