import type { DataSource } from './data-source.ts';
import type { Deadline } from './deadline.ts';

/** A saved collection of charts at the provider. What the provider does not say is null. */
export interface Dashboard {
  /** The provider's own id. */
  readonly nativeId: string;
  readonly name: string;
  /** What sort of dashboard it is, in the provider's words. */
  readonly kind: string | null;
  /** Who can see it, in the provider's words. */
  readonly scope: string | null;
  readonly creator: string | null;
  readonly updater: string | null;
  /** Calendar days, YYYY-MM-DD. */
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
}

/** What a saved chart answers with; `UNKNOWN` where the provider does not say, or says something that is none of the others. */
export const SAVED_CHART_KINDS = ['METRICS', 'FUNNEL', 'RETENTION', 'UNKNOWN'] as const;
export type SavedChartKind = (typeof SAVED_CHART_KINDS)[number];

/** A question that somebody saved at the provider, as it stands on a dashboard. */
export interface SavedChart {
  /** The provider's own id. */
  readonly nativeId: string;
  readonly name: string;
  readonly kind: SavedChartKind;
  /** The kind in the provider's words; null where it does not say. */
  readonly nativeKind: string | null;
  readonly creator: string | null;
  /** Calendar day, YYYY-MM-DD. */
  readonly createdAt: string | null;
}

/** A data source whose provider keeps dashboards. Their charts are run by its metrics, funnels and retention. */
export interface DashboardsCapability {
  /** The latest change first. */
  listDashboards(deadline: Deadline): Promise<readonly Dashboard[]>;
  /** The charts of one dashboard, in the provider's order; throws `PROVIDER_REJECTED` where there is no such dashboard. */
  listCharts(dashboardId: string, deadline: Deadline): Promise<readonly SavedChart[]>;
}

/** A dashboard, and whose it is. */
export interface SourceDashboard extends Dashboard {
  readonly source: DataSource;
}

/** A saved chart, and where it stands. */
export interface SourceChart extends SavedChart {
  readonly source: DataSource;
  /** The provider's own id of the dashboard. */
  readonly dashboardId: string;
}

/** The GraphQL type of each kind of saved chart, which is also the type of its global id. */
export const SAVED_CHART_TYPES = {
  METRICS: 'MetricsChart',
  FUNNEL: 'FunnelChart',
  RETENTION: 'RetentionChart',
  UNKNOWN: 'UnknownChart',
} as const satisfies Readonly<Record<SavedChartKind, string>>;
