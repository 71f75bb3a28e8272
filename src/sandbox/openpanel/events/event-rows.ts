import type { EventContext, World, WorldUser } from '../../world.ts';
import { toReferrerName, toSessionId, toTier, UNKNOWN_COUNTRY } from './event-fields.ts';
import type { EventStore } from './event-store.ts';
import type { Project } from '../requests/projects.ts';

/** How an event is written. */
export interface RowStyle {
  readonly project: Project;
  /** Optional keys that were asked for; unknown names are ignored. */
  readonly includes: readonly string[];
  readonly nowMs: number;
  /** Keys that are there unasked. */
  readonly always: readonly string[];
}

/** Keys today's service always sends. */
export const ALWAYS_TODAY = [
  'id',
  'name',
  'deviceId',
  'profileId',
  'projectId',
  'sessionId',
  'createdAt',
  'country',
  'city',
  'os',
  'browser',
  'path',
  'groups',
] as const;

const CONVERSIONS: Readonly<Record<string, readonly [color: string, icon: string | null]>> = {
  purchase: ['green', 'shopping-cart'],
  sign_up: ['blue', 'user-plus'],
  trial_start: ['amber', null],
};

/** The id of an event: a UUID that depends on the seed and the event's place in time only. */
export function toEventId(world: World, event: number): string {
  return toUuid(world.seed, event);
}

function toUuid(seed: number, index: number): string {
  let text = '';
  for (let word = 1; word <= 4; word += 1) {
    let mixed = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(seed + word, 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    text += ((mixed ^ (mixed >>> 15)) >>> 0).toString(16).padStart(8, '0');
  }
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-a${text.slice(17, 20)}-${text.slice(20)}`;
}

/** Writes an event as the service answers it. */
export function toEventRow(store: EventStore, event: number, style: RowStyle): Record<string, unknown> {
  const { events, users, contexts } = store.world;
  const context = contexts[events.context[event] ?? 0] as EventContext;
  const user = users[events.user[event] ?? 0] as WorldUser;
  const wanted = new Set([...style.always, ...style.includes]);
  const row: Record<string, unknown> = {
    id: toEventId(store.world, event),
    name: events.names[events.name[event] ?? 0],
    deviceId: user.deviceId,
    profileId: store.fields.profileId(store.fields.profileOf[event] ?? 0),
    projectId: style.project.id,
    sessionId: toSessionId(events.session[event] ?? 0),
    createdAt: new Date(events.timeMs[event] ?? 0).toISOString(),
    path: events.paths[events.path[event] ?? 0],
    groups: [],
    properties: events.propertySets[events.properties[event] ?? 0],
    revenue: events.revenueCents[event],
    duration: 0,
    ...toContextKeys(context),
  };
  if (wanted.has('profile')) row.profile = toProfile(store, event, style);
  if (wanted.has('meta')) row.meta = toMeta(String(row.name), style);
  return Object.fromEntries(Object.entries(row).filter(([key, value]) => wanted.has(key) && value !== undefined));
}

function toContextKeys(context: EventContext): Record<string, unknown> {
  const { place, platform, referrer } = context;
  const isWeb = platform === 'Web';
  return {
    country: place.country || UNKNOWN_COUNTRY,
    city: place.city,
    region: place.region,
    longitude: place.longitude,
    latitude: place.latitude,
    os: context.os,
    osVersion: context.osVersion,
    browser: context.browser,
    browserVersion: context.browserVersion,
    device: context.device,
    brand: context.brand,
    model: context.model,
    origin: isWeb ? 'https://sandbox.example.com' : '',
    referrer,
    referrerName: toReferrerName(referrer),
    referrerType: referrer === '' ? '' : 'search',
    sdkName: isWeb ? 'web' : 'react-native',
    sdkVersion: '1.0.3',
  };
}

function toProfile(store: EventStore, event: number, { project, nowMs }: RowStyle): Record<string, unknown> {
  const { events, users } = store.world;
  const person = events.user[event] ?? 0;
  const user = users[person] as WorldUser;
  const isKnown = !user.isAnonymous && events.anonymous[event] !== 1;
  // For somebody unknown the service makes a placeholder up, born at the moment of the call.
  const toTime = (ms: number): string => new Date(isKnown ? ms : nowMs).toISOString();
  return {
    id: isKnown ? user.id : user.deviceId,
    email: isKnown ? user.email : '',
    avatar: '',
    firstName: isKnown ? user.firstName : '',
    lastName: isKnown ? user.lastName : '',
    isExternal: isKnown,
    projectId: project.id,
    properties: isKnown ? { tier: toTier(user) } : {},
    groups: [],
    createdAt: toTime(user.installedAtMs),
    lastSeenAt: toTime(store.lastSeenMs(person)),
  };
}

function toMeta(name: string, { project }: RowStyle): Record<string, unknown> | undefined {
  const conversion = CONVERSIONS[name];
  if (!conversion) return undefined;
  const [color, icon] = conversion;
  const createdAt = '2024-01-01T00:00:00.000Z';
  const id = toUuid(0, name.length);
  return { id, name, conversion: true, color, icon, projectId: project.id, createdAt, updatedAt: createdAt };
}
