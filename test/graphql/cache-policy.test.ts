import { buildSchema, getOperationAST, parse, validate, type DocumentNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createCachePolicies } from '../../src/graphql/cache-policy.ts';

const SCHEMA = buildSchema(`
  directive @cacheControl(maxAge: Int, scope: CacheControlScope) on FIELD_DEFINITION | OBJECT
  enum CacheControlScope { PUBLIC PRIVATE }

  type Query {
    report: Report @cacheControl(maxAge: 60)
    brief: Report @cacheControl(maxAge: 10)
    private: Report @cacheControl(maxAge: 60, scope: PRIVATE)
    onlyPrivate: Report @cacheControl(scope: PRIVATE)
    unsaid: Report
    number: Int @cacheControl(maxAge: 30)
    source: Source
    sources: [Source!]! @cacheControl(maxAge: 120)
    user: User
    task: Task
    negative: Int @cacheControl(maxAge: -5)
    node: Node
    entities: [Entity]!
    noted: Node @cacheControl(maxAge: 5)
  }
  type Mutation { report: Report @cacheControl(maxAge: 60) }
  type Subscription { report: Report @cacheControl(maxAge: 60) }

  type Report { value: Int source: Source live: Int @cacheControl(maxAge: 0) people: Int @cacheControl(scope: PRIVATE) long: Int @cacheControl(maxAge: 900) owner: User self: Report any: Node }
  interface Node { id: ID! }
  interface Saved implements Node { id: ID! title: String }
  type Source implements Node @cacheControl(maxAge: 60) { id: ID! name: String task: Task }
  type User implements Node @cacheControl(maxAge: 45, scope: PRIVATE) { id: ID! name: String }
  type Task implements Node @cacheControl(maxAge: 0) { id: ID! state: String }
  type Chart implements Node & Saved @cacheControl(maxAge: 20) { id: ID! title: String report: Report }
  type Board implements Node & Saved @cacheControl(maxAge: 40) { id: ID! title: String }
  type Plain implements Node { id: ID! name: String }
  union Entity = Source | User | Task | Chart | Board | Plain
`);

const policyOf = createCachePolicies(SCHEMA);

function policy(text: string, operationName?: string) {
  const document = parse(text);
  expect(validate(SCHEMA, document)).toEqual([]);
  return policyOf(document, operationOf(document, operationName));
}

function operationOf(document: DocumentNode, name?: string) {
  const operation = getOperationAST(document, name);
  if (!operation) throw new Error('There is no such operation');
  return operation;
}

const PUBLIC = false;
const PRIVATE = true;
const kept = (maxAge: number, isPrivate = PUBLIC) => ({ maxAge, isPrivate });
const NOT_KEPT = expect.objectContaining({ maxAge: 0 }) as unknown;

describe('the policy of an operation', () => {
  it.each<[string, string, object]>([
    ['what its field says', '{ report { value } }', kept(60)],
    ['what a field without fields says', '{ number }', kept(30)],
    ['the least of its fields', '{ report { value } brief { value } number }', kept(10)],
    ['the same under any name', '{ a: report { b: value } }', kept(60)],
    ['less where something below says less', '{ report { source { name } owner { name } } }', kept(45, PRIVATE)],
    ['no more where something below says more', '{ report { long } }', kept(60)],
    ['no more than the type of a thing', '{ sources { name } }', kept(60)],
    ['what the type says where the field does not', '{ source { name } }', kept(60)],
    ['private where the field says so', '{ private { value } }', kept(60, PRIVATE)],
    ['private where something below says so', '{ report { people } }', kept(60, PRIVATE)],
    ['private where its type says so', '{ user { name } }', kept(45, PRIVATE)],
    ['private where one of many is', '{ report { value } user { name } }', kept(45, PRIVATE)],
    ['of a depth of things', '{ report { self { self { source { name } } } } }', kept(60)],
    ['of a named type below an alias', '{ r: report { self { brief: value } } }', kept(60)],
  ])('is %s', (_what, text, expected) => {
    expect(policy(text)).toEqual(expected);
  });

  it.each([
    ['a field that says nothing', '{ unsaid { value } }'],
    ['one that says nothing among others', '{ report { value } unsaid { value } }'],
    ['a field that only says private', '{ onlyPrivate { value } }'],
    ['something below that is never kept', '{ report { self { live } } }'],
    ['a thing below that is never kept', '{ report { source { task { state } } } }'],
    ['a thing that is never kept', '{ task { state } }'],
    ['a time before now', '{ negative }'],
    ['introspection', '{ __schema { types { name } } }'],
    ['introspection beside a report', '{ report { value } __type(name: "Query") { name } }'],
    ['nothing but a type name', '{ __typename }'],
    ['mutations', 'mutation { report { value } }'],
    ['subscriptions', 'subscription { report { value } }'],
  ])('is not to keep: %s', (_what, text) => {
    expect(policy(text)).toEqual(NOT_KEPT);
  });

  it('takes no notice of type names', () => {
    expect(policy('{ __typename report { __typename value } }')).toEqual(kept(60));
  });

  it('is that of the operation which is asked', () => {
    const text = 'query A { report { value } } query B { brief { value } } mutation C { report { value } }';
    expect([policy(text, 'A'), policy(text, 'B'), policy(text, 'C')]).toEqual([kept(60), kept(10), kept(0)]);
  });

  it.each([
    ['@skip', 'query ($no: Boolean!) { report { value } brief @skip(if: $no) { value } }'],
    ['@include', 'query ($yes: Boolean!) { report { value } ... @include(if: $yes) { brief { value } } }'],
    [
      '@include below',
      'query ($yes: Boolean!) { sources { name } report { long self @include(if: $yes) { self { value } } } brief { value } }',
    ],
  ])('counts what %s may leave out', (_directive, text) => {
    expect(policy(text)).toEqual(kept(10));
  });
});

