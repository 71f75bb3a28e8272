import { describe, expect, it } from 'vitest';
import type { EventsReport } from '../../../src/analytics/events.ts';
import { createListing, eventAt, eventsUpTo, type EventListing } from './event-listing.ts';
import { days, startOpenpanel, type Openpanel } from './start-openpanel.ts';

const OCTOBER_FIRST = days('2026-10-01', '2026-10-01');

/** An OpenPanel with a listing of events. */
function startListing(listing: EventListing, config: Readonly<Record<string, unknown>> = {}, now?: string) {
  return startOpenpanel({ events: (asked) => listing.answer(asked) }, config, now);
}

/** Read one page, each as an operation of its own. */
function readPage(
  openpanel: Openpanel,
  paging: { readonly first: number; readonly after?: string | null },
  period: Parameters<ReturnType<Openpanel['begin']>['events']>[0]['period'] = OCTOBER_FIRST,
): Promise<EventsReport> {
  const question = { source: 'sample', period, names: [], filters: [] };
  return openpanel.begin().events(question, { after: null, ...paging });
}

/** Read every page; something may happen between two of them. */
async function readAll(openpanel: Openpanel, first: number, between: (pages: number) => void = () => undefined) {
  const pages: EventsReport[] = [];
  for (let after: string | null = null, isMore = true; isMore; between(pages.length)) {
    const page = await readPage(openpanel, { first, after });
    pages.push(page);
    after = page.cursors.at(-1) ?? null;
    isMore = page.hasNextPage;
  }
  return { pages, ids: pages.flatMap(({ events }) => events.map(({ id }) => id)) };
}

describe('pages of events', () => {
  it.each([1, 3, 7, 50])('of %i are the listing, once each', async (first) => {
    const listing = createListing(eventsUpTo('2026-10-01T12:00:00.000Z', 20));
    await using openpanel = await startListing(listing);
    const { ids, pages } = await readAll(openpanel, first);
    expect(ids).toEqual(listing.events.map(({ id }) => id));
    expect(pages.every(({ totalCount, lateArrivals }) => totalCount === 20 && lateArrivals === 0)).toBe(true);
    expect(pages.map(({ hasPreviousPage }) => hasPreviousPage)).toEqual(pages.map((_page, index) => index > 0));
  });

  it.each([1, 3, 7])('of %i lose and repeat nothing while events arrive', async (first) => {
    const listing = createListing(eventsUpTo('2026-10-01T12:00:00.000Z', 20));
    const before = listing.events.map(({ id }) => id);
    await using openpanel = await startListing(listing);
    const { ids, pages } = await readAll(openpanel, first, (count) =>
      listing.events.push(...[0, 1, 2].map((index) => eventAt('2026-10-01T13:00:00.000Z', count * 100 + index))),
    );
    expect(ids).toEqual(before);
    // Each page tells of those that came since the page before was read.
    expect(pages.slice(1).map(({ lateArrivals }) => lateArrivals)).toEqual(pages.slice(1).map(() => 3));
  });

  it('go on when more have arrived than a page holds', async () => {
    const listing = createListing(eventsUpTo('2026-10-01T12:00:00.000Z', 6));
    const before = listing.events.map(({ id }) => id);
    await using openpanel = await startListing(listing);
    const { ids } = await readAll(openpanel, 2, (count) => {
      if (count === 1) listing.events.push(...eventsUpTo('2026-10-01T20:00:00.000Z', 90).map(renumber(1000)));
    });
    expect(ids).toEqual(before);
    expect(openpanel.asked('/export/events').length).toBeLessThanOrEqual(6);
  });

  it.each([1, 3, 7])('of %i lose and repeat nothing while read events are deleted', async (first) => {
    const listing = createListing(eventsUpTo('2026-10-01T12:00:00.000Z', 20));
    const before = listing.events.map(({ id }) => id);
    await using openpanel = await startListing(listing);
    // All but the one event that follows the last one read: even the last one read is gone.
    const { ids } = await readAll(openpanel, first, (count) =>
      listing.events.splice(0, listing.events.length - 20 + count * first),
    );
    expect(ids).toEqual(before);
  });

  it('keep events of one moment apart', async () => {
    const listing = createListing(Array.from({ length: 9 }, (_, index) => eventAt('2026-10-01T12:00:00.000Z', index)));
    await using openpanel = await startListing(listing);
    const { ids } = await readAll(openpanel, 2, (count) => {
      // The last event read goes away: the next one is the next id.
      if (count === 2) listing.events.splice(3, 1);
    });
    expect(ids).toEqual(Array.from({ length: 9 }, (_, index) => eventAt('', index).id));
  });

  it('survive any mixture of arrivals and deletions', async () => {
    const listing = createListing(eventsUpTo('2026-10-01T12:00:00.000Z', 60));
    const before = listing.events.map(({ id }) => id);
    const removed = new Set<string>();
    await using openpanel = await startListing(listing);
    const { ids } = await readAll(openpanel, 4, (count) => {
      listing.events.push(...eventsUpTo('2026-10-01T22:00:00.000Z', (count * 5) % 7).map(renumber(1000 * count)));
      for (const event of listing.events.splice((count * 7) % 11, 2)) removed.add(event.id);
    });
    expect(new Set(ids).size).toBe(ids.length);
    expect(before.filter((id) => !ids.includes(id) && !removed.has(id))).toEqual([]);
  });
});

