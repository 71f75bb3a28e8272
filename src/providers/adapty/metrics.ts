import type { Clock, Deadline } from '../../analytics/deadline.ts';
import type { MetricsCapability, MetricsQuery } from '../../analytics/metrics.ts';
import type { NativeAnswers } from '../../analytics/native-files.ts';
import type { Period } from '../../analytics/period.ts';
import type { AdaptyClient } from './client.ts';
import type { AdaptyConfig, AdaptyVersion } from './config.ts';
import { freshnessOf } from './freshness.ts';
import { limitsOf } from './limits.ts';
import { METRIC_OPTIONS } from './metric-options.ts';
import { planCharts, type ChartPlan } from './metric-plan.ts';
import { toProviderSeries, type ChartAnswer } from './metric-series.ts';
import { createNativeFiles } from './native-files.ts';
import type { AnalyticsParameters } from './request-bodies.ts';
import { toAdaptyFilters } from './request-filters.ts';
import { toPeriodUnit, toSegmentation, toTimezone } from './vocabulary.ts';

/** Given a client, return the charts of its app as metrics. */
export function createMetrics(
  client: AdaptyClient,
  config: AdaptyConfig,
  clock: Clock,
): MetricsCapability & NativeAnswers<'metrics'> {
  const { apiVersion } = config;
  const toFiles = (query: MetricsQuery) =>
    planCharts(query, apiVersion)
      .map((plan) => toQuestions(plan, query, apiVersion))
      .flatMap(({ current, previous }) => [current, ...(previous ? [previous] : [])])
      .map((parameters) => client.nameCsv('analytics', parameters));
  return {
    limits: limitsOf(config),
    measures: [],
    options: METRIC_OPTIONS[apiVersion],
    async fetchMetrics(query, deadline) {
      const plans = planCharts(query, apiVersion);
      // Everything is refused before anything is asked.
      const asked = plans.map((plan) => toQuestions(plan, query, apiVersion));
      const answers = await Promise.all(asked.map((questions) => fetchPlan(client, questions, deadline)));
      return {
        series: answers.flatMap((answer) => toProviderSeries(answer, query)),
        freshness: freshnessOf(query.period, clock.now(), plans.some(isMoving)),
      };
    },
    // The document of 2024 has no format of charts.
    ...(apiVersion === '2026' && { nativeFiles: createNativeFiles(client, toFiles) }),
  };
}

/** Counted by the day of the install, an old day gains with every later purchase; of an unknown chart nobody knows. */
function isMoving({ options, selections }: ChartPlan): boolean {
  return options.dateType === 'profile_install_date' || selections.some(({ chart }) => chart?.isMoving ?? true);
}

interface Questions {
  readonly plan: ChartPlan;
  readonly current: AnalyticsParameters;
  readonly previous: AnalyticsParameters | null;
}

function toQuestions(plan: ChartPlan, query: MetricsQuery, version: AdaptyVersion): Questions {
  const toParameters = (period: Period): AnalyticsParameters => {
    const { chartId, vocabulary, filters, options } = plan;
    return {
      timezone: toTimezone(period),
      filters: {
        ...toAdaptyFilters(filters, { period, version, vocabulary, options }),
        ...(options.paywallIds && { paywall_id: options.paywallIds }),
        ...(options.placementAudienceVersionIds && {
          placement_audience_version_id: options.placementAudienceVersionIds,
        }),
      },
      periodUnit: toPeriodUnit(query.interval, period),
      chartId,
      dateType: options.dateType,
      segmentation: toSegmentation(query.breakdown, vocabulary),
    };
  };
  return {
    plan,
    current: toParameters(query.period),
    // With `compare_date`, where the answer holds the earlier values is not documented.
    previous: query.comparison && toParameters(query.comparison.period),
  };
}

async function fetchPlan(
  client: AdaptyClient,
  { plan, current, previous }: Questions,
  deadline: Deadline,
): Promise<ChartAnswer> {
  const [now, before] = await Promise.all([
    client.fetchAnalytics(current, deadline),
    previous && client.fetchAnalytics(previous, deadline),
  ]);
  return { plan, current: now, previous: before };
}
