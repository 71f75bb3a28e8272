import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildClientSchema,
  getIntrospectionQuery,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  parse,
  type GraphQLNamedType,
  type IntrospectionQuery,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../src/errors.ts';
import { resolvers } from '../../src/graphql/resolvers/index.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { configure } from '../server/fake-openpanel.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';

const schema = createSchema();
const ownTypes = Object.values(schema.getTypeMap()).filter(
  (type) =>
    !isIntrospectionType(type) && !isSpecifiedScalarType(type) && !/^_|^(federation|link)__|^FieldSet$/.test(type.name),
);

describe('the schema', () => {
  it('describes everything that it has', () => {
    expect(ownTypes.length).toBeGreaterThan(50);
    expect(ownTypes.flatMap(undescribed)).toEqual([]);
  });

  it('has the error codes of the code', () => {
    const codes = schema.getType('ErrorCode');
    expect(isEnumType(codes) && codes.getValues().map(({ name }) => name)).toEqual([...ERROR_CODES]);
  });

  it('has a specification behind each scalar', () => {
    const scalars = ownTypes.filter(isScalarType).filter(({ name }) => name !== '_Any');
    expect(scalars.filter(({ specifiedByURL }) => !specifiedByURL).map(({ name }) => name)).toEqual([]);
  });
});

describe('the resolvers', () => {
  it('are of types and fields that the schema has', () => {
    const unknown = Object.entries(resolvers).flatMap(([name, fields]) => {
      const type = schema.getType(name);
      if (!type) return [name];
      if (isScalarType(type)) return [];
      const known: object = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
      return Object.keys(fields as object)
        .filter((field) => !field.startsWith('__') && !(field in known))
        .map((field) => `${name}.${field}`);
    });
    expect(unknown).toEqual([]);
  });

  it('cover every type that has a file, and the other way round', () => {
    const folder = join(import.meta.dirname, '../../src/graphql/resolvers');
    const files = readdirSync(folder).map((file) => file.replace(/\.ts$/, ''));
    const types = Object.keys(resolvers).filter((name) => !isScalarType(schema.getType(name)));
    expect(types.toSorted()).toEqual(files.filter((file) => file !== 'index').toSorted());
  });
});

describe('a running schema', () => {
  let server: ServerUnderTest;

  beforeAll(async () => {
    // None of these questions needs an answer of the provider.
    const nowhere = 'http://127.0.0.1:9';
    server = await startServerUnderTest({ config: configure({ shop: nowhere, other: nowhere }) });
  });
  afterAll(() => server.close());

  it('can be asked what it is', async () => {
    const data = await server.query<IntrospectionQuery>(getIntrospectionQuery({ oneOf: true, specifiedByUrl: true }));
    const client = buildClientSchema(data);
    expect(client.getQueryType()?.getFields()).toHaveProperty('metrics');
    const metric = client.getType('MetricInput');
    expect(isInputObjectType(metric) && metric.isOneOf).toBe(true);
  });

  it('gives a gateway its own text', async () => {
    const { _service } = await server.query<{ _service: { sdl: string } }>('{ _service { sdl } }');
    expect(_service.sdl).toContain('type DataSource implements Node @key(fields: "id")');
    expect(() => parse(_service.sdl)).not.toThrow();
  });

  it('finds a data source by its global id', async () => {
    const { dataSource } = await server.query<{ dataSource: { id: string } }>('{ dataSource(key: "shop") { id } }');
    const data = await server.query(
      `query ($id: ID!) { node(id: $id) { __typename id ... on DataSource { key provider } } }`,
      dataSource,
    );
    expect(data).toEqual({ node: { __typename: 'DataSource', ...dataSource, key: 'shop', provider: 'OPENPANEL' } });
  });

  it('knows no node of a made-up id', async () => {
    const ids = ['', 'shop', 'DataSource:shop', id('DataSource:none'), id('Dashboard:shop'), id('DataSource:')];
    for (const made of ids) {
      expect(await server.ask('query ($id: ID!) { node(id: $id) { id } }', { id: made })).toEqual({
        data: { node: null },
      });
    }
  });

  it('finds the entities of a gateway', async () => {
    const operation = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on DataSource { key name } }
    }`;
    const representations = ['DataSource:other', 'DataSource:none', 'DataSource:shop'].map((text) => ({
      __typename: 'DataSource',
      id: id(text),
    }));
    expect(await server.query(operation, { representations })).toEqual({
      _entities: [{ key: 'other', name: 'other' }, null, { key: 'shop', name: 'shop' }],
    });
  });

  it('keeps the order of the configuration, and filters by provider', async () => {
    const operation =
      '{ all: dataSources { key } some: dataSources(provider: OPENPANEL) { key } none: dataSource(key: "x") { key } }';
    const both = [{ key: 'shop' }, { key: 'other' }];
    expect(await server.query(operation)).toEqual({ all: both, some: both, none: null });
  });

  it('publishes what can be asked, in its own words', async () => {
    const operation = `{ dataSource(key: "shop") {
      timezone docsUrl
      capabilities { kind answeredBy optionsSchema limits { intervals maxPoints measures funnel { maxSteps maxConversionWindow } } }
      allowance { name limit window remaining waiting }
      catalog { metrics(search: "user") { key unit isAdditive } dimensions(search: "utm_s") { key } }
    } }`;
    const { dataSource } = await server.query<{ dataSource: object }>(operation);
    expect(dataSource).toMatchObject({
      timezone: 'UTC',
      docsUrl: 'https://openpanel.dev/docs/api/export',
      capabilities: [
        { kind: 'METRICS', answeredBy: 'NATIVE', limits: { maxPoints: 10_000, funnel: null } },
        {
          kind: 'FUNNEL',
          answeredBy: 'NATIVE',
          optionsSchema: null,
          limits: { funnel: { maxSteps: 10, maxConversionWindow: 'P30D' } },
        },
        ...['CONVERSION', 'RETENTION', 'COHORT_ANALYSIS', 'LIFETIME_VALUE'].map((kind) => ({
          kind,
          answeredBy: 'COMPUTED',
        })),
        { kind: 'EVENTS', limits: { measures: [], funnel: null } },
        { kind: 'USERS', answeredBy: 'NATIVE', optionsSchema: null, limits: { intervals: [], measures: [] } },
      ],
      allowance: [{ name: 'requests per client', limit: 100, window: 'PT10S', waiting: 0 }],
      catalog: {
        metrics: [
          { key: 'unique_users', unit: 'DISTINCT_COUNT', isAdditive: false },
          { key: 'events_per_user', unit: 'NUMBER', isAdditive: false },
        ],
        dimensions: [{ key: 'utm_source' }],
      },
    });
  });
});

function id(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function undescribed(type: GraphQLNamedType): string[] {
  const missing = type.description ? [] : [type.name];
  if (isEnumType(type)) {
    for (const value of type.getValues()) if (!value.description) missing.push(`${type.name}.${value.name}`);
  }
  if (isInputObjectType(type) || isObjectType(type) || isInterfaceType(type)) {
    for (const field of Object.values(type.getFields())) {
      if (field.name.startsWith('_')) continue;
      if (!field.description) missing.push(`${type.name}.${field.name}`);
      if (!('args' in field)) continue;
      for (const argument of field.args) {
        if (!argument.description) missing.push(`${type.name}.${field.name}(${argument.name})`);
      }
    }
  }
  return missing;
}
