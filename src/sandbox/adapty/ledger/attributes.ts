import { AD_CAMPAIGNS, AD_GROUPS, CREATIVES } from '../../world.ts';
import type { Subscription, World, WorldUser } from '../../world.ts';

/** The one app of the emulated account. */
export const APP_ID = '497f6eca-6276-4993-bfeb-53cbbbba6f08';

const STORES: Readonly<Record<string, string>> = { iOS: 'app_store', Android: 'play_store' };

/** Values of the dimensions a person has; empty where nothing is known. */
export function toProfileAttributes({ contexts }: World, user: WorldUser): Record<string, string> {
  const context = contexts[user.context];
  return {
    app_id: APP_ID,
    default: 'default',
    country: context?.place.country ?? '',
    store: STORES[context?.platform ?? ''] ?? 'stripe',
    ...toAttribution(user),
  };
}

function toAttribution({ attribution }: WorldUser): Record<string, string> {
  const campaign = attribution && AD_CAMPAIGNS[attribution.campaign];
  if (!attribution || !campaign) return { attribution_status: 'organic' };
  const group = AD_GROUPS[attribution.adGroup] ?? '';
  // One network calls its groups ad sets, the others ad groups.
  const isAdset = campaign.network === 'Meta';
  return {
    attribution_status: 'non-organic',
    attribution_source: campaign.network === 'Apple Search Ads' ? 'apple_search_ads' : 'appsflyer',
    attribution_channel: campaign.network,
    attribution_campaign: campaign.name,
    attribution_adgroup: isAdset ? '' : group,
    attribution_adset: isAdset ? group : '',
    attribution_creative: CREATIVES[attribution.creative] ?? '',
  };
}

const DURATIONS = { weekly: 'Weekly', monthly: 'Monthly', annual: 'Annual', lifetime: 'Lifetime' };
const AUDIENCE = 'All Users';

/** Values of the dimensions a purchase has. The ids of paywalls and placements are their names here. */
export function toSaleAttributes({ product, paywall, placement, steps }: Subscription): Record<string, string> {
  const kinds = new Set(steps.map(({ kind }) => kind));
  const isOver = kinds.has('CANCELLED') || kinds.has('EXPIRED') || kinds.has('REFUNDED');
  return {
    store_product_id: product.id,
    product: product.id,
    purchase_container_id: product.id,
    duration: DURATIONS[product.duration],
    paywall_id: paywall,
    paywall,
    placement_id: placement,
    placement,
    audience_id: AUDIENCE,
    audience: AUDIENCE,
    // Whether it renews as far as is known today, whatever it did on the day of the chart.
    renewal_status: isOver ? 'cancelled' : 'active',
    cancellation_reason: toCancellationReason(kinds),
  };
}

function toCancellationReason(kinds: ReadonlySet<string>): string {
  if (kinds.has('REFUNDED')) return 'refund';
  if (kinds.has('CANCELLED')) return 'voluntarily_cancelled';
  return kinds.has('EXPIRED') ? 'billing_error' : '';
}
