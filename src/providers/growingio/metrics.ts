import { z } from 'zod';
import type { Clock, Deadline } from '../../analytics/deadline.ts';
import { combineFreshness, type Freshness } from '../../analytics/freshness.ts';
import type { MetricRef, MetricsCapability, MetricsQuery, ProviderSeries } from '../../analytics/metrics.ts';
import type { Interval, Period } from '../../analytics/period.ts';
import type { GrowingioClient } from './client.ts';
import type { GrowingioConfig } from './config.ts';
import { freshnessOf } from './freshness.ts';
import { limitsOf, requireChart } from './limits.ts';
import { toProviderSeries } from './metric-series.ts';
import { toTimeRange } from './time-range.ts';
import { INTERVAL_CODES } from './vocabulary.ts';

/** Given a client, return the saved charts of its project as metrics. */
export function createMetrics(client: GrowingioClient, config: GrowingioConfig, clock: Clock): MetricsCapability {
  return {
    limits: limitsOf(config, ['HOUR', 'DAY', 'WEEK', 'MONTH', 'TOTAL']),
    measures: [],
    takesChart: true,
    options: z.strictObject({}),
    async fetchMetrics(query, deadline) {
      const asked = query.selections.map(({ metric }, selection) => ({ selection, chart: toChart(metric) }));
      const answers = await Promise.all(asked.map((one) => fetchChart(client, { ...one, query, config }, deadline)));
      const now = clock.now();
      const freshness = answers.flatMap(({ rowCounts }): Freshness[] =>
        rowCounts.map(([endsAt, rowCount]) => freshnessOf({ endsAt, rowCount, now }, config)),
      );
      return { series: answers.flatMap(({ series }) => series), freshness: combineFreshness(freshness, now) };
    },
  };
}

function toChart(metric: MetricRef): string {
  return requireChart(metric.kind === 'chart' ? metric.nativeId : null);
}

interface ChartQuestion {
  readonly selection: number;
  readonly chart: string;
  readonly query: MetricsQuery;
  readonly config: GrowingioConfig;
}

interface ChartAnswer {
  readonly series: readonly ProviderSeries[];
  /** For each of its periods, its end and how many rows were answered. */
  readonly rowCounts: readonly (readonly [number, number])[];
}

async function fetchChart(
  client: GrowingioClient,
  { selection, chart, query, config }: ChartQuestion,
  deadline: Deadline,
): Promise<ChartAnswer> {
  const { period, interval, comparison } = query;
  const fetchPeriod = (asked: Period) =>
    client.fetchChart({ id: chart, ...toTimeRange(asked), interval: toCode(interval) }, deadline);
  const [current, previous] = await Promise.all([fetchPeriod(period), comparison && fetchPeriod(comparison.period)]);
  const series = toProviderSeries({ selection, current, previous }, query, config.rates);
  const endOf = ({ end }: Period) => end.epochMilliseconds;
  const rowCounts: [number, number][] = [[endOf(period), current.data.length]];
  if (comparison && previous) rowCounts.push([endOf(comparison.period), previous.data.length]);
  return { series, rowCounts };
}

/** For `TOTAL` there is none, and GrowingIO answers in days. */
function toCode(interval: Interval): number | undefined {
  return interval in INTERVAL_CODES ? INTERVAL_CODES[interval as keyof typeof INTERVAL_CODES] : undefined;
}
