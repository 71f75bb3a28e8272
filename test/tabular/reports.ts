import type { ProviderConnection } from '../../src/analytics/provider.ts';
import type { DataSource } from '../../src/analytics/data-source.ts';
import type { Event } from '../../src/analytics/events.ts';
import { toFunnelSteps, type FunnelReport, type FunnelStep } from '../../src/analytics/funnels.ts';
import type { Freshness } from '../../src/analytics/freshness.ts';
import type { MetricSeries, MetricsReport } from '../../src/analytics/metrics.ts';
import { resolvePeriod, type Interval, type Period } from '../../src/analytics/period.ts';
import { createTimeAxis, type TimeAxis } from '../../src/analytics/time-axis.ts';
import type { ColumnTable } from '../../src/tabular/column-table.ts';
import { DEFAULT_CSV_OPTIONS, toCsv } from '../../src/tabular/csv.ts';

const FRESHNESS: Freshness = { asOf: 0, fromCache: false, isSettled: true, completeness: 'COMPLETE' };

/** A period of whole days, all of them past. */
export function days(from: string, to: string, timezone = 'UTC'): Period {
  const context = { timezone, now: Date.parse('2026-11-20T12:00:00Z'), earliestDate: null, path: 'query.period' };
  return resolvePeriod({ dates: { from, to } }, context);
}

/** The buckets of such a period. */
export function axisOf(
  interval: Interval,
  { from = '2026-01-01', to = '2026-01-02', timezone = 'UTC' } = {},
): TimeAxis {
  return createTimeAxis(days(from, to, timezone), interval);
}

/** A data source of which only the key matters. */
export function sourceOf(key: string): DataSource {
  const connection: ProviderConnection = {
    timezone: 'UTC',
    capabilities: {},
    catalog: {
      metrics: [],
      dimensions: [],
      dimensionFamilies: [],
      measurableProperties: [],
      listEvents: () => Promise.resolve([]),
    },
    checkAccess: () => Promise.resolve(),
    allowances: () => [],
  };
  return { key, name: key, provider: { id: 'fake', name: 'Fake', docsUrl: 'https://example.com' }, connection };
}

/** A series of two days, 1 and 2, with what the test says otherwise. */
export function series(given: Partial<MetricSeries> = {}): MetricSeries {
  return {
    name: 'installs',
    metric: null,
    source: sourceOf('store'),
    answeredBy: 'NATIVE',
    unit: 'COUNT',
    currency: null,
    dimensions: [],
    total: null,
    previousTotal: null,
    axis: axisOf('DAY'),
    values: [1, 2],
    previous: null,
    ...given,
  };
}

/** A metrics report of such series. */
export function metricsReport(all: readonly MetricSeries[], given: Partial<MetricsReport> = {}): MetricsReport {
  return {
    period: days('2026-01-01', '2026-01-02'),
    interval: 'DAY',
    breakdown: [],
    hasComparison: false,
    series: all,
    problems: [],
    freshness: FRESHNESS,
    ...given,
  };
}

/** The steps of a funnel of installs, trials and payments, counted. */
export function steps(...counts: (number | null)[]): FunnelStep[] {
  const names = ['install', 'trial', 'paid'];
  return toFunnelSteps(
    counts.map((count, index) => ({
      name: names[index] ?? `step ${index + 1}`,
      count,
      medianTimeFromPreviousMs: index === 0 ? null : 90_500,
    })),
  );
}

/** A funnel report of 200, 50 and 20 users, with what the test says otherwise. */
export function funnelReport(given: Partial<FunnelReport> = {}): FunnelReport {
  return {
    source: sourceOf('store'),
    answeredBy: 'NATIVE',
    period: days('2026-01-01', '2026-01-02'),
    interval: 'TOTAL',
    breakdown: [],
    countBy: 'USERS',
    order: 'ORDERED',
    conversionWindowMs: null,
    steps: steps(200, 50, 20),
    groups: [],
    problems: [],
    freshness: FRESHNESS,
    ...given,
  };
}

/** An event of which the provider says nothing but when, what and which. */
export function event(given: Partial<Event> = {}): Event {
  return {
    id: 'e1',
    name: 'purchase',
    at: '2026-01-01T10:00:00.000Z',
    userId: null,
    sessionId: null,
    deviceId: null,
    country: null,
    region: null,
    city: null,
    os: null,
    osVersion: null,
    browser: null,
    browserVersion: null,
    device: null,
    path: null,
    referrer: null,
    revenue: null,
    properties: {},
    attributes: {},
    ...given,
  };
}

/** A table as lines of CSV, which show its names, order and cells at one glance; null is a dot. */
export function linesOf(table: ColumnTable): string[] {
  const csv = toCsv(table, { ...DEFAULT_CSV_OPTIONS, lineEnding: 'LF', nullText: '.' });
  return csv === '' ? [] : csv.slice(0, -1).split('\n');
}

/** The names of a table's columns. */
export function namesOf(table: ColumnTable): string[] {
  return table.columns.map(({ name }) => name);
}
