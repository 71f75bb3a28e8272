import type { FunnelStepQuery } from '../../analytics/funnels.ts';
import { QueryLimitError } from '../../errors.ts';
import { findAlikeSteps, type AlikeSteps } from './alike-steps.ts';
import type { Buckets } from './buckets.ts';
import { toStepSql } from './conditions.ts';
import type { EventRelation } from './event-relation.ts';
import { toFunnelRows, type FunnelQuestion } from './funnel-rows.ts';

/** A funnel as its SQL is written from it. */
export interface FunnelPlan {
  readonly steps: readonly FunnelStepQuery[];
  readonly order: FunnelQuestion['order'];
  /** Indexes of conditions by the index of the step: equal steps share one. */
  readonly conditionOf: readonly number[];
  readonly alike: readonly AlikeSteps[];
  readonly hasExclusions: boolean;
  /** Start of the period, in microseconds since the epoch. */
  readonly start: bigint;
  /** The conversion window in milliseconds. */
  readonly windowMs: number;
  /** As far as the window matters: no longer than the period. In microseconds. */
  readonly window: bigint;
  readonly dimensionCount: number;
  /** Whether there are funnels of groups or buckets besides the one of everybody. */
  readonly isSplit: boolean;
  /** The query of {@link toFunnelRows}. */
  readonly rowsSql: string;
}

const DEFAULT_WINDOW_MS = 14 * 86_400_000;

/** Given a question, return how its SQL is written; refuses what the relation has no columns for. */
export function planFunnel(events: EventRelation, question: FunnelQuestion, buckets: Buckets): FunnelPlan {
  const { steps, order, excluding, period, breakdown } = question;
  if (steps === null) throw new QueryLimitError('query.steps: are missing; exported rows have no saved funnels');
  const conditions = steps.map((step) => toStepSql(step, events));
  const distinct = [...new Set(conditions)];
  const conditionOf = conditions.map((condition) => distinct.indexOf(condition));
  const windowMs = question.conversionWindowMs ?? DEFAULT_WINDOW_MS;
  const lengthMs = period.end.epochMilliseconds - period.start.epochMilliseconds;
  return {
    steps,
    order,
    conditionOf,
    alike: findAlikeSteps(steps, conditionOf),
    hasExclusions: excluding.length > 0,
    start: BigInt(period.start.epochMilliseconds) * 1000n,
    windowMs,
    window: BigInt(Math.round(Math.min(windowMs, lengthMs) * 1000)),
    dimensionCount: breakdown.length,
    isSplit: breakdown.length > 0 || question.interval !== 'TOTAL',
    rowsSql: toFunnelRows(events, { question, conditions: distinct, buckets }),
  };
}
