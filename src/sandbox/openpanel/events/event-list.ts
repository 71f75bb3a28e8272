import { DatabaseError } from '../requests/api-error.ts';
import type { EventStore } from './event-store.ts';
import type { EventTest } from './event-filters.ts';
import { toEventId } from './event-rows.ts';
import type { EventFilter } from '../requests/schemas.ts';

const DAY_MS = 86_400_000;
const FIVE_YEARS_DAYS = 5 * 365;

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
  const skipped = toOffset((Math.max(1, page) - 1) * limit, recent.length);
  return { totalCount: counted.length, events: newestFirst(store, recent, { skipped, limit: toLimit(limit) }) };
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
function lookBack(store: EventStore, listed: readonly number[], nowMs: number): readonly number[] {
  const last = listed.at(-1);
  for (let days = 0.5; days <= FIVE_YEARS_DAYS && last !== undefined; days *= 2) {
    const first = store.firstAtOrAfter(nowMs - days * DAY_MS);
    if (last >= first) return listed.filter((event) => event >= first);
  }
  return [];
}

interface Page {
  readonly skipped: number;
  readonly limit: number;
}

// Only the page and what shares an instant with its ends is put in order: there may be very many events.
function newestFirst({ world }: EventStore, events: readonly number[], { skipped, limit }: Page): number[] {
  const timeAt = (position: number): number | undefined => world.events.timeMs[events[position] ?? -1];
  const last = events.length - skipped;
  if (last <= 0) return [];
  let until = last;
  while (until < events.length && timeAt(until) === timeAt(until - 1)) until += 1;
  let from = Math.max(0, last - limit);
  while (from > 0 && timeAt(from - 1) === timeAt(from)) from -= 1;
  const sorted = events
    .slice(from, until)
    .map((event) => ({ event, timeMs: world.events.timeMs[event] ?? 0, id: toEventId(world, event) }))
    .sort((a, b) => b.timeMs - a.timeMs || (a.id < b.id ? -1 : 1));
  return sorted.slice(until - last, until - last + limit).map(({ event }) => event);
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
