import { z } from 'zod';

const DURATIONS = ['Weekly', 'Monthly', '2 months', '3 months', '6 months', 'Annual', 'Lifetime', 'Uncategorized'];
const SOURCES = ['adjust', 'airbridge', 'apple_search_ads', 'appsflyer', 'branch', 'custom'];
const OFFER_CATEGORIES = ['no_offer', 'introductory', 'promotional', 'offer_code', 'win_back', 'retention'];
const OFFER_TYPES = ['free_trial', 'pay_as_you_go', 'pay_up_front'];

const calendarDay = z.string().refine(isCalendarDay, { message: 'invalid date format', params: { code: 'date' } });

/** Two calendar days, both included; one day is the same day twice. */
export const datesField = z
  .array(calendarDay)
  .min(2)
  .max(2)
  // Order is looked at only in two days that are days.
  .transform(([from = '', to = ''], context) => {
    if (from <= to) return { from, to };
    const message = 'ensure the first date is not later than the second';
    context.addIssue({ code: 'custom', message, params: { code: 'date_range' } });
    return z.NEVER;
  });

function isCalendarDay(text: string): boolean {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

const texts = z.array(z.string()).nullish();
const oneOf = (values: readonly string[]) => z.array(z.enum(values)).nullish();
const instant = z.iso.datetime({ offset: true }).nullish();
const country = z.string().regex(/^([A-Za-z]{2})?$/, { message: 'value is not a valid country code' });
// The old document shows pairs of texts where the new one has texts.
const productPairs = z
  .array(z.union([z.string(), z.array(z.string()).length(2)]))
  .nullish()
  .transform((pairs) => pairs?.flat());

const today = {
  date: datesField,
  compare_date: datesField.nullish(),
  store: texts,
  country: z
    .array(country)
    .nullish()
    .transform((codes) => codes?.map((code) => code.toUpperCase())),
  duration: oneOf(DURATIONS),
  attribution_source: oneOf(SOURCES),
  attribution_status: oneOf(['organic', 'non-organic', 'unknown']),
  attribution_channel: texts,
  attribution_campaign: texts,
  attribution_adgroup: texts,
  attribution_adset: texts,
  attribution_creative: texts,
  // Gone from the document, yet the service still applies them: an unknown experiment gives zero.
  app_id: texts,
  paywall_id: texts,
  placement_id: texts,
  audience_id: texts,
  ab_test_id: texts,
  paywalls_group_id: texts,
  placement_audience_version_id: texts,
  purchase_container_id: texts,
};

const filters2026 = z.object({
  ...today,
  store_product_id: texts,
  offer_category: oneOf(OFFER_CATEGORIES),
  offer_type: oneOf(OFFER_TYPES),
  offer_id: texts,
});

// The instants are taken and not looked at: `date` is required beside them. So are the three last ones.
const filters2024 = z.object({
  ...today,
  store_product_id: productPairs,
  date_from: instant,
  date_to: instant,
  compare_date_from: instant,
  compare_date_to: instant,
  renewal_period: z
    .array(z.int())
    .nullish()
    .transform((periods) => periods?.map(String)),
  timezone: z.string().nullish(),
  state: oneOf(['live', 'inactive', 'draft', 'archived']),
  subscription_duration: z.int().nullish(),
  profiles_counting_method: z.enum(['profile_id', 'customer_user_id', 'device_id']).nullish(),
});

/** The `filters` of a version's requests. */
export function filtersField(version: string) {
  return version === '2024' ? filters2024 : filters2026;
}

/** The filters of a request, read. */
export type RequestFilters = z.infer<typeof filters2024> | z.infer<typeof filters2026>;
