import { z } from 'zod';
import type { AnsweredBy } from './answered-by.ts';
import type { DataSource } from './data-source.ts';
import type { Deadline } from './deadline.ts';
import { durationInput } from './duration.ts';
import { filterInput, type Filter } from './filters.ts';
import type { Freshness } from './freshness.ts';
import type { MetricSeries, MetricsComparison, ProviderSeries } from './metrics.ts';
import { comparisonInput, INTERVALS, periodInput, timezoneInput, type Interval, type Period } from './period.ts';
import type { QueryLimits } from './query-limits.ts';
import type { TimeAxis } from './time-axis.ts';

/** Stages of a subscription: the app was installed, a trial began, a paid period began. */
export const SUBSCRIPTION_STAGES = ['INSTALL', 'TRIAL', 'PAID'] as const;
export type SubscriptionStage = (typeof SUBSCRIPTION_STAGES)[number];

const subscriptionPointInput = z
  .object({
    stage: z.enum(SUBSCRIPTION_STAGES),
    period: z.int().min(1, 'must be at least 1').nullish(),
    orLater: z.boolean(),
  })
  .refine(({ stage, period }) => stage === 'PAID' || (period ?? null) === null, {
    error: 'only PAID has numbered periods',
    path: ['period'],
  })
  .refine(({ stage, orLater }) => stage === 'PAID' || !orLater, {
    error: 'only PAID has later periods',
    path: ['orLater'],
  });

const conversionPointInput = z.union([
  z.strictObject({ event: z.string().min(1, 'must not be empty') }),
  z.strictObject({ subscription: subscriptionPointInput }),
]);

/** The shape of the `conversion` argument. */
export const conversionRequestInput = z.object({
  source: z.string(),
  period: periodInput,
  timezone: timezoneInput.nullish(),
  from: conversionPointInput,
  to: conversionPointInput,
  interval: z.enum(INTERVALS),
  breakdown: z.array(z.string().min(1, 'must not be empty')),
  filters: z.array(filterInput),
  compareTo: comparisonInput.nullish(),
  options: z.record(z.string(), z.unknown()).nullish(),
  waitFor: durationInput.nullish(),
});

/** A question for a conversion of one data source. */
export type ConversionRequest = z.infer<typeof conversionRequestInput>;

/** Where a conversion starts or ends. */
export type ConversionPoint =
  | { readonly kind: 'event'; readonly name: string }
  | {
      readonly kind: 'subscription';
      readonly stage: SubscriptionStage;
      /** Which paid period, from 1; null for other stages. */
      readonly period: number | null;
      /** Whether later periods count as well. */
      readonly orLater: boolean;
    };

/** What a provider is asked: everything checked against its limits and catalog. */
export interface ConversionQuery {
  readonly from: ConversionPoint;
  readonly to: ConversionPoint;
  readonly period: Period;
  readonly interval: Interval;
  readonly axis: TimeAxis;
  readonly breakdown: readonly string[];
  readonly filters: readonly Filter[];
  readonly comparison: MetricsComparison | null;
  readonly options: Readonly<Record<string, unknown>>;
  /** How long to wait for rows that are fetched in the background, in milliseconds; null for the usual time. */
  readonly waitMs: number | null;
}

/** How many were at the start and at the end of a conversion. */
export interface ConversionCounts {
  readonly fromCount: number | null;
  readonly toCount: number | null;
}

/** What a provider answers. */
export interface ConversionResult extends ConversionCounts {
  readonly previous: ConversionCounts | null;
  /** Rates as fractions; empty where the provider gives the whole period only. */
  readonly series: readonly ProviderSeries[];
  readonly freshness: Freshness;
}

/** What conversions a data source can answer. */
export interface ConversionLimits {
  readonly points: readonly ConversionPoint['kind'][];
}

/** A data source that answers conversions. */
export interface ConversionsCapability {
  readonly limits: QueryLimits;
  /** Who works the answers out; the provider where left out. */
  readonly answeredBy?: AnsweredBy;
  readonly conversion: ConversionLimits;
  /** What only this provider understands, published as JSON Schema. */
  readonly options: z.ZodType<Record<string, unknown>>;
  fetchConversion(query: ConversionQuery, deadline: Deadline): Promise<ConversionResult>;
}

/** The answer to a {@link ConversionRequest}. */
export interface ConversionReport extends ConversionCounts {
  readonly source: DataSource;
  readonly answeredBy: AnsweredBy;
  readonly period: Period;
  readonly interval: Interval;
  readonly breakdown: readonly string[];
  readonly hasComparison: boolean;
  readonly previous: ConversionCounts | null;
  readonly series: readonly MetricSeries[];
  readonly freshness: Freshness;
}

/** The fraction that got from start to end; null where nobody started, or the provider does not say. */
export function conversionRateOf({ fromCount, toCount }: ConversionCounts): number | null {
  return fromCount === null || toCount === null || fromCount === 0 ? null : toCount / fromCount;
}
