import { z } from 'zod';

const text = z.string();
const number = z.number();
const words = text.nullish();

/** One value of a series. `x` is the start of a bucket: a day, or a timestamp with six digits of fraction and an offset without a colon. */
export const pointResponse = z.object({ x: text.regex(/^\d{4}-\d{2}-\d{2}/), y: number.nullable() });

// Adapty documents no more than an object. `values` was seen in live answers; title, type and value are how its other
// endpoints name a segment. https://adapty.io/docs/api-specs/export-analytics-api.yaml (checked 2026-11)
const seriesResponse = z.object({ title: words, type: words, value: number.nullish(), values: z.array(pointResponse) });
export type AdaptySeriesResponse = z.infer<typeof seriesResponse>;

/** A chart, for one accounting. */
export const metricResponse = z.object({
  data: z.array(seriesResponse),
  // An average of nobody is no number.
  value: number.nullable(),
  unit: words,
  title: words,
  metric_name: words,
});
export type AdaptyMetricResponse = z.infer<typeof metricResponse>;

/** The body of `/metrics/analytics/`: a chart for each accounting (`revenue`, `proceeds`, `net_revenue`), or one as `common`. */
export const analyticsResponse = z.object({ data: z.record(text, metricResponse) });
export type AdaptyAnalyticsResponse = z.infer<typeof analyticsResponse>;

const money = number.nullish();

/** A cohort at one offset. Every measure comes, whichever was asked for. */
export const cohortValueResponse = z.object({
  period: z.int(),
  revenue_usd: money,
  proceeds_usd: money,
  net_revenue_usd: money,
  arpu_usd: money,
  appu_usd: money,
  anrpu_usd: money,
  arppu_usd: money,
  apppu_usd: money,
  anrppu_usd: money,
  arpas_usd: money,
  appas_usd: money,
  anrpas_usd: money,
  revenue_relative: number.nullish(),
  proceeds_relative: number.nullish(),
  net_revenue_relative: number.nullish(),
  subscribers: number.nullish(),
  subscribers_relative: number.nullish(),
  subscriptions: number.nullish(),
  subscriptions_relative: number.nullish(),
  currently_active_period: z.boolean().nullish(),
});
export type AdaptyCohortValueResponse = z.infer<typeof cohortValueResponse>;

/** The body of `/metrics/cohort/`. What `predict` holds is not documented. */
export const cohortResponse = z.object({
  data: z.array(
    z.object({
      segment_start_date: text.nullish(),
      type: text,
      title: text,
      total_installs: number.nullish(),
      values: z.array(cohortValueResponse),
    }),
  ),
});
export type AdaptyCohortResponse = z.infer<typeof cohortResponse>;

/** The body of `/metrics/conversion/`. `value` is a percentage of `value_from`, which, like `value_to`, is a count. */
export const conversionResponse = z.object({
  // The documented answer has an empty list; its items are those of a chart.
  data: z.array(seriesResponse),
  value: number.nullable(),
  value_from: number.nullable(),
  value_to: number.nullable(),
  compare_value_from: number.nullish(),
  compare_value_to: number.nullish(),
  metric_name: words,
});
export type AdaptyConversionResponse = z.infer<typeof conversionResponse>;

// What an item holds is not documented; title and value are how the rest of the answer names things.
const churnReasonResponse = z.object({ title: words, value: number.nullish() });

/** The body of `/metrics/funnel/`. Steps by `period`: -2 install, -1 paywall displayed, 0 trial, 1 paid, from 2 on renewals. */
export const funnelResponse = z.object({
  data: z.array(
    z.object({
      title: words,
      type: words,
      values: z.array(
        z.object({
          period: z.int(),
          title: words,
          value: number.nullable(),
          value_relative: number.nullish(),
          churn_reasons: z.array(churnReasonResponse).nullish(),
          // Documented as a list and no more: read where it holds the points of a time axis.
          values: z.array(z.unknown()).nullish(),
        }),
      ),
    }),
  ),
});
export type AdaptyFunnelResponse = z.infer<typeof funnelResponse>;

// The document leaves open what is in `values`: by the pattern of its cohorts, a number for each period.
const periodValueResponse = z.object({
  period: z.int(),
  value: number.nullish(),
  value_relative: number.nullish(),
  currently_active_period: z.boolean().nullish(),
});

const lifetimeValueMetricResponse = z.object({
  data: z.array(
    z.object({
      title: text,
      type: words,
      value: number.nullable(),
      cohort_size: number.nullish(),
      values: z.array(periodValueResponse),
    }),
  ),
  value: number.nullish(),
  unit: words,
});
export type AdaptyLifetimeValueMetricResponse = z.infer<typeof lifetimeValueMetricResponse>;

/** The body of `/metrics/ltv/`, which has no `data` around it. */
export const lifetimeValueResponse = z.object({
  revenue: lifetimeValueMetricResponse,
  proceeds: lifetimeValueMetricResponse,
  net_revenue: lifetimeValueMetricResponse,
});
export type AdaptyLifetimeValueResponse = z.infer<typeof lifetimeValueResponse>;

/** The body of `/metrics/retention/`. The document shows an empty `data`: its items are read by the pattern of lifetime values. */
export const retentionResponse = z.object({
  data: z.array(
    z.object({
      title: words,
      type: words,
      cohort_size: number.nullish(),
      values: z.array(periodValueResponse),
    }),
  ),
  metric_name: words,
  value_type: words,
});
export type AdaptyRetentionResponse = z.infer<typeof retentionResponse>;

const errorResponse = z.object({
  errors: z.array(z.object({ source: text.nullish(), errors: z.array(text) })),
  error_code: text.nullish(),
});

/** Given the body of an error answer, return Adapty's explanation; undefined where there is none. */
export function explainError(body: unknown): string | undefined {
  const parsed = errorResponse.safeParse(body);
  if (!parsed.success) return undefined;
  const { errors, error_code: code } = parsed.data;
  const messages = errors.map(({ source, errors }) =>
    source && source !== 'non_field_errors' ? `${source}: ${errors.join(', ')}` : errors.join(', '),
  );
  return messages.length > 0 ? messages.join('; ') : (code ?? undefined);
}
