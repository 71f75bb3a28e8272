import type { Dimension } from '../../analytics/catalog.ts';
import type { AdaptyVersion } from './config.ts';

/** A dimension with Adapty's own word for it. */
interface AdaptyDimension extends Dimension {
  readonly word: string;
  /** Documented in 2024 only. */
  readonly is2024?: true;
}

const WITH_ATTRIBUTION: readonly AdaptyDimension[] = [
  {
    key: 'country',
    word: 'country',
    name: 'Country',
    description: 'ISO 3166-1 alpha-2 code, of each transaction; for installs, of the device.',
  },
  {
    key: 'store',
    word: 'store',
    name: 'Store',
    description: '`app_store`, `play_store`, `stripe`, or the id of a custom store.',
  },
  {
    key: 'attribution_status',
    word: 'attribution_status',
    name: 'Attribution status',
    description: '`organic`, `non-organic` or `unknown`.',
  },
  { key: 'channel', word: 'attribution_channel', name: 'Channel', description: 'Marketing channel.' },
  { key: 'campaign', word: 'attribution_campaign', name: 'Campaign', description: 'Campaign that the user came from.' },
  { key: 'ad_group', word: 'attribution_adgroup', name: 'Ad group', description: 'Ad group within the campaign.' },
  { key: 'ad_set', word: 'attribution_adset', name: 'Ad set', description: 'Ad set within the campaign.' },
  { key: 'creative', word: 'attribution_creative', name: 'Creative', description: 'Ad that the user saw.' },
  {
    key: 'network',
    word: 'attribution_source',
    name: 'Network',
    description:
      'Who attributed the install: `adjust`, `airbridge`, `apple_search_ads`, `appsflyer`, `branch` or `custom`.',
  },
];

const OF_PRODUCTS: readonly AdaptyDimension[] = [
  { key: 'product', word: 'store_product_id', name: 'Product', description: 'Id of the product at its store.' },
  {
    key: 'subscription_duration',
    word: 'duration',
    name: 'Subscription duration',
    description: '`Weekly`, `Monthly`, `2 months`, `3 months`, `6 months`, `Annual`, `Lifetime` or `Uncategorized`.',
  },
  { key: 'paywall', word: 'paywall_id', name: 'Paywall', description: 'Id of the paywall.' },
  { key: 'placement', word: 'placement_id', name: 'Placement', description: 'Id of the placement.' },
  { key: 'audience', word: 'audience_id', name: 'Audience', description: 'Id of the audience.' },
];

const OWN: readonly AdaptyDimension[] = [
  { key: 'renewal_status', word: 'renewal_status', name: 'Renewal status', description: 'Whether it will renew.' },
  {
    key: 'cancellation_reason',
    word: 'cancellation_reason',
    name: 'Cancellation reason',
    description: 'Why it ended.',
  },
  {
    key: 'period',
    word: 'period',
    name: 'Period',
    description: 'Which period of the subscription, from the trial on.',
  },
  {
    key: 'offer_category',
    word: 'offer_category',
    name: 'Offer category',
    description: '`no_offer`, `introductory`, `promotional`, `offer_code`, `win_back` or `retention`.',
  },
  {
    key: 'offer_type',
    word: 'offer_type',
    name: 'Offer type',
    description: '`free_trial`, `pay_as_you_go` or `pay_up_front`.',
  },
  { key: 'offer_id', word: 'offer_id', name: 'Offer', description: 'Id of the offer.' },
  { key: 'app', word: 'app_id', name: 'App', description: "Adapty's id of the app." },
  {
    key: 'purchase_container_id',
    word: 'purchase_container_id',
    name: 'Purchase container',
    description: 'Id of what the purchase was made in.',
  },
  {
    key: 'paywalls_group_id',
    word: 'paywalls_group_id',
    name: 'Paywalls group',
    description: 'Id of the group of paywalls.',
  },
  { key: 'ab_test_id', word: 'ab_test_id', name: 'A/B test', description: 'Id of the A/B test.', is2024: true },
  {
    key: 'placement_audience_version_id',
    word: 'placement_audience_version_id',
    name: 'Placement audience version',
    description: 'Id of a version of a placement for an audience.',
    is2024: true,
  },
  {
    key: 'state',
    word: 'state',
    name: 'State',
    description: '`live`, `inactive`, `draft` or `archived`.',
    is2024: true,
  },
  { key: 'segment_id', word: 'segment_id', name: 'Segment', description: 'Id of the segment.', is2024: true },
  {
    key: 'renewal_period',
    word: 'renewal_period',
    name: 'Renewal period',
    description: 'Number of a paid period.',
    is2024: true,
  },
];

const ALL = [...WITH_ATTRIBUTION, ...OF_PRODUCTS, ...OWN];
const WORDS: ReadonlyMap<string, string> = new Map(ALL.map(({ key, word }) => [key, word]));
const KEYS: ReadonlyMap<string, string> = new Map(ALL.map(({ key, word }) => [word, key]));

/** Adapty's words for what every chart can be split and filtered by. */
export const ATTRIBUTION_WORDS: readonly string[] = WITH_ATTRIBUTION.map(({ word }) => word);
/** Adapty's words for what only charts about purchases can be split by. */
export const PRODUCT_WORDS: readonly string[] = OF_PRODUCTS.map(({ word }) => word);
/** Adapty's words for the offer that a purchase was made with. */
export const OFFER_WORDS: readonly string[] = ['offer_category', 'offer_type', 'offer_id'];
/** Adapty's words for the two dimensions of products that can be filtered by. */
export const PRODUCT_FILTER_WORDS: readonly string[] = ['store_product_id', 'duration'];

/** The dimensions of a version's catalog. */
export function dimensionsOf(version: AdaptyVersion): Dimension[] {
  return ALL.filter(({ is2024 }) => version === '2024' || !is2024).map(({ key, name, description }) => ({
    key,
    name,
    description,
  }));
}

/** Given a dimension's key, return Adapty's word. */
export function toWord(key: string): string {
  return WORDS.get(key) ?? key;
}

/** Given Adapty's word, return the dimension's key. */
export function toKey(word: string): string {
  return KEYS.get(word) ?? word;
}
