import { buildClientSchema, getIntrospectionQuery, getNamedType, isObjectType, type IntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createExport } from '../server/export-tasks.ts';
import { dates } from '../server/metrics-question.ts';
import { startServerUnderTest, type AnsweredError, type ServerUnderTest } from '../server/running-server.ts';

/** A field that returns a connection, and how it is asked for here. */
interface Place {
  /** What the field is asked of, with the field in its place. */
  of(field: string): string;
  /** The arguments that it has beside those of every connection. */
  readonly given?: string;
  /** What tells its nodes apart. */
  readonly key: string;
  /** Most nodes of one page. */
  readonly most: number;
}

const GROWINGIO = (field: string): string => `dataSource(key: "sandbox-growingio") { ${field} }`;
const DAY = 'period: { dates: { from: "2026-06-10", to: "2026-06-10" } }';

const PLACES: Readonly<Record<string, Place>> = {
  'Query.events': {
    of: (field) => field,
    given: `query: { source: "sandbox-openpanel", names: ["sign_up"], ${DAY} }`,
    key: 'id',
    most: 1000,
  },
  'User.events': {
    of: (field) => `user(source: "sandbox-openpanel", nativeId: ${JSON.stringify(busyUser)}) { ${field} }`,
    given: DAY,
    key: 'id',
    most: 1000,
  },
  'Query.exportTasks': { of: (field) => field, key: 'id', most: 100 },
  'DataSource.cohorts': { of: GROWINGIO, key: 'id', most: 1000 },
  'DataSource.eventDefinitions': { of: GROWINGIO, key: 'id', most: 1000 },
  'Cohort.members': {
    of: (field) => `cohort(id: ${JSON.stringify(smallCohort)}) { ${field} }`,
    key: 'userId',
    most: 1000,
  },
};

/** The same questions where there is nothing to answer with: what they are, the field, and how it is asked for. */
const EMPTY: readonly (readonly [what: string, name: string, change: Partial<Place>])[] = [
  [
    'events of no country',
    'Query.events',
    {
      given: `query: { source: "sandbox-openpanel", ${DAY}, filters: { dimension: "country", values: ["XX"] } }`,
    },
  ],
  [
    'events of nobody',
    'User.events',
    { of: (field) => `user(source: "sandbox-openpanel", nativeId: "nobody at all") { ${field} }` },
  ],
  ['tasks of a data source without any', 'Query.exportTasks', { given: 'filter: { sources: ["sandbox-adapty"] }' }],
  [
    'members of a cohort without any',
    'Cohort.members',
    { of: (field) => `cohort(id: ${JSON.stringify(emptyCohort)}) { ${field} }` },
  ],
];

let server: ServerUnderTest;
let busyUser = '';
let smallCohort = '';
let emptyCohort = '';

interface Found {
  readonly edges: readonly { readonly cursor: string; readonly node: Readonly<Record<string, string>> }[];
  readonly nodes: readonly Readonly<Record<string, string>>[];
  readonly totalCount: number;
  readonly pageInfo: {
    readonly hasPreviousPage: boolean;
    readonly hasNextPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

interface Paging {
  readonly first: number;
  readonly after?: string | null;
}

function place(name: string): Place {
  const found = PLACES[name];
  if (!found) throw new Error(`Nobody has said how ${name} is asked for`);
  return found;
}

/** Ask for one page of a connection. */
async function ask(name: string, { of, given = '', key }: Place, paging: Paging) {
  const field = name.replace(/^.*\./, '');
  const shown = `{ edges { cursor node { ${key} } } nodes { ${key} } totalCount
    pageInfo { hasPreviousPage hasNextPage startCursor endCursor } }`;
  const document = `query ($first: Int!, $after: String) {
    ${of(`found: ${field}(${given} first: $first, after: $after) ${shown}`)} }`;
  const { data, errors = [] } = await server.ask<unknown>(document, paging);
  return { found: findIn(data), errors };
}

/** What was asked for as `found`, at whatever depth; null where it failed. */
function findIn(data: unknown): Found | null {
  if (typeof data !== 'object' || data === null) return null;
  if ('found' in data) return data.found as Found | null;
  return Object.values(data).map(findIn).find(Boolean) ?? null;
}

async function read(name: string, paging: Paging): Promise<Found> {
  const { found, errors } = await ask(name, place(name), paging);
  if (!found) throw new Error(`${name}: ${JSON.stringify(errors)}`);
  return found;
}

/** Every page of that length, one after the other, as a client that knows nothing but the specification would read them. */
async function readPages(name: string, first: number): Promise<Found[]> {
  const pages = [await read(name, { first })];
  for (;;) {
    const last = pages.at(-1);
    if (!last?.pageInfo.hasNextPage) return pages;
    expect(pages.length).toBeLessThan(100);
    pages.push(await read(name, { first, after: last.pageInfo.endCursor }));
  }
}

beforeAll(async () => {
  server = await startServerUnderTest({ hasDatabase: true });
  const rows = { source: 'sandbox-instal', table: 'report' };
  for (const day of ['2026-05-01', '2026-05-02', '2026-05-03', '2026-05-04', '2026-05-05']) {
    const { userErrors } = await createExport(server, { source: { rows: { ...rows, period: dates(day, day) } } });
    expect(userErrors).toEqual([]);
  }
  const { events, dataSource } = await server.query<{
    events: { nodes: { userId: string | null }[] };
    dataSource: { cohorts: { nodes: { id: string; size: number }[] } };
  }>(`{
    events(query: { source: "sandbox-openpanel", ${DAY} }, first: 200) { nodes { userId } }
    ${GROWINGIO('cohorts { nodes { id size } }')}
  }`);
  const counts = Map.groupBy(
    events.nodes.flatMap(({ userId }) => userId ?? []),
    (userId) => userId,
  );
  [[busyUser] = ['']] = [...counts].toSorted(([, a], [, b]) => b.length - a.length);
  const cohorts = dataSource.cohorts.nodes.toSorted((a, b) => a.size - b.size);
  [smallCohort = ''] = cohorts.flatMap(({ id, size }) => (size > 2 ? [id] : []));
  [emptyCohort = ''] = cohorts.flatMap(({ id, size }) => (size === 0 ? [id] : []));
}, 240_000);
afterAll(() => server.close());

const NAMES = Object.keys(PLACES);

it('knows how to ask for every connection of the schema', async () => {
  const schema = buildClientSchema(await server.query<IntrospectionQuery>(getIntrospectionQuery()));
  const fields = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })))
    .filter(({ field }) => getNamedType(field.type).name.endsWith('Connection'));
  expect(fields.map(({ type, field }) => `${type.name}.${field.name}`).toSorted()).toEqual(NAMES.toSorted());
});

