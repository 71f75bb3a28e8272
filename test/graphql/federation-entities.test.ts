import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/analytics/global-id.ts';
import { chart, cohort, dashboard } from '../reports/fake-saved.ts';
import { startSavedServer, type SavedServer } from './saved-server.ts';

const FIELDS = `__typename
  ... on DataSource { id key } ... on User { id nativeId } ... on Cohort { id nativeId } ... on Dashboard { id nativeId }
  ... on EventDefinition { id nativeId } ... on MetricsChart { id nativeId } ... on FunnelChart { id nativeId }
  ... on RetentionChart { id nativeId } ... on UnknownChart { id nativeId } ... on ExportTask { id }`;

const OPERATION = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${FIELDS} } }`;

interface Entities {
  readonly _entities: ({ readonly __typename: string; readonly nativeId: string } | null)[];
}

const find = (server: SavedServer, representations: readonly unknown[]) =>
  server.ask<Entities | null>(OPERATION, { representations });

const source = { key: 'shop' };

/** What a gateway may know of a thing, by each key that there is, and what it is then answered. */
const BY_EACH_KEY: readonly (readonly [reference: object, known: object])[] = [
  [{ __typename: 'DataSource', id: toGlobalId('DataSource', 'shop') }, { key: 'shop' }],
  [{ __typename: 'DataSource', key: 'shop' }, { key: 'shop' }],
  [{ __typename: 'User', id: toGlobalId('User', 'shop', '007') }, { nativeId: '007' }],
  [{ __typename: 'User', source, nativeId: '007' }, { nativeId: '007' }],
  [{ __typename: 'User', source: { __typename: 'DataSource', key: 'shop' }, nativeId: 'å:b/c' }, { nativeId: 'å:b/c' }],
  [{ __typename: 'Cohort', id: toGlobalId('Cohort', 'shop', 'c1') }, { nativeId: 'c1' }],
  [{ __typename: 'Cohort', source, nativeId: 'c2' }, { nativeId: 'c2' }],
  [{ __typename: 'Dashboard', id: toGlobalId('Dashboard', 'shop', 'd1') }, { nativeId: 'd1' }],
  [{ __typename: 'Dashboard', source, nativeId: 'd2' }, { nativeId: 'd2' }],
  [{ __typename: 'EventDefinition', id: toGlobalId('EventDefinition', 'shop', 'e1') }, { nativeId: 'e1' }],
  [{ __typename: 'EventDefinition', source, nativeId: 'e2' }, { nativeId: 'e2' }],
  [{ __typename: 'MetricsChart', id: toGlobalId('MetricsChart', 'shop', 'd1', 'm1') }, { nativeId: 'm1' }],
  [{ __typename: 'FunnelChart', id: toGlobalId('FunnelChart', 'shop', 'd1', 'f1') }, { nativeId: 'f1' }],
  [{ __typename: 'RetentionChart', id: toGlobalId('RetentionChart', 'shop', 'd1', 'r1') }, { nativeId: 'r1' }],
  [{ __typename: 'UnknownChart', id: toGlobalId('UnknownChart', 'shop', 'd1', 'u1') }, { nativeId: 'u1' }],
];

const numbered = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

describe('a reference', () => {
  it.each(BY_EACH_KEY)('%j finds its thing', async (reference, known) => {
    const server = await startSavedServer();
    const { data, errors } = await find(server, [reference]);
    expect(errors).toBeUndefined();
    expect(data?._entities).toEqual([{ ...reference, source: undefined, id: expect.any(String), ...known }]);
  });

  it('finds its thing among others, in order', async () => {
    const server = await startSavedServer();
    const gone = { __typename: 'Cohort', source, nativeId: 'gone' };
    const mixed = BY_EACH_KEY.toReversed().flatMap(([reference, known]) => [
      [reference, known] as const,
      [gone, null] as const,
    ]);
    const { data, errors } = await find(
      server,
      mixed.map(([reference]) => reference),
    );
    expect(errors).toBeUndefined();
    const expected = mixed.map(([, known]) => known && expect.objectContaining(known));
    expect(data?._entities).toEqual(expected);
  });

  it('leads to what the thing is, and to its data source', async () => {
    const server = await startSavedServer();
    const operation = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Cohort { name size source { name } }
    } }`;
    const representations = [{ __typename: 'Cohort', source, nativeId: 'c1' }];
    expect(await server.ask(operation, { representations })).toMatchObject({
      data: { _entities: [{ name: 'C1', size: 3, source: { name: 'shop' } }] },
    });
  });
});

