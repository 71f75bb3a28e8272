import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { DataSource } from '../analytics/data-source.ts';
import type { FactTable } from '../analytics/datasets.ts';
import { toSpan } from '../analytics/day-span.ts';
import type { Deadline } from '../analytics/deadline.ts';
import { FILTER_OPERATORS } from '../analytics/filters.ts';
import type { MetricsCapability, MetricsQuery, MetricsResult, ProviderSeries } from '../analytics/metrics.ts';
import { INTERVALS, type Interval, type Period } from '../analytics/period.ts';
import { QueryLimitError } from '../errors.ts';
import { toBuckets, type Buckets } from '../warehouse/analyses/buckets.ts';
import { computeFactMetrics, type FactMetricsQuery } from '../warehouse/analyses/fact-metrics.ts';
import { combineRows, type ComputingServices } from './computing.ts';

/** Most dimensions of one question: each is a column more to group by. */
const MOST_BREAKDOWNS = 3;

/** Given the tables of a data source whose rows are sums already, return metrics that are computed over them. */
export function createFactMetrics(
  dataSource: DataSource,
  tables: readonly FactTable[],
  services: ComputingServices,
): MetricsCapability {
  const hasHours = tables.some(({ grain }) => grain === 'HOUR');
  return {
    answeredBy: 'COMPUTED',
    limits: {
      intervals: INTERVALS.filter((interval) => interval !== 'MINUTE' && (hasHours || interval !== 'HOUR')),
      maxPoints: null,
      maxDays: null,
      earliestDate: dataSource.connection.capabilities.exports?.limits.earliestDate ?? null,
      maxBreakdowns: MOST_BREAKDOWNS,
      filterOperators: FILTER_OPERATORS,
      timezones: 'DATA_SOURCE',
      supportsInstants: false,
    },
    measures: [],
    options: z.strictObject({}),
    fetchMetrics: (query, deadline) =>
      computeMetrics({ dataSource, table: tableFor(tables, query.interval) }, { query, deadline }, services),
  };
}

function tableFor(tables: readonly FactTable[], interval: Interval): FactTable {
  const table = interval === 'HOUR' ? tables.find(({ grain }) => grain === 'HOUR') : tables[0];
  if (!table) throw new Error(`No table has rows for ${interval}`);
  return table;
}

async function computeMetrics(
  of: { dataSource: DataSource; table: FactTable },
  { query, deadline }: { query: MetricsQuery; deadline: Deadline },
  { datasets, database, clock }: ComputingServices,
): Promise<MetricsResult> {
  const { dataSource, table } = of;
  const { period, comparison, waitMs } = query;
  const selections = query.selections.map((selection) => toFactSelection(selection, table));
  const periods = [period, ...(comparison ? [comparison.period] : [])];
  const read = await Promise.all(
    periods.flatMap((one) => {
      const span = toSpan({ start: one.start.epochMilliseconds, end: one.end.epochMilliseconds }, table.timezone);
      return span ? [datasets.read(of, span, { waitMs, deadline })] : [];
    }),
  );
  const rows = combineRows(read, table, clock.now());
  const buckets = toWallClock(toBuckets(period, query.axis), table.timezone);
  const groups = await computeFactMetrics(
    rows.relation,
    {
      selections,
      buckets,
      breakdown: query.breakdown,
      comparison: comparison ? toWallClock(toBuckets(comparison.period, comparison.axis), table.timezone) : null,
    },
    { database: await database(), signal: deadline.signal },
  );
  const hasTime = query.axis.epochs.length > 0;
  const series = groups.map((group): ProviderSeries => {
    const { unit, currency } = metricOf(query, group.selection, dataSource);
    const { values, previous } = group;
    return { ...group, unit, currency, values: hasTime ? values : [], previous: hasTime ? previous : previous && [] };
  });
  return { series, freshness: { ...rows.freshness, isSettled: rows.freshness.isSettled && !isRunning(periods) } };
}

function isRunning(periods: readonly Period[]): boolean {
  return periods.some((period) => period.isRunning);
}

function metricOf({ selections }: MetricsQuery, index: number, { key }: DataSource) {
  const metric = selections[index]?.metric;
  if (metric?.kind === 'catalog') return metric.metric;
  throw new QueryLimitError(`query.select[${index}].metric: "${key}" has metrics of its catalog only`);
}

function toFactSelection(
  { metric, filters }: MetricsQuery['selections'][number],
  table: FactTable,
): FactMetricsQuery['selections'][number] {
  const formula = metric.kind === 'catalog' ? table.metrics[metric.metric.key] : undefined;
  if (!formula) throw new Error(`The catalog has a metric that ${table.name} does not say how to compute`);
  return { metric: formula, filters };
}

/** Rows say when by the clock on the wall, written as if it were UTC: so must the buckets. */
function toWallClock({ starts, end }: Buckets, timezone: string): Buckets {
  const convert = (epoch: number): number =>
    Temporal.Instant.fromEpochMilliseconds(epoch).toZonedDateTimeISO(timezone).toPlainDateTime().toZonedDateTime('UTC')
      .epochMilliseconds;
  return { starts: starts.map(convert), end: convert(end) };
}
