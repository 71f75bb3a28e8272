import { SAVED_CHART_TYPES, type SavedChartKind, type SourceChart } from '../analytics/dashboards.ts';
import { toGlobalId } from '../analytics/global-id.ts';
import { findNodeOf } from './nodes.ts';

/** Given a kind, return the resolvers that saved charts of every kind have in common. */
export function savedChartFields(kind: SavedChartKind) {
  const type = SAVED_CHART_TYPES[kind];
  return {
    __resolveReference: findNodeOf(type),
    id: ({ source, dashboardId, nativeId }: SourceChart): string => toGlobalId(type, source.key, dashboardId, nativeId),
  };
}
