import type { World } from '../../src/sandbox/world.ts';

/** An event with everything written out, for slow computations that share nothing with the emulator. */
export interface RawEvent {
  readonly timeMs: number;
  /** The day in Beijing, YYYY-MM-DD. */
  readonly day: string;
  readonly name: string;
  readonly user: number;
  readonly session: number;
  readonly country: string;
  readonly os: string;
  readonly platform: string;
  readonly browser: string;
  readonly city: string;
  readonly cents: number;
}

const formatter = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });
const knownDays = new Map<number, string>();

/** The day of an instant in Beijing, YYYY-MM-DD. */
export function dayOf(timeMs: number): string {
  const hour = Math.floor(timeMs / 3_600_000);
  const day = knownDays.get(hour) ?? formatter.format(timeMs);
  knownDays.set(hour, day);
  return day;
}

/** Writes every event of the world out, in order of time. */
export function toRawEvents({ events, contexts }: World): RawEvent[] {
  return Array.from(events.timeMs, (timeMs, index) => {
    const { place, os, platform, browser } = contexts[events.context[index]!]!;
    return {
      timeMs,
      day: dayOf(timeMs),
      name: events.names[events.name[index]!]!,
      user: events.user[index]!,
      session: events.session[index]!,
      country: place.country,
      city: place.city,
      os,
      platform,
      browser,
      cents: events.revenueCents[index]!,
    };
  });
}

/** How many different people the events are of. */
export function countUsers(events: readonly RawEvent[]): number {
  return new Set(events.map(({ user }) => user)).size;
}

/** Visits that began within a range, the end included, each with the number of its screen views. */
export function findVisits({ sessions }: World, raw: readonly RawEvent[]) {
  const views = new Map<number, number>();
  const first = new Map<number, RawEvent>();
  for (const event of raw) {
    if (!first.has(event.session)) first.set(event.session, event);
    if (event.name === 'screen_view') views.set(event.session, (views.get(event.session) ?? 0) + 1);
  }
  const visits = [...first].filter(([session]) => sessions.background[session] === 0);
  return visits.map(([session, event]) => ({ ...event, views: views.get(session) ?? 0 }));
}