describe('fragments', () => {
  it.each<[string, string, object]>([
    ['at the top', '{ ...Top } fragment Top on Query { report { value } brief { value } }', kept(10)],
    ['at the top, without a name', '{ ... { report { value } } ... on Query { brief { value } } }', kept(10)],
    [
      'at the top, one in another',
      '{ ...A } fragment A on Query { ...B } fragment B on Query { unsaid { value } }',
      kept(0),
    ],
    ['below', '{ report { ...F } } fragment F on Report { owner { name } }', kept(45, PRIVATE)],
    [
      'below, one in another',
      '{ report { ...F } } fragment F on Report { self { ...G } } fragment G on Report { live }',
      kept(0),
    ],
    ['in two places', '{ report { ...F } unsaid { ...F } } fragment F on Report { value }', kept(0)],
  ])('count %s', (_where, text, expected) => {
    expect(policy(text)).toEqual(expected);
  });

  it('are read once however often they are spread', () => {
    const depth = 60;
    const fragments = Array.from({ length: depth }, (_, index) => {
      const inner = index + 1 < depth ? `self { ...F${index + 1} } again: self { ...F${index + 1} }` : 'owner { name }';
      return `fragment F${index} on Report { ${inner} }`;
    });
    const document = parse(`{ report { ...F0 } } ${fragments.join(' ')}`);
    expect(policyOf(document, operationOf(document))).toEqual(kept(45, PRIVATE));
  });
});

describe('what may be of several types', () => {
  it.each<[string, string, object]>([
    ['is what the fragments are about', '{ node { id ... on Chart { title } } }', kept(20)],
    ['is the least of them', '{ node { ... on Source { name } ... on Chart { title } } }', kept(20)],
    ['is private where one is', '{ node { ... on Source { name } ... on User { name } } }', kept(45, PRIVATE)],
    ['is what several can be', '{ node { ... on Saved { title } } }', kept(20)],
    ['is what stands in a fragment of an interface', '{ node { ... on Node { id ... on Board { id } } } }', kept(40)],
    ['is found by name', '{ node { __typename id ...F } } fragment F on Source { name }', kept(60)],
    [
      'is found by the same name twice',
      '{ a: node { ...F } b: node { ...F } } fragment F on Source { name }',
      kept(60),
    ],
    ['is what entities are', '{ entities { __typename ... on Board { title } } }', kept(40)],
    ['is what is below the fragments', '{ node { ... on Source { name task { state } } } }', kept(0)],
  ])('%s', (_what, text, expected) => {
    expect(policy(text)).toEqual(expected);
  });

  it.each([
    ['nothing is said of it', '{ node { id } }'],
    ['nothing is said of it in a fragment', '{ node { ...F } } fragment F on Node { id }'],
    ['nothing but its type is asked', '{ entities { __typename } }'],
    ['it may be a task', '{ node { ... on Source { name } ... on Task { state } } }'],
    ['one of them says nothing', '{ node { ... on Source { name } ... on Plain { name } } }'],
    ['another of the same kind says nothing', '{ a: node { ... on Source { name } } b: node { id } }'],
    ['its field says how long, and one of its types says never', '{ noted { ... on Chart { title } } }'],
    ['it may be anything, below', '{ report { any { id } } }'],
  ])('is not kept where %s', (_what, text) => {
    expect(policy(text)).toEqual(NOT_KEPT);
  });
});

describe('a policy', () => {
  it('is worked out once for a document', () => {
    const document = parse('{ report { value } }');
    const operation = operationOf(document);
    expect(policyOf(document, operation)).toBe(policyOf(document, operation));
  });

  it('without the directive is to keep nothing', () => {
    const schema = buildSchema('type Query { a: Int }');
    const document = parse('{ a }');
    expect(createCachePolicies(schema)(document, operationOf(document))).toEqual(kept(0));
  });
});
