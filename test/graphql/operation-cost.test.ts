import { buildSchema, Kind, parse, type OperationDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createOperationCosts } from '../../src/graphql/operation-cost.ts';

const schema = buildSchema(`
  directive @cost(weight: Int!) on FIELD_DEFINITION
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!]) on FIELD_DEFINITION
  scalar _Any
  union _Entity = Shop
  interface Named { name: String!, parts: [Part!]! }
  type Part { text: String! @cost(weight: 3) }
  type Shop implements Named { name: String!, parts: [Part!]! @listSize(assumedSize: 4), self: Shop!, free: Shop! @cost(weight: 0) }
  type Chain implements Named { name: String! @cost(weight: 7), parts: [Part!]!, sales(first: Int = 50): Sales! @cost(weight: 20)
    @listSize(assumedSize: 50, slicingArguments: ["first"], sizedFields: ["edges", "nodes"]) }
  type Sales { nodes: [Shop!]!, edges: [Edge!]!, total: Int!, page: Page! }
  type Edge { node: Shop! }
  type Page { end: String }
  type Query {
    shop: Shop
    chain: Chain
    named: Named
    shops: [Shop!]! @listSize(assumedSize: 10)
    names: [String!]! @listSize(assumedSize: 100)
    unsized: [Shop!]
    _entities(representations: [_Any!]!): [_Entity]!
  }
  type Mutation { export: Shop! @cost(weight: 50) }
`);
const costOf = createOperationCosts(schema);

function cost(
  text: string,
  { variables = {}, limit = 1e9 }: { variables?: Record<string, unknown>; limit?: number } = {},
) {
  const document = parse(text);
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return costOf({ document, operation: operation as OperationDefinitionNode, variables }, limit);
}

describe('the cost of an operation', () => {
  it.each([
    ['nothing for scalars, lists of them and what is no field', '{ __typename names __schema { types { name } } }', 0],
    ['1 for an object', '{ shop { name self { name } } }', 2],
    ['a weight instead of that 1', '{ chain { sales(first: 1) { total } } }', 1 + 20],
    ['what a scalar weighs', '{ chain { name } }', 1 + 7],
    ['nothing for an object of no weight', '{ shop { free { name } } }', 1],
    ['a list as many times as it is assumed to be long', '{ shops { name self { name } } }', 10 * 2],
    ['lists in lists, multiplied', '{ shops { parts { text } } }', 10 * (1 + 4 * (1 + 3))],
    ['a list that says nothing as one', '{ unsized { name } }', 1],
    ['a page as long as it is asked for', '{ chain { sales(first: 3) { nodes { name } } } }', 1 + 20 + 3],
    ['a page as long as it usually is', '{ chain { sales { nodes { name } } } }', 1 + 20 + 50],
    [
      'only the lists of a page by its length',
      '{ chain { sales(first: 3) { page { end } nodes { name } } } }',
      1 + 20 + 1 + 3,
    ],
    [
      'both lists of a page',
      '{ chain { sales(first: 3) { edges { node { name } } nodes { name } } } }',
      1 + 20 + 6 + 3,
    ],
    ['a page by another name', '{ a: chain { b: sales(first: 3) { c: nodes { name } } } }', 1 + 20 + 3],
    ['the same twice under two names', '{ a: shop { name } b: shop { name } }', 2],
    ['an inline fragment', '{ ... on Query { shop { ... { name self { name } } } } }', 2],
    ['a fragment', '{ shop { ...A } } fragment A on Shop { self { name } }', 2],
    ['a fragment that is spread twice once', '{ shop { ...A ...A } } fragment A on Shop { self { name } }', 2],
    [
      'a fragment in a page',
      '{ chain { sales(first: 3) { ...A } } } fragment A on Sales { nodes { name } }',
      1 + 20 + 3,
    ],
    ['the dearest type of an interface', '{ named { name parts { text } } }', 1 + 7 + 4 * (1 + 3)],
    [
      'all types of an interface together',
      '{ named { ... on Shop { self { name } } ... on Chain { name } } }',
      1 + 1 + 7,
    ],
    ['mutations by their weight', 'mutation { export { self { name } } }', 50 + 1],
    [
      'entities by the representations',
      '{ _entities(representations: [{}, {}]) { ... on Shop { self { name } } } }',
      4,
    ],
  ])('counts %s', (_what, text, expected) => {
    expect(cost(text)).toBe(expected);
  });

  it.each<[string, Record<string, unknown>, number]>([
    ['($n: Int)', { n: 3 }, 1 + 20 + 3],
    ['($n: Int = 5)', {}, 1 + 20 + 5],
    ['($n: Int = 5)', { n: 3 }, 1 + 20 + 3],
    ['($n: Int)', {}, 1 + 20 + 50],
    ['($n: Int)', { n: null }, 1 + 20 + 50],
    ['($n: Int)', { n: 'x' }, 1 + 20 + 50],
    ['($n: Int)', { n: 0 }, 1 + 20 + 1],
    ['($n: Int)', { n: -1e9 }, 1 + 20 + 1],
  ])('reads sizes from variables: %s with %j', (declared, variables, expected) => {
    expect(cost(`query ${declared} { chain { sales(first: $n) { nodes { name } } } }`, { variables })).toBe(expected);
  });

  it('counts representations that come as a variable', () => {
    const text = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Shop { self { name } } } }';
    expect(cost(text, { variables: { r: Array(1000).fill({}) } })).toBe(2000);
  });

  it('is not made less by asking for none', () => {
    expect(cost('{ chain { sales(first: 0) { nodes { name } } } }')).toBe(1 + 20 + 1);
  });

  it('is that of the operation alone, of several in a document', () => {
    const document = parse('query A { shop { name } } query B { shops { name } }');
    const costs = document.definitions.map((operation) =>
      costOf({ document, operation: operation as OperationDefinitionNode, variables: {} }, 1e9),
    );
    expect(costs).toEqual([1, 10]);
  });
});

describe('counting', () => {
  it('ends where the limit has passed', () => {
    const twice = Array.from(
      { length: 60 },
      (_, n) => `fragment F${n} on Shop { a: self { ...F${n + 1} } b: self { ...F${n + 1} } }`,
    );
    const text = `{ shop { ...F0 } } ${twice.join(' ')} fragment F60 on Shop { name }`;
    const found = cost(text, { limit: 1000 });
    expect([found > 1000, found < 1010]).toEqual([true, true]);
  });

  it.each([
    ['a fragment that goes into itself', '{ shop { ...A } } fragment A on Shop { self { ...A } }'],
    [
      'fragments that go into one another',
      '{ shop { ...A } } fragment A on Shop { self { ...B } } fragment B on Shop { self { ...A } }',
    ],
  ])('ends with %s', (_what, text) => {
    expect(cost(text, { limit: 100_000 })).toBe(100_001);
  });

  it.each([
    '{ nothing { at { all } } }',
    '{ shop }',
    '{ names { of } }',
    '{ ...Nothing }',
    '{ ... on Nothing { a } }',
    '{ ...A } fragment A on Query { ...A }',
    'subscription { shop { name } }',
  ])('finds nothing in what is not valid: %s', (text) => {
    expect(cost(text)).toBeLessThanOrEqual(1);
  });

  it('passes any limit with a size that no number holds', () => {
    const text = 'query ($n: Int) { chain { sales(first: $n) { nodes { name } } } }';
    expect(cost(text, { variables: { n: Infinity } }) <= 1e9).toBe(false);
  });
});
