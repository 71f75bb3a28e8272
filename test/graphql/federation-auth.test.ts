import { composeServices as composeWithApollo } from '@apollo/composition';
import { composeServices as composeWithGuild } from '@theguild/federation-composition';
import {
  graphqlSync,
  isUnionType,
  Kind,
  parse,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type DocumentNode,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSchema } from '../../src/graphql/schema.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';

const READ = [['analytics:read']];
const EXPORTS = [['exports:read']];
const WRITE = [['exports:write']];

/** What callers need for each root field that is not about analytics, and for the entity that is not. */
const OTHERS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'Query.node': [['analytics:read'], ['exports:read']],
  'Query.exportTask': EXPORTS,
  'Query.exportTasks': EXPORTS,
  'Mutation.createExport': WRITE,
  'Mutation.cancelExport': WRITE,
  'Mutation.retryExport': WRITE,
  'Mutation.deleteExport': WRITE,
  'Mutation.prepareDataset': WRITE,
  'Subscription.exportTask': EXPORTS,
  ExportTask: [['exports:read'], ['exports:write']],
};

const schema = createSchema({ hasAuthDirectives: true });
const sdl = readSdl({ hasAuthDirectives: true });
const services = [{ name: 'tributary', url: 'http://tributary.invalid', typeDefs: parse(sdl) }];

function readSdl(options: Parameters<typeof createSchema>[0]): string {
  const { data } = graphqlSync({ schema: createSchema(options), source: '{ _service { sdl } }' });
  return (data as { readonly _service: { readonly sdl: string } } | null)?._service.sdl ?? '';
}

/** The scopes that stand on types and fields of a document, by their coordinates; null where only `@authenticated` does. */
function scopesIn(document: DocumentNode): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const look = (coordinate: string, directives: readonly ConstDirectiveNode[] = []) => {
    const [isAuthenticated, scopes] = ['authenticated', 'requiresScopes'].map((name) =>
      directives.find((directive) => directive.name.value === name),
    );
    const [argument] = scopes?.arguments ?? [];
    if (isAuthenticated) found[coordinate] = argument ? valueFromASTUntyped(argument.value) : null;
    else if (argument) found[coordinate] = 'scopes without authentication';
  };
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
    const type = definition.name.value;
    look(type, definition.directives);
    for (const field of definition.fields ?? []) look(`${type}.${field.name.value}`, field.directives);
  }
  return found;
}

/** Every root field and entity of the schema, and what it must need. */
function expectedScopes(): Record<string, unknown> {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const fields = roots.flatMap((root) =>
    Object.keys(root?.getFields() ?? {})
      .filter((field) => !field.startsWith('_'))
      .map((field) => `${root?.name}.${field}`),
  );
  const entity = schema.getType('_Entity');
  const entities = isUnionType(entity) ? entity.getTypes().map(({ name }) => name) : [];
  return Object.fromEntries([...fields, ...entities].map((coordinate) => [coordinate, OTHERS[coordinate] ?? READ]));
}

describe('the schema of a router that asks for scopes', () => {
  it('closes every root field and every entity', () => {
    const expected = expectedScopes();
    expect(Object.keys(expected)).toEqual(expect.arrayContaining(Object.keys(OTHERS)));
    expect(Object.keys(expected)).toEqual(expect.arrayContaining(['Query.metrics', 'User', 'UnknownChart']));
    expect(scopesIn(parse(sdl))).toEqual(expected);
  });

  it('composes with Apollo’s composer, which passes the scopes on', () => {
    const { errors, supergraphSdl = '' } = composeWithApollo(services);
    expect(errors ?? []).toEqual([]);
    expect(scopesIn(parse(supergraphSdl))).toMatchObject(expectedScopes());
  });

  it('composes with The Guild’s composer, which passes the scopes on', () => {
    const { errors, supergraphSdl = '' } = composeWithGuild(services);
    expect(errors ?? []).toEqual([]);
    expect(scopesIn(parse(supergraphSdl))).toMatchObject(expectedScopes());
  });

  it('stays closed where another subgraph leads to it', () => {
    const apps = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
      type App { name: String dataSource: DataSource }
      type DataSource @key(fields: "key") { key: String! app: App }
      type Query { apps: [App!] }`;
    const both = [...services, { name: 'apps', url: 'http://apps.invalid', typeDefs: parse(apps) }];
    for (const { errors, supergraphSdl = '' } of [composeWithApollo(both), composeWithGuild(both)]) {
      expect(errors ?? []).toEqual([]);
      expect(scopesIn(parse(supergraphSdl))).toMatchObject({ DataSource: READ });
      expect(scopesIn(parse(supergraphSdl))).not.toHaveProperty(['Query.apps']);
    }
  });
});

describe('the usual schema', () => {
  it('says nothing of who may ask', () => {
    expect(readSdl({})).not.toMatch(/^[^"]*@(authenticated|requiresScopes)/m);
    expect(scopesIn(parse(readSdl({})))).toEqual({});
  });

  it('asks nothing of a gateway that it may not know', () => {
    // A gateway must not start where it does not know a specification that is linked for security: Apollo's gateway for Node does not know these.
    const isLinked = (text = '') => /requiresScopes\/v0\.1"[^@]*for: SECURITY/.test(text);
    const usual = [{ name: 'tributary', url: 'http://tributary.invalid', typeDefs: parse(readSdl({})) }];
    for (const compose of [composeWithApollo, composeWithGuild]) {
      expect(isLinked(compose(usual).supergraphSdl)).toBe(false);
      expect(isLinked(compose(services).supergraphSdl)).toBe(true);
    }
  });
});

describe('a server with FEDERATION_AUTH_DIRECTIVES', () => {
  let server: ServerUnderTest;

  beforeAll(async () => (server = await startServerUnderTest({ env: { FEDERATION_AUTH_DIRECTIVES: '1' } })));
  afterAll(() => server.close());

  it('gives routers the schema with the scopes', async () => {
    const { _service } = await server.query<{ _service: { sdl: string } }>('{ _service { sdl } }');
    expect(_service.sdl).toBe(sdl);
  });

  it('asks for no scopes itself', async () => {
    const { dataSource } = await server.query<{ dataSource: object }>('{ dataSource(key: "sandbox-adapty") { key } }');
    expect(dataSource).toEqual({ key: 'sandbox-adapty' });
  });
});
