import type { Temporal } from 'temporal-polyfill';
import type { Deadline } from '../../analytics/deadline.ts';
import type { EventPosition, EventsQuery } from '../../analytics/events.ts';
import type { OpenpanelEventResponse, OpenpanelEventsResponse } from './responses.ts';

/** Fetches one page of the provider's listing, which is newest first. */
export type FetchListingPage = (
  page: { readonly start: string; readonly end: string; readonly page: number; readonly limit: number },
  deadline: Deadline,
) => Promise<OpenpanelEventsResponse>;

/** What reading one page needs to know. */
export interface Reading {
  readonly query: EventsQuery;
  readonly pageSize: number;
  /** Most events the provider hands out at once. */
  readonly maxLimit: number;
  readonly fetchListingPage: FetchListingPage;
}

/** Events behind a position, each with its rank: its place in the provider's listing, from 1. */
export interface RankedEvents {
  readonly events: readonly { readonly event: OpenpanelEventResponse; readonly rank: number }[];
  readonly hasMore: boolean;
  /** Events of the period, where the provider's count is exactly that. */
  readonly totalCount: number | null;
  readonly lateArrivals: number;
}

/**
 * Given a position, return the page of events behind it. The provider numbers pages from its newest event, so each event that
 * arrives meanwhile pushes the others back; we ask again from the last event seen and go on behind it, wherever it is now.
 */
export async function readBehind(
  reading: Reading,
  after: EventPosition | null,
  deadline: Deadline,
): Promise<RankedEvents> {
  const { query, pageSize } = reading;
  const window = dayWindow(query.period);
  const { start, end } = query.period;
  const events: { event: OpenpanelEventResponse; rank: number }[] = [];
  let position = after;
  let lateArrivals = 0;
  let totalCount: number | null = null;
  let isPastPeriod = false;

  // One event more than asked for tells whether there are more.
  for (let isAtEnd = false, isBeforePeriod = false; !isAtEnd && !isPastPeriod && events.length <= pageSize;) {
    // The last event seen is asked for again. Events of the same day may be many before the first one of the period.
    const length = isBeforePeriod ? reading.maxLimit : pageSize + 2 - events.length;
    const behind = await fetchBehind(reading, { window, position, length }, deadline);
    isAtEnd = behind.isAtEnd;
    if (position === after) {
      // What comes after the end of the period, on the same UTC day, moves ours too and is not late.
      lateArrivals = window.endsAtMidnight ? behind.movedBy : 0;
      totalCount = window.isExact ? behind.totalCount : null;
    }
    for (const { event, rank } of behind.events) {
      const epoch = Date.parse(event.createdAt);
      isPastPeriod ||= epoch < start.epochMilliseconds;
      isBeforePeriod = epoch >= end.epochMilliseconds;
      if (!isPastPeriod && epoch < end.epochMilliseconds) events.push({ event, rank });
      position = { at: event.createdAt, id: event.id, rank };
    }
  }
  return { events: events.slice(0, pageSize), hasMore: events.length > pageSize, totalCount, lateArrivals };
}

interface Behind extends Pick<RankedEvents, 'events'> {
  readonly totalCount: number;
  readonly movedBy: number;
  readonly isAtEnd: boolean;
}

async function fetchBehind(
  reading: Reading,
  { window, position, length }: { window: DayWindow; position: EventPosition | null; length: number },
  deadline: Deadline,
): Promise<Behind> {
  if (position === null) return toBehind(await fetchAround(reading, { window, offset: 0, length }, deadline), 0, 0);
  let offset = position.rank - 1;
  // Nobody knows how far ours has moved: after the first miss, pages are as large as they may be.
  for (let hasGoneForward = false, span = length; ; span = reading.maxLimit) {
    const chunk = await fetchAround(reading, { window, offset, length: span }, deadline);
    const index = indexBehind(chunk.events, position);
    if (index === 0 && chunk.offset > 0 && !hasGoneForward) {
      // Events were deleted upstream, and ours has moved to an earlier page.
      offset = Math.max(0, chunk.offset - chunk.limit);
    } else if (index === chunk.events.length && !chunk.isAtEnd) {
      // So many have arrived that ours has moved to a later page.
      offset = chunk.offset + chunk.events.length;
      hasGoneForward = true;
    } else {
      return toBehind(chunk, index, position.rank);
    }
  }
}

/** A page of the listing, which may begin before the offset that was asked for. */
interface Chunk {
  readonly events: readonly OpenpanelEventResponse[];
  readonly offset: number;
  readonly limit: number;
  readonly totalCount: number;
  readonly isAtEnd: boolean;
}

async function fetchAround(
  { maxLimit, fetchListingPage }: Reading,
  { window, offset: wanted, length }: { window: DayWindow; offset: number; length: number },
  deadline: Deadline,
): Promise<Chunk> {
  const { page, limit } = pageAround(wanted, length, maxLimit);
  const offset = (page - 1) * limit;
  const { meta, data } = await fetchListingPage({ start: window.start, end: window.end, page, limit }, deadline);
  const isAtEnd = data.length === 0 || offset + data.length >= meta.totalCount;
  return { events: data, offset, limit, totalCount: meta.totalCount, isAtEnd };
}

function toBehind({ events, offset, totalCount, isAtEnd }: Chunk, index: number, rankBefore: number): Behind {
  const first = offset + index;
  return {
    events: events.slice(index).map((event, place) => ({ event, rank: first + place + 1 })),
    totalCount,
    movedBy: Math.max(0, first - rankBefore),
    isAtEnd,
  };
}

/** The index of the first event behind a position. */
function indexBehind(events: readonly OpenpanelEventResponse[], { at, id }: EventPosition): number {
  const itself = events.findIndex((event) => event.id === id);
  if (itself >= 0) return itself + 1;
  const epoch = Date.parse(at);
  const index = events.findIndex((event) => {
    const other = Date.parse(event.createdAt);
    return other < epoch || (other === epoch && event.id > id);
  });
  return index < 0 ? events.length : index;
}

/** The number and size of the page that holds most of the `length` events from `offset` on. */
function pageAround(offset: number, length: number, maxLimit: number): { page: number; limit: number } {
  const shortest = Math.min(length, maxLimit);
  let limit = shortest;
  let most = 0;
  // Pages begin at multiples of their size only: a shorter or longer one may begin just where we want it.
  for (let size = Math.ceil(shortest / 2); size <= Math.min(maxLimit, length * 2) && most < length; size++) {
    const held = Math.min(length, size - (offset % size));
    if (held > most) [limit, most] = [size, held];
  }
  return { page: Math.floor(offset / limit) + 1, limit };
}

interface DayWindow {
  readonly start: string;
  readonly end: string;
  /** Whether the period ends where the last day does. */
  readonly endsAtMidnight: boolean;
  /** Whether the period starts and ends at UTC midnight, so that the provider's count is the period's. */
  readonly isExact: boolean;
}

// The provider ignores the time of day: a window is UTC days, both included, whatever the project's time zone.
// Without both days it looks back half a day only, and loses events between its pages.
function dayWindow(period: EventsQuery['period']): DayWindow {
  const start = period.start.withTimeZone('UTC');
  const end = period.end.withTimeZone('UTC');
  return {
    start: start.toPlainDate().toString(),
    end: end.subtract({ milliseconds: 1 }).toPlainDate().toString(),
    endsAtMidnight: isMidnight(end),
    isExact: isMidnight(start) && isMidnight(end),
  };
}

function isMidnight(moment: Temporal.ZonedDateTime): boolean {
  return moment.equals(moment.startOfDay());
}
