import { buildSchema, parse, specifiedRules, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { shallowTypes } from '../../src/graphql/shallow-types.ts';

const schema = buildSchema('type Query { a(x: [[Int!]!]): Int }');

const mistakesOf = (lists: number): string[] => {
  const type = `${'['.repeat(lists)}Int${'!]'.repeat(lists)}`;
  const document = parse(`query ($x: ${type}) { a(x: $x) }`);
  return validate(schema, document, [...specifiedRules, shallowTypes]).map(({ message }) => message);
};

describe('the type of a variable', () => {
  it('may have the lists that the schema has', () => {
    expect(mistakesOf(2)).toEqual([]);
  });

  it('is left to the other rules where they can read it', () => {
    expect(mistakesOf(10)).toEqual([expect.stringContaining('used in position expecting type "[[Int!]!]"')]);
  });

  it('may not have more lists than the stack holds', () => {
    expect(mistakesOf(2_000)).toEqual(['Variable "$x" is of a type with more than 20 lists in one another.']);
  });
});
