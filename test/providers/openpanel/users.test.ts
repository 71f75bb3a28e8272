import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { failureOf } from '../../support/failure-of.ts';
import { refuse } from '../../support/faults.ts';
import { startOpenpanel, type Body } from './start-openpanel.ts';

const CREATED = '2024-03-01T00:00:00.000Z';

/** A profile as today's servers write one of which nothing is known but that the app named the user. */
const PROFILE = {
  ...{ id: 'anna', email: '', avatar: '', firstName: '', lastName: '', isExternal: true, projectId: 'acme-web' },
  ...{ properties: {}, groups: [], createdAt: CREATED, lastSeenAt: CREATED },
};

/** What is answered for it. */
const KNOWN = {
  ...{ firstName: null, lastName: null, email: null, avatarUrl: null, createdAt: CREATED, lastSeenAt: CREATED },
  ...{ properties: {}, attributes: { isExternal: true, groups: [] } },
};

interface Asked {
  readonly profile?: Body;
  /** Whose event is found. */
  readonly profileId?: string;
  readonly config?: Readonly<Record<string, unknown>>;
}

/** Ask for the profile of a user of an OpenPanel that finds one event of theirs, with this profile beside it. */
async function ask(nativeId: string, { profile = PROFILE, profileId = nativeId, config = {} }: Asked = {}) {
  const event = { id: 'e1', name: 'buy', profileId, ...(profile !== null && { profile }) };
  const meta = { count: 1, totalCount: 9, pages: 9, current: 1 };
  const openpanel = await startOpenpanel({ events: () => ({ meta, data: [event] }) }, config);
  const { begin, dataSource: source, log } = openpanel;
  return {
    profile: begin().users.profile({ source, nativeId }),
    log,
    requests: () => openpanel.asked('/export/events'),
    [Symbol.asyncDispose]: () => openpanel[Symbol.asyncDispose](),
  };
}

/** The same, and only the profile. */
async function profileOf(nativeId: string, asked?: Asked) {
  await using answer = await ask(nativeId, asked);
  return await answer.profile;
}

describe('the request for a profile', () => {
  it('is one, for one event of all time', async () => {
    await using asked = await ask('anna');
    expect(await asked.profile).toEqual(KNOWN);
    expect(asked.requests()).toEqual([
      {
        projectId: 'acme-web',
        ...{ start: '1970-01-01', end: '2026-11-15', page: '1', limit: '1', includes: 'profile' },
        filters: '[{"name":"profile_id","operator":"is","value":["anna"]}]',
      },
    ]);
  });

  it('begins with the first day that has data', async () => {
    await using asked = await ask('anna', { config: { earliestDate: '2025-02-03' } });
    expect(await asked.profile).toEqual(KNOWN);
    expect(asked.requests()).toMatchObject([{ start: '2025-02-03', end: '2026-11-15' }]);
  });

  it.each(['12345', 'true', 'null', '["a"]', 'a"b\\c', 'a,b', 'a&b=c#d', 'Łukasz 😀', '\u0000', "'; DROP TABLE--"])(
    'names %j as it is',
    async (nativeId) => {
      await using asked = await ask(nativeId);
      expect(await asked.profile).toEqual(KNOWN);
      const [{ filters } = {}] = asked.requests();
      expect(JSON.parse(String(filters))).toEqual([{ name: 'profile_id', operator: 'is', value: [nativeId] }]);
    },
  );

  it('is not made to an API that cannot be asked for one user', async () => {
    await using asked = await ask('anna', { config: { apiVersion: '2024' } });
    const error = await failureOf(asked.profile);
    expect(error).toMatchObject({
      code: 'CAPABILITY_NOT_SUPPORTED',
      origin: { source: 'sample', provider: 'openpanel' },
    });
    expect(error.message).toContain('It tells nothing about single users.');
    expect(asked.requests()).toEqual([]);
  });
});

