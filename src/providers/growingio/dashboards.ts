import type { DashboardsCapability, SavedChartKind } from '../../analytics/dashboards.ts';
import type { GrowingioClient } from './client.ts';
import { toDay } from './days.ts';

// The kinds that can be run; there are others, such as frequencies, and newer documents leave the field out.
const KINDS: ReadonlyMap<string, SavedChartKind> = new Map([
  ['chart', 'METRICS'],
  ['funnel', 'FUNNEL'],
  ['retention', 'RETENTION'],
]);

/** Given a client, return the dashboards of its project. */
export function createDashboards(client: GrowingioClient): DashboardsCapability {
  return {
    async listDashboards(deadline) {
      const dashboards = await client.fetchDashboards(deadline);
      return dashboards.map(({ id, name, type = null, scope = null, creator = null, updater = null, ...days }) => ({
        nativeId: id,
        name,
        kind: type,
        scope,
        creator,
        updater,
        createdAt: toDay(days.createdAt),
        updatedAt: toDay(days.updatedAt),
      }));
    },
    async listCharts(dashboardId, deadline) {
      const { charts } = await client.fetchDashboard(dashboardId, deadline);
      return charts.map(({ id, name, createor = null, createdAt, resource_type: type = null }) => ({
        nativeId: id,
        name,
        kind: KINDS.get(type ?? '') ?? 'UNKNOWN',
        nativeKind: type,
        creator: createor,
        createdAt: toDay(createdAt),
      }));
    },
  };
}
