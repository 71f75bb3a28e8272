import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { createPeriod, INTERVALS, type Interval, type Period } from '../../../src/analytics/period.ts';
import { createTimeAxis } from '../../../src/analytics/time-axis.ts';
import { toBuckets, toBucketSql, type Buckets } from '../../../src/warehouse/analyses/buckets.ts';
import { startDatabase } from './start-database.ts';

const { database, signal } = startDatabase();

const HOUR_MS = 3_600_000;
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Cairo',
  '-03:30',
];

function period(from: string, to: string, timezone = 'UTC'): Period {
  const [start, end] = [from, to].map((text) => Temporal.Instant.from(text).toZonedDateTimeISO(timezone));
  if (!start || !end) throw new Error('A period has two ends');
  return createPeriod(start, end, { timezone, now: end.epochMilliseconds });
}

function bucketsOf(interval: Interval, ...ends: Parameters<typeof period>): Buckets {
  const asked = period(...ends);
  return toBuckets(asked, createTimeAxis(asked, interval));
}

/** The bucket that DuckDB finds for each moment, in microseconds since the epoch. */
async function find(moments: readonly bigint[], buckets: Buckets): Promise<(number | null)[]> {
  const values = moments.map((moment) => `(make_timestamp(${moment}))`).join(', ');
  const rows = await database.rows(
    `select ${toBucketSql('"at"', buckets)} from (values ${values}) as moments ("at")`,
    signal,
  );
  return rows.map(([index]) => (index === null ? null : Number(index)));
}

/** The bucket by looking at one start after the other. */
function lookUp(moment: bigint, { starts, end }: Buckets): number | null {
  const later = starts.findIndex((start) => BigInt(start) * 1000n > moment);
  const index = later === -1 ? starts.length - 1 : later - 1;
  return index < 0 || moment >= BigInt(end) * 1000n ? null : index;
}

/** Every start and the end, the middle of each bucket, a microsecond before and after each, and what lies far outside. */
function momentsAround({ starts, end }: Buckets): bigint[] {
  const edges = [...starts, end].map((edge) => BigInt(edge) * 1000n);
  const middles = edges.slice(1).map((edge, index) => (edge + (edges[index] ?? edge)) / 2n);
  return [
    ...edges.flatMap((edge) => [edge - 1n, edge, edge + 1n]),
    ...middles,
    (edges[0] ?? 0n) - 10n ** 15n,
    10n ** 16n,
  ];
}

describe('buckets in SQL', () => {
  it('has an event at a start in that bucket, and one at the end in none', async () => {
    const buckets = bucketsOf('DAY', '2026-01-01T00:00Z', '2026-01-03T00:00Z');
    const moments = ['2025-12-31T23:59Z', '2026-01-01T00:00Z', '2026-01-02T00:00Z', '2026-01-03T00:00Z'].map(
      (text) => BigInt(Date.parse(text)) * 1000n,
    );
    expect(await find(moments, buckets)).toEqual([null, 0, 1, null]);
  });

  it('knows days of 23 and 25 hours', async () => {
    const march = bucketsOf('DAY', '2026-03-28T23:00Z', '2026-03-31T22:00Z', 'Europe/Berlin');
    expect(march.starts.map((start, index) => ((march.starts[index + 1] ?? march.end) - start) / HOUR_MS)).toEqual([
      23, 24, 24,
    ]);
    const moments = ['2026-03-29T21:59Z', '2026-03-29T22:00Z', '2026-03-30T21:59Z', '2026-03-30T22:00Z'].map(
      (text) => BigInt(Date.parse(text)) * 1000n,
    );
    expect(await find(moments, march)).toEqual([0, 1, 1, 2]);
  });

  it('begins no earlier than the period', async () => {
    const buckets = bucketsOf('MONTH', '2026-01-15T12:00Z', '2026-04-02T00:00Z');
    const [start] = buckets.starts;
    expect(start).toBe(Date.parse('2026-01-15T12:00Z'));
    expect(await find(momentsAround(buckets), buckets)).toEqual(
      momentsAround(buckets).map((moment) => lookUp(moment, buckets)),
    );
  });

  it('knows a last bucket that is longer than the one before', async () => {
    const buckets = bucketsOf('DAY', '2026-01-01T23:00Z', '2026-01-02T06:00Z');
    const moments = ['2026-01-01T23:59Z', '2026-01-02T00:00Z', '2026-01-02T05:59Z'].map(
      (text) => BigInt(Date.parse(text)) * 1000n,
    );
    expect(await find(moments, buckets)).toEqual([0, 1, 1]);
  });

  it('is one bucket for the whole of a period', async () => {
    const buckets = bucketsOf('TOTAL', '2026-01-15T12:00Z', '2026-01-15T12:01Z');
    expect(await find(momentsAround(buckets), buckets)).toEqual([null, 0, 0, 0, null, null, 0, null, null]);
  });

  it('is nothing without buckets', async () => {
    expect(await find([0n], { starts: [], end: 1 })).toEqual([null]);
  });

  it('agrees with looking at one start after the other, in every zone and for every interval', async () => {
    const DAYS: Partial<Record<Interval, number>> = { MINUTE: 2, HOUR: 40, DAY: 500 };
    const asked = fc.record({
      timezone: fc.constantFrom(...ZONES),
      interval: fc.constantFrom(...INTERVALS),
      start: fc.date({ min: new Date('1995-01-01T00:00Z'), max: new Date('2030-01-01T00:00Z'), noInvalidDate: true }),
      // Mostly few buckets, because it is the first and the last that are odd.
      share: fc.double({ min: 0, max: 1, noNaN: true }).map((share) => share ** 6),
      isMidnight: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(asked, async ({ timezone, interval, start, share, isMidnight }) => {
        const moment = Temporal.Instant.fromEpochMilliseconds(start.getTime()).toZonedDateTimeISO(timezone);
        const from = isMidnight ? moment.startOfDay() : moment;
        const lengthMs = 1 + Math.floor(share * (DAYS[interval] ?? 3000) * 24 * HOUR_MS);
        const to = from.add({ milliseconds: lengthMs });
        const whole = createPeriod(from, to, { timezone, now: 0 });
        const buckets = toBuckets(whole, createTimeAxis(whole, interval));
        const moments = momentsAround(buckets);
        expect(await find(moments, buckets)).toEqual(moments.map((at) => lookUp(at, buckets)));
      }),
      { numRuns: 300 },
    );
  });
});
