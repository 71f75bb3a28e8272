import { z } from 'zod';
import { InvalidQueryError } from '../errors.ts';

/** How a filter compares a dimension with its values. */
export const FILTER_OPERATORS = [
  'IS',
  'IS_NOT',
  'CONTAINS',
  'NOT_CONTAINS',
  'STARTS_WITH',
  'ENDS_WITH',
  'MATCHES',
  'GT',
  'GTE',
  'LT',
  'LTE',
  'IS_SET',
  'IS_NOT_SET',
] as const;
export type FilterOperator = (typeof FILTER_OPERATORS)[number];

/** Keep what has the dimension's value among (or, for negations, not among) `values`. Several filters: all must hold. */
export interface Filter {
  readonly dimension: string;
  readonly operator: FilterOperator;
  readonly values: readonly string[];
}

/** A filter that remembers which argument it came from, for messages. */
export interface LocatedFilter extends Filter {
  readonly path: string;
}

const WITHOUT_VALUES: ReadonlySet<FilterOperator> = new Set(['IS_SET', 'IS_NOT_SET']);
const WITH_ONE_NUMBER: ReadonlySet<FilterOperator> = new Set(['GT', 'GTE', 'LT', 'LTE']);

/** The shape of a filter argument. */
export const filterInput = z.object({
  dimension: z.string().min(1, 'must not be empty'),
  operator: z.enum(FILTER_OPERATORS),
  values: z.array(z.string()).max(1000, 'holds more than 1000 values'),
});

/** Given filters and the path of their argument, check that operators and values fit, and return them with their paths. */
export function locateFilters(filters: readonly Filter[], path: string): LocatedFilter[] {
  return filters.map((filter, index) => {
    const located = { ...filter, path: `${path}[${index}]` };
    assertValuesFit(located);
    return located;
  });
}

function assertValuesFit({ operator, values, path }: LocatedFilter): void {
  if (WITHOUT_VALUES.has(operator)) {
    if (values.length > 0) throw new InvalidQueryError(`${path}.values: ${operator} takes no values`);
    return;
  }
  if (values.length === 0) throw new InvalidQueryError(`${path}.values: ${operator} needs at least one value`);
  if (WITH_ONE_NUMBER.has(operator)) {
    const [value = ''] = values;
    if (values.length > 1)
      throw new InvalidQueryError(`${path}.values: ${operator} takes one value, not ${values.length}`);
    if (value.trim() === '' || !Number.isFinite(Number(value))) {
      throw new InvalidQueryError(`${path}.values: ${operator} compares numbers, "${value}" is not one`);
    }
  }
  if (operator === 'MATCHES') assertRegularExpressions(values, path);
}

function assertRegularExpressions(values: readonly string[], path: string): void {
  for (const value of values) {
    try {
      new RegExp(value);
    } catch (cause) {
      throw new InvalidQueryError(`${path}.values: "${value}" is not a regular expression`, { cause });
    }
  }
}
