import { AD_CAMPAIGNS, AD_GROUPS, CREATIVES, PUBLISHERS } from './ad-campaigns.ts';
import { FIRST_NAMES, LAST_NAMES } from './odd-values.ts';
import { DAY_MS, livelyInstant, weekdayFactor } from './period.ts';
import type { Period } from './period.ts';
import { PLACES } from './places.ts';
import type { Place } from './places.ts';
import { createWeightedPicker } from './random.ts';
import type { Random } from './random.ts';

/** Where and on what an event happened. */
export interface EventContext {
  readonly place: Place;
  /** Empty where unknown, which only own events may be. */
  readonly platform: 'iOS' | 'Android' | 'Web' | (string & {});
  readonly os: string;
  readonly osVersion: string;
  readonly appVersion: string;
  readonly device: string;
  readonly brand: string;
  readonly model: string;
  /** Empty in apps. */
  readonly browser: string;
  readonly browserVersion: string;
  /** Page the visitor came from; empty in apps and for direct visits. */
  readonly referrer: string;
}

/** The advertisement that brought a user; indexes into the lists of ad-campaigns.ts. */
export interface Attribution {
  readonly campaign: number;
  readonly adGroup: number;
  readonly creative: number;
  readonly publisher: number;
  /** Time of the click, before the install. */
  readonly clickMs: number;
}

/** One person. */
export interface WorldUser {
  /** The id the product knows; the device id for somebody who never signed in. Some look like numbers. */
  readonly id: string;
  readonly deviceId: string;
  /** True for somebody the product knows by device only. */
  readonly isAnonymous: boolean;
  readonly firstName: string;
  readonly lastName: string;
  /** Empty for anonymous people. */
  readonly email: string;
  readonly installedAtMs: number;
  /** Index into the world's contexts: where the app was installed. */
  readonly context: number;
  /** Absent for organic installs. */
  readonly attribution?: Attribution;
}

const DEVICES: Readonly<Record<string, readonly (readonly [string, string, string])[]>> = {
  iOS: [
    ['smartphone', 'Apple', 'iPhone 15'],
    ['smartphone', 'Apple', 'iPhone 13 mini'],
    ['tablet', 'Apple', 'iPad Pro, 11"'],
  ],
  Android: [
    ['smartphone', 'Samsung', 'Galaxy S24'],
    ['smartphone', 'Xiaomi', '小米 14'],
    ['tablet', 'Google', 'Pixel Tablet'],
  ],
  Web: [
    ['desktop', '', ''],
    ['mobile', 'Apple', 'iPhone'],
  ],
};
const APP_VERSIONS = ['3.2.0', '3.2.1', '3.10.0', '4.0.0-beta.1'];
const BROWSERS = ['Chrome', 'Firefox', 'Safari', 'Edge'];
const REFERRERS = ['', '', 'https://www.google.com/', 'https://news.ycombinator.com/', 'https://t.co/a,b'];
const WEB_SYSTEMS = [
  ['Windows', '11'],
  ['Mac OS', '14.5'],
  ['Linux', ''],
] as const;

const pickPlace = createWeightedPicker(PLACES.map((place) => place.weight));
const pickPlatform = createWeightedPicker([42, 38, 20]);
const pickCampaign = createWeightedPicker(AD_CAMPAIGNS.map((campaign) => campaign.weight));

/** Creates the people, ordered by install time, and one context for each. */
export function createUsers(
  random: Random,
  period: Period,
  count: number,
): { users: WorldUser[]; contexts: EventContext[] } {
  const pickDay = createDayPicker(period);
  const arrivals = Array.from({ length: count }, () => {
    const context = createContext(random);
    const dayStartMs = period.startMs + pickDay(random) * DAY_MS;
    return { context, atMs: livelyInstant(random, dayStartMs, context.place.utcOffsetMinutes) };
  }).sort((a, b) => a.atMs - b.atMs);
  const users = arrivals.map(({ atMs }, index) => createUser(random, period, { index, atMs }));
  return { users, contexts: arrivals.map(({ context }) => context) };
}

function createDayPicker(period: Period): (random: Random) => number {
  const growth = (day: number): number => 1 + (0.4 * day) / period.days;
  return createWeightedPicker(
    Array.from({ length: period.days }, (_, day) => weekdayFactor(period, day) * growth(day)),
  );
}

function createContext(random: Random): EventContext {
  const platform = (['iOS', 'Android', 'Web'] as const)[pickPlatform(random)] ?? 'Web';
  const [device, brand, model] = random.pick(DEVICES[platform] ?? []);
  const isWeb = platform === 'Web';
  const [os, osVersion] = isWeb
    ? random.pick(WEB_SYSTEMS)
    : ([platform, platform === 'iOS' ? `17.${random.below(6)}` : `${10 + random.below(5)}`] as const);
  return {
    place: PLACES[pickPlace(random)] as Place,
    platform,
    os,
    osVersion,
    appVersion: random.pick(APP_VERSIONS),
    device,
    brand,
    model,
    browser: isWeb ? random.pick(BROWSERS) : '',
    browserVersion: isWeb ? `${120 + random.below(10)}.0` : '',
    referrer: isWeb ? random.pick(REFERRERS) : '',
  };
}

function createUser(random: Random, period: Period, arrival: { index: number; atMs: number }): WorldUser {
  const { index, atMs } = arrival;
  const deviceId = `d${(random.below(2 ** 32) >>> 0).toString(16).padStart(8, '0')}${index.toString(16).padStart(6, '0')}`;
  const isAnonymous = index % 31 === 7;
  const firstName = isAnonymous ? '' : random.pick(FIRST_NAMES);
  const lastName = isAnonymous ? '' : random.pick(LAST_NAMES);
  // About one person in eighty was numbered by an older sign-up system: such an id must survive everything as text.
  const knownId = index % 80 === 27 ? String(10_400 + index) : `user_${index.toString(36).padStart(4, '0')}`;
  const attribution = random.chance(0.42) ? createAttribution(random, period, atMs) : undefined;
  return {
    id: isAnonymous ? deviceId : knownId,
    deviceId,
    isAnonymous,
    firstName,
    lastName,
    email: isAnonymous ? '' : `${knownId}+news@example.com`,
    installedAtMs: atMs,
    context: index,
    ...(attribution && { attribution }),
  };
}

function createAttribution(random: Random, period: Period, installedAtMs: number): Attribution {
  const lagMs = 20_000 + Math.floor(random.next() ** 4 * 3 * DAY_MS);
  return {
    campaign: pickCampaign(random),
    adGroup: random.below(AD_GROUPS.length),
    creative: random.below(CREATIVES.length),
    publisher: random.below(PUBLISHERS.length),
    clickMs: Math.max(period.startMs, installedAtMs - lagMs),
  };
}
