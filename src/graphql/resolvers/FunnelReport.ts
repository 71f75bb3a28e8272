import { conversionRate } from '../../analytics/funnels.ts';
import { toFunnelTable } from '../../tabular/funnel-table.ts';
import type { FunnelReportResolvers } from '../__generated__/resolvers.ts';
import { toDuration } from '../instants.ts';
import { tabularFields } from '../tabular-fields.ts';

/** How many went from step to step. */
export const FunnelReport: FunnelReportResolvers = {
  conversionWindow: ({ conversionWindowMs }) => toDuration(conversionWindowMs),
  conversionRate: ({ steps }) => conversionRate(steps),
  ...tabularFields(toFunnelTable),
};
