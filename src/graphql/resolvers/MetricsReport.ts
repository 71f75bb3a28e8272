import { toMetricsTable } from '../../tabular/metrics-table.ts';
import type { MetricsReportResolvers } from '../__generated__/resolvers.ts';
import { tabularFields } from '../tabular-fields.ts';

/** Numbers over time. */
export const MetricsReport: MetricsReportResolvers = {
  ...tabularFields(toMetricsTable),
};
