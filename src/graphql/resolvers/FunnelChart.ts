import { funnelRequestInput } from '../../analytics/funnels.ts';
import { parseInput } from '../../analytics/parse-input.ts';
import type { FunnelChartResolvers } from '../__generated__/resolvers.ts';
import { savedChartFields } from '../saved-chart-fields.ts';

const AS_SAVED = { order: 'ORDERED', countBy: 'USERS', excluding: [], breakdown: [], filters: [] };

/** A saved funnel. */
export const FunnelChart: FunnelChartResolvers = {
  ...savedChartFields('FUNNEL'),
  report: async ({ source, nativeId }, asked, { reports }) => {
    const query = { ...asked, ...AS_SAVED, source: source.key, chart: nativeId };
    return reports.funnel(parseInput(funnelRequestInput, query, 'query'));
  },
};
