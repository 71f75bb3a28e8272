import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FILTER_OPERATORS, type Filter } from '../../../src/analytics/filters.ts';
import { InvalidQueryError, QueryLimitError } from '../../../src/errors.ts';
import { toConditionSql, toDimensionSql, toStepSql } from '../../../src/warehouse/analyses/conditions.ts';
import { startDatabase, toLiteral } from './start-database.ts';

const { database, signal } = startDatabase();
const columns: ReadonlySet<string> = new Set(['at', 'name', 'properties', 'country', 'revenue', 'or"der']);

/** Given the properties of some rows, return the texts of a dimension of them. */
async function texts(key: string, properties: readonly (string | null)[]): Promise<unknown[]> {
  const values = properties.map((json) => `(${toLiteral(json)})`).join(', ');
  const sql = `select ${toDimensionSql(key, { columns })} from (values ${values}) as rows (properties)`;
  return (await database.rows(sql, signal)).flat();
}

/** Given the countries of some rows, return which of them pass the filter. */
async function passing(filter: Filter, countries: readonly (string | null)[]): Promise<(string | null)[]> {
  const values = countries.map((country) => `(${toLiteral(country)})`).join(', ');
  const sql = `select ${toConditionSql(filter, { columns })} from (values ${values}) as rows (country)`;
  const rows = await database.rows(sql, signal);
  expect(rows.every(([passes]) => typeof passes === 'boolean')).toBe(true);
  return countries.filter((_, index) => rows[index]?.[0] === true);
}

function country(operator: Filter['operator'], ...values: string[]): Filter {
  return { dimension: 'country', operator, values };
}

describe('dimensions in SQL', () => {
  it('reads properties as text: numbers as shortly as possible, what is nested as JSON', async () => {
    const values = ['"x"', '""', '3', '3.0', '1.50', '1e3', '-0.25', '1e22', '1e-7', '12345678901234567890', 'true'];
    const nested = ['{"b":[1,2]}', '"3.0"', '"1e3"', 'null'];
    expect(
      await texts(
        'properties.a',
        [...values, ...nested].map((value) => `{"a":${value}}`),
      ),
    ).toEqual([
      ...['x', '', '3', '3', '1.5', '1000', '-0.25', '10000000000000000000000', '0.0000001', '12345678901234567890'],
      ...['true', '{"b":[1,2]}', '3.0', '1e3', null],
    ]);
  });

  it('takes everything behind the prefix for the name of the property', async () => {
    expect(await texts('properties.a/b~c.d\'"*', ['{"a/b~c.d\'\\"*":"x"}', '{"a":{"b":1}}', null])).toEqual([
      'x',
      null,
      null,
    ]);
  });

  it('quotes the names of columns, and knows the name of an event under two names', () => {
    expect(toDimensionSql('or"der', { columns })).toBe('"or""der"');
    expect(toDimensionSql('event', { columns })).toBe('"name"');
    expect(toDimensionSql('name', { columns })).toBe('"name"');
  });

  it('refuses what the rows have not', () => {
    const ask =
      (key: string, has = columns) =>
      () =>
        toDimensionSql(key, { columns: has });
    expect(ask('city')).toThrow(QueryLimitError);
    expect(ask('city')).toThrow('"city" is not in the exported rows. They have: at, country, name, or"der, properties');
    expect(ask('properties.a', new Set(['at', 'name']))).toThrow(QueryLimitError);
  });
});

