import type { World } from '../../world.ts';
import type { EventFields } from './event-fields.ts';
import { createEventFields } from './event-fields.ts';
import { createEventTest } from './event-filters.ts';
import type { EventTest } from './event-filters.ts';
import type { EventFilter } from '../requests/schemas.ts';

/** The events of a project, ready to be searched. */
export interface EventStore {
  readonly world: World;
  readonly fields: EventFields;
  /** First event at or after an instant. */
  firstAtOrAfter(ms: number): number;
  /** A test for an event's name and filters; the name `*` is every event. */
  createTest(name: string, filters: readonly EventFilter[]): EventTest;
  /** When a person, by their index, was last seen signed in; 0 where they never were. */
  lastSeenMs(user: number): number;
}

/** Opens the world's events. */
export function createEventStore(world: World): EventStore {
  const fields = createEventFields(world);
  const { events } = world;
  let lastSeen: Float64Array | undefined;
  return {
    world,
    fields,
    firstAtOrAfter: (ms) => lowerBound(events.timeMs, ms),
    createTest(name, filters) {
      const test = createEventTest(fields, filters);
      if (name === '*') return test;
      const code = events.names.indexOf(name);
      return (event) => events.name[event] === code && test(event);
    },
    lastSeenMs(user) {
      lastSeen ??= readLastSeen(world);
      return lastSeen[user] ?? 0;
    },
  };
}

/** The same store without any event, for a project that never received one. */
export function createEmptyEventStore(store: EventStore): EventStore {
  return { ...store, firstAtOrAfter: () => 0, createTest: () => () => false };
}

function readLastSeen({ events, users }: World): Float64Array {
  const lastSeen = new Float64Array(users.length);
  // Events are in order of time: of each person the last one stays.
  events.user.forEach((user, event) => {
    if (events.anonymous[event] !== 1) lastSeen[user] = events.timeMs[event] ?? 0;
  });
  return lastSeen;
}

function lowerBound(times: Float64Array, ms: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
