import { z } from 'zod';
import type { AnsweredBy } from './answered-by.ts';
import type { DimensionValue } from './catalog.ts';
import type { DataSource } from './data-source.ts';
import type { Deadline } from './deadline.ts';
import { durationInput } from './duration.ts';
import { filterInput } from './filters.ts';
import type { Freshness } from './freshness.ts';
import type { Interval, Period } from './period.ts';
import { INTERVALS, periodInput, timezoneInput } from './period.ts';
import type { Problem } from './problem.ts';
import type { QueryLimits } from './query-limits.ts';
import type { LocatedFilter } from './filters.ts';

/** ORDERED: in this order, other events may come between. STRICT: nothing between. UNORDERED: all of them, in any order. */
export const FUNNEL_ORDERS = ['ORDERED', 'STRICT', 'UNORDERED'] as const;
export type FunnelOrder = (typeof FUNNEL_ORDERS)[number];

/** Whether a funnel counts distinct users or distinct sessions. */
export const COUNT_BY = ['USERS', 'SESSIONS'] as const;
export type CountBy = (typeof COUNT_BY)[number];

/** Most steps a funnel may have, whatever the provider. */
export const MAX_FUNNEL_STEPS = 20;

/** The shape of an argument that selects events of one name. */
export const eventSelectorInput = z.object({
  event: z.string().min(1, 'must not be empty'),
  filters: z.array(filterInput),
});

/** The shape of the `funnel` argument. */
export const funnelRequestInput = z.object({
  source: z.string(),
  period: periodInput,
  timezone: timezoneInput.nullish(),
  steps: z
    .array(eventSelectorInput.extend({ as: z.string().min(1, 'must not be empty').nullish() }))
    .min(2, {
      error: (issue) => `must hold 2 to ${MAX_FUNNEL_STEPS} steps, ${(issue.input as unknown[]).length} given`,
    })
    .max(MAX_FUNNEL_STEPS, {
      error: (issue) => `must hold 2 to ${MAX_FUNNEL_STEPS} steps, ${(issue.input as unknown[]).length} given`,
    })
    .nullish(),
  chart: z.string().min(1, 'must not be empty').nullish(),
  order: z.enum(FUNNEL_ORDERS),
  conversionWindow: durationInput.nullish(),
  countBy: z.enum(COUNT_BY),
  excluding: z.array(eventSelectorInput),
  interval: z.enum(INTERVALS),
  breakdown: z.array(z.string().min(1, 'must not be empty')),
  filters: z.array(filterInput),
  options: z.record(z.string(), z.unknown()).nullish(),
  waitFor: durationInput.nullish(),
});

/** A question for a funnel of one data source. */
export type FunnelRequest = z.infer<typeof funnelRequestInput>;

/** A step, or an event that must not come between steps. */
export interface FunnelStepQuery {
  readonly event: string;
  readonly filters: readonly LocatedFilter[];
  /** What the caller calls it; the event's name where left out. */
  readonly name: string;
}

/** What a provider is asked: everything checked against its limits and catalog. */
export interface FunnelQuery {
  /** Null asks for the provider's own fixed steps, or those of the saved funnel. */
  readonly steps: readonly FunnelStepQuery[] | null;
  /** The provider's own id of a saved funnel; null where none is asked for. */
  readonly chart: string | null;
  readonly period: Period;
  readonly order: FunnelOrder;
  /** Milliseconds; null asks for the provider's default. */
  readonly conversionWindowMs: number | null;
  readonly countBy: CountBy;
  readonly excluding: readonly FunnelStepQuery[];
  readonly interval: Interval;
  readonly breakdown: readonly string[];
  readonly filters: readonly LocatedFilter[];
  readonly options: Readonly<Record<string, unknown>>;
  /** How long to wait for rows that are fetched in the background, in milliseconds; null for the usual time. */
  readonly waitMs: number | null;
}

/** How many reached a step, in the provider's own counting. */
export interface FunnelStepCount {
  readonly name: string;
  /** The provider's own word for the step, where `name` is another. */
  readonly nativeName?: string;
  /** Null where the provider does not say. */
  readonly count: number | null;
  /** Median milliseconds since the step before; null for the first step and where the provider does not say. */
  readonly medianTimeFromPreviousMs: number | null;
  /** Why those who left here went no further, where the provider says so. */
  readonly churnReasons?: readonly FunnelChurnReason[];
}

