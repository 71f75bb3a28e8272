import type { World } from '../../world.ts';

/** Who was signed in when. */
export interface SignIns {
  /** Whether the person of an event is known with it. */
  isKnownAt(event: number): boolean;
  /** Whether the person of a session was known with its first event. */
  isKnownIn(session: number): boolean;
  /** Whether a user was known from the first event on. */
  isKnownFromStart(user: number): boolean;
  /** Whether an event is the first one with which its user is known. */
  isFirstKnown(event: number): boolean;
}

/** Reads who was signed in when from the events, once. */
export function createSignIns({ events, sessions, users }: World): SignIns {
  const isKnownAt = (event: number): boolean =>
    events.anonymous[event] === 0 && users[events.user[event] ?? 0]?.isAnonymous === false;
  const firstOfSession = new Int32Array(sessions.length).fill(-1);
  const firstOfUser = new Int32Array(users.length).fill(-1);
  const firstKnownOfUser = new Int32Array(users.length).fill(-1);
  // Backwards, so that the earliest event is the one that stays.
  for (let event = events.length - 1; event >= 0; event -= 1) {
    const user = events.user[event] ?? 0;
    firstOfSession[events.session[event] ?? 0] = event;
    firstOfUser[user] = event;
    if (isKnownAt(event)) firstKnownOfUser[user] = event;
  }
  const isKnownWith = (event: number | undefined): boolean => event !== undefined && event !== -1 && isKnownAt(event);
  return {
    isKnownAt,
    isKnownIn: (session) => isKnownWith(firstOfSession[session]),
    isKnownFromStart: (user) => isKnownWith(firstOfUser[user]),
    isFirstKnown: (event) => firstKnownOfUser[events.user[event] ?? 0] === event,
  };
}
