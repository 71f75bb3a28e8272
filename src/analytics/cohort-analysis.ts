import { z } from 'zod';
import type { AnsweredBy } from './answered-by.ts';
import type { DimensionValue, Unit } from './catalog.ts';
import type { DataSource } from './data-source.ts';
import type { Deadline } from './deadline.ts';
import { durationInput } from './duration.ts';
import { filterInput, type LocatedFilter } from './filters.ts';
import type { Freshness } from './freshness.ts';
import { eventSelectorInput, type FunnelStepQuery } from './funnels.ts';
import { eventMetricInput } from './metrics.ts';
import { INTERVALS, periodInput, timezoneInput, type Interval, type Period } from './period.ts';
import type { QueryLimits } from './query-limits.ts';

/** What is measured about a cohort. ARPU: per user. ARPPU: per paying user. ARPAS: per subscription. */
export const COHORT_MEASURES = ['REVENUE', 'ARPU', 'ARPPU', 'ARPAS', 'SUBSCRIBERS', 'SUBSCRIPTIONS'] as const;
export type CohortMeasure = (typeof COHORT_MEASURES)[number];

/** GROSS: what users paid. PROCEEDS: after the store's commission. NET: after commission and taxes. */
export const ACCOUNTINGS = ['GROSS', 'PROCEEDS', 'NET'] as const;
export type Accounting = (typeof ACCOUNTINGS)[number];

/** What an offset counts. PERIOD: the interval asked for. DAY: days since entry. RENEWAL: paid periods. */
export const COHORT_OFFSETS = ['PERIOD', 'DAY', 'RENEWAL'] as const;
export type CohortOffset = (typeof COHORT_OFFSETS)[number];

/** What a cohort's users are worth: how many events of one name there are, or the sum of a property of theirs. */
export interface CohortValue {
  readonly event: FunnelStepQuery;
  /** Null to count the events. */
  readonly property: string | null;
}

/** The shape of the `cohortAnalysis` argument. */
export const cohortAnalysisRequestInput = z.object({
  source: z.string(),
  period: periodInput,
  timezone: timezoneInput.nullish(),
  interval: z.enum(INTERVALS),
  entry: eventSelectorInput.nullish(),
  value: eventMetricInput.nullish(),
  measure: z.enum(COHORT_MEASURES),
  accounting: z.enum(ACCOUNTINGS),
  offsetBy: z.enum(COHORT_OFFSETS),
  days: z
    .array(z.int().min(0, 'must not be negative'))
    .min(1, 'must hold at least one day')
    .refine((days) => new Set(days).size === days.length, { error: 'names a day twice' })
    .nullish(),
  cumulative: z.boolean(),
  breakdown: z.array(z.string().min(1, 'must not be empty')),
  filters: z.array(filterInput),
  options: z.record(z.string(), z.unknown()).nullish(),
  waitFor: durationInput.nullish(),
});

/** A question for a cohort analysis of one data source. */
export type CohortAnalysisRequest = z.infer<typeof cohortAnalysisRequestInput>;

/** What a provider is asked: everything checked against its limits and catalog. */
export interface CohortAnalysisQuery {
  readonly period: Period;
  readonly interval: Interval;
  /** Null asks for the provider's own entry, such as the install. */
  readonly entry: FunnelStepQuery | null;
  /** Null asks for revenue. */
  readonly value: CohortValue | null;
  readonly measure: CohortMeasure;
  readonly accounting: Accounting;
  readonly offsetBy: CohortOffset;
  /** Which days, where offsets are days; null for the provider's own choice. */
  readonly days: readonly number[] | null;
  readonly cumulative: boolean;
  readonly breakdown: readonly string[];
  readonly filters: readonly LocatedFilter[];
  readonly options: Readonly<Record<string, unknown>>;
  /** How long to wait for rows that are fetched in the background, in milliseconds; null for the usual time. */
  readonly waitMs: number | null;
}

/** Those who entered together, and what became of them. */
export interface CohortRow {
  /** First day of the cohort's bucket, YYYY-MM-DD; null for the row of all cohorts. */
  readonly cohort: string | null;
  readonly isTotal: boolean;
  readonly dimensions: readonly DimensionValue[];
  readonly size: number | null;
  readonly cells: readonly CohortCell[];
}

/** The measure at one offset. */
export interface CohortCell {
  readonly offset: number;
  /** Null while its time has not come, and where the provider does not say. */
  readonly value: number | null;
  /** The value in relation to the cohort as the provider relates it, as a fraction; null where it does not. */
  readonly share: number | null;
  /** False while its time has not passed for everybody in the cohort. */
  readonly isComplete: boolean;
}

/** What a provider answers. */
export interface CohortAnalysisResult {
  readonly rows: readonly CohortRow[];
  readonly unit: Unit;
  /** ISO 4217 code where the unit is `MONEY`. */
  readonly currency: string | null;
  readonly freshness: Freshness;
}

/** What cohort analyses a data source can answer. */
export interface CohortAnalysisLimits {
  readonly measures: readonly CohortMeasure[];
  readonly accountings: readonly Accounting[];
  readonly offsetBy: readonly CohortOffset[];
  /** Whether the question names the entry; a fixed analysis takes none. */
  readonly takesEvents: boolean;
  /** Whether the question may say what users are worth; revenue where it does not. */
  readonly takesValue: boolean;
  readonly supportsCumulative: boolean;
}

/** A data source that answers cohort analyses. */
export interface CohortAnalysisCapability {
  readonly limits: QueryLimits;
  /** Who works the answers out; the provider where left out. */
  readonly answeredBy?: AnsweredBy;
  readonly cohortAnalysis: CohortAnalysisLimits;
  /** What only this provider understands, published as JSON Schema. */
  readonly options: z.ZodType<Record<string, unknown>>;
  fetchCohortAnalysis(query: CohortAnalysisQuery, deadline: Deadline): Promise<CohortAnalysisResult>;
}

/** The answer to a {@link CohortAnalysisRequest}. */
export interface CohortAnalysisReport extends CohortAnalysisResult {
  readonly source: DataSource;
  readonly answeredBy: AnsweredBy;
  readonly period: Period;
  readonly interval: Interval;
  readonly breakdown: readonly string[];
  readonly measure: CohortMeasure;
  readonly accounting: Accounting;
  readonly offsetBy: CohortOffset;
  readonly cumulative: boolean;
}
