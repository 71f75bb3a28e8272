import { z } from 'zod';
import type { Clock, Deadline } from '../../analytics/deadline.ts';
import { freshAnswer } from '../../analytics/freshness.ts';
import type { MetricsCapability, MetricsQuery, ProviderSeries } from '../../analytics/metrics.ts';
import type { Period } from '../../analytics/period.ts';
import type { TimeAxis } from '../../analytics/time-axis.ts';
import type { GrowingioClient } from './client.ts';
import type { GrowingioMetricResponse } from './responses.ts';
import { toMetricName } from './vocabulary.ts';

/** Given a client, return the metrics of its account. */
export function createMetrics(client: GrowingioClient, clock: Clock): MetricsCapability {
  return {
    limits: {
      intervals: ['DAY'],
      maxPoints: null,
      maxDays: 366,
      earliestDate: null,
      maxBreakdowns: 0,
      filterOperators: [],
      timezones: 'DATA_SOURCE',
      supportsInstants: false,
    },
    measures: [],
    options: z.strictObject({}),
    fetchMetrics: async (query, deadline) => {
      const indexes = query.selections.map((_selection, index) => index);
      return {
        series: await Promise.all(indexes.map((index) => fetchSeries(client, { query, index }, deadline))),
        freshness: freshAnswer(query.period, clock.now()),
      };
    },
  };
}

interface SeriesQuery {
  readonly query: MetricsQuery;
  /** Which of the query's selections. */
  readonly index: number;
}

async function fetchSeries(
  client: GrowingioClient,
  { query, index }: SeriesQuery,
  deadline: Deadline,
): Promise<ProviderSeries> {
  const { period, axis, comparison, selections } = query;
  const name = selections
    .slice(index, index + 1)
    .map(({ metric }) => toMetricName(metric))
    .join('');
  const fetchDays = ({ firstDay, lastDay }: Period) =>
    client.fetchMetric({ name, from: firstDay, to: lastDay }, deadline);
  const [current, previous] = await Promise.all([fetchDays(period), comparison && fetchDays(comparison.period)]);
  return {
    selection: index,
    dimensions: [],
    unit: 'COUNT',
    currency: null,
    total: current.total,
    previousTotal: previous?.total ?? null,
    values: toValues(current, axis),
    previous: comparison && previous && toValues(previous, comparison.axis),
  };
}

/** One value a bucket of the axis; null for a day that Growingio left out. */
function toValues({ days }: GrowingioMetricResponse, { dates }: TimeAxis): (number | null)[] {
  const byDay = new Map(days.map(({ date, value }) => [date, value]));
  return (dates ?? []).map((date) => byDay.get(date) ?? null);
}
