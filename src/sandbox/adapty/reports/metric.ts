import type { Bucket } from './buckets.ts';

/** The numbers of a series. */
export interface Numbers {
  readonly values: readonly number[];
  /** Of the whole range: the total of what flows, the last of what stands. */
  readonly value: number;
}

/** A series as it is sent. */
export interface Series {
  readonly title: string;
  readonly type: 'total' | 'single';
  readonly value: number;
  readonly values: readonly { readonly x: string; readonly y: number }[];
}

/** Writes a series. */
export function toSeries(
  { title, type }: Pick<Series, 'title' | 'type'>,
  buckets: readonly Bucket[],
  { value, values }: Numbers,
): Series {
  return { title, type, value, values: buckets.map(({ x }, index) => ({ x, y: values[index] ?? 0 })) };
}

/** Words of a metric. */
export interface MetricWords {
  readonly title: string;
  readonly description: string;
  readonly metric_name: string;
  /** The unit of counts is not public. */
  readonly unit: string | null;
}

/** Counts a metric is made from. */
export interface MetricCounts {
  readonly value_from: number | null;
  readonly value_to: number | null;
  readonly compare_value_from: number | null;
  readonly compare_value_to: number | null;
}

const NO_COUNTS = { value_from: null, value_to: null, compare_value_from: null, compare_value_to: null };

/** Writes a metric with every documented field; `sum` is the only aggregation a document names. */
export function toMetric(words: MetricWords, value: number, data: readonly Series[], counts: MetricCounts = NO_COUNTS) {
  return {
    data,
    value,
    ...counts,
    ...words,
    type: 'multi',
    default_aggregation: 'sum',
    is_json: false,
    recommended_period: null,
  };
}
