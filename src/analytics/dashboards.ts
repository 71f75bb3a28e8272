import type { Deadline } from './deadline.ts';
import type { QueryLimits } from './query-limits.ts';

/** A saved collection of charts at the provider. */
export interface Dashboard {
  /** The provider's own id. */
  readonly nativeId: string;
  readonly name: string;
  readonly creator: string | null;
  /** Calendar days, YYYY-MM-DD. */
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
}

/** A data source whose provider keeps dashboards. */
export interface DashboardsCapability {
  readonly limits: QueryLimits;
  listDashboards(deadline: Deadline): Promise<readonly Dashboard[]>;
}
