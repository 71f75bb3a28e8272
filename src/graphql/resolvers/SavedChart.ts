import { SAVED_CHART_TYPES } from '../../analytics/dashboards.ts';
import type { SavedChartResolvers } from '../__generated__/resolvers.ts';

/** A saved question. */
export const SavedChart: SavedChartResolvers = {
  __resolveType: ({ kind }) => SAVED_CHART_TYPES[kind],
};
