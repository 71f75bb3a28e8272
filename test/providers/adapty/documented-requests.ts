import { z } from 'zod';

/*
 * What the two documents say of the bodies of requests, written down from them and not from the provider's code:
 * https://adapty.io/docs/api-specs/export-analytics-api.yaml for 2026, the export document of 2024 for 2024.
 */

const text = z.string();
const day = z.iso.date();
const days = z.tuple([day, day]);
const list = z.array(text).min(1).optional();
const oneOf = (...values: [string, ...string[]]) => z.array(z.enum(values)).min(1).optional();

const attribution = {
  attribution_source: list,
  attribution_channel: list,
  attribution_campaign: list,
  attribution_adgroup: list,
  attribution_adset: list,
  attribution_creative: list,
};
const durations = oneOf('Weekly', 'Monthly', '2 months', '3 months', '6 months', 'Annual', 'Lifetime', 'Uncategorized');

const filters2026 = z.strictObject({
  date: days,
  compare_date: days.optional(),
  store: list,
  country: z.array(text.regex(/^[A-Z]{2}$/)).optional(),
  store_product_id: list,
  duration: durations,
  attribution_status: oneOf('organic', 'non-organic', 'unknown'),
  ...attribution,
  offer_category: oneOf('no_offer', 'introductory', 'promotional', 'offer_code', 'win_back', 'retention'),
  offer_type: oneOf('free_trial', 'pay_as_you_go', 'pay_up_front'),
  offer_id: list,
  // Not documented, sent by a public client.
  paywall_id: list,
  placement_audience_version_id: list,
});

const filters2024 = z.strictObject({
  date: days,
  compare_date: days.optional(),
  store: list,
  app_id: list,
  placement_id: list,
  audience_id: list,
  ab_test_id: list,
  paywalls_group_id: list,
  paywall_id: list,
  placement_audience_version_id: list,
  state: oneOf('live', 'inactive', 'draft', 'archived'),
  purchase_container_id: list,
  segment_id: list,
  country: z.array(text.length(2)).optional(),
  store_product_id: z.array(z.tuple([text, text])).optional(),
  duration: durations,
  attribution_status: list,
  ...attribution,
  renewal_period: z.array(z.int()).optional(),
  subscription_duration: z.int().optional(),
  timezone: text.optional(),
  profiles_counting_method: z.enum(['profile_id', 'customer_user_id', 'device_id']).optional(),
});

const unit = z.enum(['day', 'week', 'month', 'quarter', 'year']).optional();
const date_type = z.enum(['purchase_date', 'profile_install_date']).optional();
const value_type = z.enum(['absolute', 'relative']).optional();
const period_type = z.enum(['renewals', 'days']).optional();
const accounting = z.enum(['revenue', 'proceeds', 'net_revenue']).optional();
const value_field = z.enum(['revenue', 'arppu', 'arpu', 'arpas', 'subscribers', 'subscriptions']).optional();
const renewal_days = z.array(z.int()).optional();
const periods = {
  from_period: z.union([z.null(), z.int().min(0)]),
  to_period: z.union([z.int().min(0), z.enum(['6+', '12+', '24+'])]),
};
const charts = [
  'revenue',
  'mrr',
  'arr',
  'arppu',
  'subscriptions_active',
  'subscriptions_new',
  'subscriptions_renewal_cancelled',
  'subscriptions_expired',
  'trials_active',
  'trials_new',
  'trials_renewal_cancelled',
  'trials_expired',
  'grace_period',
  'billing_issue',
  'refund_events',
  'refund_money',
  'non_subscriptions',
  'arpu',
  'installs',
] as const;
const lengths = [
  'day',
  'week',
  'month',
  'year',
  'country',
  'product',
  'paywall',
  'paywalls_group',
  'audience',
  'placement',
  'duration',
  'store',
];

const of2026 = { filters: filters2026, period_unit: unit };
const of2024 = { filters: filters2024, period_unit: unit };

/** What a body may be, by version and endpoint. */
export const DOCUMENTED = {
  '2026': {
    analytics: z.strictObject({
      ...of2026,
      chart_id: z.enum([...charts, 'paywall_view_paid']),
      date_type,
      segmentation: text.optional(),
    }),
    cohort: z.strictObject({
      ...of2026,
      period_type,
      value_type,
      value_field,
      accounting_type: accounting,
      renewal_days,
      prediction_months: z.union([3, 6, 9, 12, 18, 24].map((months) => z.literal(months))).optional(),
    }),
    conversion: z.strictObject({ ...of2026, date_type, segmentation: text.optional(), ...periods }),
    funnel: z.strictObject({
      ...of2026,
      segmentation: text.optional(),
      show_value_as: z.enum(['absolute', 'relative', 'both']).optional(),
    }),
    ltv: z.strictObject({ ...of2026, period_type, segmentation: z.enum(lengths).optional() }),
    retention: z.strictObject({ ...of2026, segmentation: text.optional(), use_trial: z.boolean().optional() }),
  },
  '2024': {
    analytics: z.strictObject({ ...of2024, date_type, segmentation_by: text.optional() }),
    cohort: z.strictObject({
      ...of2024,
      period_type,
      value_type,
      value_field,
      accounting_type: accounting,
      renewal_days,
    }),
    conversion: z.strictObject({ ...of2024, date_type, segmentation_by: text.optional(), ...periods }),
    funnel: z.strictObject({ ...of2024, date_type, segmentation_by: text.optional() }),
    ltv: z.strictObject({ ...of2024, period_type, segmentation: z.enum(lengths).optional(), value_type }),
    retention: z.strictObject({
      ...of2024,
      date_type,
      segmentation_by: text.optional(),
      use_trial: z.boolean().optional(),
      value_type,
    }),
  },
} as const;