describe('many references', () => {
  it('to cohorts of a data source are one call', async () => {
    const ids = numbered('c', 100);
    const server = await startSavedServer({ cohorts: ids.map((id) => cohort(id)) });
    const { data } = await find(
      server,
      ids.map((nativeId, index) =>
        index % 2 === 0
          ? { __typename: 'Cohort', source, nativeId }
          : { __typename: 'Cohort', id: toGlobalId('Cohort', 'shop', nativeId) },
      ),
    );
    expect(data?._entities.map((found) => found?.nativeId)).toEqual(ids);
    expect(server.asked.lists).toEqual(['cohorts']);
  });

  it('to charts of a dashboard are one call', async () => {
    const ids = numbered('m', 100);
    const server = await startSavedServer({
      dashboards: [dashboard('d1')],
      charts: { d1: ids.map((id) => chart(id)) },
    });
    const { data } = await find(
      server,
      ids.map((id) => ({ __typename: 'MetricsChart', id: toGlobalId('MetricsChart', 'shop', 'd1', id) })),
    );
    expect(data?._entities.map((found) => found?.nativeId)).toEqual(ids);
    expect(server.asked.lists).toEqual(['charts of d1']);
  });

  it('to dashboards and event definitions are one call each', async () => {
    const ids = numbered('x', 50);
    const server = await startSavedServer({
      dashboards: ids.map((id) => dashboard(id)),
      eventDefinitions: ids.map((nativeId) => ({ nativeId, name: nativeId, kind: null })),
    });
    const types = ['Dashboard', 'EventDefinition'];
    const { data } = await find(
      server,
      ids.flatMap((nativeId) => types.map((__typename) => ({ __typename, source, nativeId }))),
    );
    expect(data?._entities.map((found) => found?.nativeId)).toEqual(ids.flatMap((id) => [id, id]));
    expect(server.asked.lists.toSorted()).toEqual(['dashboards', 'event definitions']);
  });

  it('to data sources and users are no call', async () => {
    const server = await startSavedServer();
    const { data } = await find(
      server,
      numbered('', 100).flatMap((nativeId) => [
        { __typename: 'DataSource', key: 'shop' },
        { __typename: 'User', source, nativeId },
        { __typename: 'User', id: toGlobalId('User', 'shop', nativeId) },
      ]),
    );
    expect(data?._entities).toHaveLength(300);
    expect(data?._entities).not.toContain(null);
    expect(server.asked.lists).toEqual([]);
  });
});

/** Representations that no gateway sends, each by itself: what is answered in its place is null. */
const UNKNOWN: readonly unknown[] = [
  { __typename: 'DataSource' },
  { __typename: 'DataSource', key: null, id: null },
  { __typename: 'DataSource', key: ['shop'] },
  { __typename: 'DataSource', key: '__proto__' },
  { __typename: 'DataSource', key: 'constructor' },
  { __typename: 'DataSource', id: toGlobalId('User', 'shop', '007') },
  { __typename: 'DataSource', id: 'Ω'.repeat(50_000) },
  { __typename: 'User' },
  { __typename: 'User', source: 'shop', nativeId: '007' },
  { __typename: 'User', source: { key: 'none' }, nativeId: '007' },
  { __typename: 'User', source, nativeId: '' },
  { __typename: 'User', source, nativeId: { toString: 'x' } },
  { __typename: 'User', source: [source], nativeId: '007' },
  { __typename: 'Cohort', source: { key: 'plain' }, nativeId: 'c1' },
  { __typename: 'Cohort', source, nativeId: '\0' },
  { __typename: 'Cohort', source, nativeId: '\ud800' },
  { __typename: 'Dashboard', source, nativeId: '../../d1' },
  { __typename: 'EventDefinition', source: null, nativeId: null, id: 0 },
  { __typename: 'MetricsChart', id: toGlobalId('FunnelChart', 'shop', 'd1', 'f1') },
  { __typename: 'ExportTask', id: toGlobalId('ExportTask') },
  { __typename: 'ExportTask', id: true },
];

