import { toLifetimeValueTable } from '../../tabular/lifetime-value-table.ts';
import type { LifetimeValueReportResolvers } from '../__generated__/resolvers.ts';
import { tabularFields } from '../tabular-fields.ts';

/** What a user has been worth since entering. */
export const LifetimeValueReport: LifetimeValueReportResolvers = {
  ...tabularFields(toLifetimeValueTable),
};
