import type { AnsweredBy } from '../analytics/answered-by.ts';
import type { Metric } from '../analytics/catalog.ts';
import type { DataSource } from '../analytics/data-source.ts';
import type { MetricsComparison, MetricSeries, ProviderSeries } from '../analytics/metrics.ts';
import type { TimeAxis } from '../analytics/time-axis.ts';

/** What a provider's series becomes one of ours with. */
export interface SeriesPlace {
  /** What the caller calls it; null for its own name. */
  readonly name: string | null;
  /** What it is called where neither the caller nor the answer says. */
  readonly ownName: string;
  readonly metric: Metric | null;
  readonly dataSource: DataSource;
  readonly answeredBy: AnsweredBy;
  readonly axis: TimeAxis;
  readonly comparison: MetricsComparison | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Given the series of one selection as the provider hands them over, return them as the report shows them. */
export function toMetricSeries(series: readonly ProviderSeries[], place: SeriesPlace): MetricSeries[] {
  const hasSeveral = new Set(series.map(({ name }) => name)).size > 1;
  return series.map((one) => ({ ...toSeries(one, place), name: nameSeries(one, { ...place, hasSeveral }) }));
}

/** A saved chart of several metrics names its series after the caller's name and their own. */
function nameSeries(
  { name: answered }: ProviderSeries,
  { name: asked, ownName, hasSeveral }: Pick<SeriesPlace, 'name' | 'ownName'> & { readonly hasSeveral: boolean },
): string {
  if (asked === null) return answered ?? ownName;
  return hasSeveral && answered !== undefined ? `${asked}.${answered}` : asked;
}

function toSeries(series: ProviderSeries, place: SeriesPlace): Omit<MetricSeries, 'name'> {
  const axis = series.isTimeless === true ? withoutTime(place.axis) : place.axis;
  return {
    metric: place.metric,
    source: place.dataSource,
    answeredBy: place.answeredBy,
    unit: series.unit,
    currency: series.currency,
    dimensions: series.dimensions,
    total: series.total,
    previousTotal: series.previousTotal,
    axis,
    values: withoutFuture(series.values, axis, place.now),
    previous: place.comparison ? alignByIndex(series.previous, axis.epochs.length) : null,
  };
}

/** The axis of an answer that has no time, whatever was asked for. */
function withoutTime({ timezone }: TimeAxis): TimeAxis {
  return { interval: 'TOTAL', timezone, timestamps: [], dates: [], epochs: [] };
}

/** Buckets that have not begun hold nothing, whatever a provider fills them with. */
function withoutFuture(values: readonly (number | null)[], axis: TimeAxis, now: number): readonly (number | null)[] {
  const last = axis.epochs.at(-1);
  if (last === undefined || last <= now) return values;
  return values.map((value, index) => ((axis.epochs[index] ?? 0) > now ? null : value));
}

/** A comparison period may have fewer or more buckets: a month beside a longer one. */
function alignByIndex(values: readonly (number | null)[] | null, length: number): (number | null)[] {
  return Array.from({ length }, (_, index) => values?.[index] ?? null);
}
