import { z } from 'zod';
import { UNITS, type DimensionValue, type Metric, type Unit } from './catalog.ts';
import type { AnsweredBy } from './answered-by.ts';
import type { DataSource } from './data-source.ts';
import type { Deadline } from './deadline.ts';
import { durationInput } from './duration.ts';
import type { Filter } from './filters.ts';
import { filterInput } from './filters.ts';
import type { Freshness } from './freshness.ts';
import type { Interval, Period } from './period.ts';
import { comparisonInput, INTERVALS, periodInput, timezoneInput } from './period.ts';
import type { Problem } from './problem.ts';
import type { QueryLimits } from './query-limits.ts';
import type { TimeAxis } from './time-axis.ts';

/** What is measured about an event. */
export const EVENT_MEASURES = [
  'COUNT',
  'UNIQUE_USERS',
  'SESSIONS',
  'COUNT_PER_USER',
  'SUM',
  'AVERAGE',
  'MIN',
  'MAX',
] as const;
export type EventMeasure = (typeof EVENT_MEASURES)[number];

/** Most series one question may select. */
export const MAX_SELECTIONS = 20;

/** The shape of an argument that measures events of one name. */
export const eventMetricInput = z.object({
  name: z.string().min(1, 'must not be empty'),
  measure: z.enum(EVENT_MEASURES),
  property: z.string().min(1, 'must not be empty').nullish(),
  filters: z.array(filterInput),
});

const metricInput = z.union([
  z.strictObject({ key: z.string().min(1, 'must not be empty') }),
  z.strictObject({ event: eventMetricInput }),
  z.strictObject({ chart: z.string().min(1, 'must not be empty') }),
]);

/** The shape of an argument that selects a metric of a data source. */
export const selectionInput = z.object({
  source: z.string(),
  metric: metricInput,
  as: z.string().min(1, 'must not be empty').max(100, 'is longer than 100 characters').nullish(),
  filters: z.array(filterInput),
  options: z.record(z.string(), z.unknown()).nullish(),
});

const formulaInput = z.object({
  as: z.string().min(1, 'must not be empty').max(100, 'is longer than 100 characters'),
  expression: z.string().min(1, 'must not be empty'),
  unit: z.enum(UNITS).nullish(),
});

/** The shape of the `metrics` argument. */
export const metricsRequestInput = z.object({
  select: z
    .array(selectionInput)
    .min(1, `must hold 1 to ${MAX_SELECTIONS} selections, none was given`)
    .max(MAX_SELECTIONS, {
      error: (issue) => `must hold 1 to ${MAX_SELECTIONS} selections, ${(issue.input as unknown[]).length} were given`,
    }),
  period: periodInput,
  timezone: timezoneInput.nullish(),
  interval: z.enum(INTERVALS),
  breakdown: z.array(z.string().min(1, 'must not be empty')).refine((keys) => new Set(keys).size === keys.length, {
    error: 'names a dimension twice',
  }),
  seriesLimit: z.int().min(1, 'must be at least 1').max(1000, 'must be at most 1000'),
  filters: z.array(filterInput),
  compareTo: comparisonInput.nullish(),
  waitFor: durationInput.nullish(),
  formulas: z.array(formulaInput).max(MAX_SELECTIONS, `must hold at most ${MAX_SELECTIONS} formulas`).optional(),
});

/** A question for metrics of one or several data sources. */
export type MetricsRequest = z.infer<typeof metricsRequestInput>;
/** One series (or, with a breakdown, one family of series) of the question. */
export type MetricSelection = MetricsRequest['select'][number];

/** A metric as a provider gets it: one of its catalog, a measure of an event, or all those of a saved chart. */
export type MetricRef =
  | { readonly kind: 'catalog'; readonly metric: Metric }
  | {
      readonly kind: 'event';
      readonly name: string;
      readonly measure: EventMeasure;
      /** Given for SUM, AVERAGE, MIN and MAX, and only for these. */
      readonly property: string | null;
    }
  | {
      readonly kind: 'chart';
      /** The provider's own id of the saved chart. */
      readonly nativeId: string;
    };

