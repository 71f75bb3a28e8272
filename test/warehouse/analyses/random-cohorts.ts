import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { LocatedFilter } from '../../../src/analytics/filters.ts';
import { createPeriod, type Period } from '../../../src/analytics/period.ts';
import type { ReferenceCohortQuestion } from './reference-cohorts.ts';

/** The columns of random logs; `log` says which log a row is of. */
export const LOG_TYPES = {
  at: 'timestamp',
  name: 'varchar',
  user_id: 'varchar',
  country: 'varchar',
  path: 'varchar',
  revenue: 'double',
  properties: 'varchar',
  log: 'varchar',
} as const;

const DAY_MS = 86_400_000;

// Clocks change within most of them; the first bucket of weeks and months is cut short by the start, the last one by the end.
const PERIODS = [
  { timezone: 'Europe/Berlin', from: '2026-03-27T00:00', days: 4 },
  { timezone: 'Europe/Berlin', from: '2026-10-24T00:00', days: 3 },
  { timezone: 'America/Sao_Paulo', from: '2018-11-02T00:00', days: 4 },
  { timezone: 'Asia/Kolkata', from: '2026-01-30T00:00', days: 3 },
  { timezone: 'Pacific/Apia', from: '2011-12-28T00:00', days: 4 },
  { timezone: 'UTC', from: '2025-12-30T11:00', days: 40 },
  { timezone: 'UTC', from: '2025-12-24T00:00', days: 20 },
];

const filter = fc.constantFrom<LocatedFilter>(
  ...(
    [
      { dimension: 'path', operator: 'IS', values: ['x'] },
      { dimension: 'path', operator: 'IS_NOT', values: ['x'] },
      { dimension: 'country', operator: 'IS', values: ['DE'] },
    ] as const
  ).map((one) => ({ ...one, path: 'query.filters[0]' })),
);

const filters = fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(filter, { minLength: 1, maxLength: 1 }));

/** Events of one name, perhaps filtered. */
export const selector = fc.record({
  event: fc.constantFrom('a', 'a', 'b', 'c'),
  name: fc.constant('its name'),
  filters,
});

/** A question about cohorts, as it is asked of the database and of the reference. */
export const cohortQuestion = fc
  .record({
    place: fc.constantFrom(...PERIODS),
    interval: fc.constantFrom('DAY', 'DAY', 'DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'),
    entry: fc.option(selector),
    filters,
    breakdown: fc.constantFrom([], [], ['country'], ['path', 'country']),
    // At the period's start, at midnights, in the middle of days, long after.
    hoursKnown: fc.constantFrom(-30, 0, 1, 24, 30, 48, 60, 72, 96, 100, 24 * 12, 24 * 70, 24 * 70),
  })
  .map(({ place, interval, hoursKnown, ...question }) => {
    const start = Temporal.PlainDateTime.from(place.from).toZonedDateTime(place.timezone);
    const end = start.add({ days: place.days });
    const period = createPeriod(start, end, { timezone: place.timezone, now: end.epochMilliseconds });
    const asOf = start.epochMilliseconds + hoursKnown * 3_600_000;
    const reference: Omit<ReferenceCohortQuestion, 'isRecurring' | 'breakdown'> = {
      calendar: { interval, timezone: place.timezone },
      start: start.epochMilliseconds,
      end: end.epochMilliseconds,
      asOf,
      entry: question.entry,
      filters: question.filters,
    };
    return { period, asked: { ...question, interval, asOf }, reference };
  });

// Few moments, so that many events are at the same one, at midnight, or a millisecond beside it.
const event = fc.record({
  day: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0, max: 2 }) },
    { weight: 3, arbitrary: fc.integer({ min: -3, max: 8 }) },
    fc.integer({ min: -40, max: 60 }),
  ),
  ms: fc.constantFrom(0, 0, 0, 1, -1, DAY_MS / 24, DAY_MS / 2, (DAY_MS * 23) / 24),
  name: fc.constantFrom('a', 'a', 'b', 'c'),
  user_id: fc.constantFrom('u', 'u', 'u', 'a user whose id is rather long', null),
  country: fc.constantFrom('DE', 'SE', null),
  path: fc.constantFrom('x', 'y', null),
  // Halves and quarters are summed exactly, in whatever order.
  revenue: fc.constantFrom(null, null, 4, 0.25, 0, -1.5),
  properties: fc.constantFrom(null, '{"n":2}', '{"n":"0.5"}', '{"n":"many"}'),
});

type Event = typeof event extends fc.Arbitrary<infer One> ? One : never;

/** A log of a few events. */
export const oneLog = fc.array(event, { maxLength: 12, size: 'max' });

/** Many of them. */
export const logs = fc.array(fc.array(event, { minLength: 1, maxLength: 9, size: 'max' }), {
  minLength: 1,
  maxLength: 100,
  size: 'max',
});

/** Given logs, return their rows around the beginning of a period; users of different logs are different. */
export function toLogRows(given: readonly (readonly Event[])[], { start }: Period) {
  return given.flatMap((events, log) =>
    events.map(({ day, ms, user_id: user, ...columns }) => ({
      ...columns,
      at: new Date(start.add({ days: day }).epochMilliseconds + ms),
      user_id: user === null ? null : `${user} of log ${log}`,
      log: String(log),
    })),
  );
}

/** Given a row of an answer, return it with the values of its dimensions only. */
export function withValues<Row extends { readonly dimensions: readonly { readonly value: string | null }[] }>(
  row: Row,
) {
  return { ...row, dimensions: row.dimensions.map(({ value }) => value) };
}

/** The order of groups is tested elsewhere: given rows, return them in one that does not depend on it. */
export function inOrder(rows: readonly unknown[]): unknown[] {
  return rows.map((row) => JSON.stringify(row, toSortedKeys)).sort();
}

function toSortedKeys(_: string, value: unknown): unknown {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;
}