/** Representations of what cannot be anything of ours. */
const MISTAKES: readonly (readonly [representation: unknown, says: string])[] = [
  [{}, 'is no object with a __typename'],
  [[], 'is no object with a __typename'],
  [7, 'is no object with a __typename'],
  ['DataSource', 'is no object with a __typename'],
  [false, 'is no object with a __typename'],
  [{ key: 'shop' }, 'is no object with a __typename'],
  [{ __typename: null }, 'is no object with a __typename'],
  [{ __typename: ['DataSource'], key: 'shop' }, 'is no object with a __typename'],
  [{ __typename: { name: 'DataSource' } }, 'is no object with a __typename'],
  [{ __typename: '' }, '"" is no entity of this subgraph'],
  [{ __typename: 'Product', id: '1' }, '"Product" is no entity of this subgraph'],
  [{ __typename: '__proto__' }, '"__proto__" is no entity of this subgraph'],
  [{ __typename: 'constructor' }, '"constructor" is no entity of this subgraph'],
  [{ __typename: 'Query' }, '"Query" is no entity of this subgraph'],
  [{ __typename: 'MetricsReport', series: [] }, '"MetricsReport" is no entity of this subgraph'],
  [{ __typename: 'UserProfile', email: 'x@y.example' }, '"UserProfile" is no entity of this subgraph'],
  [{ __typename: 'Node', id: toGlobalId('DataSource', 'shop') }, '"Node" is no entity of this subgraph'],
  [{ __typename: 'SavedChart', id: '1', kind: 'METRICS' }, '"SavedChart" is no entity of this subgraph'],
  [{ __typename: '_Service' }, '"_Service" is no entity of this subgraph'],
  [{ __typename: 'String' }, '"String" is no entity of this subgraph'],
  [{ __typename: 'A'.repeat(500) }, `"${'A'.repeat(80)}" is no entity of this subgraph`],
];

describe('a hostile reference', () => {
  it('finds nothing, and nothing is unexpected', async () => {
    const server = await startSavedServer();
    const { data, errors } = await find(server, UNKNOWN);
    expect(errors).toBeUndefined();
    expect(data?._entities).toEqual(UNKNOWN.map(() => null));
    expect(server.logged.join()).not.toContain('unexpected');
  });

  it('is a mistake at its own place, where it is no entity at all', async () => {
    const server = await startSavedServer();
    const good = { __typename: 'DataSource', key: 'shop' };
    const { data, errors } = await find(server, [good, ...MISTAKES.map(([representation]) => representation), good]);
    const found = expect.objectContaining({ key: 'shop' });
    expect(data?._entities).toEqual([found, ...MISTAKES.map(() => null), found]);
    expect(errors).toMatchObject(
      MISTAKES.map(([, says], index) => ({
        message: `representations[${index + 1}]: ${says}`,
        path: ['_entities', index + 1],
        extensions: { code: 'BAD_USER_INPUT', requestId: expect.any(String) },
      })),
    );
    expect(server.logged.join()).not.toContain('unexpected');
  });

  it('with a key of the prototype is refused with its body, or is read as what it says', async () => {
    const server = await startSavedServer();
    const hostile = JSON.parse('{ "__typename": "DataSource", "__proto__": { "key": "shop" } }') as object;
    const { data, errors } = await find(server, [hostile]);
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ extensions: { code: expect.stringMatching(/^BAD_/) } }]);
    const inline = '[{ __typename: "DataSource", __proto__: { key: "shop" } }]';
    expect(await server.ask(`{ _entities(representations: ${inline}) { __typename } }`)).toEqual({
      data: { _entities: [null] },
    });
  });

  it('that is null is refused with the document', async () => {
    const server = await startSavedServer();
    const { errors } = await find(server, [null]);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('has an id like any other user, where it is half a character', async () => {
    const server = await startSavedServer();
    const { data, errors } = await find(server, [{ __typename: 'User', source, nativeId: 'a\ud800' }]);
    expect(errors).toBeUndefined();
    expect(data?._entities).toMatchObject([{ id: toGlobalId('User', 'shop', 'a\ufffd') }]);
  });
});

