import type { DataSources } from '../analytics/data-source.ts';
import type { Reports } from '../reports/reports.ts';

/** What one GraphQL operation is answered with. */
export interface GraphQLContext {
  /** Named in the log and in `extensions.requestId`. */
  readonly requestId: string;
  readonly dataSources: DataSources;
  readonly reports: Reports;
}
