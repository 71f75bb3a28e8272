import type { ProviderConnection } from '../../src/analytics/provider.ts';
import type { CohortAnalysisReport, CohortRow } from '../../src/analytics/cohort-analysis.ts';
import type { ConversionReport } from '../../src/analytics/conversions.ts';
import type { DataSource } from '../../src/analytics/data-source.ts';
import type { Event } from '../../src/analytics/events.ts';
import { toFunnelSteps, type FunnelReport, type FunnelStep } from '../../src/analytics/funnels.ts';
import type { Freshness } from '../../src/analytics/freshness.ts';
import type { LifetimeValueReport, LifetimeValueRow } from '../../src/analytics/lifetime-value.ts';
import type { MetricSeries, MetricsReport } from '../../src/analytics/metrics.ts';
import { resolvePeriod, type Interval, type Period } from '../../src/analytics/period.ts';
import type { RetentionReport, RetentionRow } from '../../src/analytics/retention.ts';
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
    warnings: [],
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

/** What every report to one data source holds. */
const COMMON = {
  source: sourceOf('store'),
  answeredBy: 'NATIVE',
  period: days('2026-01-01', '2026-01-02'),
  interval: 'DAY',
  breakdown: [],
  freshness: FRESHNESS,
} as const;

/** A conversion of 50 out of 200, with what the test says otherwise. */
export function conversionReport(given: Partial<ConversionReport> = {}): ConversionReport {
  return { ...COMMON, hasComparison: false, fromCount: 200, toCount: 50, previous: null, series: [], ...given };
}

/** Ten users of a cohort and how many came back, offset by offset; null where its time has not come. */
export function retentionRow(given: Partial<RetentionRow>, ...counts: readonly (number | null)[]): RetentionRow {
  const row = { cohort: '2026-01-01', isTotal: false, dimensions: [], size: 10, ...given };
  const cells = counts.map((count, offset) => ({
    offset,
    count,
    rate: count === null || !row.size ? null : count / row.size,
    isComplete: count !== null,
  }));
  return { cells, ...row };
}

/** A report of such rows. */
export function retentionReport(rows: readonly RetentionRow[], given: Partial<RetentionReport> = {}): RetentionReport {
  const question = { mode: 'N_DAY', entryKind: 'FIRST_TIME', offsetBy: 'PERIOD' } as const;
  return { ...COMMON, ...question, rows, average: [], ...given };
}

/** Ten users of a cohort and what was measured of them, offset by offset; null where its time has not come. */
export function cohortRow(given: Partial<CohortRow>, ...values: readonly (number | null)[]): CohortRow {
  const [first = null] = values;
  const cells = values.map((value, offset) => ({
    offset,
    value,
    share: value === null || !first ? null : value / first,
    isComplete: value !== null,
  }));
  return { cohort: '2026-01-01', isTotal: false, dimensions: [], size: 10, cells, ...given };
}

/** A report of gross revenue in euros of such rows. */
export function cohortAnalysisReport(
  rows: readonly CohortRow[],
  given: Partial<CohortAnalysisReport> = {},
): CohortAnalysisReport {
  const question = { measure: 'REVENUE', accounting: 'GROSS', offsetBy: 'PERIOD', cumulative: false } as const;
  return { ...COMMON, ...question, rows, unit: 'MONEY', currency: 'EUR', ...given };
}

/** A report of gross lifetime values in euros. */
export function lifetimeValueReport(
  rows: readonly LifetimeValueRow[],
  given: Partial<LifetimeValueReport> = {},
): LifetimeValueReport {
  return {
    ...COMMON,
    hasAcquisitionCost: false,
    rows,
    accounting: 'GROSS',
    offsetBy: 'PERIOD',
    currency: 'EUR',
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