describe('any reference at all', () => {
  const types = [...new Set(BY_EACH_KEY.map(([reference]) => String(Object.values(reference)[0])))];
  // Ids of things that are there, cut and mixed, and texts of any kind.
  const ids = fc.oneof(
    fc.constantFrom(...BY_EACH_KEY.flatMap(([reference]) => ('id' in reference ? [String(reference.id)] : []))),
    fc.string({ unit: 'binary' }),
    fc.tuple(fc.constantFrom(...types), fc.array(fc.string())).map(([type, parts]) => toGlobalId(type, ...parts)),
    fc.jsonValue(),
  );
  const reference = fc.record(
    {
      __typename: fc.oneof({ arbitrary: fc.constantFrom<unknown>(...types), weight: 4 }, fc.jsonValue()),
      id: ids,
      key: fc.oneof(fc.constant('shop'), fc.jsonValue()),
      source: fc.oneof(fc.constant(source), fc.jsonValue()),
      nativeId: fc.oneof(fc.constantFrom('c1', 'd1'), ids),
    },
    { requiredKeys: [] },
  );

  it('finds a thing or nothing, and never fails in a way that nobody foresaw', { timeout: 120_000 }, async () => {
    const server = await startSavedServer();
    const references = fc.array(fc.oneof({ arbitrary: reference, weight: 4 }, fc.jsonValue()), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(references, async (representations) => {
        const { data, errors = [] } = await find(server, representations);
        const unforeseen = errors.filter(({ extensions }) => !/^BAD_/.test(extensions.code));
        expect(unforeseen).toEqual([]);
        if (data) expect(data._entities).toHaveLength(representations.length);
        else expect(errors).not.toEqual([]);
      }),
      { numRuns: 200 },
    );
    expect(server.logged.join()).not.toContain('unexpected');
  });
});

describe('the number of references', () => {
  const shop = { __typename: 'DataSource', key: 'shop' };
  const some = (count: number) => Array.from({ length: count }, () => shop);

  it('may be 5000', async () => {
    const server = await startSavedServer();
    const { data, errors } = await find(server, some(5000));
    expect(errors).toBeUndefined();
    expect(data?._entities).toHaveLength(5000);
  });

  it.each([5001, 10_000])('may not be %i', async (count) => {
    const server = await startSavedServer();
    const { data, errors } = await find(server, some(count));
    expect(data).toBeNull();
    expect(errors).toMatchObject([
      {
        message: `representations: ${count} in one operation; at most 5000. Ask for smaller pages`,
        path: ['_entities'],
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });

  it('is counted over the whole operation', async () => {
    const server = await startSavedServer();
    const fields = ['a', 'b'].map((name) => `${name}: _entities(representations: $some) { __typename }`);
    const operation = `query ($some: [_Any!]!) { ${fields.join(' ')} }`;
    expect((await server.ask(operation, { some: some(2500) })).errors).toBeUndefined();
    expect((await server.ask(operation, { some: some(2501) })).errors).toMatchObject([
      { path: ['b'], extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });
});
