import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { LocatedFilter } from '../../../src/analytics/filters.ts';
import { createPeriod, type Interval, type Period } from '../../../src/analytics/period.ts';
import { createTimeAxis } from '../../../src/analytics/time-axis.ts';
import { QueryLimitError } from '../../../src/errors.ts';
import { computeConversion, type ConversionQuestion } from '../../../src/warehouse/analyses/conversion.ts';
import { referenceConversion, type ReferenceSpan } from './reference-conversion.ts';
import { relationOf } from './relation-of.ts';
import { startDatabase } from './start-database.ts';

const tools = startDatabase();

const HOUR_MS = 3_600_000;
const TYPES = { at: 'timestamp', name: 'varchar', user_id: 'varchar', country: 'varchar', path: 'varchar' } as const;

type Row = Readonly<Record<Exclude<keyof typeof TYPES, 'at'>, string | null>> & { readonly at: Date };

function row(at: string, user: string | null, name: string, country: string | null = null): Row {
  return { at: new Date(at), name, user_id: user, country, path: null };
}

function periodOf(from: string, to: string, timezone = 'UTC'): Period {
  const [start, end] = [from, to].map((day) => Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: timezone }));
  if (!start || !end) throw new Error('No days');
  return createPeriod(start, end, { timezone, now: 0 });
}

function ask(rows: readonly Row[], given: Partial<ConversionQuestion> & { readonly interval?: Interval } = {}) {
  const period = given.period ?? periodOf('2026-01-01', '2026-01-04');
  const question: ConversionQuestion = {
    from: { kind: 'event', name: 'sign_up' },
    to: { kind: 'event', name: 'purchase' },
    period,
    axis: createTimeAxis(period, given.interval ?? 'TOTAL'),
    breakdown: [],
    filters: [],
    comparison: null,
    ...given,
  };
  return computeConversion(relationOf(TYPES, rows), question, tools);
}

