import { DatabaseError } from '../requests/api-error.ts';
import type { EventStore } from './event-store.ts';
import type { EventTest } from './event-filters.ts';
import { toEventId } from './event-rows.ts';
import type { EventFilter } from '../requests/schemas.ts';

const DAY_MS = 86_400_000;

/** Which events are listed. */
export interface EventListQuery {
  /** Undefined for all; the empty name matches nothing. */
  readonly names: readonly string[] | undefined;
  readonly profileId: string | undefined;
  readonly filters: readonly EventFilter[];
  /** First and last UTC day as instants; undefined without both. */
  readonly days: { readonly firstMs: number; readonly lastMs: number } | undefined;
  readonly page: number;
  readonly limit: number;
  /** Where the search back in time begins when no days are given; undefined to search everything at once. */
  readonly nowMs: number | undefined;
}

/** A page of events. */
export interface EventPage {
  readonly totalCount: number;
  /** Numbers of the events, newest first. */
  readonly events: readonly number[];
}

/** Lists events, newest first, equal times by id. */
export function listEvents(store: EventStore, query: EventListQuery): EventPage {
  const { names, profileId, filters, days, page, limit } = query;
  const tests = names?.map((name) => (name === '*' ? () => false : store.createTest(name, [])));
  const filter = store.createTest('*', filters);
  const test: EventTest = (event) => (!tests || tests.some((named) => named(event))) && filter(event);
  const from = days ? store.firstAtOrAfter(days.firstMs) : 0;
  const until = days ? store.firstAtOrAfter(days.lastMs + DAY_MS) : store.world.events.length;
  const span = { from, until };
  const counted = find(span, (event) => test(event) && isOwn(store, profileId, event));
  const listed =
    profileId === undefined ? counted : find(span, (event) => test(event) && isOwnOrDevice(store, profileId, event));
  const recent = !days && page <= 1 && query.nowMs !== undefined ? lookBack(store, listed, query.nowMs) : listed;
  const sorted = sortByTimeAndId(store, recent);
  const skipped = toOffset((Math.max(1, page) - 1) * limit, sorted.length);
  return { totalCount: counted.length, events: sorted.slice(skipped, skipped + toLimit(limit)) };
}

function find({ from, until }: { from: number; until: number }, test: EventTest): number[] {
  const found: number[] = [];
  for (let event = from; event < until; event += 1) if (test(event)) found.push(event);
  return found;
}

function isOwn({ fields }: EventStore, profileId: string | undefined, event: number): boolean {
  return profileId === undefined || fields.profileId(fields.profileOf[event] ?? 0) === profileId;
}

// The list also holds what the person's device did before the sign-in; the total does not.
function isOwnOrDevice(store: EventStore, profileId: string, event: number): boolean {
  const user = store.world.users[store.world.events.user[event] ?? 0];
  return user?.id === profileId || isOwn(store, profileId, event);
}

// Without dates the first page looks back half a day, then twice as far, up to five years, until anything is found;
// whatever is older stays out of it.
function lookBack({ world }: EventStore, listed: readonly number[], nowMs: number): readonly number[] {
  for (let days = 0.5; days <= 5 * 365 * 2; days *= 2) {
    const fromMs = nowMs - days * DAY_MS;
    const recent = listed.filter((event) => (world.events.timeMs[event] ?? 0) >= fromMs);
    if (recent.length > 0) return recent;
  }
  return [];
}

function sortByTimeAndId({ world }: EventStore, events: readonly number[]): number[] {
  const { timeMs } = world.events;
  const sorted: number[] = [];
  let last = events.length;
  while (last > 0) {
    let first = last - 1;
    while (first > 0 && timeMs[events[first - 1] ?? 0] === timeMs[events[first] ?? 0]) first -= 1;
    const tied = events.slice(first, last);
    if (tied.length > 1) tied.sort((a, b) => (toEventId(world, a) < toEventId(world, b) ? -1 : 1));
    sorted.push(...tied);
    last = first;
  }
  return sorted;
}

// A fraction below one means that share of the rows to the database, and any other fraction is an error.
function toOffset(offset: number, rows: number): number {
  if (Number.isInteger(offset)) return offset;
  if (offset < 1) return Math.floor(offset * rows);
  throw new DatabaseError(`The value ${offset} of OFFSET expression is not representable as UInt64`);
}

function toLimit(limit: number): number {
  if (Number.isInteger(limit)) return limit;
  throw new DatabaseError(`The value ${limit} of LIMIT expression is not representable as UInt64`);
}
