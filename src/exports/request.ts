import { z } from 'zod';
import { cohortAnalysisRequestInput } from '../analytics/cohort-analysis.ts';
import { conversionRequestInput } from '../analytics/conversions.ts';
import { funnelRequestInput } from '../analytics/funnels.ts';
import { lifetimeValueRequestInput } from '../analytics/lifetime-value.ts';
import { metricsRequestInput } from '../analytics/metrics.ts';
import type { NativeQuestions } from '../analytics/native-files.ts';
import { retentionRequestInput } from '../analytics/retention.ts';
import { rowsRequestInput } from './rows-query.ts';
import { COMPRESSIONS, EXPORT_FORMATS } from './task.ts';

/** The shape of each report that can be exported, under the name of its field. */
export const REPORT_INPUTS = {
  metrics: metricsRequestInput,
  funnel: funnelRequestInput,
  conversion: conversionRequestInput,
  retention: retentionRequestInput,
  cohortAnalysis: cohortAnalysisRequestInput,
  lifetimeValue: lifetimeValueRequestInput,
} as const;

/** The field of a report. */
export type ReportName = keyof typeof REPORT_INPUTS;

/** The capability that answers each report. */
export const REPORT_CAPABILITIES = {
  metrics: 'metrics',
  funnel: 'funnels',
  conversion: 'conversions',
  retention: 'retention',
  cohortAnalysis: 'cohort-analysis',
  lifetimeValue: 'lifetime-value',
} as const satisfies Readonly<Record<ReportName, keyof NativeQuestions>>;

const reportInput = z.union([
  z.strictObject({ metrics: metricsRequestInput }),
  z.strictObject({ funnel: funnelRequestInput }),
  z.strictObject({ conversion: conversionRequestInput }),
  z.strictObject({ retention: retentionRequestInput }),
  z.strictObject({ cohortAnalysis: cohortAnalysisRequestInput }),
  z.strictObject({ lifetimeValue: lifetimeValueRequestInput }),
]);

/** The shape of the `input` argument of `createExport`. */
export const createExportInput = z.object({
  source: z.union([
    z.strictObject({ rows: rowsRequestInput }),
    z.strictObject({ report: reportInput }),
    z.strictObject({ cohortMembers: z.string() }),
  ]),
  format: z.enum(EXPORT_FORMATS),
  compression: z.enum(COMPRESSIONS),
  csv: z.record(z.string(), z.unknown()).nullish(),
  idempotencyKey: z.string().min(1, 'must not be empty').max(200, 'is longer than 200 characters').nullish(),
});

/** An export, as asked for. */
export type CreateExportRequest = z.infer<typeof createExportInput>;
