import {
  buildClientSchema,
  getIntrospectionQuery,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createExport } from '../server/export-tasks.ts';
import { dates } from '../server/metrics-question.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';

let server: ServerUnderTest;
let schema: GraphQLSchema;

beforeAll(async () => {
  server = await startServerUnderTest({ hasDatabase: true });
  schema = buildClientSchema(await server.query<IntrospectionQuery>(getIntrospectionQuery()));
}, 120_000);
afterAll(() => server.close());

type Field = GraphQLField<unknown, unknown>;

const listTypes = (): GraphQLObjectType[] => Object.values(schema.getTypeMap()).filter(isObjectType);
const listConnections = (): GraphQLObjectType[] => listTypes().filter(({ name }) => name.endsWith('Connection'));
const listFields = (): { place: string; field: Field }[] =>
  listTypes().flatMap((type) =>
    Object.values(type.getFields()).map((field) => ({ place: `${type.name}.${field.name}`, field })),
  );

/** The types of a type's fields, or of a field's arguments, as the schema writes them. */
const typesOf = (named: readonly { readonly name: string; readonly type: unknown }[]): Record<string, string> =>
  Object.fromEntries(named.map(({ name, type }) => [name, String(type)]));
const fieldsOf = (type: unknown): Record<string, string> =>
  isObjectType(type) || isInterfaceType(type) ? typesOf(Object.values(type.getFields())) : {};

const capitalise = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
const isConnectionField = ({ field }: { field: Field }): boolean =>
  getNamedType(field.type).name.endsWith('Connection');

describe('every connection', () => {
  it('has edges, their nodes, and where its page ends', () => {
    const connections = listConnections();
    expect(connections.length).toBeGreaterThanOrEqual(5);
    for (const connection of connections) {
      const node = connection.name.replace(/Connection$/, '');
      expect([connection.name, fieldsOf(connection)]).toEqual([
        connection.name,
        expect.objectContaining({ edges: `[${node}Edge!]!`, nodes: `[${node}!]!`, pageInfo: 'PageInfo!' }),
      ]);
      expect([node, fieldsOf(schema.getType(`${node}Edge`))]).toEqual([node, { node: `${node}!`, cursor: 'String!' }]);
    }
  });

  it('is named like one, and its edges too', () => {
    const names = listConnections().map(({ name }) => name);
    const alike = listTypes().filter((type) => 'edges' in fieldsOf(type) || 'pageInfo' in fieldsOf(type));
    expect(alike.map(({ name }) => name)).toEqual(names);
    const edges = listTypes().flatMap(({ name }) =>
      name.endsWith('Edge') ? [name.replace(/Edge$/, 'Connection')] : [],
    );
    expect(edges).toEqual(names);
  });

  it('is reached by fields that say how many, and from where on', () => {
    const fields = listFields().filter(isConnectionField);
    expect(new Set(fields.map(({ field }) => getNamedType(field.type).name)).size).toBe(listConnections().length);
    for (const { place, field } of fields) {
      expect([place, typesOf(field.args)]).toEqual([
        place,
        expect.objectContaining({ first: 'Int!', after: 'String' }),
      ]);
      const [first] = field.args.filter(({ name }) => name === 'first');
      expect([place, first?.defaultValue]).toEqual([place, expect.any(Number)]);
      // Pages are read forwards only: half of what it takes to read backwards would be a promise.
      expect(field.args.filter(({ name }) => name === 'last' || name === 'before')).toEqual([]);
    }
  });

  it('is the answer of a field whose name is the plural of its nodes', () => {
    for (const { place, field } of listFields().filter(isConnectionField)) {
      const node = getNamedType(field.type).name.replace(/Connection$/, '');
      const singular = capitalise(field.name.replace(/s$/, ''));
      expect([place, field.name.endsWith('s') && node.endsWith(singular)]).toEqual([place, true]);
    }
  });

  it('says by PageInfo where its page starts and ends', () => {
    expect(fieldsOf(schema.getType('PageInfo'))).toEqual({
      hasNextPage: 'Boolean!',
      hasPreviousPage: 'Boolean!',
      startCursor: 'String',
      endCursor: 'String',
    });
  });
});

describe('every mutation', () => {
  it('takes one input of its own and answers with a payload of its own', () => {
    const fields = Object.values(schema.getMutationType()?.getFields() ?? {});
    expect(fields.length).toBeGreaterThanOrEqual(4);
    for (const { name, args, type } of fields) {
      const own = capitalise(name);
      expect([name, typesOf(args), String(type)]).toEqual([name, { input: `${own}Input!` }, `${own}Payload!`]);
      expect([name, fieldsOf(getNamedType(type))]).toEqual([
        name,
        expect.objectContaining({ userErrors: '[UserError!]!' }),
      ]);
    }
  });
});

/** Names of all types with a global id. */
function listNodeTypes(): string[] {
  const node = schema.getType('Node');
  return isInterfaceType(node) ? schema.getPossibleTypes(node).map(({ name }) => name) : [];
}

