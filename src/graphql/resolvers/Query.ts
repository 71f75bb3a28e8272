import { cohortAnalysisRequestInput } from '../../analytics/cohort-analysis.ts';
import { conversionRequestInput } from '../../analytics/conversions.ts';
import { eventsRequestInput } from '../../analytics/events.ts';
import { funnelRequestInput } from '../../analytics/funnels.ts';
import { lifetimeValueRequestInput } from '../../analytics/lifetime-value.ts';
import { metricsRequestInput } from '../../analytics/metrics.ts';
import { parseInput } from '../../analytics/parse-input.ts';
import { retentionRequestInput } from '../../analytics/retention.ts';
import type { QueryResolvers } from '../__generated__/resolvers.ts';
import { parseGlobalId } from '../global-id.ts';
import { toProviderName } from '../provider-name.ts';

/** The questions. */
export const Query: QueryResolvers = {
  node: (_root, { id }, { dataSources }) => {
    const parsed = parseGlobalId(id);
    return parsed?.type === 'DataSource' ? (dataSources.find(parsed.key) ?? null) : null;
  },
  dataSources: (_root, { provider }, { dataSources }) =>
    dataSources.all.filter((dataSource) => !provider || toProviderName(dataSource.provider.id) === provider),
  dataSource: (_root, { key }, { dataSources }) => dataSources.find(key) ?? null,
  // Async, so that a mistake in the question is a rejected field and never a failed operation.
  metrics: async (_root, { query }, { reports }) => reports.metrics(parseInput(metricsRequestInput, query, 'query')),
  funnel: async (_root, { query }, { reports }) => reports.funnel(parseInput(funnelRequestInput, query, 'query')),
  conversion: async (_root, { query }, { reports }) =>
    reports.conversion(parseInput(conversionRequestInput, query, 'query')),
  retention: async (_root, { query }, { reports }) =>
    reports.retention(parseInput(retentionRequestInput, query, 'query')),
  cohortAnalysis: async (_root, { query }, { reports }) =>
    reports.cohortAnalysis(parseInput(cohortAnalysisRequestInput, query, 'query')),
  lifetimeValue: async (_root, { query }, { reports }) =>
    reports.lifetimeValue(parseInput(lifetimeValueRequestInput, query, 'query')),
  events: async (_root, { query, first, after }, { reports }) => {
    const report = await reports.events(parseInput(eventsRequestInput, query, 'query'), {
      first,
      after: after ?? null,
    });
    return report;
  },
};
