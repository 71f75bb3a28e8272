import { describe, expect, it } from 'vitest';
import { InvalidQueryError } from '../../src/errors.ts';
import { filterInput, locateFilters, type FilterOperator } from '../../src/analytics/filters.ts';
import { parseInput } from '../../src/analytics/parse-input.ts';

const locate = (operator: FilterOperator, ...values: string[]) =>
  locateFilters([{ dimension: 'country', operator, values }], 'query.filters');

describe('filters', () => {
  it('remember which argument they came from', () => {
    const filters = [
      { dimension: 'country', operator: 'IS', values: ['SE', 'NO'] },
      { dimension: 'os', operator: 'IS_SET', values: [] },
    ] as const;
    expect(locateFilters(filters, 'query.select[2].filters')).toEqual([
      { ...filters[0], path: 'query.select[2].filters[0]' },
      { ...filters[1], path: 'query.select[2].filters[1]' },
    ]);
  });

  it.each(['IS_SET', 'IS_NOT_SET'] as const)('take no values for %s', (operator) => {
    expect(locate(operator)).toHaveLength(1);
    expect(() => locate(operator, 'x')).toThrow(
      new InvalidQueryError(`query.filters[0].values: ${operator} takes no values`),
    );
  });

  it.each(['IS', 'IS_NOT', 'CONTAINS', 'NOT_CONTAINS', 'STARTS_WITH', 'ENDS_WITH', 'MATCHES', 'GT'] as const)(
    'need a value for %s',
    (operator) => {
      expect(() => locate(operator)).toThrow(
        new InvalidQueryError(`query.filters[0].values: ${operator} needs at least one value`),
      );
    },
  );

  it.each(['GT', 'GTE', 'LT', 'LTE'] as const)('compare one number by %s', (operator) => {
    expect(locate(operator, '-1.5')).toHaveLength(1);
    expect(() => locate(operator, '1', '2')).toThrow(`query.filters[0].values: ${operator} takes one value, not 2`);
  });

  it.each(['many', '', ' ', '1,5', 'NaN', 'Infinity'])('do not compare with %j', (value) => {
    expect(() => locate('GT', value)).toThrow(`query.filters[0].values: GT compares numbers, "${value}" is not one`);
  });

  it('match regular expressions only', () => {
    expect(locate('MATCHES', '^a.*z$', '[0-9]+')).toHaveLength(1);
    expect(() => locate('MATCHES', 'fine', '(')).toThrow('query.filters[0].values: "(" is not a regular expression');
  });

  it('hold at most a thousand values', () => {
    const values = new Array<string>(1001).fill('x');
    expect(() => parseInput(filterInput, { dimension: '', operator: 'IS', values }, 'query.filters[0]')).toThrow(
      'query.filters[0].dimension: must not be empty; query.filters[0].values: holds more than 1000 values',
    );
  });
});
