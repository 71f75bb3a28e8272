import type { Metric } from '../analytics/catalog.ts';
import type { DataSource } from '../analytics/data-source.ts';
import type { MetricsComparison, MetricSeries, ProviderSeries } from '../analytics/metrics.ts';
import type { TimeAxis } from '../analytics/time-axis.ts';

/** What a provider's series becomes one of ours with. */
export interface SeriesPlace {
  readonly name: string;
  readonly metric: Metric | null;
  readonly dataSource: DataSource;
  readonly axis: TimeAxis;
  readonly comparison: MetricsComparison | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Given a series as the provider hands it over, return it as the report shows it. */
export function toMetricSeries(series: ProviderSeries, place: SeriesPlace): MetricSeries {
  const { axis } = place;
  return {
    name: place.name,
    metric: place.metric,
    source: place.dataSource,
    answeredBy: 'NATIVE',
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
