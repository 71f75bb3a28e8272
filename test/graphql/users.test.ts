import { parse as parseCsv } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { toGlobalId } from '../../src/analytics/global-id.ts';
import type { WorldUser } from '../../src/sandbox/world.ts';
import { json, startServer } from '../http/local-server.ts';
import { configure, openpanel } from '../server/fake-openpanel.ts';
import { inDays, readRawEvents, type RawEvent } from '../server/raw-events.ts';
import { unexpectedFailures } from '../server/refused-question.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';

const SOURCE = 'sandbox-openpanel';

let server: ServerUnderTest;
let raw: RawEvent[];
/** The events of each id. */
let eventsOf: Map<string, RawEvent[]>;

beforeAll(async () => {
  server = await startServerUnderTest();
  raw = readRawEvents(server.world());
  eventsOf = Map.groupBy(raw, ({ user }) => user);
});
afterAll(() => server.close());

interface Profile {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly avatarUrl: string | null;
  readonly createdAt: string | null;
  readonly lastSeenAt: string | null;
  readonly properties: object;
  readonly attributes: object;
}

const PROFILE = 'profile { firstName lastName email avatarUrl createdAt lastSeenAt properties attributes }';

/** Ask for the profiles of several ids in one operation. */
async function askProfiles(ids: readonly string[]): Promise<(Profile | null)[]> {
  const fields = ids.map(
    (id, index) => `u${index}: user(source: "${SOURCE}", nativeId: ${JSON.stringify(id)}) { ${PROFILE} }`,
  );
  const data = await server.query<Record<string, { profile: Profile | null }>>(`{ ${fields.join('\n')} }`);
  return ids.map((_id, index) => data[`u${index}`]?.profile ?? null);
}

/** What the world says of somebody who was seen signed in. */
function toExpected({ id, firstName, lastName, email, installedAtMs, attribution }: WorldUser): Profile {
  const seen = eventsOf.get(id)?.map(({ at }) => at) ?? [];
  return {
    ...{ firstName, lastName, email, avatarUrl: null },
    ...{ createdAt: toText(installedAtMs), lastSeenAt: toText(Math.max(...seen)) },
    properties: { tier: attribution ? 'gold' : 'basic' },
    attributes: { isExternal: true, groups: [] },
  };
}

const toText = (ms: number) => new Date(ms).toISOString();

/** Every so many people of the world, of those who are meant. */
function sample(isMeant: (user: WorldUser) => boolean, count: number): WorldUser[] {
  const meant = server.world().users.filter(isMeant);
  expect(meant.length).toBeGreaterThanOrEqual(count);
  return Array.from({ length: count }, (_, index) => meant[Math.floor((index * meant.length) / count)] as WorldUser);
}

const isSeen = ({ id, isAnonymous }: WorldUser) => !isAnonymous && eventsOf.has(id);

/** The requests for profiles that are in the log by now. */
const countProfileRequests = () => server.logged.filter((line) => /"path":"[^"]*includes=profile&/.test(line)).length;

