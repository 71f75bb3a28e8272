import type { EventContext, WorldUser } from '../../world.ts';
import type { Value } from '../tables/table.ts';

/** Somebody on a device. */
export interface Person {
  readonly user: WorldUser;
  readonly context: EventContext;
  /** Index into the world's users. */
  readonly index: number;
  /** 0 for somebody of the world, otherwise which copy of them. */
  readonly copy: number;
  /** The index, counted on through the copies: no two people have the same. */
  readonly serial: number;
  /** Whether the product knows who it is. */
  readonly isKnown: boolean;
}

// Seen where a device hides its advertising id.
const NO_ADVERTISING_ID = '00000000-0000-0000-0000-000000000000';

/** Root or jailbreak: 0 is unknown, 1 yes, 2 no. Browsers have neither; of the apps, one in forty. */
export function toRooted(platform: string, user: number): 0 | 1 | 2 {
  if (platform !== 'iOS' && platform !== 'Android') return 0;
  return user % 40 === 0 ? 1 : 2;
}

const ROOTED_TITLES = ['Unknown', 'Rooted', 'Not rooted'];

/** Columns about a person, by selector. Ids of devices have nineteen digits, more than a double holds. */
export const PERSON_COLUMNS: Readonly<Record<string, (person: Person) => Value>> = {
  idDevice: ({ serial }) => `7${digits(serial)}`,
  idProfile: ({ serial }) => `9${digits(serial)}`,
  customUserId: ({ user, copy, isKnown }) => (isKnown ? withCopy(user.id, copy) : ''),
  instanceId: ({ user, copy }) => withCopy(user.deviceId, copy),
  advertisingId: (person) => (isOn(person, 'Android') ? toUuid(person, 1) : NO_ADVERTISING_ID),
  androidId: ({ context, serial }) =>
    context.platform === 'Android' ? (serial + 1).toString(16).padStart(16, 'a') : '',
  idfa: (person) => (isOn(person, 'iOS') ? toUuid(person, 2).toUpperCase() : NO_ADVERTISING_ID),
  iosVendorId: (person) => (person.context.platform === 'iOS' ? toUuid(person, 3).toUpperCase() : ''),
  oaid: () => '',
  waid: () => '',
  tsInstall: ({ user }) => Math.floor(user.installedAtMs / 1000),
  tsAttr: ({ user }) => (user.attribution ? Math.floor(user.installedAtMs / 1000) : 0),
  rooted: ({ context, index }) => toRooted(context.platform, index),
  rootedTitle: ({ context, index }) => ROOTED_TITLES[toRooted(context.platform, index)] ?? '',
};

function digits(serial: number): string {
  return String(serial + 1).padStart(18, '0');
}

function withCopy(id: string, copy: number): string {
  return copy === 0 ? id : `${id}-${copy}`;
}

// One person in seven hides the id.
function isOn({ context, index }: Person, platform: string): boolean {
  return context.platform === platform && index % 7 !== 3;
}

function toUuid({ serial }: Person, kind: number): string {
  const hex = (serial + 1).toString(16).padStart(12, '0');
  return `5a9dbc0${kind}-0000-4000-8000-${hex}`;
}
