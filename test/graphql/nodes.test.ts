import { describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/analytics/global-id.ts';
import { ProviderUnavailableError } from '../../src/errors.ts';
import { chart, dashboard } from '../reports/fake-saved.ts';
import { startSavedServer, type SavedServer } from './saved-server.ts';

/** A thing of each type that the server has, and its global id. */
const THINGS: readonly (readonly [type: string, id: string, known: object])[] = [
  ['DataSource', toGlobalId('DataSource', 'shop'), { key: 'shop' }],
  ['Dashboard', toGlobalId('Dashboard', 'shop', 'd1'), { name: 'Sales' }],
  ['Cohort', toGlobalId('Cohort', 'shop', 'c1'), { name: 'C1' }],
  ['EventDefinition', toGlobalId('EventDefinition', 'shop', 'e3'), { name: 'View' }],
  ['MetricsChart', toGlobalId('MetricsChart', 'shop', 'd1', 'm1'), { name: 'Visits' }],
  ['FunnelChart', toGlobalId('FunnelChart', 'shop', 'd1', 'f1'), { name: 'Checkout' }],
  ['RetentionChart', toGlobalId('RetentionChart', 'shop', 'd1', 'r1'), { name: 'Back' }],
  ['UnknownChart', toGlobalId('UnknownChart', 'shop', 'd1', 'u1'), { name: 'Clicks' }],
];

/** Ids that were never given out, or whose things are gone. */
const NOTHING: readonly (readonly [kind: string, id: string])[] = [
  ['no id', ''],
  ['an id of somebody else', Buffer.from('User:1').toString('base64url')],
  ['a type that is no thing', toGlobalId('MetricsReport', 'shop', 'd1')],
  ['a type that every object has', toGlobalId('constructor', 'shop')],
  ['an unknown source', toGlobalId('Dashboard', 'shops', 'd1')],
  ['a source and more', toGlobalId('DataSource', 'shop', 'd1')],
  ['a dashboard without an id', toGlobalId('Dashboard', 'shop')],
  ['a dashboard of an empty id', toGlobalId('Dashboard', 'shop', '')],
  ['a chart without a dashboard', toGlobalId('MetricsChart', 'shop', 'm1')],
  ['a dashboard that is gone', toGlobalId('Dashboard', 'shop', 'd3')],
  ['a cohort that is gone', toGlobalId('Cohort', 'shop', 'c3')],
  ['an event definition that is gone', toGlobalId('EventDefinition', 'shop', 'e4')],
  ['a chart that is gone', toGlobalId('MetricsChart', 'shop', 'd1', 'm2')],
  ['a chart of a dashboard that is gone', toGlobalId('MetricsChart', 'shop', 'd3', 'm1')],
  ['a chart of another dashboard', toGlobalId('FunnelChart', 'shop', 'd2', 'f1')],
  ['a chart that has become another', toGlobalId('FunnelChart', 'shop', 'd1', 'm1')],
  ['a dashboard of a source without any', toGlobalId('Dashboard', 'plain', 'd1')],
  ['a cohort of a source without any', toGlobalId('Cohort', 'plain', 'c1')],
  ['an event definition of a source without any', toGlobalId('EventDefinition', 'plain', 'e1')],
  ['a chart of a source without any', toGlobalId('MetricsChart', 'plain', 'd1', 'm1')],
];

const FIELDS = `
  ... on DataSource { key } ... on Dashboard { name } ... on Cohort { name } ... on EventDefinition { name }
  ... on SavedChart { name }`;

const findNode = (server: SavedServer, id: string) =>
  server.ask(`query ($id: ID!) { node(id: $id) { __typename id ${FIELDS} } }`, { id });

const findEntities = (server: SavedServer, representations: readonly object[]) =>
  server.ask(
    `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      __typename
      ... on DataSource { id key } ... on Dashboard { id name } ... on Cohort { id name } ... on EventDefinition { id name }
      ... on MetricsChart { id name } ... on FunnelChart { id name }
      ... on RetentionChart { id name } ... on UnknownChart { id name }
    } }`,
    { representations },
  );

describe('a node', () => {
  it.each(THINGS)('may be a %s', async (type, id, known) => {
    const server = await startSavedServer();
    expect(await findNode(server, id)).toEqual({ data: { node: { __typename: type, id, ...known } } });
  });

  it('has the id that its list says', async () => {
    const server = await startSavedServer();
    const data = await server.query(`{ dataSource(key: "shop") {
      id dashboard(nativeId: "d1") { id charts { id } }
      cohorts(first: 1) { nodes { id } } eventDefinitions { nodes { id } }
    } }`);
    const said = JSON.stringify(data);
    for (const [, id] of THINGS) expect(said).toContain(`"${id}"`);
  });

  it.each(NOTHING)('is null for %s', async (_kind, id) => {
    const server = await startSavedServer();
    expect(await findNode(server, id)).toEqual({ data: { node: null } });
  });

  it('can be drawn, like any other', async () => {
    const server = await startSavedServer();
    const [id] = THINGS.flatMap(([type, ofType]) => (type === 'MetricsChart' ? [ofType] : []));
    const operation = `query ($id: ID!) { node(id: $id) { ... on MetricsChart {
      source { key } report(period: { dates: { from: "2026-06-01", to: "2026-06-03" } }) { series { values } }
    } } }`;
    expect(await server.query(operation, { id })).toEqual({
      node: { source: { key: 'shop' }, report: { series: [{ values: [1, 2, null] }] } },
    });
  });

  it('asks for the lists that other fields want, too, once', async () => {
    const server = await startSavedServer();
    const lists = 'dashboards { charts { id } } cohorts { totalCount } eventDefinitions { totalCount }';
    const nodes = THINGS.map(([, id], index) => `n${index}: node(id: "${id}") { id ... on DataSource { ${lists} } }`);
    await server.query(`{ ${nodes.join(' ')} dataSource(key: "shop") { ${lists} } dataSources { id } }`);
    const once = ['charts of d1', 'charts of d2', 'cohorts', 'dashboards', 'event definitions'];
    expect(server.asked.lists.toSorted()).toEqual(once);
  });

  it('fails where the provider does, and is not taken for gone', async () => {
    const down = () => Promise.reject(new ProviderUnavailableError('fake is down'));
    // Being down says nothing about the dashboard, even where it is listed no more.
    const server = await startSavedServer({ dashboards: [] }, (all) => ({
      ...all,
      dashboards: { ...all.dashboards, listCharts: down },
    }));
    const { data, errors } = await findNode(server, toGlobalId('MetricsChart', 'shop', 'd1', 'm1'));
    expect(data).toEqual({ node: null });
    expect(errors).toMatchObject([
      { path: ['node'], extensions: { code: 'PROVIDER_UNAVAILABLE', source: 'shop', provider: 'fake' } },
    ]);
  });

  it('fails where the provider refuses what it lists', async () => {
    const server = await startSavedServer({ dashboards: [dashboard('d9')], charts: { d1: [chart('m1')] } });
    const { errors } = await findNode(server, toGlobalId('MetricsChart', 'shop', 'd9', 'm1'));
    expect(errors).toMatchObject([{ message: 'no charts of d9', extensions: { code: 'PROVIDER_REJECTED' } }]);
  });
});

describe('a field for one type', () => {
  it.each([
    ['dashboard', 'Dashboard', 'Sales'],
    ['cohort', 'Cohort', 'C1'],
  ])('finds a %s', async (field, type, name) => {
    const server = await startSavedServer();
    const operation = `query ($id: ID!) { found: ${field}(id: $id) { __typename id name } }`;
    for (const [other, id] of [...THINGS, ...NOTHING]) {
      const found = other === type ? { __typename: type, id, name } : null;
      expect(await server.ask(operation, { id })).toEqual({ data: { found } });
    }
  });
});

describe('the entities of a gateway', () => {
  it('are found by type and id, in order', async () => {
    const server = await startSavedServer();
    const things = THINGS.toReversed();
    const representations = things.map(([type, id]) => ({ __typename: type, id }));
    expect(await findEntities(server, representations)).toEqual({
      data: { _entities: things.map(([type, id, known]) => ({ __typename: type, id, ...known })) },
    });
  });

  it('are null where there is none', async () => {
    const server = await startSavedServer();
    const types = ['DataSource', 'Dashboard', 'Cohort', 'EventDefinition', 'MetricsChart', 'FunnelChart'];
    const gone = types.flatMap((type) => NOTHING.map(([, id]) => ({ __typename: type, id })));
    expect(await findEntities(server, gone)).toEqual({ data: { _entities: gone.map(() => null) } });
  });

  it('are null for an id of another type', async () => {
    const server = await startSavedServer();
    const mixed = THINGS.flatMap(([type], place) =>
      THINGS.flatMap(([, id], other) => (other === place ? [] : [{ __typename: type, id }])),
    );
    expect(mixed).toHaveLength(56);
    expect(await findEntities(server, mixed)).toEqual({ data: { _entities: mixed.map(() => null) } });
  });

  it('are nothing without an id, or with one that is no text', async () => {
    const server = await startSavedServer();
    const keyless = [
      { __typename: 'Dashboard' },
      { __typename: 'Cohort', id: 7 },
      { __typename: 'DataSource', id: null },
    ];
    expect(await findEntities(server, keyless)).toEqual({ data: { _entities: [null, null, null] } });
  });

  it('fail one by one', async () => {
    const down = () => Promise.reject(new ProviderUnavailableError('fake is down'));
    const server = await startSavedServer({}, (all) => ({ ...all, cohorts: { ...all.cohorts, listCohorts: down } }));
    const representations = THINGS.map(([type, id]) => ({ __typename: type, id }));
    const { data, errors } = await findEntities(server, representations);
    expect(data).toEqual({
      _entities: THINGS.map(([type, id, known]) => (type === 'Cohort' ? null : { __typename: type, id, ...known })),
    });
    expect(errors).toMatchObject([{ path: ['_entities', 2], extensions: { code: 'PROVIDER_UNAVAILABLE' } }]);
  });
});
