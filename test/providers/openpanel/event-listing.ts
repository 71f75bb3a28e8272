import type { AskedRequest } from '../../support/replay-server.ts';

/** What matters of an event here. */
export interface ListedEvent {
  readonly id: string;
  readonly createdAt: string;
}

/** The listing of events as OpenPanel keeps it: newest first, in pages counted from the newest, by UTC days. */
export interface EventListing {
  readonly events: ListedEvent[];
  /** The body of `/export/events`. */
  answer(asked: AskedRequest): ReturnType<typeof toPage>;
}

/** Given the largest page, return a listing that may be changed while it is read. */
export function createListing(events: ListedEvent[], maxLimit = 1000): EventListing {
  return { events, answer: ({ query }) => toPage(events, query, maxLimit) };
}

/** An event of that number at that moment, "2026-10-01T12:00:00.000Z". */
export function eventAt(createdAt: string, number: number): ListedEvent {
  return { id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`, createdAt };
}

/** So many events, one a minute up to and including a moment, the newest first. */
export function eventsUpTo(moment: string, count: number): ListedEvent[] {
  return Array.from({ length: count }, (_, index) =>
    eventAt(new Date(Date.parse(moment) - index * 60_000).toISOString(), index),
  );
}

function toPage(events: readonly ListedEvent[], query: AskedRequest['query'], maxLimit: number) {
  const [start, end] = [String(query['start']), String(query['end'])];
  const limit = Math.min(maxLimit, Number(query['limit']));
  const current = Number(query['page']);
  const listed = events
    .filter(({ createdAt }) => createdAt.slice(0, 10) >= start && createdAt.slice(0, 10) <= end)
    .toSorted((a, b) => (a.createdAt === b.createdAt ? compare(a.id, b.id) : compare(b.createdAt, a.createdAt)));
  const data = listed.slice((current - 1) * limit, current * limit).map(toRow);
  const meta = { count: data.length, totalCount: listed.length, pages: Math.ceil(listed.length / limit), current };
  return { meta, data };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function toRow({ id, createdAt }: ListedEvent) {
  const texts = { deviceId: '', profileId: '', projectId: 'acme-web', city: '', os: '', browser: '', path: '/' };
  return { id, createdAt, name: 'view', country: 'SE', sessionId: 's', ...texts };
}
