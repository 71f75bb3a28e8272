import type { FunnelQuery } from '../../analytics/funnels.ts';
import { QueryLimitError } from '../../errors.ts';
import { quoteName } from '../sql-text.ts';
import { toWithinSql, type Buckets } from './buckets.ts';
import { KEY } from './chain-columns.ts';
import { toConditionSql, toDimensionSql, toStepSql } from './conditions.ts';
import type { EventRelation } from './event-relation.ts';

/** What a funnel is asked, without what is none of its computing. */
export type FunnelQuestion = Pick<
  FunnelQuery,
  'steps' | 'period' | 'order' | 'conversionWindowMs' | 'countBy' | 'excluding' | 'interval' | 'breakdown' | 'filters'
>;

/**
 * Given events, a question and the different conditions of its steps, return the query of the rows that a chain may touch. Its columns: `key_hash` and `key_check`,
 * which together stand for who is counted; `moment`, in microseconds since the epoch; `is_0`, `is_1`, ...: whether each condition is passed; `is_excluded`, where
 * events are excluded; `d0`, `d1`, ...: the dimensions; with STRICT `before` and `upto`: how many rows of the key are earlier, and how many are not later.
 */
export function toFunnelRows(
  events: EventRelation,
  { question, conditions, buckets }: { question: FunnelQuestion; conditions: readonly string[]; buckets: Buckets },
): string {
  const { order, excluding, filters, breakdown } = question;
  const key = toKeyColumn(question.countBy, events);
  const kept = [`${key} is not null`, toWithinSql('"at"', buckets)];
  const all = [...kept, ...filters.map((filter) => toConditionSql(filter, events))].join('\n    and ');
  const marks = conditions.map((sql, index) => ({ sql, name: `is_${index}` }));
  const exclusions = excluding.map((step) => toStepSql(step, events));
  if (exclusions.length > 0) marks.push({ sql: `(${exclusions.join(' or ')})`, name: 'is_excluded' });
  // Texts of ids are slow to sort. 96 bits of two hashes stand for them: that two of ten million ids share these has a chance of one in 10^15.
  const columns = [
    `hash(${key}) as key_hash`,
    `cast(hash(reverse(${key})) >> 32 as uinteger) as key_check`,
    'epoch_us("at") as moment',
    ...marks.map(({ sql, name }) => `${sql} as ${name}`),
    ...breakdown.map((dimension, index) => `${toDimensionSql(dimension, events)} as d${index}`),
  ].join(',\n    ');
  if (order !== 'STRICT') {
    // By what they are made of and not by their names: the relation may have columns of these names.
    const isTouched = marks.map(({ sql }) => sql).join(' or ');
    return `select ${columns}\n  from ${events.sql}\n  where ${all}\n    and (${isTouched})`;
  }
  return `from (
    select *, rank() over own - 1 as before, count(*) over own as upto
    from (select ${columns} from ${events.sql} where ${all})
    window own as (partition by ${KEY} order by moment)
  ) where ${marks.map(({ name }) => name).join(' or ')}`;
}

function toKeyColumn(countBy: FunnelQuestion['countBy'], { columns }: EventRelation): string {
  const column = countBy === 'USERS' ? 'user_id' : 'session_id';
  const name = columns.has(column) ? quoteName(column) : null;
  if (name !== null) return name;
  throw new QueryLimitError(`query.countBy: ${countBy} is not available: the exported rows have no ${column}`);
}