describe('conversions of events', () => {
  it('count users who did the second at or after their first of the first', async () => {
    const { fromCount, toCount, previous, series } = await ask([
      row('2026-01-01T10:00Z', 'later', 'sign_up'),
      row('2026-01-01T11:00Z', 'later', 'purchase'),
      row('2026-01-01T11:00Z', 'later', 'purchase'),
      row('2026-01-02T10:00Z', 'at once', 'sign_up'),
      row('2026-01-02T10:00Z', 'at once', 'purchase'),
      row('2026-01-01T10:00Z', 'before', 'purchase'),
      row('2026-01-02T10:00Z', 'before', 'sign_up'),
      row('2026-01-02T10:00Z', 'never', 'sign_up'),
      row('2026-01-02T10:00Z', 'never began', 'purchase'),
      row('2026-01-02T10:00Z', null, 'sign_up'),
    ]);
    expect({ fromCount, toCount, previous, series }).toEqual({ fromCount: 4, toCount: 2, previous: null, series: [] });
  });

  it('count the start of the period and not its end', async () => {
    const found = await ask([
      row('2026-01-01T00:00Z', 'first moment', 'sign_up'),
      row('2026-01-03T23:59:59.999Z', 'first moment', 'purchase'),
      row('2025-12-31T23:59:59.999Z', 'too early', 'sign_up'),
      row('2026-01-02T00:00Z', 'too late', 'sign_up'),
      row('2026-01-04T00:00Z', 'too late', 'purchase'),
    ]);
    expect(found).toMatchObject({ fromCount: 2, toCount: 1 });
  });

  it('need a second row where both are of one event', async () => {
    const found = await ask(
      [
        row('2026-01-01T10:00Z', 'once', 'purchase'),
        row('2026-01-01T10:00Z', 'twice at once', 'purchase'),
        row('2026-01-01T10:00Z', 'twice at once', 'purchase'),
        row('2026-01-01T10:00Z', 'twice', 'purchase'),
        row('2026-01-03T10:00Z', 'twice', 'purchase'),
      ],
      { from: { kind: 'event', name: 'purchase' } },
    );
    expect(found).toMatchObject({ fromCount: 3, toCount: 2 });
  });

  it('give each day the rate of those who first started on it', async () => {
    const { series } = await ask(
      [
        row('2026-01-01T10:00Z', 'a', 'sign_up'),
        row('2026-01-03T10:00Z', 'a', 'sign_up'),
        row('2026-01-03T11:00Z', 'a', 'purchase'),
        row('2026-01-01T10:00Z', 'b', 'sign_up'),
        row('2026-01-02T00:00Z', 'c', 'sign_up'),
      ],
      { interval: 'DAY' },
    );
    expect(series).toEqual([
      {
        selection: 0,
        dimensions: [],
        unit: 'FRACTION',
        currency: null,
        total: 1 / 3,
        previousTotal: null,
        values: [1 / 2, 0, null],
        previous: null,
      },
    ]);
  });

  it('split by the value at the first start, the largest group first', async () => {
    const found = await ask(
      [
        row('2026-01-01T10:00Z', 'moves', 'sign_up', 'SE'),
        row('2026-01-02T10:00Z', 'moves', 'sign_up', 'DE'),
        row('2026-01-03T10:00Z', 'moves', 'purchase', 'DE'),
        row('2026-01-01T10:00Z', 'unknown', 'sign_up', null),
        row('2026-01-01T10:00Z', 'both', 'sign_up', null),
        row('2026-01-01T10:00Z', 'both', 'sign_up', 'SE'),
      ],
      { breakdown: ['country'] },
    );
    expect(found).toMatchObject({ fromCount: 3, toCount: 1 });
    expect(found.series.map(({ dimensions, total, values }) => [dimensions, total, values])).toEqual([
      [[{ dimension: 'country', value: 'SE' }], 1 / 2, []],
      [[{ dimension: 'country', value: null }], 0, []],
    ]);
  });

  it('stand beside those of an earlier period, which begins anew', async () => {
    const earlier = periodOf('2025-12-29', '2026-01-01');
    const comparison = { period: earlier, axis: createTimeAxis(earlier, 'DAY'), isPrecedingPeriod: true };
    const rows = [
      row('2025-12-31T10:00Z', 'a', 'sign_up', 'SE'),
      row('2026-01-01T10:00Z', 'a', 'purchase', 'SE'),
      row('2026-01-02T10:00Z', 'a', 'sign_up', 'SE'),
      row('2025-12-29T10:00Z', 'b', 'sign_up', 'DE'),
      row('2025-12-29T10:00Z', 'b', 'purchase', 'DE'),
    ];
    const found = await ask(rows, { interval: 'DAY', comparison, breakdown: ['country'] });
    expect(found).toMatchObject({ fromCount: 1, toCount: 0, previous: { fromCount: 2, toCount: 1 } });
    expect(found.series).toMatchObject([
      { dimensions: [{ value: 'SE' }], total: 0, previousTotal: 0, values: [null, 0, null], previous: [null, null, 0] },
      { dimensions: [{ value: 'DE' }], total: null, previousTotal: 1, previous: [1, null, null] },
    ]);
  });

  it('answer nobody with no rate', async () => {
    const found = await ask([], { interval: 'DAY' });
    expect(found).toMatchObject({ fromCount: 0, toCount: 0, series: [{ total: null, values: [null, null, null] }] });
  });

  it('refuse stages of a subscription and rows without users', async () => {
    const stage = { kind: 'subscription', stage: 'TRIAL', period: null, orLater: false } as const;
    await expect(ask([], { to: stage })).rejects.toThrow(/^query\.to: .* name an event$/);
    const events = relationOf({ at: 'timestamp', name: 'varchar' }, []);
    const period = periodOf('2026-01-01', '2026-01-04');
    const question = { from: { kind: 'event', name: 'a' }, to: { kind: 'event', name: 'b' } } as const;
    const axis = createTimeAxis(period, 'TOTAL');
    await expect(
      computeConversion(events, { ...question, period, axis, breakdown: [], filters: [], comparison: null }, tools),
    ).rejects.toBeInstanceOf(QueryLimitError);
  });
});

