import { describe, expect, it, onTestFinished } from 'vitest';
import { json, type Answer } from '../http/local-server.ts';
import { startCountedServer } from '../server/counted-provider.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';

interface Page {
  readonly nodes: readonly { readonly id: string; readonly at: string }[];
  readonly totalCount: number | null;
  readonly lateArrivals: number;
  readonly period: { readonly start: string; readonly end: string };
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

const OPERATION = `query ($query: EventsQuery!, $first: Int!, $after: String) {
  events(query: $query, first: $first, after: $after) {
    nodes { id at } totalCount lateArrivals period { start end } pageInfo { hasNextPage endCursor }
  }
}`;

async function read(server: ServerUnderTest, variables: { query: object; first: number; after?: string }) {
  return (await server.query<{ events: Page }>(OPERATION, variables)).events;
}

describe('a cursor', () => {
  it.each([
    ['YESTERDAY', '2026-06-15T00:00:00Z', '2026-06-16T00:00:00Z'],
    ['LAST_7_DAYS', '2026-06-09T00:00:00Z', '2026-06-16T00:00:00Z'],
  ])('of %s keeps its window over midnight', async (preset, start, end) => {
    const server = await startServerUnderTest({ now: '2026-06-16T23:59:50Z' });
    onTestFinished(() => server.close());
    const query = { source: 'sandbox-openpanel', period: { preset } };
    const first = await read(server, { query, first: 1000 });
    server.clock.moveTo('2026-06-17T00:00:10Z');
    const second = await read(server, { query, first: 1000, after: first.pageInfo.endCursor });
    const again = await read(server, { query, first: 1000 });
    expect(first.period).toEqual({ start, end });
    expect(second.period).toEqual({ start, end });
    expect(again.period.start > start).toBe(true);
    expect(second.totalCount).toBe(first.totalCount);
    expect(second.nodes).toHaveLength(1000);
    expect((second.nodes[0]?.at ?? '') <= (first.nodes.at(-1)?.at ?? '')).toBe(true);
    expect(new Set([...first.nodes, ...second.nodes].map(({ id }) => id)).size).toBe(2000);
  });
});

const toEvent = (index: number) => ({
  id: `event-${String(index).padStart(4, '0')}`,
  name: 'purchase',
  createdAt: new Date(Date.parse('2026-06-15T00:00:00Z') + index * 60_000).toISOString(),
  ...{ deviceId: 'd', profileId: 'p', projectId: 'shop', country: 'SE', city: '', os: '', browser: '', path: '/' },
});

/** A listing as the provider numbers it: pages from the newest event. */
function listing(events: readonly ReturnType<typeof toEvent>[]): Answer {
  return (response, request) => {
    const { searchParams } = new URL(request.url ?? '', 'http://openpanel.invalid');
    const [page = 1, limit = 50] = ['page', 'limit'].map((name) => Number(searchParams.get(name)));
    const sorted = events.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    const data = sorted.slice((page - 1) * limit, page * limit);
    const meta = { count: data.length, totalCount: sorted.length, pages: 1, current: page };
    json({ meta, data })(response, request);
  };
}

const YESTERDAY = { query: { source: 'app', period: { preset: 'YESTERDAY' } }, first: 10 };

describe('reading on', () => {
  it('sees every event once while new ones arrive', async () => {
    const events = Array.from({ length: 35 }, (_, index) => toEvent(index * 10));
    const server = await startCountedServer({ events: listing(events) });
    const seen: string[] = [];
    const late: number[] = [];
    for (let after: string | undefined, page = 0; ; page++) {
      const { nodes, lateArrivals, pageInfo } = await read(server, { ...YESTERDAY, ...(after && { after }) });
      seen.push(...nodes.map(({ id }) => id));
      late.push(lateArrivals);
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
      // Three newer events and one in the part already read.
      events.push(...[0, 1, 2].map((index) => toEvent(600 + page * 10 + index)), toEvent(339 + page));
    }
    expect(seen).toEqual(Array.from({ length: 35 }, (_, index) => toEvent((34 - index) * 10).id));
    expect(late).toEqual([0, 4, 4, 4]);
  });

  it('misses none when events are deleted', async () => {
    const events = Array.from({ length: 30 }, (_, index) => toEvent(index));
    const server = await startCountedServer({ events: listing(events) });
    const first = await read(server, YESTERDAY);
    // The newest five, and the very event that the cursor points at.
    events.splice(25, 5);
    events.splice(20, 1);
    const second = await read(server, { ...YESTERDAY, after: first.pageInfo.endCursor });
    expect(first.nodes.map(({ id }) => id)).toEqual([...Array(10).keys()].map((index) => toEvent(29 - index).id));
    expect(second.nodes.map(({ id }) => id)).toEqual([...Array(10).keys()].map((index) => toEvent(19 - index).id));
  });

  it('ends where the events end', async () => {
    const server = await startCountedServer({ events: listing([toEvent(1), toEvent(2)]) });
    const { nodes, pageInfo, totalCount } = await read(server, { ...YESTERDAY, first: 2 });
    expect(nodes).toHaveLength(2);
    expect(totalCount).toBe(2);
    expect(pageInfo.hasNextPage).toBe(false);
    const behind = await read(server, { ...YESTERDAY, first: 2, after: pageInfo.endCursor });
    expect(behind).toMatchObject({ nodes: [], pageInfo: { hasNextPage: false, endCursor: null } });
  });
});