describe('a profile', () => {
  it('has in fields of ours what it says, and the rest in its words', async () => {
    const profile = {
      ...{ ...PROFILE, firstName: 'Anna', lastName: 'Åberg', email: 'anna@example.com' },
      ...{ avatar: 'https://cdn.example.com/anna.png', properties: { tier: 'gold', age: '41' }, groups: ['acme'] },
      ...{ createdAt: '2024-03-01T02:00:00+02:00', lastSeenAt: '2024-04-30T10:00:00.123456Z', score: 7 },
    };
    expect(await profileOf('anna', { profile })).toEqual({
      ...{ firstName: 'Anna', lastName: 'Åberg', email: 'anna@example.com' },
      avatarUrl: 'https://cdn.example.com/anna.png',
      ...{ createdAt: CREATED, lastSeenAt: '2024-04-30T10:00:00.123Z', properties: { tier: 'gold', age: '41' } },
      attributes: { isExternal: true, groups: ['acme'], score: 7 },
    });
  });

  it.each(['anna.png', '/img/1', 'javascript:alert(1)', 'data:image/png;base64,AA', '😀'])(
    'keeps a picture that is no link, %s, in the words it came in',
    async (avatar) => {
      const attributes = { ...KNOWN.attributes, avatar };
      expect(await profileOf('anna', { profile: { ...PROFILE, avatar } })).toEqual({ ...KNOWN, attributes });
    },
  );

  it('may say null, or nothing, where it knows nothing', async () => {
    const nothing = { email: null, avatar: null, firstName: null, lastName: null, createdAt: null, lastSeenAt: null };
    const unknown = { ...KNOWN, createdAt: null, lastSeenAt: null };
    expect(await profileOf('anna', { profile: { ...PROFILE, ...nothing } })).toEqual(unknown);
    const { id, isExternal, properties, groups } = PROFILE;
    expect(await profileOf('anna', { profile: { id, isExternal, properties, groups } })).toEqual(unknown);
  });

  it.each([
    ['a name', { firstName: 'Anna' }, { firstName: 'Anna' }],
    ['an address', { email: 'a@example.com' }, { email: 'a@example.com' }],
    ['properties', { properties: { os: 'iOS' } }, { properties: { os: 'iOS' } }],
  ])('of a device that has %s is one', async (_what, said, known) => {
    const profile = { ...PROFILE, ...said, isExternal: false };
    const attributes = { isExternal: false, groups: [] };
    expect(await profileOf('anna', { profile })).toEqual({ ...KNOWN, ...known, attributes });
  });

  it.each<[string, Asked]>([
    ['a placeholder stands there', { profile: { ...PROFILE, isExternal: false } }],
    ['none stands there', { profile: null }],
    ['the event is of another', { profileId: 'bo' }],
  ])('is null where %s', async (_why, asked) => {
    expect(await profileOf('anna', asked)).toBeNull();
  });

  it('is null for an id with blanks around it, which finds the events of another', async () => {
    expect(await profileOf(' anna ', { profileId: 'anna' })).toBeNull();
  });

  it.each([
    ['a day that is none', { createdAt: '2024-02-30T00:00:00Z' }, 'createdAt'],
    ['a moment without a zone', { lastSeenAt: '2024-02-03 00:00:00' }, 'lastSeenAt'],
    ['properties in a list', { properties: [] }, 'properties'],
  ])('is not what is documented with %s', async (_what, said, field) => {
    await using asked = await ask('anna', { profile: { ...PROFILE, ...said } });
    const error = await failureOf(asked.profile);
    expect(error.code).toBe('PROVIDER_RESPONSE_INVALID');
    expect(error.message).toContain(`profile.${field}`);
  });
});

describe('who somebody is', () => {
  it.each<[string, Asked]>([
    ['an answer', { profile: { ...PROFILE, firstName: 'Anna', email: 'anna@example.com' } }],
    [
      'an answer that is none',
      { profile: { ...PROFILE, firstName: 'Anna', email: 'anna@example.com', createdAt: 'x' } },
    ],
  ])('is not in the log or the failure of %s', async (_what, how) => {
    await using asked = await ask('anna@example.com', how);
    const failure = await asked.profile.catch((error: unknown) => error);
    expect(asked.log).toHaveLength(1);
    expect(asked.log[0]).toContain('filters=redacted');
    const written = failure instanceof Error ? inspect(failure, { depth: 20 }) : '';
    expect(`${asked.log.join()} ${written}`).not.toMatch(/anna/i);
  });

  it('is not in the log of a refusal', async () => {
    await using openpanel = await startOpenpanel({});
    openpanel.server.breakWith(refuse(400));
    const { begin, dataSource: source, log } = openpanel;
    expect(await failureOf(begin().users.profile({ source, nativeId: 'anna@example.com' }))).toMatchObject({
      code: 'PROVIDER_REJECTED',
    });
    expect(log.join()).not.toContain('anna');
  });
});
