import { describe, expect, it } from 'vitest';
import type { DataSource } from '../../src/analytics/data-source.ts';
import type { EventsCapability, EventsQuery } from '../../src/analytics/events.ts';
import type { ProviderCapabilities, ProviderConnection } from '../../src/analytics/provider.ts';
import type { UserProfile } from '../../src/analytics/users.ts';
import { ProviderUnavailableError } from '../../src/errors.ts';
import { failureOf } from '../support/failure-of.ts';
import { connectFake, FRESHNESS, LIMITS, OPTIONS, ORIGIN } from './fake-source.ts';

const UNKNOWN: UserProfile = {
  ...{ firstName: null, lastName: null, email: null, avatarUrl: null, createdAt: null, lastSeenAt: null },
  ...{ properties: {}, attributes: {} },
};

/** A source that knows everybody but `nobody` by their first name, cannot tell of `broken`, and has no events; and what it was asked. */
function connect(events: Partial<EventsCapability['limits']> | null = {}) {
  const asked = { profiles: [] as string[], events: [] as EventsQuery[] };
  const capabilities: ProviderCapabilities = {
    users: {
      fetchProfile(nativeId) {
        asked.profiles.push(nativeId);
        if (nativeId === 'broken') return Promise.reject(new ProviderUnavailableError('fake is down'));
        return Promise.resolve(nativeId === 'nobody' ? null : { ...UNKNOWN, firstName: nativeId });
      },
    },
    ...(events && { events: toEvents(events, asked.events) }),
  };
  const { begin, dataSource } = connectFake(capabilities);
  return { begin, source: withUserDimension(dataSource), asked };
}

function toEvents(limits: Partial<EventsCapability['limits']>, asked: EventsQuery[]): EventsCapability {
  const page = { events: [], positions: [], totalCount: 0, lateArrivals: 0, hasMore: false, freshness: FRESHNESS };
  return {
    limits: { ...LIMITS, ...limits },
    options: OPTIONS,
    async *readEvents(query) {
      asked.push(query);
      yield await Promise.resolve(page);
    },
  };
}

function withUserDimension(dataSource: DataSource): DataSource {
  const { catalog } = dataSource.connection;
  const dimensions = [...catalog.dimensions, { key: 'user_id', name: 'User', description: '' }];
  // The data sources of an operation hold this very value.
  return Object.assign(dataSource, {
    connection: { ...dataSource.connection, catalog: { ...catalog, dimensions } } satisfies ProviderConnection,
  });
}

describe('the profiles of one operation', () => {
  it('are asked for once each, however many fields want them', async () => {
    const { begin, source, asked } = connect();
    const { users } = begin();
    const names = ['a', 'b', 'a', 'nobody', 'b', 'nobody', 'a'];
    const profiles = await Promise.all(names.map((nativeId) => users.profile({ source, nativeId })));
    expect(profiles.map((profile) => profile?.firstName ?? null)).toEqual(['a', 'b', 'a', null, 'b', null, 'a']);
    expect(await users.profile({ source, nativeId: 'a' })).toEqual({ ...UNKNOWN, firstName: 'a' });
    expect(asked.profiles).toEqual(['a', 'b', 'nobody']);
  });

  it('are asked for again in the next', async () => {
    const { begin, source, asked } = connect();
    await begin().users.profile({ source, nativeId: 'a' });
    await begin().users.profile({ source, nativeId: 'a' });
    expect(asked.profiles).toEqual(['a', 'a']);
  });

  it('of the same id at two sources are two', async () => {
    const [one, other] = [connect(), connect()];
    const { users } = one.begin();
    await Promise.all([one, other].map(({ source }) => users.profile({ source, nativeId: 'a' })));
    expect([one.asked.profiles, other.asked.profiles]).toEqual([['a'], ['a']]);
  });

  it('fail one by one, naming their source, once', async () => {
    const { begin, source, asked } = connect();
    const { users } = begin();
    const [known, first, second] = await Promise.all([
      users.profile({ source, nativeId: 'a' }),
      failureOf(users.profile({ source, nativeId: 'broken' })),
      failureOf(users.profile({ source, nativeId: 'broken' })),
    ]);
    expect(known).toMatchObject({ firstName: 'a' });
    expect(first).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', origin: ORIGIN });
    expect(second).toBe(first);
    expect(asked.profiles).toEqual(['a', 'broken']);
  });

  it('are refused where the provider tells nothing about users', async () => {
    const { begin, dataSource: source } = connectFake({});
    expect(await failureOf(begin().users.profile({ source, nativeId: 'a' }))).toMatchObject({
      code: 'CAPABILITY_NOT_SUPPORTED',
      message:
        'Fake has no user profiles (data source "sample"). It offers: nothing. It tells nothing about single users.',
      origin: ORIGIN,
    });
  });
});