describe('conditions in SQL', () => {
  const all = ['DE', 'de', 'SE', '', null];

  it('holds a missing value for none of the values', async () => {
    expect(await passing(country('IS', 'DE', 'SE'), all)).toEqual(['DE', 'SE']);
    expect(await passing(country('IS_NOT', 'DE', 'SE'), all)).toEqual(['de', '', null]);
    expect(await passing(country('CONTAINS', 'D', 'S'), all)).toEqual(['DE', 'SE']);
    expect(await passing(country('NOT_CONTAINS', 'D', 'S'), all)).toEqual(['de', '', null]);
    expect(await passing(country('STARTS_WITH', 'd', 'S'), all)).toEqual(['de', 'SE']);
    expect(await passing(country('ENDS_WITH', 'E'), all)).toEqual(['DE', 'SE']);
    expect(await passing(country('IS_SET'), all)).toEqual(['DE', 'de', 'SE', '']);
    expect(await passing(country('IS_NOT_SET'), all)).toEqual([null]);
  });

  it('compares numbers, and keeps nothing else', async () => {
    const numbers = ['9', '10', '10.0', '1e1', '11', 'nan', 'inf', 'ten', '', null];
    expect(await passing(country('GT', '9'), numbers)).toEqual(['10', '10.0', '1e1', '11']);
    expect(await passing(country('GTE', '10'), numbers)).toEqual(['10', '10.0', '1e1', '11']);
    expect(await passing(country('LT', ' 10 '), numbers)).toEqual(['9']);
    expect(await passing(country('LTE', '0xa'), numbers)).toEqual(['9', '10', '10.0', '1e1']);
  });

  it('finds a regular expression anywhere in the text', async () => {
    expect(await passing(country('MATCHES', 'E$', '^d'), all)).toEqual(['DE', 'de', 'SE']);
    expect(await passing(country('MATCHES', '(?i:d)\\w'), all)).toEqual(['DE', 'de']);
  });

  it('refuses what RE2 does not know, and says where it stands', () => {
    const ask = (value: string) => () =>
      toConditionSql({ ...country('MATCHES', 'a', value), path: 'query.filters[2]' }, { columns });
    for (const value of [
      '(?=a)',
      '(?<!a)b',
      '(?<n>a)',
      '(a)\\1',
      '\\u0041',
      '[]',
      '[^]',
      '[\\w-z]',
      'a{1001}',
      '(a{40}){40}',
    ]) {
      expect(ask(value), value).toThrow(InvalidQueryError);
      expect(ask(value), value).toThrow(`query.filters[2].values: "${value}" `);
    }
    expect(ask('a{500,1000}[^\\d\\-]*(?:b|c)??$')).not.toThrow();
    expect(ask('ab'.repeat(5001))).toThrow('is longer than 10000 characters');
  });

  it('finds with every expression what JavaScript finds, or refuses it', async () => {
    const pieces = [
      'a',
      'b',
      '1',
      '.',
      '^',
      '$',
      '|',
      '(',
      ')',
      '(?:',
      '(?i:',
      '(?=',
      '(?<n>',
      '[',
      ']',
      '[^',
      '-',
      '\\',
    ];
    const others = [
      '\\d',
      '\\b',
      '\\1',
      '\\p',
      '{',
      '}',
      '{2}',
      '{1,3}',
      '{,3}',
      '*',
      '+',
      '?',
      ':',
      '\\x41',
      'é',
      '\\]',
      '[:',
      '[a-',
    ];
    const pattern = fc.array(fc.constantFrom(...pieces, ...others), { maxLength: 8 }).map((parts) => parts.join(''));
    const subjects = ['', 'a', 'ab', 'b1', '1-a', 'A]', 'aaab{2}', ':é', '[a-'];
    const isExpression = (text: string): boolean => {
      try {
        return Boolean(new RegExp(text));
      } catch {
        return false;
      }
    };
    const isKnown = (text: string): boolean => {
      try {
        return toConditionSql(country('MATCHES', text), { columns }) !== '';
      } catch (error) {
        if (error instanceof InvalidQueryError) return false;
        throw error;
      }
    };
    let found = 0;
    await fc.assert(
      fc.asyncProperty(pattern.filter(isExpression).filter(isKnown), async (text) => {
        const expected = subjects.filter((subject) => new RegExp(text).test(subject));
        expect(await passing(country('MATCHES', text), subjects)).toEqual(expected);
        found += expected.length;
      }),
      { numRuns: 1000 },
    );
    expect(found).toBeGreaterThan(500);
  });

  it('keeps values apart from SQL, and always says yes or no', async () => {
    const hostile = fc.oneof(
      fc.constantFrom("'", "''", "' or true --", '\\', '%', '_', '\0', '"', ';', '1', '-1'),
      fc.string({ maxLength: 5 }),
    );
    const operators = FILTER_OPERATORS.filter((operator) => !/^(GT|LT|MATCHES|IS_SET|IS_NOT_SET)/.test(operator));
    const plain: Record<string, (text: string, value: string) => boolean> = {
      IS: (text, value) => text === value,
      CONTAINS: (text, value) => text.includes(value),
      STARTS_WITH: (text, value) => text.startsWith(value),
      ENDS_WITH: (text, value) => text.endsWith(value),
    };
    const asked = fc.record({
      operator: fc.constantFrom(...operators),
      values: fc.array(hostile, { minLength: 1, maxLength: 3 }),
      rows: fc.array(fc.option(hostile), { minLength: 1, maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(asked, async ({ operator, values, rows }) => {
        const isNegative = operator.includes('NOT');
        const holds = plain[isNegative ? operator.replace('IS_NOT', 'IS').replace('NOT_', '') : operator];
        if (!holds) throw new Error(`${operator} is not told here`);
        const expected = rows.filter((row) => {
          const isAny = row !== null && values.some((value) => holds(row, value));
          return isNegative ? !isAny : isAny;
        });
        expect(await passing(country(operator, ...values), rows)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('takes a step for its event with all of its filters', async () => {
    const filters = [country('IS', 'DE'), { dimension: 'revenue', operator: 'GT', values: ['1'] } as const];
    const values =
      "('buy', 'DE', 2::double), ('buy', 'SE', 2), ('buy', 'DE', 1), ('it''s', 'DE', 2), ('buy', null, null)";
    const ask = async (event: string) => {
      const sql = `select ${toStepSql({ event, filters }, { columns })} from (values ${values}) as rows (name, country, revenue)`;
      return (await database.rows(sql, signal)).flat();
    };
    expect(await ask('buy')).toEqual([true, false, false, false, false]);
    expect(await ask("it's")).toEqual([false, false, false, true, false]);
  });
});
