import { composeServices as composeWithApollo } from '@apollo/composition';
import { composeServices as composeWithGuild } from '@theguild/federation-composition';
import {
  Kind,
  parse,
  print,
  visit,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DirectiveNode,
  type DocumentNode,
  type TypeDefinitionNode,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';

let server: ServerUnderTest;
let sdl: string;

beforeAll(async () => {
  server = await startServerUnderTest();
  const { _service } = await server.query<{ _service: { sdl: string } }>('{ _service { sdl } }');
  sdl = _service.sdl;
});
afterAll(() => server.close());

const COMPOSERS = [
  ['Apollo', composeWithApollo],
  ['The Guild', composeWithGuild],
] as const;

const toService = (name: string, text: string) => ({ name, url: `http://${name}.invalid`, typeDefs: parse(text) });

/** A subgraph beside ours. */
const linked = (text: string): string =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"]) ${text}`;

/** Subgraphs of others that refer to what is ours, by each key. */
const JOINS: Readonly<Record<string, string>> = {
  'data sources by key': `type DataSource @key(fields: "key") { key: String! team: String }
    type Query { teams: [DataSource!] }`,
  'data sources by id': `type DataSource @key(fields: "id", resolvable: false) { id: ID! }
    type Query { newest: DataSource }`,
  'users by data source and native id': `type DataSource @key(fields: "key", resolvable: false) { key: String! }
    type User @key(fields: "source { key } nativeId") { source: DataSource! nativeId: String! customer: Customer }
    type Customer @key(fields: "id") { id: ID! user: User }
    type Query { customer(id: ID!): Customer }`,
  'users by id': `type User @key(fields: "id") { id: ID! notes: [String!] } type Query { noted: [User!] }`,
  'export tasks': `type ExportTask @key(fields: "id") { id: ID! ticket: String } type Query { tickets: [ExportTask!] }`,
  'cohorts by native id': `type DataSource @key(fields: "key", resolvable: false) { key: String! }
    type Cohort @key(fields: "source { key } nativeId") { source: DataSource! nativeId: String! mailing: String }
    type Query { mailings: [Cohort!] }`,
  'dashboards and event definitions by native id': `type DataSource @key(fields: "key", resolvable: false) { key: String! }
    type Dashboard @key(fields: "source { key } nativeId") { source: DataSource! nativeId: String! owner: String }
    type EventDefinition @key(fields: "source { key } nativeId") { source: DataSource! nativeId: String! owner: String }
    type Query { owned: [Dashboard!] }`,
  'saved charts': `type MetricsChart @key(fields: "id") { id: ID! isPinned: Boolean }
    type FunnelChart @key(fields: "id") { id: ID! isPinned: Boolean }
    type RetentionChart @key(fields: "id") { id: ID! isPinned: Boolean }
    type UnknownChart @key(fields: "id") { id: ID! isPinned: Boolean }
    type Query { pinned: [MetricsChart!] }`,
};

describe.each(COMPOSERS)('the composer of %s', (_name, compose) => {
  const composeOurs = (...others: ReturnType<typeof toService>[]) => {
    const { errors, supergraphSdl } = compose([toService('tributary', sdl), ...others]);
    expect(errors ?? []).toEqual([]);
    return parse(supergraphSdl ?? '');
  };

  it('takes what the server says of itself', () => {
    expect(print(composeOurs())).toContain('enum Provider');
  });

  it.each(Object.entries(JOINS))('joins %s', (_what, text) => {
    expect(print(composeOurs(toService('other', linked(text))))).toContain('OTHER');
  });

  it('joins everything at once', () => {
    const others = Object.values(JOINS).map((text, index) =>
      toService(`other${index}`, linked(text.replace(/type Query \{ (\w+)/, `type Query { $1${index}`))),
    );
    expect(print(composeOurs(...others))).toContain('OTHER7');
  });

  it('takes another subgraph with the same value types and inputs', () => {
    const shared = print({ kind: Kind.DOCUMENT, definitions: sharedDefinitions(parse(sdl)) });
    const text = linked(`directive @oneOf on INPUT_OBJECT ${shared}
      type Query { spent(period: PeriodInput!, of: [MetricInput!], layout: TableLayout): Table page: PageInfo }`);
    const supergraph = print(composeOurs(toService('other', text)));
    expect(supergraph).toContain('OTHER');
    expect(text.match(/@shareable \{/g)?.length).toBeGreaterThanOrEqual(8);
    expect(text).toContain('input PeriodInput @oneOf');
  });

  it.each(['tag', 'cost', 'listSize', 'specifiedBy'])('keeps every @%s', (directive) => {
    const ours = applicationsOf(parse(sdl), directive);
    expect(ours.length).toBeGreaterThan(8);
    expect(applicationsOf(composeOurs(), directive)).toEqual(ours);
  });

  it('leaves out what only this server uses', () => {
    expect(print(composeOurs())).not.toMatch(/@cacheControl/);
    expect(print(composeOurs())).toMatch(/enum CacheControlScope[^{]*@inaccessible/);
  });
});

describe('the text for composers', () => {
  // What Apollo's compatibility suite looks for in a subgraph, as far as this schema has it.
  it.each([
    ['a link to federation 2.9', /@link\(url: "https:\/\/specs\.apollo\.dev\/federation\/v2\.9", import: \[/],
    ['a single key', /type ExportTask implements Node @key\(fields: "id"\)/],
    ['several keys', /type DataSource implements Node @key\(fields: "id"\) @key\(fields: "key"\)/],
    ['a composite key', /type User [^{]*@key\(fields: "source \{ key \} nativeId"\)/],
    ['types that may be shared', /type PageInfo @shareable/],
    ['tags', /@tag\(name: "personal-data"\)/],
    ['what is not accessible', /enum CacheControlScope @inaccessible/],
    ['costs', /@cost\(weight: 20\)/],
    ['sizes of lists', /@listSize\(assumedSize: 20\)/],
    ['inputs of which one field is given', /directive @oneOf on INPUT_OBJECT/],
  ])('has %s', (_what, pattern) => {
    expect(sdl).toMatch(pattern);
  });

  it('says how often a key may stand on a type', () => {
    expect(sdl).toMatch(/directive @key\([^)]*\) repeatable on OBJECT \| INTERFACE/);
  });
});

describe('a gateway that asks for traces', () => {
  it('is given none', async () => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'apollo-federation-include-trace': 'ftv1' },
      body: JSON.stringify({ query: '{ dataSources { key } }' }),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    expect(answer).toHaveProperty('data');
    expect(answer).not.toHaveProperty('extensions');
  });
});

/** The value types that others may define as well, one of our inputs of each kind, and what these are made of. */
function sharedDefinitions(document: DocumentNode): readonly DefinitionNode[] {
  const byName = new Map<string, TypeDefinitionNode>();
  for (const definition of document.definitions) {
    if ('name' in definition && definition.kind.endsWith('TypeDefinition')) {
      byName.set(definition.name?.value ?? '', definition as TypeDefinitionNode);
    }
  }
  const isShareable = (directives: readonly ConstDirectiveNode[] = []) =>
    directives.some(({ name }) => name.value === 'shareable');
  const roots = [...byName.values()].filter(({ directives }) => isShareable(directives)).map(({ name }) => name.value);
  const wanted = new Set([...roots, 'PeriodInput', 'MetricInput', 'TableLayout']);
  for (const name of wanted) {
    const definition = byName.get(name);
    if (definition) visit(definition, { NamedType: (type) => void wanted.add(type.name.value) });
  }
  return [...wanted].flatMap((name) => {
    const definition = byName.get(name);
    return definition ? [onlyShareable(definition)] : [];
  });
}

/** The same without the directives that another subgraph does not repeat. */
function onlyShareable(definition: TypeDefinitionNode): TypeDefinitionNode {
  const kept = new Set(['shareable', 'oneOf', 'specifiedBy']);
  return visit<TypeDefinitionNode>(definition, {
    Directive: (node) => (kept.has(node.name.value) ? undefined : null),
  });
}

/** Where a directive stands and with what, in order. */
function applicationsOf(document: DocumentNode, directive: string): string[] {
  const found: string[] = [];
  const look = (coordinate: string, directives: readonly DirectiveNode[] = []) => {
    for (const used of directives) if (used.name.value === directive) found.push(`${coordinate} ${toText(used)}`);
  };
  for (const definition of document.definitions) {
    if (!('name' in definition) || !definition.name || definition.kind === Kind.DIRECTIVE_DEFINITION) continue;
    if (/^(link|join|federation)__/.test(definition.name.value)) continue;
    if ('directives' in definition) look(definition.name.value, definition.directives);
    for (const field of 'fields' in definition ? (definition.fields ?? []) : []) {
      look(`${definition.name.value}.${field.name.value}`, field.directives);
    }
  }
  return found.toSorted();
}

/** A directive's arguments by name, whatever their order. */
function toText({ arguments: given = [] }: DirectiveNode): string {
  return given.map(print).toSorted().join();
}