describe('the profile of a user', () => {
  it('is what the world says of them', async () => {
    const people = sample(isSeen, 12);
    expect(await askProfiles(people.map(({ id }) => id))).toEqual(people.map(toExpected));
  });

  it('is found by an id of digits', async () => {
    const people = sample((user) => isSeen(user) && /^\d+$/.test(user.id), 3);
    expect(await askProfiles(people.map(({ id }) => id))).toEqual(people.map(toExpected));
  });

  it('is null for who has never signed in, and for who has never been there', async () => {
    const anonymous = sample(({ id, isAnonymous }) => isAnonymous && eventsOf.has(id), 2);
    const beforeSignIn = sample((user) => isSeen(user) && eventsOf.has(user.deviceId), 2);
    const unseen = sample(({ id }) => !eventsOf.has(id), 2);
    const ids = [
      ...anonymous.map(({ id }) => id),
      ...beforeSignIn.map(({ deviceId }) => deviceId),
      ...unseen.map(({ id }) => id),
    ];
    const never = ['nobody', ' ', '%', '*', '"', "' OR 1=1", 'null', '0', '😀'];
    expect(await askProfiles([...ids, ...never])).toEqual([...ids, ...never].map(() => null));
  });

  it('is asked for once, whoever of an operation wants it', async () => {
    const ids = sample(isSeen, 3).map(({ id }) => id);
    const before = countProfileRequests();
    const filters = [{ dimension: 'user_id', operator: 'IS', values: ids }];
    const query = { source: SOURCE, period: { dates: { from: '2026-02-16', to: '2026-06-15' } }, filters };
    const operation = `query ($query: EventsQuery!, $id: String!) {
      events(query: $query, first: 50) {
        nodes { userId user { nativeId source { key } ${PROFILE} } }
        edges { node { user { profile { email } } } }
      }
      user(source: "${SOURCE}", nativeId: $id) { ${PROFILE} }
    }`;
    interface Node {
      readonly userId: string;
      readonly user: { readonly nativeId: string; readonly source: object; readonly profile: Profile };
    }
    const { events } = await server.query<{ events: { nodes: Node[] } }>(operation, { query, id: ids[0] });
    const asked = new Set(events.nodes.map(({ userId }) => userId));
    expect(events.nodes).toHaveLength(Math.min(50, ids.flatMap((id) => eventsOf.get(id) ?? []).length));
    for (const { userId, user } of events.nodes) {
      const person = server.world().users.find(({ id }) => id === userId);
      expect(user).toEqual({ nativeId: userId, source: { key: SOURCE }, profile: person && toExpected(person) });
    }
    expect(countProfileRequests() - before).toBe(new Set([...asked, ids[0]]).size);
  });

  it('costs nothing where nobody wants it', async () => {
    const before = server.logged.filter((line) => line.includes('provider request')).length;
    const operation = `{ user(source: "${SOURCE}", nativeId: "anyone") { __typename id nativeId source { key name } } }`;
    expect(await server.query(operation)).toMatchObject({ user: { __typename: 'User', nativeId: 'anyone' } });
    expect(server.logged.filter((line) => line.includes('provider request'))).toHaveLength(before);
  });
});

describe('the global id of a user', () => {
  const NODE = `query ($id: ID!) { node(id: $id) { __typename id ... on User { nativeId source { key } ${PROFILE} } } }`;

  it('finds the same user', async () => {
    const [person] = sample(isSeen, 1);
    const operation = `query ($id: String!) { user(source: "${SOURCE}", nativeId: $id) { id } }`;
    const { user } = await server.query<{ user: { id: string } }>(operation, { id: person?.id });
    expect(await server.query(NODE, { id: user.id })).toEqual({
      node: {
        ...{ __typename: 'User', id: user.id, nativeId: person?.id, source: { key: SOURCE } },
        profile: person && toExpected(person),
      },
    });
  });

  it.each(['a:b', 'a/b?c#d', 'Łukasz 😀', '%25', '12345', ' '])('holds any id: %j', async (nativeId) => {
    const operation = 'query ($id: String!) { user(source: "sandbox-instal", nativeId: $id) { id } }';
    const { user } = await server.query<{ user: { id: string } }>(operation, { id: nativeId });
    const found = 'query ($id: ID!) { node(id: $id) { ... on User { nativeId source { key } } } }';
    expect(await server.query(found, user)).toEqual({ node: { nativeId, source: { key: 'sandbox-instal' } } });
  });

  it.each([
    ['an unknown source', toGlobalId('User', 'shop', 'anna')],
    ['no id', toGlobalId('User', SOURCE)],
    ['an empty id', toGlobalId('User', SOURCE, '')],
    ['two ids', toGlobalId('User', SOURCE, 'anna', 'bo')],
  ])('is null for %s', async (_kind, id) => {
    expect(await server.query(NODE, { id })).toEqual({ node: null });
  });
});

interface Page {
  readonly nodes: readonly {
    readonly id: string;
    readonly name: string;
    readonly at: string;
    readonly userId: string;
  }[];
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly csv: string;
}

const EVENTS = `query ($source: String!, $id: String!, $period: PeriodInput!, $names: [String!], $timezone: TimeZone, $first: Int, $after: String) {
  user(source: $source, nativeId: $id) {
    events(period: $period, names: $names, timezone: $timezone, first: $first, after: $after) {
      nodes { id name at userId } totalCount pageInfo { hasNextPage endCursor } csv
    }
  }
}`;

