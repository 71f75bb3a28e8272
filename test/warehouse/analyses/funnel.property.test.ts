import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { LocatedFilter } from '../../../src/analytics/filters.ts';
import type { FunnelStepCount } from '../../../src/analytics/funnels.ts';
import { createPeriod } from '../../../src/analytics/period.ts';
import { createTimeAxis } from '../../../src/analytics/time-axis.ts';
import { computeFunnel } from '../../../src/warehouse/analyses/funnel.ts';
import { referenceFunnel, type ReferenceFunnelQuestion } from './reference-funnel.ts';
import { relationOf } from './relation-of.ts';
import { startDatabase } from './start-database.ts';

const tools = { ...startDatabase(), asOf: Date.UTC(2030, 0) };

const HOUR_MS = 3_60_000;
const TYPES = {
  at: 'timestamp',
  name: 'varchar',
  user_id: 'varchar',
  session_id: 'varchar',
  country: 'varchar',
  path: 'varchar',
  log: 'varchar',
} as const;

type Row = Readonly<Record<Exclude<keyof typeof TYPES, 'at'>, string | null>> & { readonly at: Date };

// Both change their clocks within the days around, so that days of 23 and 25 hours are among them.
const PERIODS = [
  { timezone: 'Europe/Berlin', from: '2026-03-28T00:00+01:00', days: 3 },
  { timezone: 'Europe/Berlin', from: '2026-10-24T00:00+02:00', days: 3 },
  { timezone: 'Asia/Kolkata', from: '2026-03-28T00:00+05:30', days: 2 },
  { timezone: 'UTC', from: '2026-03-28T11:00Z', days: 2 },
];

const filter = fc.constantFrom<LocatedFilter>(
  ...(
    [
      { dimension: 'path', operator: 'IS', values: ['x'] },
      { dimension: 'path', operator: 'IS', values: ['y'] },
      { dimension: 'path', operator: 'IS_NOT', values: ['x'] },
      { dimension: 'country', operator: 'IS', values: ['DE'] },
    ] as const
  ).map((one) => ({ ...one, path: 'query.filters[0]' })),
);

const step = fc.record({
  event: fc.constantFrom('a', 'a', 'a', 'a', 'b', 'b', 'c'),
  name: fc.constant('its name'),
  filters: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(filter, { minLength: 1, maxLength: 2 })),
});

const question = fc.record({
  steps: fc.array(step, { minLength: 2, maxLength: 4 }),
  excluding: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(step, { minLength: 1, maxLength: 2 })),
  order: fc.constantFrom('ORDERED', 'STRICT', 'UNORDERED'),
  windowHours: fc.constantFrom(0.5, 1, 2, 5, 26, 1000),
  countBy: fc.constantFrom('USERS', 'SESSIONS'),
  interval: fc.constantFrom('TOTAL', 'TOTAL', 'DAY', 'HOUR'),
  breakdown: fc.constantFrom([], ['log'], ['log'], ['log', 'country'], ['country', 'path', 'log']),
  filters: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(filter, { minLength: 1, maxLength: 1 })),
  period: fc.constantFrom(...PERIODS),
});

// Few hours, so that many are at the same moment, at the window's end, at the period's.
const event = fc.record({
  hour: fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 2 }) },
    { weight: 2, arbitrary: fc.integer({ min: -1, max: 6 }) },
    fc.integer({ min: 20, max: 52 }),
  ),
  name: fc.constantFrom('a', 'a', 'a', 'b', 'b', 'c', 'd'),
  user_id: fc.constantFrom('u', 'u', 'u', 'a user whose id is rather long', null),
  session_id: fc.constantFrom('s', 's', 't', null),
  country: fc.constantFrom('DE', 'SE', null),
  path: fc.constantFrom('x', 'y', null),
});

const logs = fc.array(fc.array(event, { minLength: 1, maxLength: 7 }), { minLength: 1, maxLength: 120 });

describe('funnels, beside all sequences of rows tried one by one', () => {
  it('agree for every order, window, exclusion, breakdown and interval', async () => {
    await fc.assert(
      fc.asyncProperty(question, logs, async (asked, given) => {
        const { period: place, windowHours, interval, breakdown, countBy } = asked;
        const start = Temporal.Instant.from(place.from).toZonedDateTimeISO(place.timezone);
        const period = createPeriod(start, start.add({ days: place.days }), { timezone: place.timezone, now: 0 });
        const rows = given.flatMap((events, log) => events.map((one): Row => toRow(one, { log, start })));
        const axis = createTimeAxis(period, interval);
        const { groups, steps } = await computeFunnel(
          relationOf(TYPES, rows),
          { ...asked, conversionWindowMs: windowHours * HOUR_MS, period },
          tools,
        );
        const reference: ReferenceFunnelQuestion = {
          ...asked,
          windowMs: windowHours * HOUR_MS,
          key: countBy === 'USERS' ? 'user_id' : 'session_id',
          breakdown,
          start: period.start.epochMilliseconds,
          end: period.end.epochMilliseconds,
          buckets: interval === 'TOTAL' ? null : axis.epochs,
        };
        const expected = referenceFunnel(rows, reference);
        expect(steps.map(toPair)).toEqual(expected.steps.map(({ count, medianMs }) => [count, medianMs]));
        const found = groups
          .filter(({ steps: [first] }) => first?.count !== 0)
          .map(({ dimensions, at, steps: own }) => [
            at === null ? null : axis.timestamps.indexOf(at),
            dimensions.map(({ value }) => value),
            own.map(toPair),
          ]);
        const wanted = expected.groups.map(({ bucket, dimensions, steps: own }) => [
          bucket,
          dimensions,
          own.map(({ count, medianMs }) => [count, medianMs]),
        ]);
        expect(inOrder(found)).toEqual(inOrder(wanted));
      }),
      { numRuns: 500 },
    );
  }, 60_000);
});

function toRow(
  { hour, ...columns }: Omit<Row, 'at' | 'log'> & { readonly hour: number },
  { log, start }: { log: number; start: Temporal.ZonedDateTime },
): Row {
  const own = (id: string | null): string | null => (id === null ? null : `${id} of log ${log}`);
  return {
    ...columns,
    at: new Date(start.epochMilliseconds + hour * HOUR_MS),
    user_id: own(columns.user_id),
    session_id: own(columns.session_id),
    log: String(log),
  };
}

function toPair({ count, medianTimeFromPreviousMs }: FunnelStepCount): (number | null)[] {
  return [count, medianTimeFromPreviousMs];
}

function inOrder(groups: readonly unknown[]): unknown[] {
  return groups.map((group) => JSON.stringify(group)).sort();
}