describe('a window that is not of UTC days', () => {
  const STOCKHOLM = { timezone: 'Europe/Stockholm' };

  it('is cut out of the days that hold it', async () => {
    // The first of October in Stockholm is from 22:00 to 22:00 of UTC.
    const listing = createListing(
      [
        '2026-09-30T21:59:59.999Z',
        '2026-09-30T22:00:00.000Z',
        '2026-10-01T21:59:59.999Z',
        '2026-10-01T22:00:00.000Z',
      ].map(eventAt),
    );
    await using openpanel = await startListing(listing, STOCKHOLM);
    const { events, totalCount, hasNextPage } = await readPage(openpanel, { first: 10 });
    expect(events.map(({ at }) => at)).toEqual(['2026-10-01T21:59:59.999Z', '2026-09-30T22:00:00.000Z']);
    // OpenPanel counts four events, of two days.
    expect({ totalCount, hasNextPage }).toEqual({ totalCount: null, hasNextPage: false });
    expect(openpanel.asked('/export/events')[0]).toMatchObject({ start: '2026-09-30', end: '2026-10-01' });
  });

  it('is reached without counting small pages', async () => {
    const listing = createListing([
      ...eventsUpTo('2026-10-01T23:59:00.000Z', 110),
      eventAt('2026-10-01T12:00:00.000Z', 5000),
    ]);
    await using openpanel = await startListing(listing, STOCKHOLM);
    const { events } = await readPage(openpanel, { first: 1 });
    expect(events.map(({ at }) => at)).toEqual(['2026-10-01T12:00:00.000Z']);
    expect(openpanel.asked('/export/events').length).toBeLessThanOrEqual(2);
  });

  it('takes nothing behind its end for late', async () => {
    const listing = createListing(eventsUpTo('2026-10-01T12:00:00.000Z', 3));
    await using openpanel = await startListing(listing, STOCKHOLM);
    const { pages } = await readAll(openpanel, 1, (count) =>
      listing.events.push(eventAt('2026-10-01T22:30:00.000Z', 100 + count)),
    );
    expect(pages.map(({ lateArrivals }) => lateArrivals)).toEqual([0, 0, 0]);
  });

  it('knows no more after its last event', async () => {
    const listing = createListing([
      eventAt('2026-10-01T10:00:00.000Z', 1),
      ...eventsUpTo('2026-09-30T12:00:00.000Z', 30).map(renumber(100)),
    ]);
    await using openpanel = await startListing(listing, STOCKHOLM);
    expect(await readPage(openpanel, { first: 1 })).toMatchObject({ hasNextPage: false, totalCount: null });
  });

  it('of any instants is read to the millisecond', async () => {
    const listing = createListing(
      ['2026-10-01T10:00:00.000Z', '2026-10-01T10:00:00.001Z', '2026-10-01T11:00:00.000Z'].map(eventAt),
    );
    await using openpanel = await startListing(listing);
    const instants = { from: '2026-10-01T10:00:00.001Z', to: '2026-10-01T11:00:00Z' };
    const { events } = await readPage(openpanel, { first: 10 }, { instants });
    expect(events.map(({ at }) => at)).toEqual(['2026-10-01T10:00:00.001Z']);
  });
});

describe('the largest page', () => {
  it('is 50 in 2024, however many are wanted', async () => {
    const listing = createListing(eventsUpTo('2026-10-01T12:00:00.000Z', 230), 50);
    await using openpanel = await startListing(listing, { apiVersion: '2024' });
    const { events, hasNextPage } = await readPage(openpanel, { first: 200 });
    expect(events.map(({ id }) => id)).toEqual(listing.events.slice(0, 200).map(({ id }) => id));
    expect(hasNextPage).toBe(true);
    // Ten requests in ten seconds were allowed: reading each page twice to be sure would have used them up.
    expect(openpanel.asked('/export/events')).toHaveLength(5);
    expect(openpanel.asked('/export/events').every(({ limit }) => Number(limit) <= 50)).toBe(true);
  });

  it('is 1000 today', async () => {
    const listing = createListing(eventsUpTo('2026-10-01T23:59:00.000Z', 1001));
    await using openpanel = await startListing(listing);
    const { events, hasNextPage } = await readPage(openpanel, { first: 1000 });
    expect({ count: events.length, hasNextPage }).toEqual({ count: 1000, hasNextPage: true });
    expect(openpanel.asked('/export/events').map(({ limit }) => Number(limit) <= 1000)).toEqual([true, true]);
  });
});

/** Given an event, return it under a number that no other event has. */
function renumber(from: number) {
  return ({ createdAt }: { readonly createdAt: string }, index: number) => eventAt(createdAt, from + index);
}
