import { z } from 'zod';
import type { AnsweredBy } from './answered-by.ts';
import {
  ACCOUNTINGS,
  COHORT_OFFSETS,
  type Accounting,
  type CohortOffset,
  type CohortRow,
  type CohortValue,
} from './cohort-analysis.ts';
import type { DataSource } from './data-source.ts';
import type { Deadline } from './deadline.ts';
import { durationInput } from './duration.ts';
import { filterInput, type LocatedFilter } from './filters.ts';
import type { Freshness } from './freshness.ts';
import { eventSelectorInput, type FunnelStepQuery } from './funnels.ts';
import { eventMetricInput, selectionInput } from './metrics.ts';
import { INTERVALS, periodInput, timezoneInput, type Interval, type Period } from './period.ts';
import type { QueryLimits } from './query-limits.ts';

/** The shape of the `lifetimeValue` argument. */
export const lifetimeValueRequestInput = z.object({
  source: z.string(),
  period: periodInput,
  timezone: timezoneInput.nullish(),
  interval: z.enum(INTERVALS),
  entry: eventSelectorInput.nullish(),
  value: eventMetricInput.nullish(),
  acquisitionCost: selectionInput.nullish(),
  accounting: z.enum(ACCOUNTINGS),
  offsetBy: z.enum(COHORT_OFFSETS),
  breakdown: z.array(z.string().min(1, 'must not be empty')),
  filters: z.array(filterInput),
  options: z.record(z.string(), z.unknown()).nullish(),
  waitFor: durationInput.nullish(),
});

/** A question for the lifetime value of one data source's users. */
export type LifetimeValueRequest = z.infer<typeof lifetimeValueRequestInput>;

/** What a provider is asked: everything checked against its limits and catalog. */
export interface LifetimeValueQuery {
  readonly period: Period;
  readonly interval: Interval;
  /** Null asks for the provider's own entry, such as the install. */
  readonly entry: FunnelStepQuery | null;
  /** Null asks for revenue. */
  readonly value: CohortValue | null;
  readonly accounting: Accounting;
  readonly offsetBy: CohortOffset;
  readonly breakdown: readonly string[];
  readonly filters: readonly LocatedFilter[];
  readonly options: Readonly<Record<string, unknown>>;
  /** How long to wait for rows that are fetched in the background, in milliseconds; null for the usual time. */
  readonly waitMs: number | null;
}

/** Those who entered together, and what a user of them has been worth so far. */
export interface LifetimeValueRow extends CohortRow {
  /** Money per user of the cohort, up to now; null where the provider does not say. */
  readonly lifetimeValue: number | null;
  /** What it cost to bring one of them in; absent where the question names no cost, null where it is not known. */
  readonly acquisitionCost?: number | null;
  /** The first offset at which a user has been worth what it cost to bring one in; null while that is not reached. */
  readonly paybackOffset?: number | null;
}

/** What a provider answers: cells hold cumulative money per user. */
export interface LifetimeValueResult {
  readonly rows: readonly LifetimeValueRow[];
  /** ISO 4217 code. */
  readonly currency: string | null;
  readonly freshness: Freshness;
}

/** What lifetime values a data source can answer. */
export interface LifetimeValueLimits {
  /** Whether the question names the entry; a fixed one takes none. */
  readonly takesEvents: boolean;
  /** Whether the question may say what users are worth; revenue where it does not. */
  readonly takesValue: boolean;
  readonly accountings: readonly Accounting[];
  readonly offsetBy: readonly CohortOffset[];
}

/** A data source that answers lifetime values. */
export interface LifetimeValueCapability {
  readonly limits: QueryLimits;
  /** Who works the answers out; the provider where left out. */
  readonly answeredBy?: AnsweredBy;
  readonly lifetimeValue: LifetimeValueLimits;
  /** What only this provider understands, published as JSON Schema. */
  readonly options: z.ZodType<Record<string, unknown>>;
  fetchLifetimeValue(query: LifetimeValueQuery, deadline: Deadline): Promise<LifetimeValueResult>;
}

/** The answer to a {@link LifetimeValueRequest}. */
export interface LifetimeValueReport extends LifetimeValueResult {
  /** Whether the rows have an acquisition cost and a payback offset. */
  readonly hasAcquisitionCost: boolean;
  readonly source: DataSource;
  readonly answeredBy: AnsweredBy;
  readonly period: Period;
  readonly interval: Interval;
  readonly breakdown: readonly string[];
  readonly accounting: Accounting;
  readonly offsetBy: CohortOffset;
}
