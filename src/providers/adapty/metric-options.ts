import { z } from 'zod';
import { ACCOUNTINGS } from '../../analytics/cohort-analysis.ts';
import type { AdaptyVersion } from './config.ts';
import { FILTER_OPTIONS_2024 } from './request-filters.ts';

/** The option that says on which day a purchase counts. */
export const DATE_TYPE_OPTION = {
  dateType: z
    .enum(['purchase_date', 'profile_install_date'])
    .optional()
    .describe('On which day a purchase counts: its own, or that of the install. Left out: its own.'),
};

const CHART_OPTIONS = {
  ...DATE_TYPE_OPTION,
  chartId: z
    .string()
    .min(1)
    .optional()
    .describe(
      'With the metric `other_chart`: the id of a chart that is not in the catalog, such as `paywall_view_paid`.',
    ),
  accounting: z.enum(ACCOUNTINGS).optional().describe('With the metric `other_chart`, where it is money: which money.'),
};

const ids = z.array(z.string().min(1)).min(1).optional();

/** Options of metrics, by version. */
export const METRIC_OPTIONS = {
  '2026': z.strictObject({
    ...CHART_OPTIONS,
    // Neither is documented. A public client sends both: with an id that does not exist the answer is zero, so they act.
    paywallIds: ids.describe('Keep what came from these paywalls. Not documented by Adapty, but seen to work.'),
    placementAudienceVersionIds: ids.describe(
      'Keep what came from these versions of a placement, such as the arms of an A/B test. Not documented by Adapty, but seen to work.',
    ),
  }),
  '2024': z.strictObject({ ...CHART_OPTIONS, ...FILTER_OPTIONS_2024 }),
} as const satisfies Record<AdaptyVersion, z.ZodType>;

/** Options of metrics, of either version. */
export type MetricOptions = z.infer<(typeof METRIC_OPTIONS)['2026']> & z.infer<(typeof METRIC_OPTIONS)['2024']>;
