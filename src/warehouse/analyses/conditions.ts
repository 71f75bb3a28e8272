import type { Filter, FilterOperator } from '../../analytics/filters.ts';
import { InvalidQueryError } from '../../errors.ts';
import { quoteText } from '../sql-text.ts';
import { toDimensionSql, toNumberSql } from './dimensions.ts';
import type { EventRelation } from './event-relation.ts';
import { unknownToRe2 } from './regular-expressions.ts';

export { toDimensionSql } from './dimensions.ts';

/** A filter; `path` is the argument it came from, for messages. */
type PlacedFilter = Filter & { readonly path?: string };

/**
 * Given a filter, return the SQL of whether a row passes it; never null. A missing value is not any value: it passes IS_NOT and NOT_CONTAINS. Texts are compared as
 * they are written, upper and lower case apart; GT, GTE, LT and LTE compare numbers, and what is no number does not pass.
 */
export function toConditionSql(filter: PlacedFilter, events: Pick<EventRelation, 'columns'>): string {
  if (filter.operator === 'MATCHES') assertKnownToRe2(filter);
  const isOfNumbers = NUMBER_OPERATORS.has(filter.operator);
  const value = isOfNumbers ? toNumberSql(filter.dimension, events) : toDimensionSql(filter.dimension, events);
  return CONDITIONS[filter.operator](value, filter.values);
}

/** Given a step of a funnel or the like, return the SQL of whether a row is of its event and passes its filters; never null. */
export function toStepSql(
  step: { readonly event: string; readonly filters: readonly PlacedFilter[] },
  events: Pick<EventRelation, 'columns'>,
): string {
  const conditions = step.filters.map((filter) => toConditionSql(filter, events));
  return `(${[`name = ${quoteText(step.event)}`, ...conditions].join(' and ')})`;
}

const NUMBER_OPERATORS: ReadonlySet<FilterOperator> = new Set(['GT', 'GTE', 'LT', 'LTE']);

type Condition = (text: string, values: readonly string[]) => string;

const CONDITIONS: Readonly<Record<FilterOperator, Condition>> = {
  IS: isAnyOf,
  IS_NOT: not(isAnyOf),
  CONTAINS: anyBy('contains'),
  NOT_CONTAINS: not(anyBy('contains')),
  STARTS_WITH: anyBy('starts_with'),
  ENDS_WITH: anyBy('ends_with'),
  MATCHES: (text, patterns) => anyBy('regexp_matches')(text, patterns.map(toPattern)),
  GT: compared('>'),
  GTE: compared('>='),
  LT: compared('<'),
  LTE: compared('<='),
  IS_SET: (text) => `(${text} is not null)`,
  IS_NOT_SET: (text) => `(${text} is null)`,
};

function isAnyOf(text: string, values: readonly string[]): string {
  return `coalesce(${text} in (${values.map(quoteText).join(', ')}), false)`;
}

function anyBy(name: string): Condition {
  return (text, values) =>
    `coalesce(${values.map((value) => `${name}(${text}, ${quoteText(value)})`).join(' or ')}, false)`;
}

function not(condition: Condition): Condition {
  return (text, values) => `(not ${condition(text, values)})`;
}

function compared(operator: string): Condition {
  return (number, [value = '']) => `coalesce(${number} ${operator} cast('${Number(value)}' as double), false)`;
}

// DuckDB 1.5 turns what it takes for plain text into LIKE: "$a" into "begins with a", and so "(?:)a". A group keeps it from that.
function toPattern(pattern: string): string {
  return `(${pattern})`;
}

function assertKnownToRe2({ dimension, values, path }: PlacedFilter): void {
  for (const value of values) {
    const unknown = unknownToRe2(value);
    if (unknown === null) continue;
    throw new InvalidQueryError(`${path ?? `the filter of ${dimension}`}.values: "${value}" ${unknown}`);
  }
}
