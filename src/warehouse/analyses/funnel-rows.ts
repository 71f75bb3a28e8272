import type { FunnelQuery, FunnelStepQuery } from '../../analytics/funnels.ts';
import { QueryLimitError } from '../../errors.ts';
import { quoteName } from '../sql-text.ts';
import { findAlikeSteps, type AlikeSteps } from './alike-steps.ts';
import { toWithinSql, type Buckets } from './buckets.ts';
import { toConditionSql, toDimensionSql, toStepSql } from './conditions.ts';
import type { EventRelation } from './event-relation.ts';

/** What a funnel is asked, without what is none of its computing. */
export type FunnelQuestion = Pick<
  FunnelQuery,
  'steps' | 'period' | 'order' | 'conversionWindowMs' | 'countBy' | 'excluding' | 'interval' | 'breakdown' | 'filters'
>;

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
  /** Microseconds; no longer than the period. */
  readonly window: bigint;
  readonly dimensionCount: number;
  /** Whether there are funnels of groups or buckets besides the one of everybody. */
  readonly isSplit: boolean;
  /**
   * The rows that a chain may touch, with `key_hash` and `key_check`, which together stand for who is counted, `moment` (microseconds since the epoch), `is_0`, `is_1`, ...: whether
   * they pass each condition, `is_excluded`, and `d0`, `d1`, ...: the dimensions. With STRICT also `before` and `upto`: how many rows of the key are
   * earlier, and how many are not later.
   */
  readonly rowsSql: string;
}

/** A moment later than any. */
export const NEVER = '9223372036854775807';

/** The columns by which rows of one user or session are known. */
export const KEY = 'key_hash, key_check';

const MICROSECONDS = 1000;
const DEFAULT_WINDOW_MS = 14 * 86_400_000;

/** The conversion window of a funnel in milliseconds: 14 days where none is asked for. */
export function windowOf({ conversionWindowMs }: Pick<FunnelQuery, 'conversionWindowMs'>): number {
  return conversionWindowMs ?? DEFAULT_WINDOW_MS;
}

/** Given a question, return how its SQL is written; refuses what the relation has no columns for. */
export function planFunnel(events: EventRelation, question: FunnelQuestion, buckets: Buckets): FunnelPlan {
  const { steps, order, excluding, period, breakdown } = question;
  if (steps === null) throw new QueryLimitError('query.steps: are missing; exported rows have no saved funnels');
  const conditions = steps.map((step) => toStepSql(step, events));
  const distinct = [...new Set(conditions)];
  const conditionOf = conditions.map((condition) => distinct.indexOf(condition));
  const lengthMs = period.end.epochMilliseconds - period.start.epochMilliseconds;
  return {
    steps,
    order,
    conditionOf,
    alike: findAlikeSteps(steps, conditionOf),
    hasExclusions: excluding.length > 0,
    start: BigInt(period.start.epochMilliseconds) * 1000n,
    window: BigInt(Math.round(Math.min(windowOf(question), lengthMs) * MICROSECONDS)),
    dimensionCount: breakdown.length,
    isSplit: breakdown.length > 0 || question.interval !== 'TOTAL',
    rowsSql: toRowsSql(events, { question, conditions: distinct, buckets }),
  };
}

/** Given a condition or several, return the SQL of whether a row passes any of them. */
export function toMarkSql(conditions: readonly number[]): string {
  return `(${conditions.map((condition) => `is_${condition}`).join(' or ')})`;
}

function toRowsSql(
  events: EventRelation,
  { question, conditions, buckets }: { question: FunnelQuestion; conditions: readonly string[]; buckets: Buckets },
): string {
  const { order, excluding, filters, breakdown } = question;
  const key = toKeyColumn(question.countBy, events);
  const kept = [`${key} is not null`, toWithinSql('"at"', buckets)];
  const all = [...kept, ...filters.map((filter) => toConditionSql(filter, events))].join('\n    and ');
  const marks = [
    ...conditions.map((condition, index) => `${condition} as is_${index}`),
    ...(excluding.length > 0
      ? [`(${excluding.map((step) => toStepSql(step, events)).join(' or ')}) as is_excluded`]
      : []),
  ];
  const isTouched = marks.map((_, index) => (index < conditions.length ? `is_${index}` : 'is_excluded')).join(' or ');
  // Texts of ids are slow to sort. 96 bits of two hashes stand for them: that two of ten million ids share these has a chance of one in 10^15.
  const columns = [
    `hash(${key}) as key_hash`,
    `cast(hash(reverse(${key})) >> 32 as uinteger) as key_check`,
    'epoch_us("at") as moment',
    ...marks,
    ...breakdown.map((dimension, index) => `${toDimensionSql(dimension, events)} as d${index}`),
  ].join(',\n    ');
  if (order !== 'STRICT') return `select ${columns}\n  from ${events.sql}\n  where ${all} and (${isTouched})`;
  return `from (
    select *, rank() over own - 1 as before, count(*) over own as upto
    from (select ${columns} from ${events.sql} where ${all})
    window own as (partition by ${KEY} order by moment)
  ) where ${isTouched}`;
}

function toKeyColumn(countBy: FunnelQuestion['countBy'], { columns }: EventRelation): string {
  const column = countBy === 'USERS' ? 'user_id' : 'session_id';
  const name = columns.has(column) ? quoteName(column) : null;
  if (name !== null) return name;
  throw new QueryLimitError(`query.countBy: ${countBy} is not available: the exported rows have no ${column}`);
}
