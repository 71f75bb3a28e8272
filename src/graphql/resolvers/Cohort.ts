import { toGlobalId } from '../../analytics/global-id.ts';
import { toCohortMembersTable } from '../../tabular/listing-tables.ts';
import type { CohortResolvers } from '../__generated__/resolvers.ts';
import { findNative } from '../references.ts';
import { tabularFields } from '../tabular-fields.ts';

const { csv } = tabularFields(toCohortMembersTable);

/** A saved group of users. */
export const Cohort: CohortResolvers = {
  __resolveReference: findNative('Cohort'),
  id: ({ source, nativeId }) => toGlobalId('Cohort', source.key, nativeId),
  members: (cohort, { first, after }, { reports }) => reports.listings.members(cohort, { first, after: after ?? null }),
  csv: async (cohort, options, { reports }) => csv(await reports.listings.allMembers(cohort), options),
};