const event = fc.record({
  hour: fc.oneof(fc.integer({ min: -30, max: 5 }), fc.integer({ min: 20, max: 60 })),
  name: fc.constantFrom('a', 'a', 'b', 'c'),
  user_id: fc.oneof({ weight: 20, arbitrary: fc.integer({ min: 1, max: 40 }).map(String) }, fc.constant(null)),
  country: fc.constantFrom('DE', 'SE', null),
  path: fc.constantFrom('x', 'y', null),
});

const asked = fc.record({
  from: fc.constantFrom('a', 'b'),
  to: fc.constantFrom('a', 'b', 'c'),
  interval: fc.constantFrom<Interval>('TOTAL', 'DAY', 'HOUR'),
  breakdown: fc.constantFrom([], ['country'], ['path', 'country']),
  filters: fc.constantFrom<LocatedFilter[]>(
    [],
    [{ dimension: 'path', operator: 'IS_NOT', values: ['x'], path: 'query.filters[0]' }],
  ),
  isCompared: fc.boolean(),
  // The clocks of Berlin change on the second day; those of Kolkata are half an hour off.
  zone: fc.constantFrom('Europe/Berlin', 'Asia/Kolkata'),
});

describe('conversions, beside users looked at one by one', () => {
  it('agree', async () => {
    await fc.assert(
      fc.asyncProperty(asked, fc.array(event, { maxLength: 150 }), async (question, events) => {
        const period = periodOf('2026-03-28', '2026-03-30', question.zone);
        const earlier = periodOf('2026-03-27', '2026-03-28', question.zone);
        const axis = createTimeAxis(period, question.interval);
        const earlierAxis = createTimeAxis(earlier, question.interval);
        const rows = events.map(({ hour, ...columns }): Row => {
          return { ...columns, at: new Date(period.start.epochMilliseconds + hour * HOUR_MS) };
        });
        const found = await computeConversion(
          relationOf(TYPES, rows),
          {
            ...question,
            from: { kind: 'event', name: question.from },
            to: { kind: 'event', name: question.to },
            period,
            axis,
            comparison: question.isCompared ? { period: earlier, axis: earlierAxis, isPrecedingPeriod: true } : null,
          },
          tools,
        );
        const now = referenceConversion(rows, question, toSpan(period, axis.epochs));
        const before = question.isCompared
          ? referenceConversion(rows, question, toSpan(earlier, earlierAxis.epochs))
          : null;
        expect(found).toMatchObject({ ...totals(now), previous: before && totals(before) });
        if (question.breakdown.length === 0 && question.interval === 'TOTAL') return;
        const keys = new Set([...now, ...(before ?? [])].map(({ values }) => JSON.stringify(values)));
        if (question.breakdown.length === 0) keys.add('[]');
        const wanted = [...keys].map((key) => {
          const [group, past] = [now, before ?? []].map((all) => all.find((one) => JSON.stringify(one.values) === key));
          return [
            key,
            rate(group),
            axis.epochs.map((_, index) => rate(group?.buckets[index])),
            before && rate(past),
            before && earlierAxis.epochs.map((_, index) => rate(past?.buckets[index])),
          ];
        });
        const answered = found.series.map(({ dimensions, total, values, previousTotal, previous }) => [
          JSON.stringify(dimensions.map(({ value }) => value)),
          total,
          values,
          previousTotal,
          previous,
        ]);
        expect(inOrder(answered)).toEqual(inOrder(wanted));
      }),
      { numRuns: 400 },
    );
  }, 60_000);
});

function inOrder(series: readonly unknown[]): string[] {
  return series.map((one) => JSON.stringify(one)).sort();
}

function toSpan(period: Period, starts: readonly number[]): ReferenceSpan {
  return { start: period.start.epochMilliseconds, end: period.end.epochMilliseconds, starts };
}

function rate(counts: { readonly started: number; readonly arrived: number } | undefined): number | null {
  return counts === undefined || counts.started === 0 ? null : counts.arrived / counts.started;
}

function totals(groups: readonly { readonly started: number; readonly arrived: number }[]) {
  return {
    fromCount: groups.reduce((sum, { started }) => sum + started, 0),
    toCount: groups.reduce((sum, { arrived }) => sum + arrived, 0),
  };
}
