import type { CohortValue } from '../../analytics/cohort-analysis.ts';
import type { LocatedFilter } from '../../analytics/filters.ts';
import type { FunnelStepQuery } from '../../analytics/funnels.ts';
import { toBucketSql, toWithinSql } from './buckets.ts';
import type { CohortTimes } from './cohort-times.ts';
import { toConditionSql, toStepSql } from './conditions.ts';
import { toNumberSql } from './dimensions.ts';
import { toEntryValues } from './entry-values.ts';
import type { EventRelation } from './event-relation.ts';
import { toUserKeySql, USER_KEY } from './user-key.ts';

/** Whose values are added up, and which. */
export interface CohortValuesQuestion {
  /** Null for the first event of any name. */
  readonly entry: FunnelStepQuery | null;
  /** Null for the revenue of all events. */
  readonly value: CohortValue | null;
  readonly breakdown: readonly string[];
  readonly filters: readonly LocatedFilter[];
}

/**
 * Given a question, return the SQL of its sums: the index of a cohort, a value for each dimension, an offset and three numbers: the sum, how many users have a value above
 * zero there, and how many of them there for the first time; or no offset, and first how many users entered.
 */
export function toCohortValuesSql(
  events: EventRelation,
  question: CohortValuesQuestion,
  { times, limit }: { times: CohortTimes; limit: number },
): string {
  const values = toEntryValues(question.breakdown, events);
  const conditions = [
    'user_id is not null',
    `"at" < make_timestamp(${BigInt(times.offsets.end) * 1000n})`,
    ...question.filters.map((filter) => toConditionSql(filter, events)),
  ].join('\n    and ');
  const isEntry = question.entry === null ? 'true' : toStepSql(question.entry, events);
  const group = `${USER_KEY}, cohort${values.names}`;
  return `with entries as (
  select ${USER_KEY}, entered, ${toBucketSql('entered', times.cohorts)} as cohort,
    ${toBucketSql('entered', times.offsets)} as bucket${values.columns}
  from (
    select ${USER_KEY}, min("at") as entered${values.count > 0 ? ', min(entry) as entry' : ''}
    from (
      select ${toUserKeySql(events)}, "at"${values.count > 0 ? `, ${values.entry} as entry` : ''}
      from ${events.sql}
      where ${conditions}
        and ${isEntry}
    )
    group by ${USER_KEY}
  )
  where ${toWithinSql('entered', times.cohorts)}
),
amounts as (
  select ${toUserKeySql(events)}, "at" as paid_at, ${toBucketSql('"at"', times.offsets)} as paid_in, ${toValueSql(events, question.value)} as amount
  from ${events.sql}
  where ${conditions}
),
sums as materialized (
  select ${group}, paid_in - bucket as later, fsum(amount) as amount, bool_or(amount > 0) as has_paid
  from entries join amounts using (${USER_KEY})
  where amount is not null and paid_at >= entered
  group by all
),
payers as (
  select ${group}, min(later) as later from sums where has_paid group by all
)
select cohort${values.names}, null as later, count(*) as first, 0 as second, 0 as third from entries group by all
union all
select cohort${values.names}, later, fsum(amount), count(*) filter (where has_paid), 0 from sums group by all
union all
select cohort${values.names}, later, 0, 0, count(*) from payers group by all
limit ${limit}`;
}

function toValueSql(events: EventRelation, value: CohortValue | null): string {
  if (value === null) return toNumberSql('revenue', events);
  const number = value.property === null ? 'cast(1 as double)' : toNumberSql(value.property, events);
  return `case when ${toStepSql(value.event, events)} then ${number} end`;
}
