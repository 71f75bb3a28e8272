import { parseInput } from '../../analytics/parse-input.ts';
import { retentionRequestInput } from '../../analytics/retention.ts';
import type { RetentionChartResolvers } from '../__generated__/resolvers.ts';
import { savedChartFields } from '../saved-chart-fields.ts';

const AS_SAVED = { entryKind: 'FIRST_TIME', mode: 'N_DAY', breakdown: [], filters: [] };

/** A saved retention. */
export const RetentionChart: RetentionChartResolvers = {
  ...savedChartFields('RETENTION'),
  report: async ({ source, nativeId }, asked, { reports }) => {
    const query = { ...asked, ...AS_SAVED, source: source.key, chart: nativeId };
    return reports.retention(parseInput(retentionRequestInput, query, 'query'));
  },
};
