/** Every chart of the analytics endpoint. */
export const CHART_IDS = [
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

/** A chart of the analytics endpoint. */
export type ChartId = (typeof CHART_IDS)[number];

const ATTRIBUTION = [
  'attribution_source',
  'attribution_status',
  'attribution_channel',
  'attribution_campaign',
  'attribution_adgroup',
  'attribution_adset',
  'attribution_creative',
];
const PEOPLE = ['country', 'store', ...ATTRIBUTION];
const PURCHASES = [...PEOPLE, 'store_product_id', 'paywall_id', 'audience_id', 'placement_id', 'duration'];
const OFFERS = ['offer_category', 'offer_type', 'offer_id'];
const WHOLE = [...PURCHASES, 'renewal_status', 'period', ...OFFERS];
const STARTS = [...PURCHASES, ...OFFERS];
const ENDS = [...PURCHASES, 'cancellation_reason'];

const CHART_SEGMENTATIONS: Readonly<Record<ChartId, readonly string[]>> = {
  revenue: WHOLE,
  mrr: WHOLE,
  arr: WHOLE,
  subscriptions_active: WHOLE,
  trials_active: WHOLE,
  arppu: [...PURCHASES, 'renewal_status', 'period'],
  arpu: [...PEOPLE, 'period'],
  installs: PEOPLE,
  subscriptions_new: STARTS,
  trials_new: STARTS,
  refund_events: STARTS,
  subscriptions_expired: ENDS,
  trials_expired: ENDS,
  subscriptions_renewal_cancelled: PURCHASES,
  trials_renewal_cancelled: PURCHASES,
  grace_period: PURCHASES,
  billing_issue: PURCHASES,
  refund_money: PURCHASES,
  non_subscriptions: PURCHASES,
};

const DATES = ['day', 'week', 'month', 'year'];
const JOURNEY = [
  'app_id',
  'period',
  'renewal_status',
  'cancellation_reason',
  ...PURCHASES,
  'purchase_container_id',
  'default',
  ...DATES,
];
// The list has no `store_product_id`, the document's own example sends it.
const LTV = [
  ...DATES,
  'country',
  'product',
  'paywall',
  'paywalls_group',
  'audience',
  'placement',
  'duration',
  'store',
  'store_product_id',
];

/** What an endpoint, or one of its charts, can be segmented by. */
export function segmentationsOf(endpoint: string, chart: ChartId | undefined): readonly string[] {
  if (chart !== undefined) return CHART_SEGMENTATIONS[chart];
  return endpoint === 'ltv' ? LTV : JOURNEY;
}

const INSTALL_CHARTS: readonly string[] = ['installs', 'arpu'];
const EVENT_CHARTS: readonly string[] = [
  'trials_renewal_cancelled',
  'trials_expired',
  'grace_period',
  'billing_issue',
  'subscriptions_renewal_cancelled',
  'subscriptions_expired',
];

/** Documented filters that a chart does not have; those no document mentions are nobody's to refuse. */
export function refusedFiltersOf(chart: ChartId): readonly string[] {
  if (INSTALL_CHARTS.includes(chart)) return ['compare_date', 'store_product_id', 'duration', ...OFFERS];
  return EVENT_CHARTS.includes(chart) ? ['compare_date', ...OFFERS] : [];
}
