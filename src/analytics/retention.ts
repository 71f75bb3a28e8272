import { z } from 'zod';
import type { AnsweredBy } from './answered-by.ts';
import type { DimensionValue } from './catalog.ts';
import type { CohortOffset } from './cohort-analysis.ts';
import type { DataSource } from './data-source.ts';
import type { Deadline } from './deadline.ts';
import { durationInput } from './duration.ts';
import { filterInput, type LocatedFilter } from './filters.ts';
import type { Freshness } from './freshness.ts';
import { eventSelectorInput, type FunnelStepQuery } from './funnels.ts';
import { INTERVALS, periodInput, timezoneInput, type Interval, type Period } from './period.ts';
import type { QueryLimits } from './query-limits.ts';

/** N_DAY: came back in just that bucket. ROLLING: in that one or a later one. BRACKET: in that one or an earlier one. */
export const RETENTION_MODES = ['N_DAY', 'ROLLING', 'BRACKET'] as const;
export type RetentionMode = (typeof RETENTION_MODES)[number];

/** FIRST_TIME: a user enters one cohort, with the first entry ever. RECURRING: every cohort in which the entry happened. */
export const RETENTION_ENTRIES = ['FIRST_TIME', 'RECURRING'] as const;
export type RetentionEntry = (typeof RETENTION_ENTRIES)[number];

/** The shape of the `retention` argument. */
export const retentionRequestInput = z.object({
  source: z.string(),
  period: periodInput,
  timezone: timezoneInput.nullish(),
  interval: z.enum(INTERVALS),
  entry: eventSelectorInput.nullish(),
  returning: eventSelectorInput.nullish(),
  entryKind: z.enum(RETENTION_ENTRIES),
  mode: z.enum(RETENTION_MODES),
  chart: z.string().min(1, 'must not be empty').nullish(),
  offsets: z.int().min(1, 'must be at least 1').max(400, 'must be at most 400').nullish(),
  breakdown: z.array(z.string().min(1, 'must not be empty')),
  filters: z.array(filterInput),
  options: z.record(z.string(), z.unknown()).nullish(),
  waitFor: durationInput.nullish(),
});

/** A question for the retention of one data source. */
export type RetentionRequest = z.infer<typeof retentionRequestInput>;

/** What a provider is asked: everything checked against its limits and catalog. */
export interface RetentionQuery {
  readonly period: Period;
  readonly interval: Interval;
  /** The provider's own id of a saved retention; null where none is asked for. */
  readonly chart: string | null;
  /** Null asks for the provider's own entry, such as the start of a subscription. */
  readonly entry: FunnelStepQuery | null;
  /** Null asks for the provider's own return, such as any event or a renewal. */
  readonly returning: FunnelStepQuery | null;
  readonly entryKind: RetentionEntry;
  readonly mode: RetentionMode;
  /** How many offsets after 0; null for as many as there are. */
  readonly offsets: number | null;
  readonly breakdown: readonly string[];
  readonly filters: readonly LocatedFilter[];
  readonly options: Readonly<Record<string, unknown>>;
  /** How long to wait for rows that are fetched in the background, in milliseconds; null for the usual time. */
  readonly waitMs: number | null;
}

/** Those who entered together, and how many of them came back. */
export interface RetentionRow {
  /** First day of the cohort's bucket, YYYY-MM-DD; null for the row of all cohorts. */
  readonly cohort: string | null;
  readonly isTotal: boolean;
  readonly dimensions: readonly DimensionValue[];
  readonly size: number | null;
  readonly cells: readonly RetentionCell[];
}

/** How many came back at one offset from their entry. */
export interface RetentionCell {
  /** How long after the entry, in what `offsetBy` counts; 0 is the entry's own. */
  readonly offset: number;
  /** Null while its time has not come, and where the provider does not say. */
  readonly count: number | null;
  /** Fraction of the cohort's size; null where the count or the size is. */
  readonly rate: number | null;
  /** False while its bucket has not ended for everybody in the cohort. */
  readonly isComplete: boolean;
}

/** What a provider answers. */
export interface RetentionResult {
  readonly rows: readonly RetentionRow[];
  /** Set where a user may be in several of the groups, so that they cannot be averaged. */
  readonly groupsOverlap?: boolean;
  readonly freshness: Freshness;
}

/** What retentions a data source can answer. */
export interface RetentionLimits {
  readonly modes: readonly RetentionMode[];
  readonly entryKinds: readonly RetentionEntry[];
  /** What offsets count. */
  readonly offsetBy: CohortOffset;
  /** Whether the question names the events; a fixed retention takes none. */
  readonly takesEvents: boolean;
  /** Whether a saved retention may be asked for by its id; not where left out. Where events cannot be named, it must be. */
  readonly takesChart?: boolean;
  /** Most offsets after 0; null where only the data ends them. */
  readonly maxOffsets: number | null;
}

/** A data source that answers retention. */
export interface RetentionCapability {
  readonly limits: QueryLimits;
  /** Who works the answers out; the provider where left out. */
  readonly answeredBy?: AnsweredBy;
  readonly retention: RetentionLimits;
  /** What only this provider understands, published as JSON Schema. */
  readonly options: z.ZodType<Record<string, unknown>>;
  fetchRetention(query: RetentionQuery, deadline: Deadline): Promise<RetentionResult>;
}

/** The answer to a {@link RetentionRequest}. */
export interface RetentionReport {
  readonly source: DataSource;
  readonly answeredBy: AnsweredBy;
  readonly period: Period;
  readonly interval: Interval;
  readonly breakdown: readonly string[];
  readonly mode: RetentionMode;
  /** Null where a saved retention says which, and the provider does not tell. */
  readonly entryKind: RetentionEntry | null;
  readonly offsetBy: CohortOffset;
  readonly rows: readonly RetentionRow[];
  /** Over the complete cells of all cohorts; rates weighted by the cohorts' sizes. */
  readonly average: readonly RetentionCell[];
  readonly freshness: Freshness;
}

/**
 * Given the rows of a report, return how many of all cohorts came back at each offset: the sum of the complete cells over the
 * sum of their cohorts' sizes. Total rows and groups beside their whole are left out, so that nobody counts twice; where there
 * are total rows only, they are taken. The count
 * is null where one of the cells has only a rate.
 */
export function averageRetention(rows: readonly RetentionRow[]): RetentionCell[] {
  const sums = new Map<number, { returned: number; size: number; isCounted: boolean }>();
  for (const { size, cells } of withoutParts(rows)) {
    for (const { offset, count, rate, isComplete } of cells) {
      if (!isComplete || size === null) continue;
      const returned = count ?? (rate === null ? null : rate * size);
      if (returned === null) continue;
      const sum = sums.get(offset) ?? { returned: 0, size: 0, isCounted: true };
      sums.set(offset, {
        returned: sum.returned + returned,
        size: sum.size + size,
        isCounted: sum.isCounted && count !== null,
      });
    }
  }
  return [...sums]
    .sort(([a], [b]) => a - b)
    .map(([offset, { returned, size, isCounted }]) => ({
      offset,
      count: isCounted ? returned : null,
      rate: size === 0 ? null : returned / size,
      isComplete: true,
    }));
}

/** The rows of whole cohorts where there are any, else of all groups: each user of a cohort once. */
function withoutParts(rows: readonly RetentionRow[]): readonly RetentionRow[] {
  const single = rows.filter(({ isTotal }) => !isTotal);
  const cohorts = single.length > 0 ? single : rows;
  const whole = cohorts.filter(({ dimensions }) => dimensions.length === 0);
  return whole.length > 0 ? whole : cohorts;
}
