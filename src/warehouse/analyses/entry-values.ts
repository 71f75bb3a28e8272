import { toDimensionSql } from './conditions.ts';
import type { EventRelation } from './event-relation.ts';

/** How entries are split into groups, as pieces of SQL. */
export interface EntryValues {
  /** Of a row: when it was and what it has, so that the least of several is the earliest, and of these the first in the order of the values. */
  readonly entry: string;
  /** Of that least one: its values as columns `d0`, `d1` and so on, with a comma before each. */
  readonly columns: string;
  /** The names of these columns, with a comma before each. */
  readonly names: string;
  readonly count: number;
}

/** Given dimensions, return the SQL that groups by what the first entry has of them; missing values come behind all others. */
export function toEntryValues(breakdown: readonly string[], events: EventRelation): EntryValues {
  const fields = breakdown.flatMap((dimension, index) => {
    const text = toDimensionSql(dimension, events);
    return [`is_missing_${index} := (${text}) is null`, `value_${index} := coalesce(${text}, '')`];
  });
  const columns = breakdown.map(
    (_, index) => `, case when not entry.is_missing_${index} then entry.value_${index} end as d${index}`,
  );
  return {
    entry: `struct_pack(${['moment := epoch_us("at")', ...fields].join(', ')})`,
    columns: columns.join(''),
    names: breakdown.map((_, index) => `, d${index}`).join(''),
    count: breakdown.length,
  };
}
