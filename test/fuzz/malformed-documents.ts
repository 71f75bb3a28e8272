import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { getIntrospectionQuery, Lexer, Source, TokenKind } from 'graphql';

const OPERATIONS = join(import.meta.dirname, '../../examples/operations');

/** Documents that are valid and run. */
export const VALID_DOCUMENTS: readonly string[] = [
  ...readdirSync(OPERATIONS)
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => readFileSync(join(OPERATIONS, name), 'utf8')),
  getIntrospectionQuery(),
];

/** Given a document, return its tokens. */
function toTokens(document: string): string[] {
  const lexer = new Lexer(new Source(document));
  const tokens: string[] = [];
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance())
    tokens.push(document.slice(token.start, token.end));
  return tokens;
}

const TOKENS: readonly string[][] = VALID_DOCUMENTS.map(toTokens);

const ODD_TOKENS = [
  ...['{', '}', '(', ')', '[', ']', '!', ':', '=', '@', '|', '&', '$', '...', '..', '"', '"""', "'", '#', '\\'],
  ...['null', 'true', 'on', 'fragment', 'query', 'mutation', 'subscription', 'type', 'extend', 'schema', '__typename'],
  ...[
    '__schema',
    '__type(name: "Query") { name }',
    '@skip(if: true)',
    '@include(if: $x)',
    '@skip(if: null)',
    '@skip',
    '@nothing(x: 1)',
  ],
  ...[
    '@defer',
    '@stream(initialCount: 1)',
    '@include(if: "true")',
    '@skip(if: false) @skip(if: true)',
    '...F',
    '... on Node',
    '... { id }',
  ],
  ...['1e99999', '-1', '99999999999999999999999', '0x1', '00', '-0.0', '.5', '1.', 'NaN'],
  ...[
    '"\\u0000"',
    '"\\uD800"',
    '"\\u{110000}"',
    '"\\uZZZZ"',
    '"\\q"',
    '"""\\"""',
    '\0',
    '\uFEFF',
    '\uD800',
    '💩',
    '\u2028',
    'ａ',
  ],
  ...['$query', '$x: String', 'a: b: c', 'constructor', 'toString', '_entities(representations: [{}]) { __typename }'],
];

const change = fc.record({
  kind: fc.constantFrom('drop', 'double', 'swap', 'replace', 'insert'),
  at: fc.nat(),
  other: fc.nat(),
  token: fc.constantFrom(...ODD_TOKENS),
});

/** A valid document after one to six changes of its tokens. */
export const changedDocument = fc
  .tuple(fc.constantFrom(...TOKENS), fc.array(change, { minLength: 1, maxLength: 6 }))
  .map(([tokens, changes]) => {
    const changed = [...tokens];
    for (const { kind, at, other, token } of changes) {
      const place = at % Math.max(changed.length, 1);
      const found = changed[place] ?? '';
      if (kind === 'drop') changed.splice(place, 1);
      else if (kind === 'double') changed.splice(place, 0, found);
      else if (kind === 'replace') changed[place] = token;
      else if (kind === 'insert') changed.splice(place, 0, token);
      else {
        const second = other % Math.max(changed.length, 1);
        changed[place] = changed[second] ?? '';
        changed[second] = found;
      }
    }
    return changed.join(' ');
  });

const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

