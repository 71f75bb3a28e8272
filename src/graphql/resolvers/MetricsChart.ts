import { metricsRequestInput } from '../../analytics/metrics.ts';
import { parseInput } from '../../analytics/parse-input.ts';
import type { MetricsChartResolvers } from '../__generated__/resolvers.ts';
import { savedChartFields } from '../saved-chart-fields.ts';

// A chart shows the groups that it was saved with, however many.
const ALL_SERIES = 1000;

/** A saved chart of numbers. */
export const MetricsChart: MetricsChartResolvers = {
  ...savedChartFields('METRICS'),
  report: async ({ source, nativeId }, asked, { reports }) => {
    const select = [{ source: source.key, metric: { chart: nativeId }, filters: [] }];
    const query = { ...asked, select, breakdown: [], filters: [], seriesLimit: ALL_SERIES };
    return reports.metrics(parseInput(metricsRequestInput, query, 'query'));
  },
};
