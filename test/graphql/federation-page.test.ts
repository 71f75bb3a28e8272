import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { composeServices } from '@theguild/federation-composition';
import { buildSchema, isUnionType, Kind, parse, validate, type ConstDirectiveNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSchema, readTypeDefs } from '../../src/graphql/schema.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';

const PAGE = join(import.meta.dirname, '../../docs/federation.md');
const page = readFileSync(PAGE, 'utf8');
const schema = createSchema();

interface Row {
  readonly type: string;
  readonly key: string;
  readonly representation: Readonly<Record<string, unknown>>;
  /** Whether the page says that there is such a thing. */
  readonly isThere: boolean;
}

/** The table of entities. */
const rows: readonly Row[] = page.split('\n').flatMap((line) => {
  const [, type, key, json, more] = /^\| `(\w+)`\s+\| `([^`]+)`\s+\| `(\{ "__typename".*\})`(,?)/.exec(line) ?? [];
  if (type === undefined || key === undefined || json === undefined) return [];
  return [{ type, key, representation: JSON.parse(json) as Row['representation'], isThere: more === '' }];
});

/** What a directive of a type says of its first argument. */
function textOf({ arguments: [argument] = [] }: ConstDirectiveNode): string {
  return argument?.value.kind === Kind.STRING ? argument.value.value : '';
}

function directivesOf(type: string, name: string): readonly ConstDirectiveNode[] {
  return readTypeDefs().definitions.flatMap((definition) =>
    'name' in definition && definition.name?.value === type && 'directives' in definition
      ? (definition.directives ?? []).filter((directive) => directive.name.value === name)
      : [],
  ) as readonly ConstDirectiveNode[];
}

describe('the page for platform teams', () => {
  let server: ServerUnderTest;

  beforeAll(async () => (server = await startServerUnderTest({ hasDatabase: true })));
  afterAll(() => server.close());

  it('has an example of every entity by each of its keys', () => {
    const entity = schema.getType('_Entity');
    const keys = (isUnionType(entity) ? entity.getTypes() : []).flatMap(({ name }) =>
      directivesOf(name, 'key').map((directive) => `${name} ${textOf(directive)}`),
    );
    expect(keys.length).toBeGreaterThan(10);
    expect(rows.map(({ type, key }) => `${type} ${key}`).toSorted()).toEqual(keys.toSorted());
  });

  it('has examples that the sandbox finds, but for those that it says are not there', async () => {
    const operation = `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }`;
    const representations = rows.map(({ representation }) => representation);
    expect(await server.query(operation, { representations })).toEqual({
      _entities: rows.map(({ type, isThere }) => (isThere ? { __typename: type } : null)),
    });
    expect(rows.filter(({ isThere }) => !isThere).map(({ type }) => type)).toEqual(['UnknownChart', 'ExportTask']);
  });

  it('shows a subgraph that composes, and an operation that its supergraph takes', () => {
    const [subgraph = '', operation = ''] = [...page.matchAll(/```graphql\n(.*?)```/gs)].map(([, text]) => text);
    const { errors, publicSdl } = composeServices([
      { name: 'tributary', url: 'http://tributary.invalid', typeDefs: readTypeDefs() },
      { name: 'customers', url: 'http://customers.invalid', typeDefs: parse(subgraph) },
    ]);
    expect(errors ?? []).toEqual([]);
    expect(operation).toContain('customer(');
    expect(validate(buildSchema(publicSdl ?? ''), parse(operation))).toEqual([]);
  });

  it('names every type that others may define', () => {
    const [line = ''] = page.split('\n').filter((text) => text.startsWith('| `@shareable`'));
    const named = [...line.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    const shareable = Object.keys(schema.getTypeMap()).filter((name) => directivesOf(name, 'shareable').length > 0);
    expect(named.toSorted()).toEqual(shareable.toSorted());
  });

  it('links to files that are there', () => {
    const links = [...page.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, link]) => link ?? '');
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter((link) => !existsSync(join(dirname(PAGE), link)))).toEqual([]);
  });
});
