import { toRetentionTable } from '../../tabular/retention-table.ts';
import type { RetentionReportResolvers } from '../__generated__/resolvers.ts';
import { tabularFields } from '../tabular-fields.ts';

/** How many of those who entered together came back later. */
export const RetentionReport: RetentionReportResolvers = {
  ...tabularFields(toRetentionTable),
};