const JUNE = { period: { dates: { from: '2026-06-01', to: '2026-06-03' } }, names: [] };
const PAGE = { first: 50, after: null };

describe('the events of a user', () => {
  it('are those that the filter by user keeps', async () => {
    const { begin, source, asked } = connect();
    const report = await begin().users.events({ source, nativeId: 'a' }, { ...JUNE, names: ['open'] }, PAGE);
    expect(report).toMatchObject({ source: { key: 'sample' }, events: [], totalCount: 0, hasNextPage: false });
    expect(asked.events).toMatchObject([
      { names: ['open'], filters: [{ dimension: 'user_id', operator: 'IS', values: ['a'] }], options: {} },
    ]);
  });

  it.each([
    ['a day to come', { period: { dates: { from: '2026-11-01', to: '2026-11-16' } } }, 'period.dates.to: 2026-11-16'],
    ['dates in reverse', { period: { dates: { from: '2026-06-02', to: '2026-06-01' } } }, 'period.dates: from 2026'],
    ['an event never sent', { names: ['open', 'opne'] }, 'names[1]: "sample" has no event "opne"'],
  ])('are bad user input with %s', async (_mistake, question, says) => {
    const { begin, source, asked } = connect();
    const error = await failureOf(begin().users.events({ source, nativeId: 'a' }, { ...JUNE, ...question }, PAGE));
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', origin: ORIGIN });
    expect(error.message.startsWith(says), error.message).toBe(true);
    expect(asked.events).toEqual([]);
  });

  it.each([
    ['days of another zone', { timezone: 'Asia/Tokyo' }, 'timezone: "sample" counts in days of UTC'],
    ['too many days', { period: { dates: { from: '2026-03-01', to: '2026-06-01' } } }, 'period: 93 days are more than'],
    [
      'days without data',
      { period: { dates: { from: '2025-12-31', to: '2026-01-15' } } },
      'period: starts on 2025-12-31',
    ],
    [
      'a part of a day',
      { period: { instants: { from: '2026-06-01T00:00:00Z', to: '2026-06-01T12:00:00Z' } } },
      'period: must be whole days (data source "sample")',
    ],
  ])('are refused with %s', async (_mistake, question, says) => {
    const { begin, source, asked } = connect();
    const error = await failureOf(begin().users.events({ source, nativeId: 'a' }, { ...JUNE, ...question }, PAGE));
    expect(error).toMatchObject({ code: 'QUERY_NOT_SUPPORTED', origin: ORIGIN });
    expect(error.message.startsWith(says), error.message).toBe(true);
    expect(asked.events).toEqual([]);
  });

  it.each([0, -1, 1001])('are refused %i at a time', async (first) => {
    const { begin, source } = connect();
    expect(
      await failureOf(begin().users.events({ source, nativeId: 'a' }, JUNE, { first, after: null })),
    ).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: `first: ${first} is not between 1 and 1000`,
      origin: ORIGIN,
    });
  });

  it('are refused behind what is no cursor', async () => {
    const { begin, source } = connect();
    const after = Buffer.from('["of", "another"]').toString('base64url');
    expect(await failureOf(begin().users.events({ source, nativeId: 'a' }, JUNE, { first: 1, after }))).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: 'after: is not a cursor of this server',
      origin: ORIGIN,
    });
  });

  it.each([
    ['takes no filters', { filterOperators: [] }],
    ['compares by others', { filterOperators: ['CONTAINS' as const] }],
  ])('are refused where the source %s', async (_why, limits) => {
    const { begin, source, asked } = connect(limits);
    expect(await failureOf(begin().users.events({ source, nativeId: 'a' }, JUNE, PAGE))).toMatchObject({
      code: 'QUERY_NOT_SUPPORTED',
      message: 'events: raw events cannot be filtered by user (data source "sample")',
      origin: ORIGIN,
    });
    expect(asked.events).toEqual([]);
  });

  it('are refused where the source has no users to filter by', async () => {
    const asked: EventsQuery[] = [];
    const { begin, dataSource: source } = connectFake({ events: toEvents({}, asked) });
    expect(await failureOf(begin().users.events({ source, nativeId: 'a' }, JUNE, PAGE))).toMatchObject({
      code: 'QUERY_NOT_SUPPORTED',
      message: 'events: raw events cannot be filtered by user (data source "sample")',
    });
    expect(asked).toEqual([]);
  });

  it('are refused where the source has no raw events', async () => {
    const { begin, source } = connect(null);
    expect(await failureOf(begin().users.events({ source, nativeId: 'a' }, JUNE, PAGE))).toMatchObject({
      code: 'CAPABILITY_NOT_SUPPORTED',
      message: 'Fake has no raw events (data source "sample"). It offers: user profiles. It hands out no raw rows.',
      origin: ORIGIN,
    });
  });
});
