import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { EVENT_MEASURES, type EventMeasure, type MetricRef } from '../../../src/analytics/metrics.ts';
import { createPeriod, type Interval, type Period } from '../../../src/analytics/period.ts';
import { createTimeAxis } from '../../../src/analytics/time-axis.ts';
import { computeEventMetrics } from '../../../src/warehouse/analyses/event-metrics.ts';
import { inOrder, referenceSeries, type ReferenceBuckets, type ReferenceMeasure } from './reference-metrics.ts';
import { relationOf } from './relation-of.ts';
import { startDatabase } from './start-database.ts';

const tools = { ...startDatabase(), currency: null };

const TYPES = {
  at: 'timestamp',
  name: 'varchar',
  user_id: 'varchar',
  session_id: 'varchar',
  country: 'varchar',
  revenue: 'double',
  properties: 'varchar',
} as const;

const HOUR_MS = 3_600_000;

/** Where clocks change, where midnight is skipped or comes twice, and where offsets are not whole hours. */
const PLACES = [
  { timezone: 'Europe/Berlin', around: '2026-03-29T00:00Z' },
  { timezone: 'Europe/Berlin', around: '2026-10-25T00:00Z' },
  { timezone: 'America/Sao_Paulo', around: '2018-11-04T03:00Z' },
  { timezone: 'America/Sao_Paulo', around: '2018-02-18T02:00Z' },
  { timezone: 'Asia/Kolkata', around: '2026-01-01T00:00Z' },
  { timezone: 'UTC', around: '2026-01-01T00:00Z' },
] as const;

function localDay(timezone: string): (at: Date) => string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, dateStyle: 'short' });
  return (at) => format.format(at);
}

/** The buckets of a period by what a calendar on the wall says, and not by moments. */
function toReference(period: Period, interval: Interval): ReferenceBuckets {
  const [from, to] = [period.start.epochMilliseconds, period.end.epochMilliseconds];
  const isWithin = (at: Date) => at.getTime() >= from && at.getTime() < to;
  if (interval === 'TOTAL') return { count: 0, indexOf: (at) => (isWithin(at) ? 0 : null) };
  const dayOf = localDay(period.timezone);
  const labelOf = (at: Date): string => {
    const day = dayOf(at);
    if (interval === 'MONTH') return day.slice(0, 7);
    if (interval !== 'WEEK') return day;
    const noon = new Date(`${day}T12:00:00Z`);
    return new Date(noon.getTime() - ((noon.getUTCDay() + 6) % 7) * 24 * HOUR_MS).toISOString().slice(0, 10);
  };
  const moments = Array.from({ length: Math.ceil((to - from) / 600_000) }, (_, step) => from + step * 600_000);
  const labels = [...new Set(moments.map((moment) => labelOf(new Date(moment))))];
  return { count: labels.length, indexOf: (at) => (isWithin(at) ? labels.indexOf(labelOf(at)) : null) };
}

type Property = string | number | boolean | null | undefined;

type Log = typeof log extends fc.Arbitrary<infer Made> ? Made : never;

