import { describe, expect, it } from 'vitest';
import { ProviderRejectedError } from '../../src/errors.ts';
import { cohort } from '../reports/fake-saved.ts';
import { startSavedServer, type SavedServer } from './saved-server.ts';

interface Connection {
  readonly edges: readonly { readonly cursor: string; readonly node: object }[];
  readonly nodes: readonly object[];
  readonly totalCount: number;
  readonly pageInfo: {
    readonly hasPreviousPage: boolean;
    readonly hasNextPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** Each connection: its field of the data source, what of a node is asked for, and all its nodes. */
const CONNECTIONS = [
  ['cohorts', 'cohorts', 'name', [{ name: 'C1' }, { name: 'C2' }]],
  ['members', 'cohort', 'userId', [{ userId: '007' }, { userId: '8' }, { userId: '9' }]],
  ['definitions', 'eventDefinitions', 'nativeId', [{ nativeId: 'e1' }, { nativeId: 'e2' }, { nativeId: 'e3' }]],
] as const;

/** Ask for a page of a connection by its name. */
async function ask(server: SavedServer, name: string, paging: { readonly first?: number; readonly after?: string }) {
  const [, , node] = CONNECTIONS.find(([known]) => known === name) ?? [];
  const shown = `{
    totalCount nodes { ${node} } edges { cursor node { ${node} } }
    pageInfo { hasPreviousPage hasNextPage startCursor endCursor }
  }`;
  const field = {
    cohorts: `cohorts(first: $first, after: $after) ${shown}`,
    members: `cohorts(first: 1) { nodes { members(first: $first, after: $after) ${shown} } }`,
    definitions: `eventDefinitions(first: $first, after: $after) ${shown}`,
  }[name];
  const operation = `query ($first: Int! = 50, $after: String) { dataSource(key: "shop") { ${field} } }`;
  const { data, errors = [] } = await server.ask<{ dataSource: Record<string, unknown> }>(operation, paging);
  return { found: connectionIn(data.dataSource), errors };
}

/** The connection that was asked for; null where it failed. */
function connectionIn({ cohorts, eventDefinitions }: Record<string, unknown>): Connection | null {
  const [first] = (cohorts as { nodes?: { members?: Connection | null }[] } | null)?.nodes ?? [];
  if (first && 'members' in first) return first.members ?? null;
  return (cohorts ?? eventDefinitions ?? null) as Connection | null;
}

describe.each(CONNECTIONS)('the connection of %s', (name, _field, _node, all) => {
  it('pages through everything, each once', async () => {
    const server = await startSavedServer();
    const read: object[] = [];
    let after: string | undefined;
    for (let page = 0; page < all.length; page++) {
      const { found, errors } = await ask(server, name, { first: 1, ...(after !== undefined && { after }) });
      expect(errors).toEqual([]);
      expect(found).toMatchObject({
        totalCount: all.length,
        edges: [{ node: all[page] }],
        pageInfo: { hasPreviousPage: page > 0, hasNextPage: page < all.length - 1 },
      });
      expect(found?.pageInfo.startCursor).toBe(found?.edges[0]?.cursor);
      expect(found?.pageInfo.endCursor).toBe(found?.edges[0]?.cursor);
      read.push(...(found?.nodes ?? []));
      after = found?.pageInfo.endCursor ?? undefined;
    }
    expect(read).toEqual(all);
    const { found: behind } = await ask(server, name, { first: 1, ...(after !== undefined && { after }) });
    expect(behind).toEqual({
      ...{ totalCount: all.length, nodes: [], edges: [] },
      pageInfo: { hasPreviousPage: true, hasNextPage: false, startCursor: null, endCursor: null },
    });
  });

  it('fits one page where nothing is said', async () => {
    const { found } = await ask(await startSavedServer(), name, {});
    expect(found?.nodes).toEqual(all);
    expect(found?.edges.map(({ node }) => node)).toEqual(all);
    expect(found?.pageInfo).toEqual({
      ...{ hasPreviousPage: false, hasNextPage: false },
      startCursor: found?.edges[0]?.cursor,
      endCursor: found?.edges.at(-1)?.cursor,
    });
  });

  it.each([
    [{ first: 0 }, 'first: 0 is not between 1 and 1000'],
    [{ first: -1 }, 'first: -1 is not between 1 and 1000'],
    [{ first: 1001 }, 'first: 1001 is not between 1 and 1000'],
    [{ after: 'nonsense' }, 'after: is not a cursor of this list'],
    [{ after: '' }, 'after: is not a cursor of this list'],
  ])('refuses by name: %j', async (paging, message) => {
    const { found, errors } = await ask(await startSavedServer(), name, paging);
    expect(found).toBeNull();
    expect(errors).toMatchObject([
      { message, extensions: { code: 'BAD_USER_INPUT', source: 'shop', provider: 'fake' } },
    ]);
  });

  it('takes the longest page', async () => {
    const { found } = await ask(await startSavedServer(), name, { first: 1000 });
    expect(found?.nodes).toEqual(all);
  });
});

describe('cohorts', () => {
  it('say what the provider says of them', async () => {
    const server = await startSavedServer();
    const data = await server.query(
      '{ dataSource(key: "shop") { cohorts { nodes { nativeId name size userKind updatedAt source { key } } csv } } }',
    );
    const source = { key: 'shop' };
    expect(data).toEqual({
      dataSource: {
        cohorts: {
          nodes: [
            { nativeId: 'c1', name: 'C1', size: 3, userKind: 'cs1', updatedAt: '2026-06-15', source },
            { nativeId: 'c2', name: 'C2', size: null, userKind: null, updatedAt: null, source },
          ],
          csv: 'id,name,size,user_kind,updated_at\r\nc1,C1,3,cs1,2026-06-15\r\nc2,C2,,,\r\n',
        },
      },
    });
    expect(server.asked.lists).toEqual(['cohorts']);
  });

  it('have members with what is said about each', async () => {
    const server = await startSavedServer();
    const data = await server.query(`{ dataSource(key: "shop") { cohorts(first: 1) { nodes { members(first: 2) {
      idName attributeNames nodes { userId attributes } freshness { completeness completeUntil } table { rowCount }
    } } } } }`);
    const members = {
      ...{ idName: 'cs1', attributeNames: ['city', 'plan'], table: { rowCount: 2 } },
      nodes: [
        { userId: '007', attributes: { city: 'Oslo', plan: null } },
        { userId: '8', attributes: { city: '=1', plan: 'pro' } },
      ],
      freshness: { completeness: 'COMPLETE', completeUntil: null },
    };
    expect(data).toEqual({ dataSource: { cohorts: { nodes: [{ members }] } } });
  });

  it('are CSV as a whole, their members as the page', async () => {
    const server = await startSavedServer();
    const data = await server.query(`{ dataSource(key: "shop") { cohorts(first: 1) { nodes {
      csv semicolons: csv(options: { delimiter: SEMICOLON, formulas: RAW, nullText: "-" })
      members(first: 1) { csv }
    } } } }`);
    const cohort = {
      csv: "user_id,city,plan\r\n007,Oslo,\r\n8,'=1,pro\r\n9,,\r\n",
      semicolons: 'user_id;city;plan\r\n007;Oslo;-\r\n8;=1;pro\r\n9;-;-\r\n',
      members: { csv: 'user_id,city,plan\r\n007,Oslo,\r\n' },
    };
    expect(data).toEqual({ dataSource: { cohorts: { nodes: [cohort] } } });
    expect(server.asked.lists).toEqual(['cohorts', 'members of c1']);
  });

  it('fail one by one', async () => {
    const server = await startSavedServer({}, (all) => ({
      ...all,
      cohorts: {
        ...all.cohorts,
        readMembers: (id, deadline) =>
          id === 'c1'
            ? Promise.reject(new ProviderRejectedError('fake says no'))
            : all.cohorts.readMembers(id, deadline),
      },
    }));
    const { data, errors } = await server.ask(
      '{ dataSource(key: "shop") { cohorts { nodes { name csv members { totalCount } } } } }',
    );
    expect(data).toMatchObject({
      dataSource: {
        cohorts: {
          nodes: [
            { name: 'C1', csv: null, members: null },
            { name: 'C2', members: { totalCount: 3 } },
          ],
        },
      },
    });
    const path = ['dataSource', 'cohorts', 'nodes', 0];
    expect(errors?.map((error) => error.path?.slice(0, 4))).toEqual([path, path]);
    expect(errors).toMatchObject([{ message: 'fake says no', extensions: { source: 'shop' } }, {}]);
  });

  it('are too large for one text past 100,000 members', async () => {
    const members = Array.from({ length: 100_001 }, (_, index) => ({ userId: String(index), attributes: [] }));
    const server = await startSavedServer({
      cohorts: [cohort('c1')],
      members: { idName: 'cs1', attributeNames: [], members },
    });
    const { data, errors } = await server.ask(
      '{ dataSource(key: "shop") { cohorts { nodes { csv members(first: 1) { totalCount csv } } } } }',
    );
    expect(data).toEqual({
      dataSource: { cohorts: { nodes: [{ csv: null, members: { totalCount: 100_001, csv: 'user_id\r\n0\r\n' } }] } },
    });
    expect(errors).toMatchObject([{ extensions: { code: 'RESULT_TOO_LARGE' } }]);
  });
});

describe('event definitions', () => {
  it('are rows, names told apart by ids', async () => {
    const server = await startSavedServer();
    const data = await server.query(`{ dataSource(key: "shop") { eventDefinitions(first: 2) {
      nodes { nativeId name kind source { key } } table { columns { name type } rowCount } csv
    } } }`);
    const source = { key: 'shop' };
    expect(data).toEqual({
      dataSource: {
        eventDefinitions: {
          nodes: [
            { nativeId: 'e1', name: 'Click', kind: 'clck', source },
            { nativeId: 'e2', name: 'Click', kind: 'clck', source },
          ],
          table: { columns: ['id', 'name', 'kind'].map((name) => ({ name, type: 'TEXT' })), rowCount: 2 },
          csv: 'id,name,kind\r\ne1,Click,clck\r\ne2,Click,clck\r\n',
        },
      },
    });
  });
});
