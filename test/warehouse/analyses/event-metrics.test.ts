import { describe, expect, it } from 'vitest';
import type { EventMeasure, MetricRef } from '../../../src/analytics/metrics.ts';
import { resolvePeriod, type Interval, type Period } from '../../../src/analytics/period.ts';
import { createTimeAxis } from '../../../src/analytics/time-axis.ts';
import { QueryLimitError } from '../../../src/errors.ts';
import { EVENT_METRICS, toEventCatalog } from '../../../src/warehouse/analyses/event-catalog.ts';
import { computeEventMetrics, type EventMetricsQuery } from '../../../src/warehouse/analyses/event-metrics.ts';
import { relationOf } from './relation-of.ts';
import { startDatabase } from './start-database.ts';

const tools = { ...startDatabase(), currency: 'EUR' };

const TYPES = {
  at: 'timestamp',
  name: 'varchar',
  user_id: 'varchar',
  session_id: 'varchar',
  country: 'varchar',
  revenue: 'double',
  properties: 'varchar',
} as const;

interface Paid {
  readonly revenue?: number;
  readonly properties?: string;
}

function event(at: string, name: string, [user, session, country]: readonly (string | null)[], more: Paid = {}) {
  const row = { at: new Date(at), name, user_id: user ?? null, session_id: session ?? null, country: country ?? null };
  return { ...row, revenue: more.revenue ?? null, properties: more.properties ?? null };
}

function days(from: string, to: string, timezone = 'UTC'): Period {
  const context = { timezone, now: Date.parse('2026-11-20T12:00:00Z'), earliestDate: null, path: 'query.period' };
  return resolvePeriod({ dates: { from, to } }, context);
}

function measured(
  measure: EventMeasure,
  property: string | null = null,
  name = 'buy',
): { metric: MetricRef; filters: [] } {
  return { metric: { kind: 'event', name, measure, property }, filters: [] };
}

function catalogued(key: string): { metric: MetricRef; filters: [] } {
  const metric = toEventCatalog({ columns: new Set(Object.keys(TYPES)) }, 'EUR').find((one) => one.key === key);
  if (!metric) throw new Error(`No metric ${key}`);
  return { metric: { kind: 'catalog', metric }, filters: [] };
}

function query(asked: Partial<EventMetricsQuery> & Pick<EventMetricsQuery, 'selections'>, interval: Interval = 'DAY') {
  const period = asked.period ?? days('2026-01-01', '2026-01-03');
  return { period, axis: createTimeAxis(period, interval), breakdown: [], comparison: null, ...asked };
}

const EVENTS = [
  event('2025-12-31T23:59:59.999Z', 'buy', ['ann', 's0', 'DE'], { revenue: 100 }),
  event('2026-01-01T00:00Z', 'buy', ['ann', 's1', 'DE'], { revenue: 2, properties: '{"n":3}' }),
  event('2026-01-01T00:00Z', 'buy', ['ann', 's1', 'DE'], { revenue: 2, properties: '{"n":3}' }),
  event('2026-01-01T12:00Z', 'buy', ['bob', 's2', 'SE'], { properties: '{"n":"-1.5"}' }),
  event('2026-01-01T12:00Z', 'look', ['eve', 's3', null]),
  event('2026-01-03T10:00Z', 'buy', ['ann', null, 'SE'], { revenue: -4, properties: '{"n":"many"}' }),
  event('2026-01-03T11:00Z', 'buy', [null, 's4', 'SE'], { revenue: 0 }),
  event('2026-01-04T00:00Z', 'buy', ['tom', 's5', 'DE'], { revenue: 100 }),
];

