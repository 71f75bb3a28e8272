import type { EventContext, World, WorldUser } from '../../world.ts';

/** What the service stores for a country it does not know: a fixed-width column of two zero bytes. */
export const UNKNOWN_COUNTRY = '\u0000\u0000';

/** A field of the events: many events share an entry, so that work is done once for each entry. */
export interface EventField {
  /** The entry of every event. */
  readonly entryOf: ArrayLike<number>;
  readonly entries: number;
  /** The values of an entry: one, except for paths with wildcards. */
  valuesOf(entry: number): readonly string[];
}

/** Finds the fields of a world's events by name. */
export interface EventFields {
  /** Undefined for a name that is not a column, which filters and breakdowns ignore. */
  find(name: string): EventField | undefined;
  /** A number for the person as the service knows them: the same person before the sign-in is somebody else. */
  readonly profileOf: Int32Array;
  /** The profile id behind such a number. */
  profileId(profile: number): string;
}

type ContextReader = (context: EventContext) => string;
type UserReader = (user: WorldUser) => string;

const CONTEXT_COLUMNS: Readonly<Record<string, ContextReader>> = {
  country: ({ place }) => place.country || UNKNOWN_COUNTRY,
  region: ({ place }) => place.region,
  city: ({ place }) => place.city,
  longitude: ({ place }) => String(place.longitude ?? ''),
  latitude: ({ place }) => String(place.latitude ?? ''),
  os: ({ os }) => os,
  os_version: ({ osVersion }) => osVersion,
  browser: ({ browser }) => browser,
  browser_version: ({ browserVersion }) => browserVersion,
  device: ({ device }) => device,
  brand: ({ brand }) => brand,
  model: ({ model }) => model,
  referrer: ({ referrer }) => referrer,
  referrer_name: ({ referrer }) => toReferrerName(referrer),
  referrer_type: ({ referrer }) => (referrer === '' ? '' : 'search'),
  origin: ({ platform }) => (platform === 'Web' ? 'https://sandbox.example.com' : ''),
  sdk_name: ({ platform }) => (platform === 'Web' ? 'web' : 'react-native'),
  sdk_version: () => '1.0.3',
};

const USER_COLUMNS: Readonly<Record<string, UserReader>> = {
  device_id: ({ deviceId }) => deviceId,
  'profile.id': ({ id }) => id,
  'profile.email': ({ email }) => email,
  'profile.first_name': ({ firstName }) => firstName,
  'profile.last_name': ({ lastName }) => lastName,
  'profile.properties.tier': toTier,
};

/** Host of a referrer, as the service names it. */
export function toReferrerName(referrer: string): string {
  return referrer === '' ? '' : new URL(referrer).hostname;
}

/** A trait that the emulated product stores with its users. */
export function toTier({ attribution }: WorldUser): string {
  return attribution ? 'gold' : 'basic';
}

/** Text of a session's id. */
export function toSessionId(session: number): string {
  return `sess_${session.toString(36).padStart(5, '0')}`;
}

/** Creates the finder, which remembers what it found. */
export function createEventFields(world: World): EventFields {
  const { events, users } = world;
  const profileOf = Int32Array.from(events.user, (user, event) => user * 2 + (events.anonymous[event] ?? 0));
  const profileId = (profile: number): string => {
    const user = users[profile >> 1];
    return (profile % 2 === 1 ? user?.deviceId : user?.id) ?? '';
  };
  const known = new Map<string, EventField | undefined>();
  const profiles = { profileOf, profileId };
  return {
    ...profiles,
    find(name) {
      const key = toColumnName(name);
      if (!known.has(key)) known.set(key, findField(world, profiles, key));
      return known.get(key);
    },
  };
}

// `osVersion` and `os_version` are one column; what follows a dot is the customer's and stays as written.
function toColumnName(name: string): string {
  return name.includes('.') ? name : name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

type Profiles = Pick<EventFields, 'profileOf' | 'profileId'>;

function findField(world: World, profiles: Profiles, name: string): EventField | undefined {
  const { events, users, contexts } = world;
  const single = (entryOf: ArrayLike<number>, entries: number, valueOf: (entry: number) => string): EventField => {
    const values = Array.from({ length: entries }, (_, entry) => [valueOf(entry)]);
    return { entryOf, entries, valuesOf: (entry) => values[entry] ?? [] };
  };
  const context = CONTEXT_COLUMNS[name];
  if (context) return single(events.context, contexts.length, (entry) => context(contexts[entry] as EventContext));
  const user = USER_COLUMNS[name];
  if (user) return single(events.user, users.length, (entry) => user(users[entry] as WorldUser));
  if (name.startsWith('properties.')) return findProperty(world, name.slice('properties.'.length));
  if (name.startsWith('utm_')) return findProperty(world, `__query.${name}`);
  const profileEntries = users.length * 2;
  switch (name) {
    case 'name':
      return single(events.name, events.names.length, (entry) => events.names[entry] ?? '');
    case 'path':
      return single(events.path, events.paths.length, (entry) => events.paths[entry] ?? '');
    case 'session_id':
      return single(events.session, world.sessions.length, toSessionId);
    case 'profile_id':
      return single(profiles.profileOf, profileEntries, profiles.profileId);
    case 'has_profile':
      return single(profiles.profileOf, profileEntries, (entry) => String(hasProfile(users[entry >> 1], entry)));
    case 'revenue':
      return findRevenue(world);
    case 'duration':
      return single(new Uint8Array(events.length), 1, () => '0');
    default:
      // Nobody in the world belongs to a group, and an unknown trait of a profile is empty.
      return /^(group|profile)\./.test(name) ? single(new Uint8Array(events.length), 1, () => '') : undefined;
  }
}

function hasProfile(user: WorldUser | undefined, profile: number): boolean {
  return user !== undefined && !user.isAnonymous && profile % 2 === 0;
}

function findProperty({ events }: World, path: string): EventField {
  const { propertySets } = events;
  const values = path.includes('*')
    ? propertySets.map((set) =>
        Object.keys(set)
          .filter(toMatcher(path))
          .map((key) => set[key] ?? ''),
      )
    : propertySets.map((set) => [set[path] ?? '']);
  return { entryOf: events.properties, entries: values.length, valuesOf: (entry) => values[entry] ?? [] };
}

function toMatcher(path: string): (key: string) => boolean {
  const literal = path.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`^${literal.join('.*')}$`, 's');
  return (key) => pattern.test(key);
}

function findRevenue({ events }: World): EventField {
  const amounts = [...new Set(events.revenueCents)];
  const entryByAmount = new Map(amounts.map((amount, entry) => [amount, entry]));
  const entryOf = Int32Array.from(events.revenueCents, (amount) => entryByAmount.get(amount) ?? 0);
  return { entryOf, entries: amounts.length, valuesOf: (entry) => [String(amounts[entry] ?? 0)] };
}