/** What a provider is asked: its own selections, everything checked against its limits and catalog. */
export interface MetricsQuery {
  readonly selections: readonly MetricsQuerySelection[];
  readonly period: Period;
  readonly interval: Interval;
  /** The buckets its values must be aligned to. */
  readonly axis: TimeAxis;
  readonly breakdown: readonly string[];
  readonly comparison: MetricsComparison | null;
  /** How long to wait for rows that are fetched in the background, in milliseconds; null for the usual time. */
  readonly waitMs: number | null;
}

/** One selection of a {@link MetricsQuery}. */
export interface MetricsQuerySelection {
  readonly metric: MetricRef;
  readonly filters: readonly Filter[];
  /** Checked by the capability's own `options` schema. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** The earlier period that values are compared with, bucket by bucket. */
export interface MetricsComparison {
  readonly period: Period;
  readonly axis: TimeAxis;
  /** Whether it is the period of the same length that ends where the asked one starts. */
  readonly isPrecedingPeriod: boolean;
}

/** What a provider answers. */
export interface MetricsResult {
  readonly series: readonly ProviderSeries[];
  readonly freshness: Freshness;
}

/** One series as a provider hands it over: a column of values. */
export interface ProviderSeries {
  /** Index into `MetricsQuery.selections`. */
  readonly selection: number;
  /** The metric's name where the answer says it: a saved chart may hold several. */
  readonly name?: string;
  readonly dimensions: readonly DimensionValue[];
  readonly unit: Unit;
  /** ISO 4217 code where the unit is `MONEY`. */
  readonly currency: string | null;
  /** The provider's own number for the whole period; null where it gives none that is right. */
  readonly total: number | null;
  readonly previousTotal: number | null;
  /** Set where the answer has no time, whatever was asked for: a saved bar chart. `values` then is empty, `total` the number. */
  readonly isTimeless?: true;
  /** One value a bucket of `MetricsQuery.axis`; null where the provider has none. */
  readonly values: readonly (number | null)[];
  /** One value a bucket, of the comparison period; null without a comparison. */
  readonly previous: readonly (number | null)[] | null;
}

/** A data source that answers metrics. */
export interface MetricsCapability {
  readonly limits: QueryLimits;
  /** Who works the answers out; the provider where left out. */
  readonly answeredBy?: AnsweredBy;
  readonly measures: readonly EventMeasure[];
  /** Whether a saved chart may be asked for by its id; not where left out. */
  readonly takesChart?: boolean;
  /** What only this provider understands, published as JSON Schema. */
  readonly options: z.ZodType<Record<string, unknown>>;
  fetchMetrics(query: MetricsQuery, deadline: Deadline): Promise<MetricsResult>;
}

/** The answer to a {@link MetricsRequest}: the series of every data source that answered, and what went wrong with the others. */
export interface MetricsReport {
  /** As resolved for the question's time zone, or the first data source's. */
  readonly period: Period;
  readonly interval: Interval;
  readonly breakdown: readonly string[];
  readonly hasComparison: boolean;
  readonly series: readonly MetricSeries[];
  readonly problems: readonly Problem[];
  /** What must be known to read the series, such as that days of several time zones stand beside each other. */
  readonly warnings: readonly string[];
  readonly freshness: Freshness;
}

/** One series: a metric of one data source, for one group where there is a breakdown. */
export interface MetricSeries {
  /** The selection's `as`, or the metric's own name. Shared by the groups of one breakdown. */
  readonly name: string;
  readonly metric: Metric | null;
  /** Null for a formula, which may be of several. */
  readonly source: DataSource | null;
  readonly answeredBy: AnsweredBy | null;
  readonly unit: Unit;
  readonly currency: string | null;
  readonly dimensions: readonly DimensionValue[];
  readonly total: number | null;
  readonly previousTotal: number | null;
  readonly axis: TimeAxis;
  readonly values: readonly (number | null)[];
  readonly previous: readonly (number | null)[] | null;
}
