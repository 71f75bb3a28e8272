import type { RetentionQuery } from '../../analytics/retention.ts';
import { toBucketSql } from './buckets.ts';
import { MAX_OFFSETS, type CohortTimes } from './cohort-times.ts';
import { toConditionSql, toStepSql } from './conditions.ts';
import { toEntryValues } from './entry-values.ts';
import type { EventRelation } from './event-relation.ts';
import { toUserKeySql, USER_KEY } from './user-key.ts';

/** What retention is asked, without what is none of its computing. */
export type RetentionQuestion = Pick<
  RetentionQuery,
  'period' | 'interval' | 'entry' | 'returning' | 'entryKind' | 'mode' | 'offsets' | 'breakdown' | 'filters'
>;

/**
 * Given a question, return the SQL of its counts: the index of a cohort, a value for each dimension, an offset and how many users returned there, or no offset and how
 * many entered. ROLLING counts each user at the last offset of a return, BRACKET at the first.
 *
 * `visited` has a row for each user and each bucket with an entry or a return; bucket -1 is the time before the period, which tells who entered for the first time.
 */
export function toRetentionSql(
  events: EventRelation,
  question: RetentionQuestion,
  { times, limit }: { times: CohortTimes; limit: number },
): string {
  const values = toEntryValues(question.breakdown, events);
  const isSplit = values.count > 0;
  const most = question.offsets ?? MAX_OFFSETS;
  const rows = toRows(events, question, { times, entry: isSplit ? values.entry : null });
  const group = `${USER_KEY}, cohort${values.names}`;
  return `with events_of_users as not materialized (${rows}),
visited as materialized (${VISITED}),
entries as (${toEntries(question.entryKind, isSplit ? values.columns : null)}),
matches as (
  select ${group}, bucket - cohort as later
  from entries join visited using (${USER_KEY})
  where has_returned and bucket > cohort
  union all
  select ${group}, 0 from entries where has_returned_within
),
returns as (${toReturns(question.mode, { group, most })})
select cohort${values.names}, null as later, count(*) as users from entries group by all
union all
select cohort${values.names}, later, count(*) from returns where later <= ${most} group by all
limit ${limit}`;
}

// Of two rows at one moment, either may be the entry and the other one the return; a row is never both. So at the same moment an entry
// that is no return stands before a row that is both, and that before a return that is no entry: what is greater than the least entry is a
// return after it. Two rows that are both are each the return of the other.
const VISITED = `
  select ${USER_KEY}, bucket,
    min(case when is_entry then moment - cast(not is_return as bigint) end) as entered,
    max(case when is_return then moment + cast(not is_entry as bigint) end) as returned,
    entered is not null as has_entered,
    returned is not null as has_returned,
    coalesce(returned > entered, false) or count(case when is_entry and is_return then 1 end) > 1 as has_returned_within
  from events_of_users
  where is_entry or is_return
  group by ${USER_KEY}, bucket
`;

function toRows(
  events: EventRelation,
  { period, entry, returning, entryKind, filters }: RetentionQuestion,
  { times: { offsets }, entry: values }: { times: CohortTimes; entry: string | null },
): string {
  const [start, end, until] = [period.start.epochMilliseconds, period.end.epochMilliseconds, offsets.end].map(toMoment);
  const kept = [
    'user_id is not null',
    `"at" < ${until}`,
    ...(entryKind === 'RECURRING' ? [`"at" >= ${start}`] : []),
    ...filters.map((filter) => toConditionSql(filter, events)),
  ];
  return `
  select ${toUserKeySql(events)},
    cast(case when "at" < ${start} then -1 else ${toBucketSql('"at"', offsets)} end as smallint) as bucket,
    epoch_us("at") * 2 as moment,
    ${entry === null ? 'true' : toStepSql(entry, events)} and "at" < ${end} as is_entry,
    ${returning === null ? 'true' : toStepSql(returning, events)} and "at" >= ${start} as is_return${values === null ? '' : `, ${values} as entry`}
  from ${events.sql}
  where ${kept.join('\n    and ')}
`;
}

function toMoment(epochMs: number): string {
  return `make_timestamp(${BigInt(epochMs) * 1000n})`;
}

/** What an entry has of the dimensions is read again, of entries only: kept for every row, it would cost more than all the rest. */
function toEntries(kind: RetentionQuestion['entryKind'], columns: string | null): string {
  const isRecurring = kind === 'RECURRING';
  const key = isRecurring ? `${USER_KEY}, cohort` : USER_KEY;
  const entries = isRecurring
    ? `select ${USER_KEY}, bucket as cohort, has_returned_within from visited where has_entered`
    : `select ${USER_KEY}, min(bucket) as cohort, arg_min(has_returned_within, bucket) as has_returned_within
    from visited
    where has_entered
    group by ${USER_KEY}`;
  if (columns === null) return `\n  from (${entries}) where cohort >= 0\n`;
  return `
  select ${USER_KEY}, cohort, has_returned_within${columns}
  from (${entries})
  join (
    select ${key}, min(entry) as entry
    from (select *, bucket as cohort from events_of_users)
    where is_entry
    group by ${key}
  ) using (${key})
  where cohort >= 0
`;
}

function toReturns(
  mode: RetentionQuestion['mode'],
  { group, most }: { readonly group: string; readonly most: number },
): string {
  if (mode === 'N_DAY') return 'from matches';
  const later = mode === 'ROLLING' ? `least(max(later), ${most})` : 'min(later)';
  return `select ${group}, ${later} as later from matches group by ${group}`;
}
