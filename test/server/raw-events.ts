import type { World } from '../../src/sandbox/world.ts';

/** One event of the world, written out. */
export interface RawEvent {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Its UTC day, YYYY-MM-DD. */
  readonly day: string;
  /** The person as a provider knows them: before the sign-in it knows the device only. */
  readonly user: string;
  readonly session: number;
  /** Empty where unknown. */
  readonly country: string;
  readonly os: string;
  readonly path: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly revenueCents: number;
}

/** Given the world, return its events one by one, in order of time. */
export function readRawEvents({ events, users, contexts }: World): RawEvent[] {
  const raw: RawEvent[] = [];
  let day = '';
  let dayEnd = -Infinity;
  for (let index = 0; index < events.length; index++) {
    const user = at(users, events.user[index]);
    const context = at(contexts, events.context[index]);
    const time = events.timeMs[index] ?? NaN;
    if (time >= dayEnd) {
      day = dayOf(time);
      dayEnd = Date.parse(day) + 86_400_000;
    }
    raw.push({
      name: at(events.names, events.name[index]),
      at: time,
      day,
      user: events.anonymous[index] === 1 ? user.deviceId : user.id,
      session: events.session[index] ?? NaN,
      country: context.place.country,
      os: context.os,
      path: at(events.paths, events.path[index]),
      properties: at(events.propertySets, events.properties[index]),
      revenueCents: events.revenueCents[index] ?? NaN,
    });
  }
  return raw;
}

/** Given two days, both included, return the days between them. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000) days.push(dayOf(at));
  return days;
}

/** The UTC day of a moment. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** Given events, return those of a UTC day or of several, both included. */
export function inDays(events: readonly RawEvent[], from: string, to: string = from): RawEvent[] {
  return events.filter(({ day }) => day >= from && day <= to);
}

/** How many different things there are. */
export function countDistinct(things: readonly unknown[]): number {
  return new Set(things).size;
}

function at<T>(list: readonly T[], index: number | undefined): T {
  const item = index === undefined ? undefined : list[index];
  if (item === undefined) throw new Error(`There is nothing at ${String(index)}`);
  return item;
}
