import { cohortAnalysisRequestInput } from '../../analytics/cohort-analysis.ts';
import { conversionRequestInput } from '../../analytics/conversions.ts';
import { eventsRequestInput } from '../../analytics/events.ts';
import { funnelRequestInput } from '../../analytics/funnels.ts';
import { lifetimeValueRequestInput } from '../../analytics/lifetime-value.ts';
import { metricsRequestInput } from '../../analytics/metrics.ts';
import { parseInput } from '../../analytics/parse-input.ts';
import { retentionRequestInput } from '../../analytics/retention.ts';
import { InvalidQueryError } from '../../errors.ts';
import type { QueryResolvers } from '../__generated__/resolvers.ts';
import { findNode, findNodeOf } from '../nodes.ts';
import { parseTaskCursor } from '../task-cursor.ts';
import { toTaskFilter } from '../task-filter.ts';
import { toProviderName } from '../provider-name.ts';

const MOST_TASKS = 100;

/** The questions. */
export const Query: QueryResolvers = {
  node: (_root, { id }, context) => findNode(id, context),
  dashboard: (_root, { id }, context) => findNodeOf('Dashboard')({ id }, context),
  cohort: (_root, { id }, context) => findNodeOf('Cohort')({ id }, context),
  dataSources: (_root, { provider }, { dataSources }) =>
    dataSources.all.filter((dataSource) => !provider || toProviderName(dataSource.provider.id) === provider),
  dataSource: (_root, { key }, { dataSources }) => dataSources.find(key) ?? null,
  user: async (_root, { source, nativeId }, { dataSources }) => {
    if (nativeId === '') throw new InvalidQueryError('nativeId: must not be empty');
    return { source: dataSources.require(source, 'source'), nativeId };
  },
  exportTask: (_root, { id }, context) => findNodeOf('ExportTask')({ id }, context),
  exportTasks: async (_root, { filter, first, after }, { exportTasks, principal }) => {
    if (first < 1 || first > MOST_TASKS)
      throw new InvalidQueryError(`first: ${first} is not between 1 and ${MOST_TASKS}`);
    return exportTasks.list(
      { ...toTaskFilter(filter ?? {}), first, after: typeof after === 'string' ? parseTaskCursor(after) : null },
      principal,
    );
  },
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