/** Documents that are too much of something. */
export const LARGE_DOCUMENTS: readonly (readonly [string, string])[] = [
  ['selections in one another', '{ a '.repeat(6_000)],
  ['closed selections in one another', '{ a '.repeat(3_000) + '}'.repeat(3_000)],
  ['lists in one another', `{ dataSource(key: ${'['.repeat(9_000)}${']'.repeat(9_000)}) { key } }`],
  ['objects in one another', `{ metrics(query: ${'{ a: '.repeat(5_000)}1${'}'.repeat(5_000)}) { csv } }`],
  ['inline fragments in one another', `{ ${'... { '.repeat(4_000)} __typename ${'}'.repeat(4_000)} }`],
  ['types of variables in one another', `query ($x: ${'['.repeat(9_000)}Int${']'.repeat(9_000)}) { __typename }`],
  ['aliases', `{ ${times(4_000, (index) => `a${index}: __typename`)} }`],
  ['aliases of a field', `{ ${times(1_200, (index) => `a${index}: dataSource(key: "x${index}") { key }`)} }`],
  ['the same field', `{ dataSources { ${times(9_000, () => 'key')} } }`],
  ['the same object', `{ ${times(2_500, () => 'dataSources { key }')} }`],
  ['directives', `{ dataSources ${times(4_000, () => '@nothing')} { key } }`],
  ['conditions', `{ dataSources { key ${times(2_000, () => '@include(if: true)')} } }`],
  ['variables', `query (${times(4_000, (index) => `$v${index}: Int`)}) { __typename }`],
  ['operations', times(1_500, (index) => `query Q${index} { __typename }`)],
  ['fragments', `{ ...F0 } ${times(1_500, (index) => `fragment F${index} on Query { ...F${index + 1} }`)}`],
  [
    'fragments that spread the next one twice',
    `{ ...F0 } ${times(60, (index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`)} fragment F60 on Query { __typename }`,
  ],
  ['unknown fields', `{ ${times(3_000, (index) => `metrix${index}`)} }`],
  ['unknown arguments', `{ dataSources(${times(3_000, (index) => `a${index}: 1`)}) { key } }`],
  ['conflicts', `{ ${times(900, (index) => `dataSources { key: ${index % 2 ? 'name' : 'id'} }`)} }`],
  ['digits', `{ metrics(query: { seriesLimit: ${'9'.repeat(500_000)} }) { csv } }`],
  ['letters in a name', `{ ${'a'.repeat(500_000)} }`],
  ['letters in a text', `{ dataSource(key: "${'a'.repeat(500_000)}") { key } }`],
  ['escapes', `{ dataSource(key: "${'\\u0041'.repeat(80_000)}") { key } }`],
  ['a comment', `# ${'x'.repeat(900_000)}\n{ __typename }`],
  ['commas', `{ ${','.repeat(900_000)} __typename }`],
  ['introspection in itself', `{ __schema { types { ${'fields { type { '.repeat(12)} name ${'} }'.repeat(12)} } } }`],
  ['lists of enum values', `{ exportTasks(filter: { states: [${times(9_000, () => 'QUEUED')}] }) { totalCount } }`],
];

