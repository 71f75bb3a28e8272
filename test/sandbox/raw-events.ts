import type { World } from '../../src/sandbox/world.ts';

/** An event of the world with everything written out, for slow computations that share nothing with the emulators. */
export interface RawEvent {
  readonly timeMs: number;
  readonly name: string;
  readonly session: number;
  /** The id the service knows: of the person, or of the device before the sign-in. */
  readonly profile: string;
  readonly country: string;
  readonly os: string;
  readonly path: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** Writes every event of the world out, in order of time. */
export function toRawEvents({ events, users, contexts }: World): RawEvent[] {
  return Array.from(events.timeMs, (timeMs, index) => {
    const user = users[events.user[index]!]!;
    const context = contexts[events.context[index]!]!;
    return {
      timeMs,
      name: events.names[events.name[index]!]!,
      session: events.session[index]!,
      profile: events.anonymous[index] === 1 ? user.deviceId : user.id,
      country: context.place.country,
      os: context.os,
      path: events.paths[events.path[index]!]!,
      properties: events.propertySets[events.properties[index]!]!,
    };
  });
}
