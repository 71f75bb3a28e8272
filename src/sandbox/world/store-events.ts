import type { EventProperties } from './event-table.ts';
import type { Subscription, SubscriptionStepKind } from './subscriptions.ts';

// A first payment is one `purchase`, whether a trial came before it or not.
const EVENT_OF_STEP: Readonly<Record<SubscriptionStepKind, string>> = {
  TRIAL_STARTED: 'trial_start',
  TRIAL_CONVERTED: 'purchase',
  PURCHASED: 'purchase',
  RENEWED: 'subscription_renewed',
  BILLING_ISSUE: 'billing_issue',
  CANCELLED: 'subscription_cancelled',
  EXPIRED: 'subscription_expired',
  REFUNDED: 'refund',
};

/** A product event that a subscription caused. */
export interface StoreEvent {
  readonly name: string;
  readonly timeMs: number;
  readonly properties: EventProperties;
  /** What was paid, in US cents; 0 for a refund, because product analytics cannot take money back. */
  readonly revenueCents: number;
}

/** The product events of a subscription, one for each of its steps, in the same order. */
export function toStoreEvents(subscription: Subscription): StoreEvent[] {
  const { id, product, store, paywall, placement, currency, price, steps } = subscription;
  const details = { subscription_id: id, product_id: product.id, store, paywall, placement, currency };
  return steps.map(({ kind, timeMs, amountUsdCents }) => ({
    name: EVENT_OF_STEP[kind],
    timeMs,
    properties:
      amountUsdCents === 0
        ? details
        : { ...details, price: String(price), price_usd: (amountUsdCents / 100).toFixed(2) },
    revenueCents: Math.max(0, amountUsdCents),
  }));
}