/** Documents that are odd in one way. */
export const ODD_DOCUMENTS: readonly (readonly [string, string])[] = [
  ['a fragment of itself', '{ ...A } fragment A on Query { ...A }'],
  [
    'fragments in a circle',
    '{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ...A }',
  ],
  [
    'a circle below a field',
    '{ dataSources { ...A } } fragment A on DataSource { cohorts { nodes { source { ...A } } } }',
  ],
  ['a fragment that is not there', '{ ...Nothing }'],
  ['a fragment on a scalar', '{ ...A } fragment A on String { length }'],
  ['a fragment on an input', '{ ...A } fragment A on MetricsQuery { source }'],
  ['a byte order mark', '\uFEFF{ __typename }'],
  ['a byte order mark within', '{ \uFEFF__typename }'],
  ['a null byte', '{ __typename \0 }'],
  ['half of a character', '{ dataSource(key: "\uD800") { key } }'],
  ['half of a character, escaped', '{ dataSource(key: "\\uDC00") { key } }'],
  ['an escaped null byte', '{ dataSource(key: "\\u0000") { key } }'],
  [
    'a null byte as the id of a user',
    '{ user(source: "sandbox-openpanel", nativeId: "\\u0000") { id profile { email } } }',
  ],
  [
    'half of a character as the id of a user',
    '{ user(source: "sandbox-openpanel", nativeId: "\\uD800") { id profile { email } } }',
  ],
  ['a null byte in the id of a task', '{ exportTask(id: "RXhwb3J0VGFzazolMDA") { id } }'],
  ['a type definition', 'type Query { a: Int }'],
  ['a schema and a query', 'schema { query: Query } { __typename }'],
  ['a subscription', 'subscription { exportTask(id: "x") { id } }'],
  ['a subscription of two fields', 'subscription { a: exportTask(id: "x") { id } b: exportTask(id: "y") { id } }'],
  ['a condition that is a text', '{ dataSources @include(if: "true") { key } }'],
  ['a condition that is no variable', '{ dataSources @include(if: $nothing) { key } }'],
  ['a condition that leaves nothing', '{ dataSources @skip(if: true) { key } }'],
  ['a condition that is null', 'query ($x: Boolean) { dataSources @include(if: $x) { key } }'],
  ['a default that does not fit', 'query ($x: Int = "a") { __typename }'],
  ['a variable of an output type', 'query ($x: DataSource) { __typename }'],
  ['a variable of a type that is not there', 'query ($x: Nothing!) { __typename }'],
  ['a variable that is there twice', 'query ($x: Int, $x: Int) { __typename }'],
  ['an infinite float', '{ metrics(query: { seriesLimit: 1e999 }) { csv } }'],
  ['a mutation of nothing', 'mutation { __typename }'],
  [
    'mutations of the same task',
    'mutation { a: cancelExport(input: { id: "x" }) { userErrors { code } } b: deleteExport(input: { id: "" }) { deletedId } }',
  ],
  ['entities of nothing', '{ _entities(representations: []) { __typename } }'],
  [
    'entities of types that are not there',
    '{ _entities(representations: [{ __typename: "Nothing", id: "x" }]) { __typename } }',
  ],
  ['entities without a type', '{ _entities(representations: [{ id: "x" }]) { __typename } }'],
  ['entities that are no objects', '{ _entities(representations: [1, "a", [], true]) { __typename } }'],
  ['the definition of this subgraph', '{ _service { sdl } }'],
  ['a type by a name of JavaScript', '{ __type(name: "__proto__") { name } }'],
  ['a field by a name of JavaScript', '{ constructor { name } }'],
  ['an alias by a name of JavaScript', '{ __proto__: __typename constructor: __typename toString: __typename }'],
  [
    'an alias by a name of JavaScript below a field',
    '{ dataSources { __proto__: key constructor: name then: key toJSON: key } }',
  ],
  ['an operation by a name of JavaScript', 'query __proto__ { __typename }'],
  ['nothing but a comment', '# nothing'],
  ['nothing but blanks', ' \n\t '],
  ['a description', '"what it does" { __typename }'],
];

const within = (depth: number, [before, middle, after]: readonly [string, string, string]): string =>
  before.repeat(depth) + middle + after.repeat(depth);

/** Documents that hold something in itself, as often as they are asked to. */
export const NESTED_DOCUMENTS: readonly ((depth: number) => string)[] = [
  (depth) => within(depth, ['{ a ', '', '}']),
  (depth) => `{ dataSources ${within(depth, ['{ cohorts { nodes { source ', '{ key }', '} } }'])} }`,
  (depth) => `{ ${within(depth, ['... { ', '__typename', '}'])} }`,
  (depth) => `{ ${within(depth, ['... on Query { ', '__typename', '}'])} }`,
  (depth) => `{ dataSource(key: ${within(depth, ['[', '', ']'])}) { key } }`,
  (depth) => `{ metrics(query: ${within(depth, ['{ select: ', '1', '}'])}) { csv } }`,
  (depth) => `{ events(query: { options: ${within(depth, ['{ a: ', '1', '}'])} }) { csv } }`,
  (depth) => `{ _entities(representations: ${within(depth, ['[', '1', ']'])}) { __typename } }`,
  (depth) => `query ($x: ${within(depth, ['[', 'Int', ']'])}) { __typename }`,
  (depth) => `query ($x: ${within(depth, ['[', 'Int', '!]'])}) { dataSource(key: $x) { key } }`,
  (depth) => `query ($x: JSONObject = ${within(depth, ['{ a: ', '1', '}'])}) { __typename }`,
  (depth) => `{ ...F0 } ${times(depth / 5, (index) => `fragment F${index} on Query { ...F${index + 1} }`)}`,
  (depth) =>
    `{ ...F0 } ${times(depth / 5, (index) => `fragment F${index} on Query { a: __typename ...F${index + 1} }`)} fragment F${Math.floor(depth / 5)} on Query { a: __typename }`,
];