const MAY = { dates: { from: '2026-05-01', to: '2026-05-31' } };

/** Ask for the events of a user; what is left out is as GraphQL has it. */
async function askEvents(variables: object) {
  const operation = EVENTS.replace('$names: [String!]', '$names: [String!]! = []').replace(
    '$first: Int',
    '$first: Int! = 50',
  );
  return server.ask<{ user: { events: Page | null } | null }>(operation, { source: SOURCE, period: MAY, ...variables });
}

/** Who did most in May. */
function busiest(): { readonly id: string; readonly expected: readonly RawEvent[] } {
  const known = new Set(
    server
      .world()
      .users.filter(isSeen)
      .map(({ id }) => id),
  );
  const ofMay = Map.groupBy(inDays(raw, '2026-05-01', '2026-05-31'), ({ user }) => user);
  const [first] = [...ofMay].filter(([id]) => known.has(id)).sort(([, a], [, b]) => b.length - a.length);
  if (!first) throw new Error('Nobody did anything in May');
  return { id: first[0], expected: first[1] };
}

const toRow = ({ name, at }: RawEvent) => `${toText(at)} ${name}`;

describe('the events of a user', () => {
  it('are theirs, newest first, page by page', async () => {
    const { id, expected } = busiest();
    const first = Math.ceil(expected.length / 4);
    const pages: Page[] = [];
    for (let after: string | null = null; ;) {
      const { data, errors } = await askEvents({ id, first, after });
      expect(errors).toBeUndefined();
      const page = data.user?.events;
      if (!page) throw new Error('There is no page');
      pages.push(page);
      after = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage) break;
    }
    expect(pages.length).toBeGreaterThan(2);
    const nodes = pages.flatMap((page) => page.nodes);
    expect(nodes.map(({ at, name }) => `${at} ${name}`).sort()).toEqual(expected.map(toRow).sort());
    expect(nodes.map(({ at }) => at)).toEqual(
      nodes
        .map(({ at }) => at)
        .toSorted()
        .reverse(),
    );
    expect(new Set(nodes.map((node) => node.id)).size).toBe(nodes.length);
    expect(new Set(nodes.map(({ userId }) => userId))).toEqual(new Set([id]));
    expect(pages.map(({ totalCount }) => totalCount)).toEqual(pages.map(() => expected.length));
    for (const page of pages) {
      const rows = parseCsv<Record<string, string>>(page.csv, { columns: true });
      expect(rows.map(({ at, name, id: event, user_id: user }) => [at, name, event, user])).toEqual(
        page.nodes.map(({ at, name, id: event, userId }) => [at, name, event, userId]),
      );
    }
  });

  it('may be of some names only', async () => {
    const { id, expected } = busiest();
    const name = expected[0]?.name;
    const { data } = await askEvents({ id, names: [name], first: 1000 });
    const named = expected.filter((event) => event.name === name);
    expect(named.length).toBeLessThan(expected.length);
    expect(data.user?.events?.nodes.map((event) => `${event.at} ${event.name}`).sort()).toEqual(
      named.map(toRow).sort(),
    );
  });

  it('may be of the days of another zone', async () => {
    const { id } = busiest();
    const { data } = await askEvents({ id, timezone: 'Asia/Tokyo', first: 1000 });
    const [from, to] = [Date.parse('2026-05-01T00:00+09:00'), Date.parse('2026-06-01T00:00+09:00')];
    const expected = (eventsOf.get(id) ?? []).filter(({ at }) => at >= from && at < to);
    expect(data.user?.events?.nodes).toHaveLength(expected.length);
  });

  it('are none of somebody who is not there', async () => {
    const { data } = await askEvents({ id: 'nobody' });
    expect(data.user?.events).toMatchObject({ nodes: [], totalCount: 0, pageInfo: { hasNextPage: false } });
  });

  it.each<[mistake: string, variables: object, code: string, says: string]>([
    ['no event at all', { first: 0 }, 'BAD_USER_INPUT', 'first: 0 is not between 1 and 1000'],
    ['too many', { first: 1001 }, 'BAD_USER_INPUT', 'first: 1001 is not between 1 and 1000'],
    [
      'a day that is none',
      { period: { dates: { from: '2026-05-32', to: '2026-06-01' } } },
      'BAD_USER_INPUT',
      'period.dates.from: ',
    ],
    [
      'dates in reverse',
      { period: { dates: { from: '2026-05-02', to: '2026-05-01' } } },
      'BAD_USER_INPUT',
      'period.dates: from 2026-05-02 is after to 2026-05-01',
    ],
    [
      'days without data',
      { period: { dates: { from: '2025-12-31', to: '2026-01-01' } } },
      'QUERY_NOT_SUPPORTED',
      'period: starts on 2025-12-31, before the first day with data',
    ],
    ['an unknown zone', { timezone: 'Mars/Olympus' }, 'BAD_USER_INPUT', 'timezone: "Mars/Olympus" is not'],
    ['an empty name', { names: ['purchase', ''] }, 'BAD_USER_INPUT', 'names[1]: must not be empty'],
    ['a name never sent', { names: ['purchas'] }, 'BAD_USER_INPUT', `names[0]: "${SOURCE}" has no event "purchas"`],
    ['a made-up cursor', { after: 'page two' }, 'BAD_USER_INPUT', 'after: is not a cursor of this server'],
    [
      'sums',
      { source: 'sandbox-instal' },
      'CAPABILITY_NOT_SUPPORTED',
      'Instal has no raw events (data source "sandbox-instal").',
    ],
    [
      'no rows',
      { source: 'sandbox-growingio' },
      'CAPABILITY_NOT_SUPPORTED',
      'GrowingIO has no raw events (data source "sandbox-growingio").',
    ],
  ])('are refused where asked for %s', async (_mistake, variables, code, says) => {
    const { data, errors = [] } = await askEvents({ id: 'anna', ...variables });
    expect(data).toEqual({ user: { events: null } });
    expect(errors).toMatchObject([{ path: ['user', 'events'], extensions: { code } }]);
    const [{ message } = { message: '' }] = errors;
    expect(message.startsWith(says), message).toBe(true);
    expect(message).not.toContain('query.');
  });

  it('are refused behind a cursor of another user', async () => {
    const { data: page } = await askEvents({ id: busiest().id, first: 1 });
    const { errors } = await askEvents({ id: 'anna', first: 1, after: page.user?.events?.pageInfo.endCursor });
    expect(errors).toMatchObject([
      { message: expect.stringMatching(/^after: belongs to another query/), extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });
});

describe('a user', () => {
  it.each([
    ['of nobody', { source: SOURCE, id: '' }, 'nativeId: must not be empty'],
    [
      'of a source that is not there',
      { source: 'openpanel', id: 'anna' },
      'source: there is no data source "openpanel"',
    ],
  ])('%s is bad user input', async (_mistake, variables, says) => {
    const operation = 'query ($source: String!, $id: String!) { user(source: $source, nativeId: $id) { id } }';
    const { data, errors } = await server.ask(operation, variables);
    expect(data).toEqual({ user: null });
    expect(errors).toMatchObject([{ path: ['user'], extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(errors?.[0]?.message.startsWith(says)).toBe(true);
  });

  it('may be a member of a cohort', async () => {
    const operation = `{ dataSource(key: "sandbox-growingio") { cohorts(first: 1) { nodes { members(first: 3) {
      nodes { userId user { id nativeId source { key } } } edges { node { user { nativeId } } }
    } } } } }`;
    interface Member {
      readonly userId: string;
      readonly user: { readonly id: string; readonly nativeId: string };
    }
    const { dataSource } = await server.query<{
      dataSource: { cohorts: { nodes: { members: { nodes: Member[]; edges: { node: Member }[] } }[] } };
    }>(operation);
    const { nodes, edges } = dataSource.cohorts.nodes[0]?.members ?? { nodes: [], edges: [] };
    expect(nodes).toHaveLength(3);
    for (const { userId, user } of nodes) {
      const id = toGlobalId('User', 'sandbox-growingio', userId);
      expect(user).toEqual({ id, nativeId: userId, source: { key: 'sandbox-growingio' } });
    }
    expect(edges.map(({ node }) => node.user.nativeId)).toEqual(nodes.map(({ userId }) => userId));
  });

  it.each(['adapty', 'growingio', 'instal', 'mytracker'])('of %s has no profile', async (provider) => {
    const operation = `{ user(source: "sandbox-${provider}", nativeId: "anna") { nativeId profile { email } } }`;
    const { data, errors } = await server.ask(operation);
    expect(data).toEqual({ user: { nativeId: 'anna', profile: null } });
    expect(errors).toMatchObject([
      { path: ['user', 'profile'], extensions: { code: 'CAPABILITY_NOT_SUPPORTED', provider } },
    ]);
    expect(errors?.[0]?.message).toMatch(/ It tells nothing about single users\.$/);
  });

  it('is nobody where an event names nobody', async () => {
    const place = { country: 'SE', city: '', os: '', browser: '', path: '' };
    const event = (id: string, profileId: string) => ({
      ...{ id, name: 'purchase', deviceId: 'd1', profileId, projectId: 'shop', ...place },
      createdAt: '2026-06-15T10:00:00.000Z',
    });
    const data = [event('1', ''), event('2', 'anna')];
    const events = json({ meta: { count: 2, totalCount: 2, pages: 1, current: 1 }, data });
    const provider = await startServer(openpanel({ events }));
    const shop = await startServerUnderTest({ config: configure({ shop: provider.url }) });
    onTestFinished(() => shop.close());
    const operation = `{ events(query: { source: "shop", period: { preset: YESTERDAY } }) {
      nodes { userId user { nativeId } } edges { node { user { nativeId } } }
    } }`;
    const users = [null, { nativeId: 'anna' }];
    expect(await shop.query(operation)).toEqual({
      events: {
        nodes: users.map((user) => ({ userId: user?.nativeId ?? null, user })),
        edges: users.map((user) => ({ node: { user } })),
      },
    });
  });

  it('of an OpenPanel of 2024 has neither profile nor events of their own', async () => {
    const older = await startServerUnderTest({
      config: configure({ older: 'http://127.0.0.1:9' }, { apiVersion: '2024' }),
    });
    onTestFinished(() => older.close());
    const operation =
      '{ user(source: "older", nativeId: "anna") { nativeId profile { email } events(period: { preset: YESTERDAY }) { csv } } }';
    const { data, errors = [] } = await older.ask(operation);
    expect(data).toEqual({ user: { nativeId: 'anna', profile: null, events: null } });
    expect(errors.toSorted((a, b) => String(a.path).localeCompare(String(b.path)))).toMatchObject([
      {
        path: ['user', 'events'],
        message: 'events: raw events cannot be filtered by user (data source "older")',
        extensions: { code: 'QUERY_NOT_SUPPORTED', source: 'older', provider: 'openpanel' },
      },
      { path: ['user', 'profile'], extensions: { code: 'CAPABILITY_NOT_SUPPORTED', source: 'older' } },
    ]);
  });
});

describe('the log', () => {
  it('knows neither who was asked about nor what was said', async () => {
    const [person] = sample(isSeen, 1);
    const id = 'anna+private@example.com';
    const operation = `query ($id: String!) { user(source: "${SOURCE}", nativeId: $id) { ${PROFILE} events(period: { preset: YESTERDAY }) { totalCount } } }`;
    for (const asked of [id, person?.id]) {
      const address = new URLSearchParams({ query: operation, variables: JSON.stringify({ id: asked }) });
      const response = await fetch(`${server.url}/graphql?${address.toString()}`, {
        headers: { accept: 'application/json', 'apollo-require-preflight': 'yes' },
      });
      expect(await response.json()).toMatchObject({ data: { user: { events: { totalCount: expect.any(Number) } } } });
    }
    expect(server.logged.some((line) => line.includes('"path":"/graphql"'))).toBe(true);
    const written = server.logged.join('\n');
    for (const secret of ['anna', encodeURIComponent(id), person?.email, person?.id])
      expect(written).not.toContain(secret);
  });

  it('has nothing unexpected', () => {
    expect(unexpectedFailures(server)).toEqual([]);
  });
});
