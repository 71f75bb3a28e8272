import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dates } from './metrics-question.ts';
import { inDays, readRawEvents, type RawEvent } from './raw-events.ts';
import { startServerUnderTest, type ServerUnderTest } from './running-server.ts';

let server: ServerUnderTest;
let raw: RawEvent[];

beforeAll(async () => {
  server = await startServerUnderTest();
  raw = readRawEvents(server.world());
});
afterAll(() => server.close());

interface AskedEvent {
  readonly id: string;
  readonly name: string;
  readonly at: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly country: string | null;
  readonly os: string | null;
  readonly path: string | null;
  readonly revenue: number;
  readonly properties: object;
}

interface AskedPage {
  readonly nodes: readonly AskedEvent[];
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly totalCount: number | null;
  readonly lateArrivals: number;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const OPERATION = `query ($query: EventsQuery!, $first: Int!, $after: String) {
  events(query: $query, first: $first, after: $after) {
    nodes { id name at userId sessionId country os path revenue properties }
    edges { cursor node { id } }
    totalCount
    lateArrivals
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

async function askPage(query: object, first: number, after: string | null): Promise<AskedPage> {
  const variables = { query: { source: 'sandbox-openpanel', ...query }, first, after };
  return (await server.query<{ events: AskedPage }>(OPERATION, variables)).events;
}

async function readAll(query: object, first: number): Promise<AskedPage[]> {
  const pages: AskedPage[] = [];
  for (let after: string | null = null; ;) {
    const page = await askPage(query, first, after);
    pages.push(page);
    after = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage) return pages;
  }
}

const toRow = ({ name, at, user, country, os, path, properties, revenueCents }: RawEvent) =>
  JSON.stringify([new Date(at).toISOString(), name, user, country, os, path, revenueCents, sorted(properties)]);
const toAskedRow = ({ name, at, userId, country, os, path, properties, revenue }: AskedEvent) =>
  JSON.stringify([at, name, userId, country ?? '', os ?? '', path ?? '', revenue, sorted(properties)]);
const sorted = (properties: object) => Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1));

function expectSameEvents(events: readonly AskedEvent[], expected: readonly RawEvent[]): void {
  expect(events.map(toAskedRow).sort()).toEqual(expected.map(toRow).sort());
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  const times = events.map(({ at }) => at);
  expect(times).toEqual(times.toSorted().reverse());
}

const DAY = '2026-03-02';

describe('events of the sandbox', () => {
  it.each([1000, 500, 137])('hold exactly a day, read %i at a time', async (first) => {
    const pages = await readAll({ period: dates(DAY, DAY) }, first);
    const expected = inDays(raw, DAY);
    expectSameEvents(
      pages.flatMap(({ nodes }) => nodes),
      expected,
    );
    expect(pages.map(({ nodes }) => nodes.length)).toEqual(
      Array.from({ length: Math.ceil(expected.length / first) }, (_, page) =>
        Math.min(first, expected.length - page * first),
      ),
    );
    expect(pages.every(({ totalCount }) => totalCount === expected.length)).toBe(true);
    expect(pages.every(({ lateArrivals }) => lateArrivals === 0)).toBe(true);
  });

  it.each([1, 2, 7])('hold exactly some minutes, read %i at a time', async (first) => {
    const instants = { from: '2026-03-02T23:30:00Z', to: '2026-03-02T23:59:58.5Z' };
    const expected = raw.filter(({ at }) => at >= Date.parse(instants.from) && at < Date.parse(instants.to));
    expect(expected.length).toBeGreaterThan(3);
    const pages = await readAll({ period: { instants } }, first);
    expectSameEvents(
      pages.flatMap(({ nodes }) => nodes),
      expected,
    );
  });

  it('of an hour before noon cost few requests', async () => {
    const allowance = async () => {
      const operation = '{ dataSource(key: "sandbox-openpanel") { allowance { limit remaining } } }';
      const { dataSource } = await server.query<{ dataSource: { allowance: { remaining: number }[] } }>(operation);
      return dataSource.allowance[0]?.remaining ?? NaN;
    };
    const before = await allowance();
    await askPage({ period: { instants: { from: '2026-03-02T11:00:00Z', to: '2026-03-02T12:00:00Z' } } }, 20, null);
    expect(before - (await allowance())).toBeLessThan(5);
  });

  it('hold both midnights of a day in any zone', async () => {
    const query = { period: dates(DAY, DAY), timezone: 'Asia/Kathmandu' };
    const [from, to] = [Date.parse('2026-03-01T18:15:00Z'), Date.parse('2026-03-02T18:15:00Z')];
    const pages = await readAll(query, 1000);
    expectSameEvents(
      pages.flatMap(({ nodes }) => nodes),
      raw.filter(({ at }) => at >= from && at < to),
    );
    expect(pages[0]?.totalCount).toBeNull();
  });

  it('of some names hold no others', async () => {
    const names = ['404', 'Invite Friend', 'share, "quoted"\nand broken'];
    const pages = await readAll({ period: dates('2026-03-01', '2026-03-31'), names }, 400);
    const expected = inDays(raw, '2026-03-01', '2026-03-31').filter(({ name }) => names.includes(name));
    expect(new Set(expected.map(({ name }) => name)).size).toBe(3);
    expectSameEvents(
      pages.flatMap(({ nodes }) => nodes),
      expected,
    );
  });

  it('keep what filters keep', async () => {
    const filters = [
      { dimension: 'country', operator: 'IS_NOT_SET', values: [] },
      { dimension: 'properties.query', operator: 'IS_SET', values: [] },
    ];
    const pages = await readAll({ period: dates('2026-03-01', '2026-03-31'), names: ['search'], filters }, 50);
    expectSameEvents(
      pages.flatMap(({ nodes }) => nodes),
      inDays(raw, '2026-03-01', '2026-03-31').filter(
        ({ name, country, properties }) => name === 'search' && country === '' && properties['query'] !== '',
      ),
    );
  });

  it('can be read on behind any event of a page', async () => {
    const query = { period: dates(DAY, DAY) };
    const page = await askPage(query, 10, null);
    const behindThird = await askPage(query, 7, page.edges[2]?.cursor ?? '');
    expect(behindThird.nodes).toEqual(page.nodes.slice(3));
    expect(behindThird.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: true });
    expect(page.pageInfo.startCursor).toBe(page.edges[0]?.cursor);
    expect(page.pageInfo.endCursor).toBe(page.edges[9]?.cursor);
    expect(page.edges.map(({ node }) => node.id)).toEqual(page.nodes.map(({ id }) => id));
  });

  it('of an empty day are an empty page', async () => {
    const page = await askPage({ period: { preset: 'TODAY' } }, 10, null);
    expect(page).toEqual({
      nodes: [],
      edges: [],
      totalCount: 0,
      lateArrivals: 0,
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });
});