describe.each(NAMES)('%s', { timeout: 240_000 }, (name) => {
  const keyOf = (node: Readonly<Record<string, string>>): string => node[place(name).key] ?? '';

  it('shows everything once, in order, whatever the length of its pages', async () => {
    const whole = await readPages(name, place(name).most);
    const all = whole.flatMap(({ edges }) => edges);
    const keys = all.map(({ node }) => keyOf(node));
    expect(keys.length).toBeGreaterThan(1);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { totalCount } of whole) expect(totalCount).toBe(keys.length);

    const lengths = [Math.ceil(keys.length / 3), Math.ceil(keys.length / 2), keys.length - 1, keys.length];
    for (const first of lengths.filter((length) => length <= place(name).most)) {
      const pages = await readPages(name, first);
      expect(pages).toHaveLength(Math.ceil(keys.length / first));
      expect(pages.flatMap(({ edges }) => edges)).toEqual(all);
      for (const [index, { edges, nodes, pageInfo }] of pages.entries()) {
        const here = all.slice(index * first, (index + 1) * first);
        expect(edges).toEqual(here);
        expect(nodes).toEqual(here.map(({ node }) => node));
        expect(pageInfo).toEqual({
          hasPreviousPage: index > 0,
          hasNextPage: index < pages.length - 1,
          startCursor: here[0]?.cursor,
          endCursor: here.at(-1)?.cursor,
        });
      }
    }
  });

  it('goes on behind any edge, not only behind the last of a page', async () => {
    const { edges } = await read(name, { first: place(name).most });
    const middle = Math.floor(edges.length / 2);
    const { edges: behind } = await read(name, { first: 1, after: edges[middle - 1]?.cursor ?? '' });
    expect(behind).toEqual([edges[middle]]);
  });

  it('is empty behind its end', async () => {
    const last = (await readPages(name, place(name).most)).at(-1);
    expect(await read(name, { first: 1, after: last?.pageInfo.endCursor ?? '' })).toEqual({
      ...{ edges: [], nodes: [], totalCount: last?.totalCount },
      pageInfo: { hasPreviousPage: true, hasNextPage: false, startCursor: null, endCursor: null },
    });
  });

  it('refuses a page of no length, and one that is too long', async () => {
    const { most } = place(name);
    for (const first of [0, -1, most + 1]) {
      const { found, errors } = await ask(name, place(name), { first });
      expect([found, ...errors]).toMatchObject([null, refused(`first: ${first} is not between 1 and ${most}`)]);
    }
  });

  it('refuses a cursor that is broken, or of another connection', async () => {
    const { edges } = await read(name, { first: 1 });
    const own = edges[0]?.cursor ?? '';
    const others = await Promise.all(
      NAMES.filter((other) => other !== name).map(async (other) => (await read(other, { first: 1 })).edges[0]?.cursor),
    );
    const broken = ['', 'nonsense', own.slice(0, -4), `${own.slice(0, 4)}${own}`, own.toUpperCase()];
    for (const after of [...broken, ...others]) {
      const { found, errors } = await ask(name, place(name), { first: 1, after: after ?? '' });
      expect([after, found, ...errors]).toMatchObject([after, null, refused(/^after: (is not a cursor|belongs to)/)]);
    }
  });
});

/** An error that says which argument is wrong. */
function refused(message: string | RegExp): object {
  const expected: Partial<Record<keyof AnsweredError, unknown>> = {
    message: typeof message === 'string' ? message : (expect.stringMatching(message) as unknown),
    path: expect.arrayContaining(['found']) as unknown,
    extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }) as unknown,
  };
  return expected;
}

describe('a connection of nothing', () => {
  it.each(EMPTY)('has one page: %s', { timeout: 120_000 }, async (_what, name, change) => {
    const { found, errors } = await ask(name, { ...place(name), ...change }, { first: 10 });
    expect(errors).toEqual([]);
    expect(found).toEqual({
      ...{ edges: [], nodes: [], totalCount: 0 },
      pageInfo: { hasPreviousPage: false, hasNextPage: false, startCursor: null, endCursor: null },
    });
  });
});
