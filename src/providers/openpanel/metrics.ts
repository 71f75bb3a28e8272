import { z } from 'zod';
import type { Clock, Deadline } from '../../analytics/deadline.ts';
import { freshAnswer } from '../../analytics/freshness.ts';
import type { EventMeasure, MetricsCapability, MetricsQuery } from '../../analytics/metrics.ts';
import { EVENT_MEASURES } from '../../analytics/metrics.ts';
import type { Period } from '../../analytics/period.ts';
import { formatInstant } from '../../analytics/time-axis.ts';
import { planCharts, type ChartPlan } from './chart-plan.ts';
import { toProviderSeries, type ChartAnswer } from './chart-series.ts';
import type { OpenpanelClient } from './client.ts';
import type { OpenpanelConfig } from './config.ts';
import type { OpenpanelChartResponse } from './responses.ts';
import { ALL_OPERATORS, INTERVALS, OPERATORS_2024, toField } from './vocabulary.ts';

const MEASURES_2024: readonly EventMeasure[] = ['COUNT', 'UNIQUE_USERS', 'SESSIONS', 'COUNT_PER_USER', 'SUM'];

const segment = z
  .enum(['one_event_per_user', 'group'])
  .describe(
    'Count differently: each user once (`one_event_per_user`), or distinct groups (`group`). With measure COUNT only.',
  );

const OPTIONS = {
  '2026': z.strictObject({ segment: segment.optional() }),
  '2024': z.strictObject({
    segment: segment.extract(['one_event_per_user']).optional(),
    chartType: z.string().optional().describe('Sent as it is; no server seen does anything with it.'),
    metric: z.enum(['sum', 'average', 'min', 'max']).optional().describe('Sent as it is; no server seen uses it.'),
    limit: z.int().min(1).optional().describe('Sent as it is; no server seen uses it.'),
    offset: z.int().min(0).optional().describe('Sent as it is; no server seen uses it.'),
  }),
} as const;

/** Given a client, return the charts of its project as metrics. */
export function createMetrics(client: OpenpanelClient, config: OpenpanelConfig, clock: Clock): MetricsCapability {
  const is2024 = config.apiVersion === '2024';
  return {
    limits: {
      intervals: [...INTERVALS.keys(), 'TOTAL'],
      maxPoints: null,
      maxDays: null,
      earliestDate: config.earliestDate ?? null,
      // Of several values the 2024 answer does not say which is which when one is empty.
      maxBreakdowns: is2024 ? 1 : 10,
      filterOperators: is2024 ? OPERATORS_2024 : ALL_OPERATORS,
      timezones: 'DATA_SOURCE',
      supportsInstants: true,
    },
    measures: is2024 ? MEASURES_2024 : EVENT_MEASURES,
    options: OPTIONS[config.apiVersion],
    async fetchMetrics(query, deadline) {
      const plans = planCharts(query, config);
      const answers = await Promise.all(plans.map((plan) => fetchPlan(client, { plan, query }, deadline)));
      return {
        series: answers.flatMap((answer) => toProviderSeries(answer, query)),
        freshness: freshAnswer(query.period, clock.now()),
      };
    },
  };
}

async function fetchPlan(
  client: OpenpanelClient,
  { plan, query }: { plan: ChartPlan; query: MetricsQuery },
  deadline: Deadline,
): Promise<ChartAnswer> {
  const fetchChart = (period: Period, previous: boolean): Promise<OpenpanelChartResponse> =>
    client.fetchChart(
      {
        events: plan.series.map(({ event }) => event),
        breakdowns: query.breakdown.map(toField),
        interval: plan.interval,
        previous,
        startDate: formatInstant(period.start),
        // The end is a whole second and belongs to the window. An event at the very start of the next day therefore comes
        // too, in a bucket of its own, which is dropped; where it would be in one of ours, it must stay out.
        endDate: formatInstant(plan.endsBeforeLastSecond ? period.end.subtract({ seconds: 1 }) : period.end),
        more: plan.more,
      },
      deadline,
    );
  const { comparison } = query;
  if (!comparison) return { plan, current: await fetchChart(query.period, false), previous: null };
  if (!canCompareNatively(plan, query)) {
    const [current, previous] = await Promise.all([
      fetchChart(query.period, false),
      fetchChart(comparison.period, false),
    ]);
    return { plan, current, previous };
  }
  const current = await fetchChart(query.period, true);
  // A series without events now is left out, and so is an empty last bucket: their previous values with them.
  const isWhole =
    current.series.length === plan.series.length &&
    current.series.every(({ data }) => data.length >= query.axis.epochs.length);
  return { plan, current, previous: isWhole ? 'BESIDE' : await fetchChart(comparison.period, false) };
}

/** Whether `previous=true` means what is asked: a window of exactly the same length and cut, and no groups to lose. */
function canCompareNatively({ bucket }: ChartPlan, { comparison, period, breakdown, interval }: MetricsQuery): boolean {
  if (!comparison?.isPrecedingPeriod || breakdown.length > 0 || bucket !== interval) return false;
  // The period before may be cut into other weeks and months, which are not to be paired by their number.
  if (interval === 'WEEK' || interval === 'MONTH') return false;
  const length = period.end.epochMilliseconds - period.start.epochMilliseconds;
  return comparison.period.end.epochMilliseconds - comparison.period.start.epochMilliseconds === length;
}
