import { readFile } from 'node:fs/promises';

import { createEventTableBuilder } from './world/event-table.ts';
import type { EventTableBuilder } from './world/event-table.ts';
import { EventsFileError } from './own-events/events-file-error.ts';
import { parseOwnEvents } from './own-events/own-events-file.ts';
import type { OwnEvent } from './own-events/own-events-file.ts';
import { PLACES } from './world/places.ts';
import type { Place } from './world/places.ts';
import { createSessionTableBuilder } from './world/session-table.ts';
import type { SessionTableBuilder } from './world/session-table.ts';
import type { EventContext, WorldUser } from './world/users.ts';
import type { World } from './world.ts';

export { EventsFileError };

const SESSION_GAP_MS = 30 * 60_000;

/** Reads a file of events and puts them in the place of the world's product events; throws one error that lists its mistakes. */
export async function readOwnEvents(file: string, world: World): Promise<World> {
  return replaceEvents(world, parseOwnEvents(await readText(file), file));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EventsFileError(`SANDBOX_EVENTS names ${file}, which cannot be read: ${reason}`, { cause });
  }
}

/** Puts events in the place of the world's; subscriptions and clicks keep the generated people. */
export function replaceEvents(world: World, own: readonly OwnEvent[]): World {
  const events = createEventTableBuilder();
  const users = world.users.slice();
  const contexts = world.contexts.slice();
  const sessions = createSessionTableBuilder();
  const contextOf = createContextFinder(contexts);
  for (const [id, rows] of groupByUser(own)) {
    const [first] = rows;
    if (first) users.push(toUser(id, first.timeMs, contextOf(first)));
    addVisits({ user: users.length - 1, rows, contextOf, sessions, events });
  }
  const table = { sessions: sessions.build(), events: events.build() };
  return { ...world, ...table, users, contexts, firstEventUser: world.users.length };
}

function groupByUser(own: readonly OwnEvent[]): Map<string, OwnEvent[]> {
  const byUser = new Map<string, OwnEvent[]>();
  for (const event of own) {
    const rows = byUser.get(event.userId);
    if (rows) rows.push(event);
    else byUser.set(event.userId, [event]);
  }
  for (const rows of byUser.values()) rows.sort((a, b) => a.timeMs - b.timeMs);
  return byUser;
}

interface OwnVisits {
  readonly user: number;
  readonly rows: readonly OwnEvent[];
  readonly contextOf: (event: OwnEvent) => number;
  readonly sessions: SessionTableBuilder;
  readonly events: EventTableBuilder;
}

// A pause of thirty minutes or more begins another visit.
function addVisits({ user, rows, contextOf, sessions, events }: OwnVisits): void {
  let session = -1;
  let lastMs = -Infinity;
  for (const row of rows) {
    const { timeMs, name, properties, revenueCents } = row;
    const context = contextOf(row);
    if (timeMs - lastMs >= SESSION_GAP_MS) {
      session = sessions.begin({ user, context, startMs: timeMs, background: false });
    }
    sessions.extend(session, timeMs);
    lastMs = timeMs;
    const set = events.addProperties(properties);
    events.add({ timeMs, name, user, session, context, properties: set, revenueCents });
  }
}

function createContextFinder(contexts: EventContext[]): (event: OwnEvent) => number {
  const known = new Map<string, number>();
  return ({ country, platform, appVersion }) => {
    const key = JSON.stringify([country, platform, appVersion]);
    const index = known.get(key) ?? contexts.push(toContext(country, platform, appVersion)) - 1;
    known.set(key, index);
    return index;
  };
}

function toContext(country: string, platform: string, appVersion: string): EventContext {
  const unknown = PLACES.find((place) => place.country === '') as Place;
  return {
    place: { ...unknown, country },
    platform,
    os: platform,
    osVersion: '',
    appVersion,
    device: '',
    brand: '',
    model: '',
    browser: '',
    browserVersion: '',
    referrer: '',
  };
}

function toUser(id: string, installedAtMs: number, context: number): WorldUser {
  return { id, deviceId: id, isAnonymous: false, firstName: '', lastName: '', email: '', installedAtMs, context };
}
