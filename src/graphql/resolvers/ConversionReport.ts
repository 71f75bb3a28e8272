import { conversionRateOf } from '../../analytics/conversions.ts';
import { toConversionTable } from '../../tabular/conversion-table.ts';
import type { ConversionReportResolvers } from '../__generated__/resolvers.ts';
import { tabularFields } from '../tabular-fields.ts';

/** What share got from one point to another. */
export const ConversionReport: ConversionReportResolvers = {
  rate: (report) => conversionRateOf(report),
  previousRate: ({ previous }) => previous && conversionRateOf(previous),
  ...tabularFields(toConversionTable),
};