const span = fc.tuple(fc.integer({ min: -60, max: 0 }), fc.integer({ min: 1, max: 60 }));
const log = fc.record({
  place: fc.constantFrom(...PLACES),
  interval: fc.constantFrom<Interval[]>('DAY', 'WEEK', 'MONTH', 'TOTAL'),
  // Hours around the odd moment.
  span,
  compared: fc.option(span),
  events: fc.array(
    fc.record({
      // Halves of hours, so that many fall together and on the edges of buckets.
      hour: fc.integer({ min: -100, max: 100 }).map((half) => half / 2),
      name: fc.constantFrom('buy', 'look', "it's"),
      user_id: fc.constantFrom('a', 'b', 'c', '', null),
      session_id: fc.constantFrom('1', '2', null),
      country: fc.constantFrom('DE', 'SE', null),
      revenue: fc.constantFrom(null, 0, 0.25, -8, 1024),
      n: fc.constantFrom<Property[]>(undefined, null, 3, -0.5, '2.25', 'many', '2026_01', '', true),
      plan: fc.constantFrom<Property[]>(undefined, null, 'pro', 'x"y', '', 3, '3', false),
    }),
    { maxLength: 60, size: 'max' },
  ),
  selections: fc.array(
    fc.record({
      name: fc.constantFrom('buy', 'look', "it's", 'never'),
      measure: fc.constantFrom(...EVENT_MEASURES),
      property: fc.constantFrom('revenue', 'properties.n'),
      filters: fc.array(
        fc.record({
          dimension: fc.constantFrom('country', 'properties.plan', 'user_id'),
          operator: fc.constantFrom('IS' as const, 'IS_NOT' as const, 'IS_SET' as const, 'IS_NOT_SET' as const),
          values: fc.constantFrom(['DE', 'a'], ['pro', '3'], ['false', '']),
        }),
        { maxLength: 1 },
      ),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  breakdown: fc.subarray(['country', 'properties.plan', 'event'], { maxLength: 2 }),
});

function periodOf({ place: { timezone, around } }: Log, [from, to]: readonly [number, number]): Period {
  const moment = Temporal.Instant.from(around).toZonedDateTimeISO(timezone);
  return createPeriod(moment.add({ hours: from }), moment.add({ hours: to }), { timezone, now: 0 });
}

function isProperty(measure: EventMeasure): boolean {
  return measure === 'SUM' || measure === 'AVERAGE' || measure === 'MIN' || measure === 'MAX';
}

function toMeasure(name: string, measure: EventMeasure, property: string): ReferenceMeasure {
  return (all) => {
    const rows = all.filter((row) => row['name'] === name);
    const known = (column: string) => rows.map((row) => row[column] ?? null).filter((value) => value !== null);
    const users = known('user_id');
    const numbers = known(property)
      .filter((value) => String(value).trim() !== '' && Number.isFinite(Number(value)))
      .map(Number);
    const sum = numbers.reduce((total, value) => total + value, 0);
    const ofNumbers = (value: number) => (numbers.length === 0 ? null : value);
    switch (measure) {
      case 'COUNT':
        return rows.length;
      case 'UNIQUE_USERS':
        return new Set(users).size;
      case 'SESSIONS':
        return new Set(known('session_id')).size;
      case 'COUNT_PER_USER':
        return users.length === 0 ? null : users.length / new Set(users).size;
      case 'SUM':
        return sum;
      case 'AVERAGE':
        return ofNumbers(sum / numbers.length);
      case 'MIN':
        return ofNumbers(Math.min(...numbers));
      case 'MAX':
        return ofNumbers(Math.max(...numbers));
    }
  };
}

function toRows({ events, place }: Log) {
  return events.map(({ hour: hours, n, plan, ...event }) => {
    const at = new Date(Date.parse(place.around) + hours * HOUR_MS);
    const text = (value: Property) => (value === null || value === undefined ? null : String(value));
    const properties = n === undefined && plan === undefined ? null : JSON.stringify({ n, plan });
    return {
      ...event,
      at,
      properties,
      event: event.name,
      'properties.n': text(n),
      'properties.plan': text(plan),
    };
  });
}

describe('metrics of events, beside loops over them', () => {
  it('agrees in every measure, bucket, group and comparison', { timeout: 60_000 }, async () => {
    let numbers = 0;
    await fc.assert(
      fc.asyncProperty(log, async (asked) => {
        const { interval, breakdown, selections } = asked;
        const rows = toRows(asked);
        const period = periodOf(asked, asked.span);
        const earlier = asked.compared && periodOf(asked, asked.compared);
        const { series } = await computeEventMetrics(
          relationOf(TYPES, rows),
          {
            period,
            axis: createTimeAxis(period, interval),
            breakdown,
            comparison: earlier && {
              period: earlier,
              axis: createTimeAxis(earlier, interval),
              isPrecedingPeriod: false,
            },
            selections: selections.map(({ name, measure, property, filters }) => {
              const metric: MetricRef = {
                kind: 'event',
                name,
                measure,
                property: isProperty(measure) ? property : null,
              };
              return { metric, filters };
            }),
          },
          tools,
        );
        const expected = referenceSeries(rows, {
          buckets: toReference(period, interval),
          comparison: earlier && toReference(earlier, interval),
          breakdown,
          selections: selections.map(({ name, measure, property, filters }) => ({
            measure: toMeasure(name, measure, property),
            filters: [...filters, { dimension: 'name', operator: 'IS', values: [name] }],
          })),
        });
        const compared = series.map(({ unit: _unit, currency: _currency, ...one }) => one);
        expect(inOrder(compared)).toEqual(inOrder(expected));
        numbers += expected.filter(({ total }) => total !== null && total !== 0).length;
      }),
      { numRuns: 200 },
    );
    expect(numbers).toBeGreaterThan(200);
  });
});
