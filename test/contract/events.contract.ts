import { expect } from 'vitest';
import { z } from 'zod';
import { eventsRequestInput, type EventsReport } from '../../src/analytics/events.ts';
import { defineContract } from './contract.ts';

const UTC_WITH_MILLISECONDS = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

export const eventsContract = defineContract({
  smallest: { period: { preset: 'YESTERDAY' }, names: [], filters: [], first: 1 },
  input: eventsRequestInput.extend({ first: z.int(), after: z.string().nullable().default(null) }),
  fetch: ({ first, after, ...request }, { reports }) => reports.events(request, { first, after }),
  toPlain: ({ events, totalCount, lateArrivals, hasNextPage, hasPreviousPage, freshness }: EventsReport) => ({
    events,
    totalCount,
    lateArrivals,
    hasNextPage,
    hasPreviousPage,
    isSettled: freshness.isSettled,
    completeness: freshness.completeness,
  }),
  assertSound: ({ events, cursors, period }) => {
    expect(cursors).toHaveLength(events.length);
    expect(new Set(cursors).size).toBe(cursors.length);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    const newestFirst = events.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
    expect(events.map(({ id }) => id)).toEqual(newestFirst.map(({ id }) => id));
    for (const event of events) {
      expect(event.at).toMatch(UTC_WITH_MILLISECONDS);
      expect(Date.parse(event.at)).toBeGreaterThanOrEqual(period.start.epochMilliseconds);
      expect(Date.parse(event.at)).toBeLessThan(period.end.epochMilliseconds);
      expect(event.country ?? 'SE').toMatch(/^[A-Z]{2}$/);
      expect(event.revenue === null || Number.isFinite(event.revenue)).toBe(true);
      // What is not known is null: an empty text would be a value.
      expect(Object.values(event)).not.toContain('');
    }
  },
});