/** Why some went no further than a step; null where the provider does not count them. */
export interface FunnelChurnReason {
  readonly title: string;
  readonly count: number | null;
}

/** The funnel of one group of users, or of one bucket of time. */
export interface FunnelGroupCounts {
  readonly dimensions: readonly DimensionValue[];
  /** Start of the bucket as ISO 8601; null without a time axis. */
  readonly at: string | null;
  readonly steps: readonly FunnelStepCount[];
}

/** What a provider answers. */
export interface FunnelResult {
  readonly steps: readonly FunnelStepCount[];
  readonly groups: readonly FunnelGroupCounts[];
  /** The conversion window that was applied, in milliseconds; null where the provider has none. */
  readonly conversionWindowMs: number | null;
  /** Who worked it out, where the capability has several ways to; as the capability says where left out. */
  readonly answeredBy?: AnsweredBy;
  readonly freshness: Freshness;
}

/** What kinds of funnel a data source can compute. A fixed funnel takes no steps: both numbers of them are 0. */
export interface FunnelLimits {
  readonly minSteps: number;
  readonly maxSteps: number;
  readonly orders: readonly FunnelOrder[];
  /** Those of the orders that are computed over exported rows, because the provider itself does not know them; none where left out. */
  readonly computedOrders?: readonly FunnelOrder[];
  readonly countBy: readonly CountBy[];
  /** Conversion windows in milliseconds: shortest, longest, and the unit that each must be a multiple of; null for no choice. */
  readonly conversionWindowMs: { readonly min: number; readonly max: number; readonly step: number } | null;
  readonly supportsStepFilters: boolean;
  readonly supportsExclusions: boolean;
  /** Whether a saved funnel may be asked for by its id; not where left out. Where steps cannot be named, it must be. */
  readonly takesChart?: boolean;
}

/** A data source that answers funnels. */
export interface FunnelsCapability {
  readonly limits: QueryLimits;
  /** Who works the answers out; the provider where left out. */
  readonly answeredBy?: AnsweredBy;
  readonly funnel: FunnelLimits;
  /** What only this provider understands, published as JSON Schema. */
  readonly options: z.ZodType<Record<string, unknown>>;
  fetchFunnel(query: FunnelQuery, deadline: Deadline): Promise<FunnelResult>;
}

/** A step with its rates: fractions of the first step and of the step before, null where that one is empty or unknown. */
export interface FunnelStep extends FunnelStepCount {
  /** 1 for the first step. */
  readonly index: number;
  readonly fromStart: number | null;
  readonly fromPrevious: number | null;
  /** How many of the step before did not reach this one. */
  readonly dropOff: number | null;
}

/** Given the counts of a funnel's steps, return the steps with their rates; the same arithmetic for every provider. */
export function toFunnelSteps(counts: readonly FunnelStepCount[]): FunnelStep[] {
  const first = counts[0]?.count ?? null;
  return counts.map((step, index) => {
    const previous = index === 0 ? null : (counts[index - 1]?.count ?? null);
    return {
      ...step,
      index: index + 1,
      fromStart: fractionOf(step.count, first),
      fromPrevious: fractionOf(step.count, previous),
      dropOff: previous === null || step.count === null ? null : previous - step.count,
    };
  });
}

function fractionOf(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole === 0 ? null : part / whole;
}

/** The answer to a {@link FunnelRequest}. */
export interface FunnelReport {
  readonly source: DataSource;
  readonly answeredBy: AnsweredBy;
  readonly period: Period;
  readonly interval: Interval;
  readonly breakdown: readonly string[];
  readonly countBy: CountBy;
  readonly order: FunnelOrder;
  readonly conversionWindowMs: number | null;
  readonly steps: readonly FunnelStep[];
  readonly groups: readonly FunnelGroup[];
  readonly problems: readonly Problem[];
  readonly freshness: Freshness;
}

/** The funnel of one group of users, or of one bucket of time. */
export interface FunnelGroup {
  readonly dimensions: readonly DimensionValue[];
  /** Start of the bucket as ISO 8601; null without a time axis. */
  readonly at: string | null;
  readonly steps: readonly FunnelStep[];
}

/** Given a funnel's steps, return the fraction that reached the last one; null where nobody started. */
export function conversionRate(steps: readonly FunnelStep[]): number | null {
  return steps.at(-1)?.fromStart ?? null;
}