describe('metrics of events', () => {
  it('counts whoever comes on two days once for the whole period', async () => {
    const selections = (['COUNT', 'UNIQUE_USERS', 'SESSIONS', 'COUNT_PER_USER'] as const).map((one) => measured(one));
    const { series } = await computeEventMetrics(relationOf(TYPES, EVENTS), query({ selections }), tools);
    expect(series.map(({ total, values, unit }) => ({ total, values, unit }))).toEqual([
      { total: 5, values: [3, 0, 2], unit: 'COUNT' },
      { total: 2, values: [2, 0, 1], unit: 'DISTINCT_COUNT' },
      { total: 3, values: [2, 0, 1], unit: 'DISTINCT_COUNT' },
      // Four events have a user.
      { total: 2, values: [1.5, null, 1], unit: 'NUMBER' },
    ]);
  });

  it('measures columns and properties, and takes what is no number for missing', async () => {
    const selections = (['SUM', 'AVERAGE', 'MIN', 'MAX'] as const).flatMap((one) => [
      measured(one, 'revenue'),
      measured(one, 'properties.n'),
    ]);
    const { series } = await computeEventMetrics(relationOf(TYPES, EVENTS), query({ selections }), tools);
    expect(series.map(({ total, values, unit, currency }) => [total, values, unit, currency])).toEqual([
      [0, [4, 0, -4], 'MONEY', 'EUR'],
      [4.5, [4.5, 0, 0], 'NUMBER', null],
      [0, [2, null, -2], 'MONEY', 'EUR'],
      [1.5, [1.5, null, null], 'NUMBER', null],
      [-4, [2, null, -4], 'MONEY', 'EUR'],
      [-1.5, [-1.5, null, null], 'NUMBER', null],
      [2, [2, null, 0], 'MONEY', 'EUR'],
      [3, [3, null, null], 'NUMBER', null],
    ]);
  });

  it('answers the metrics of its catalog over events of any name', async () => {
    const selections = EVENT_METRICS.map(({ key }) => catalogued(key));
    const { series } = await computeEventMetrics(relationOf(TYPES, EVENTS), query({ selections }), tools);
    expect(series.map(({ total, values }) => [total, values])).toEqual([
      [6, [4, 0, 2]],
      [3, [3, 0, 1]],
      [4, [3, 0, 1]],
      [5 / 3, [4 / 3, null, 1]],
      [0, [4, 0, -4]],
    ]);
    const metrics = EVENT_METRICS.map(({ key }) => catalogued(key).metric);
    expect(series.map(({ unit }) => unit)).toEqual(
      metrics.map((metric) => metric.kind === 'catalog' && metric.metric.unit),
    );
  });

  it('has the metrics that the columns allow, and money only in a currency', async () => {
    expect(toEventCatalog({ columns: new Set(['at', 'name']) }, 'EUR').map(({ key }) => key)).toEqual(['events']);
    const [revenue] = toEventCatalog({ columns: new Set(['at', 'name', 'revenue']) }, null).slice(-1);
    expect(revenue).toMatchObject({ key: 'revenue', unit: 'NUMBER', currency: null });
    const { series } = await computeEventMetrics(
      relationOf(TYPES, EVENTS),
      query({ selections: [measured('SUM', 'revenue')] }),
      { ...tools, currency: null },
    );
    expect(series).toMatchObject([{ unit: 'NUMBER', currency: null }]);
  });

  it('splits by dimensions, a missing value being a group of its own', async () => {
    const { series } = await computeEventMetrics(
      relationOf(TYPES, EVENTS),
      query({ selections: [catalogued('unique_users')], breakdown: ['country', 'event'] }),
      tools,
    );
    expect(
      series.map(({ dimensions, values, total }) => [dimensions.map(({ value }) => value), values, total]),
    ).toEqual([
      [['DE', 'buy'], [1, 0, 0], 1],
      [['SE', 'buy'], [1, 0, 1], 2],
      [[null, 'look'], [1, 0, 0], 1],
    ]);
    expect(series[0]?.dimensions.map(({ dimension }) => dimension)).toEqual(['country', 'event']);
  });

  it('has days of the time zone, one of them of 23 hours', async () => {
    const period = days('2026-03-28', '2026-03-30', 'Europe/Berlin');
    const rows = ['27T22:59', '27T23:00', '28T23:00', '29T21:59', '29T22:00', '30T21:59', '30T22:00'].map((at) =>
      event(`2026-03-${at}Z`, 'buy', []),
    );
    const asked = query({ period, selections: [measured('COUNT')] });
    const { series } = await computeEventMetrics(relationOf(TYPES, rows), asked, tools);
    expect(series).toMatchObject([{ total: 5, values: [1, 2, 2] }]);
  });

  it('compares with an earlier period of other length, bucket by bucket', async () => {
    const period = days('2026-01-01', '2026-01-02');
    const earlier = days('2025-12-31', '2025-12-31');
    const comparison = { period: earlier, axis: createTimeAxis(earlier, 'DAY'), isPrecedingPeriod: false };
    const asked = query({ period, comparison, selections: [measured('UNIQUE_USERS')], breakdown: ['country'] });
    const { series } = await computeEventMetrics(relationOf(TYPES, EVENTS), asked, tools);
    expect(series).toMatchObject([
      { total: 1, values: [1, 0], previousTotal: 1, previous: [1] },
      { total: 1, values: [1, 0], previousTotal: 0, previous: [0] },
    ]);
  });

  it('is a total without values where the whole period is asked for', async () => {
    const asked = query({ selections: [measured('UNIQUE_USERS')] }, 'TOTAL');
    const { series } = await computeEventMetrics(relationOf(TYPES, EVENTS), asked, tools);
    expect(series).toMatchObject([{ total: 2, values: [], previousTotal: null, previous: null }]);
  });

  it('has no number where a sum is too large to be one', async () => {
    const rows = [1e308, 1e308].map((revenue) => event('2026-01-01T00:00Z', 'buy', [], { revenue }));
    const asked = query({ selections: [measured('SUM', 'revenue'), measured('AVERAGE', 'revenue')] });
    const { series } = await computeEventMetrics(relationOf(TYPES, rows), asked, tools);
    expect(series).toMatchObject([{ total: null, values: [null, 0, 0] }, { total: null }]);
  });

  it('refuses saved charts, other metrics and columns that are not there', async () => {
    const ask = (metric: MetricRef, columns = Object.keys(TYPES)) =>
      computeEventMetrics(
        { ...relationOf(TYPES, EVENTS), columns: new Set(columns) },
        query({ selections: [{ metric, filters: [] }] }),
        tools,
      );
    await expect(ask({ kind: 'chart', nativeId: '1' })).rejects.toThrow(QueryLimitError);
    const mrr = {
      ...catalogued('events').metric,
      metric: { ...toEventCatalog({ columns: new Set() }, null)[0], key: 'mrr' },
    };
    await expect(ask(mrr as MetricRef)).rejects.toThrow('"mrr"');
    await expect(ask(measured('UNIQUE_USERS').metric, ['at', 'name'])).rejects.toThrow('"user_id"');
  });
});
