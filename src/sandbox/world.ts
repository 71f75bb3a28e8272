import { createActivity } from './world/activity.ts';
import { createAdClicks } from './world/ad-clicks.ts';
import type { AdClicks } from './world/ad-clicks.ts';
import type { EventTable } from './world/event-table.ts';
import { DAY_MS } from './world/period.ts';
import { createRandom } from './world/random.ts';
import type { SessionTable } from './world/session-table.ts';
import type { Subscription } from './world/subscriptions.ts';
import { createUsers } from './world/users.ts';
import type { EventContext, WorldUser } from './world/users.ts';

export { AD_CAMPAIGNS, AD_GROUPS, CREATIVES, PUBLISHERS } from './world/ad-campaigns.ts';
export type { AdCampaign } from './world/ad-campaigns.ts';
export { toAdDays } from './world/ad-clicks.ts';
export type { AdClicks, AdDay } from './world/ad-clicks.ts';
export type { EventProperties, EventTable } from './world/event-table.ts';
export { DAY_MS } from './world/period.ts';
export { PLACES, UNITS_PER_USD } from './world/places.ts';
export type { Place } from './world/places.ts';
export type { SessionTable } from './world/session-table.ts';
export { PRODUCTS } from './world/subscriptions.ts';
export type { Product, Subscription, SubscriptionStep, SubscriptionStepKind } from './world/subscriptions.ts';
export type { Attribution, EventContext, WorldUser } from './world/users.ts';

/** How many days the generated world holds; the last one is the day before `today`. */
export const WORLD_DAYS = 120;

/** The seed used when none is asked for. */
export const DEFAULT_SEED = 1;

const WORLD_USERS = 22_000;

/** One company's customers, as all emulated providers see them. Everything refers to everything else by index. */
export interface World {
  readonly seed: number;
  /** The UTC day after the last one of the world, YYYY-MM-DD. */
  readonly today: string;
  /** First instant of the generated days. */
  readonly startMs: number;
  /** First instant after the generated days: 00:00 UTC of `today`. */
  readonly endMs: number;
  /** People, ordered by install time; a user's index is the `user` of every other table. */
  readonly users: readonly WorldUser[];
  /** Where and on what things happened; a context's index is the `context` of every other table. */
  readonly contexts: readonly EventContext[];
  /** Visits and store notifications; those of a user stand together. */
  readonly sessions: SessionTable;
  /** Product events in columns, ordered by time. */
  readonly events: EventTable;
  /** Subscriptions and one-time purchases, ordered by start. */
  readonly subscriptions: readonly Subscription[];
  /** Clicks on advertisements in columns, ordered by time. */
  readonly adClicks: AdClicks;
  /** First user that `sessions` and `events` may refer to: 0, unless own events replaced the generated ones. */
  readonly firstEventUser: number;
}

/** What a world is made from. */
export interface WorldOptions {
  /** Default 1. */
  readonly seed?: number;
  /** The UTC day after the last one, YYYY-MM-DD. */
  readonly today: string;
}

/** Generates the world: the same seed and day always give the same one, another day shifts every time by whole days. */
export function createWorld({ seed = DEFAULT_SEED, today }: WorldOptions): World {
  const endMs = parseDay(today);
  const startMs = endMs - WORLD_DAYS * DAY_MS;
  const period = { startMs, days: WORLD_DAYS };
  const { users, contexts } = createUsers(createRandom(seed), period, WORLD_USERS);
  const { sessions, events, subscriptions } = createActivity(createRandom(seed + 1), period, { users, contexts });
  const adClicks = createAdClicks(createRandom(seed + 2), period, { users, contexts });
  return { seed, today, startMs, endMs, users, contexts, sessions, events, subscriptions, adClicks, firstEventUser: 0 };
}

/** The UTC day of the first product event, YYYY-MM-DD: own events may be older than the generated world, or younger. */
export function firstDayOf({ events, startMs }: Pick<World, 'events' | 'startMs'>): string {
  return new Date(events.timeMs[0] ?? startMs).toISOString().slice(0, 10);
}

/** Reads a calendar day as its first UTC instant, or throws. */
export function parseDay(day: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== day) {
    throw new Error(`"${day}" is not a calendar day; expected YYYY-MM-DD, for example 2026-11-20`);
  }
  return ms;
}
