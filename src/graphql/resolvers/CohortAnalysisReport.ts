import { toCohortAnalysisTable } from '../../tabular/cohort-analysis-table.ts';
import type { CohortAnalysisReportResolvers } from '../__generated__/resolvers.ts';
import { tabularFields } from '../tabular-fields.ts';

/** What became of those who entered together. */
export const CohortAnalysisReport: CohortAnalysisReportResolvers = {
  ...tabularFields(toCohortAnalysisTable),
};