describe('a thing with a global id', () => {
  it('is an object whose id is there, and found by Query.node', () => {
    expect(fieldsOf(schema.getType('Node'))).toEqual({ id: 'ID!' });
    const node = schema.getQueryType()?.getFields().node;
    expect([typesOf(node?.args ?? []), String(node?.type)]).toEqual([{ id: 'ID!' }, 'Node']);
    const identified = listTypes().filter((type) => fieldsOf(type).id === 'ID!');
    expect(identified.map(({ name }) => name).toSorted()).toEqual(listNodeTypes().toSorted());
  });

  it('stands under a singular, and many of them under a plural', () => {
    const things = new Set(['SavedChart', ...listNodeTypes()]);
    for (const { place, field } of listFields()) {
      if (!things.has(getNamedType(field.type).name)) continue;
      expect([place, field.name.endsWith('s')]).toEqual([place, isListType(getNullableType(field.type))]);
    }
  });
});

/** A thing as it was met, which knows its type and its id. */
interface Met {
  readonly __typename: string;
  readonly id: string;
}

const MET = '__typename id';

/** Ids of users that have to be told apart, from one another and from what else there is. */
const USERS = ['a', 'A', 'a:b', 'a%3Ab', 'sandbox-growingio', 'Dashboard:a', 'ä/+=', '0'];

/** Meet things of every type, of every data source; no two of them are the same. */
async function meet(): Promise<Met[]> {
  const { exportTask } = await createExport(server, {
    source: { rows: { source: 'sandbox-instal', table: 'report', period: dates('2026-05-01', '2026-05-02') } },
  });
  const { dataSources } = await server.query<{ dataSources: readonly (Met & { readonly key: string })[] }>(
    `{ dataSources { ${MET} key } }`,
  );
  const users = dataSources.flatMap(({ key }) =>
    USERS.map((nativeId) => ({ key: JSON.stringify(key), nativeId: JSON.stringify(nativeId) })),
  );
  const asked = users.map(
    ({ key, nativeId }, index) => `u${index}: user(source: ${key}, nativeId: ${nativeId}) { ${MET} }`,
  );
  const { dataSource, ...met } = await server.query<Record<string, Met> & { readonly dataSource: Saved }>(
    `{ ${asked.join(' ')} dataSource(key: "sandbox-growingio") {
      dashboards { ${MET} charts { ${MET} } } cohorts { nodes { ${MET} } } eventDefinitions { nodes { ${MET} } }
    } }`,
  );
  const { dashboards, cohorts, eventDefinitions } = dataSource;
  return [
    ...dataSources,
    ...dashboards.flatMap(({ charts, ...dashboard }) => [dashboard, ...charts]),
    ...cohorts.nodes,
    ...eventDefinitions.nodes,
    ...Object.values(met),
    { __typename: 'ExportTask', id: exportTask?.id ?? '' },
  ].map(({ __typename, id }) => ({ __typename, id }));
}

interface Saved {
  readonly dashboards: readonly (Met & { readonly charts: readonly Met[] })[];
  readonly cohorts: { readonly nodes: readonly Met[] };
  readonly eventDefinitions: { readonly nodes: readonly Met[] };
}

describe('the things of the sandbox', () => {
  let things: Met[];
  beforeAll(async () => {
    things = await meet();
  }, 120_000);

  it('are of every type with a global id', () => {
    expect([...new Set(things.map(({ __typename }) => __typename))].toSorted()).toEqual(listNodeTypes().toSorted());
  });

  it('have ids that no other thing has, of no other type and of no other data source', () => {
    expect(things.length).toBeGreaterThan(60);
    expect(new Set(things.map(({ id }) => id)).size).toBe(things.length);
  });

  it('are found again by their ids, with the same type and id', { timeout: 120_000 }, async () => {
    const asked = things.map(({ id }, index) => `t${index}: node(id: ${JSON.stringify(id)}) { ${MET} }`);
    const found = await server.query<Record<string, Met | null>>(`{ ${asked.join(' ')} }`);
    expect(Object.values(found)).toEqual(things);
  });

  it('are found by the field of their type, and by no other', { timeout: 120_000 }, async () => {
    const fields = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(
      ({ name, args }) => name !== 'node' && args.length === 1 && args[0]?.name === 'id',
    );
    expect(fields.length).toBeGreaterThanOrEqual(3);
    const oneEach = [...new Map(things.map((thing) => [thing.__typename, thing])).values()];
    for (const { name, type } of fields) {
      const asked = oneEach.map(({ id }, index) => `t${index}: ${name}(id: ${JSON.stringify(id)}) { ${MET} }`);
      const found = await server.query<Record<string, Met | null>>(`{ ${asked.join(' ')} }`);
      const expected = oneEach.map((thing) => (thing.__typename === getNamedType(type).name ? thing : null));
      expect([name, Object.values(found)]).toEqual([name, expected]);
    }
  });
});
