import type { SourceCohort } from '../../analytics/cohorts.ts';
import type { Page } from '../../analytics/page.ts';
import { toCohortsTable } from '../../tabular/listing-tables.ts';
import type { CohortConnectionResolvers } from '../__generated__/resolvers.ts';
import { connectionFields } from '../connection-fields.ts';
import { tabularFields } from '../tabular-fields.ts';

/** A page of the cohorts of a data source. */
export const CohortConnection: CohortConnectionResolvers = {
  ...connectionFields((page: Page<SourceCohort>) => page),
  ...tabularFields(({ items }: Page<SourceCohort>) => toCohortsTable(items)),
};
