import type { World } from '../../world.ts';

// Segments are made by hand in the service; these two are made up.
const SEGMENTS: Readonly<Record<number, (world: World) => ReadonlySet<number>>> = {
  /** Everybody who ever paid. */
  2: ({ events }) => usersOf(events.user, (event) => (events.revenueCents[event] ?? 0) > 0),
  /** Everybody who came from an advertisement. */
  7: ({ users }) => new Set(users.flatMap(({ attribution }, user) => (attribution ? [user] : []))),
};

/** The ids that a filter may name. */
export const SEGMENT_IDS: readonly number[] = Object.keys(SEGMENTS).map(Number);

/** Finds the users of a segment. */
export function toSegment(world: World, id: number): ReadonlySet<number> {
  return SEGMENTS[id]?.(world) ?? new Set();
}

function usersOf(users: Int32Array, test: (row: number) => boolean): Set<number> {
  const found = new Set<number>();
  users.forEach((user, row) => {
    if (test(row)) found.add(user);
  });
  return found;
}
