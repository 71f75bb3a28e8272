import { QueryLimitError } from '../../errors.ts';
import { quoteName, quoteText } from '../sql-text.ts';
import type { EventRelation } from './event-relation.ts';

const PROPERTY_PREFIX = 'properties.';

/** Columns of rows, as far as dimensions go. */
type Rows = Pick<EventRelation, 'columns'>;

/**
 * Given a dimension's key, return the SQL of its text, null where it is missing: a column, or `properties.` and a property's own name. Numbers of properties are
 * written as shortly as possible, what is nested as JSON. Refuses what the relation has not.
 */
export function toDimensionSql(key: string, rows: Rows): string {
  if (!isProperty(key, rows)) return toColumn(key, rows);
  const path = toPath(key);
  const text = `json_extract_string(properties, ${path})`;
  // DuckDB writes 3.0 for 3, 1e22 for a large number. Only what looks so is asked whether it is a number, which costs as much as reading it.
  return `case when left(${text}, 1) <= '9' and (ends_with(${text}, '.0') or contains(${text}, 'e'))
    then case when json_type(properties, ${path}) = 'DOUBLE'
      then coalesce(number_text(try_cast(${text} as double)), ${text}) else ${text} end
    else ${text} end`;
}

/** Given the key of a column or property, return the SQL of its number as a DOUBLE; null where it is missing or no finite number. */
export function toNumberSql(key: string, rows: Rows): string {
  // DuckDB takes "2026_01" for 202601.
  const value = isProperty(key, rows)
    ? `replace(json_extract_string(properties, ${toPath(key)}), '_', '?')`
    : toColumn(key, rows);
  return `finite_or_null(try_cast(${value} as double))`;
}

function isProperty(key: string, { columns }: Rows): boolean {
  return key.startsWith(PROPERTY_PREFIX) && key.length > PROPERTY_PREFIX.length && columns.has('properties');
}

/** A JSON pointer, so that a point in a property's name is part of the name. */
function toPath(key: string): string {
  const name = key.slice(PROPERTY_PREFIX.length);
  return quoteText(`/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
}

function toColumn(key: string, { columns }: Rows): string {
  // The name of an event is a dimension like any other; catalogs call it `event`.
  const column = key === 'event' && !columns.has(key) ? 'name' : key;
  const name = columns.has(column) ? quoteName(column) : null;
  if (name !== null) return name;
  throw new QueryLimitError(`"${key}" is not in the exported rows. They have: ${[...columns].sort().join(', ')}`);
}
