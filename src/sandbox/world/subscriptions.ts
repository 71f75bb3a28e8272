import { DAY_MS } from './period.ts';
import { UNITS_PER_USD } from './places.ts';
import type { Random } from './random.ts';
import type { EventContext } from './users.ts';

/** Something people can pay for. */
export interface Product {
  readonly id: string;
  readonly duration: 'weekly' | 'monthly' | 'annual' | 'lifetime';
  /** Length of a paid period; Infinity for a one-time purchase. */
  readonly periodDays: number;
  /** 0 where there is no free trial. */
  readonly trialDays: number;
  readonly priceUsdCents: number;
  /** Chance that a paid period is followed by another one. */
  readonly renewalChance: number;
}

/** The price list. */
export const PRODUCTS: readonly Product[] = [
  { id: 'premium.weekly', duration: 'weekly', periodDays: 7, trialDays: 3, priceUsdCents: 499, renewalChance: 0.78 },
  { id: 'premium.monthly', duration: 'monthly', periodDays: 30, trialDays: 7, priceUsdCents: 999, renewalChance: 0.86 },
  { id: 'premium.annual', duration: 'annual', periodDays: 365, trialDays: 14, priceUsdCents: 5999, renewalChance: 0.6 },
  {
    id: 'premium.lifetime',
    duration: 'lifetime',
    periodDays: Infinity,
    trialDays: 0,
    priceUsdCents: 14_999,
    renewalChance: 0,
  },
];

/** What can happen to a subscription. `PURCHASED` and `TRIAL_CONVERTED` are first payments. */
export type SubscriptionStepKind =
  | 'TRIAL_STARTED'
  | 'TRIAL_CONVERTED'
  | 'PURCHASED'
  | 'RENEWED'
  | 'BILLING_ISSUE'
  | 'CANCELLED'
  | 'EXPIRED'
  | 'REFUNDED';

/** One thing that happened to a subscription. */
export interface SubscriptionStep {
  readonly kind: SubscriptionStepKind;
  readonly timeMs: number;
  /** Money moved in US cents before commission and tax: positive for payments, negative for refunds, 0 for the rest. */
  readonly amountUsdCents: number;
}

/** One purchase of a product and everything that followed, up to the end of the world. */
export interface Subscription {
  readonly id: string;
  /** Index into the world's users. */
  readonly user: number;
  readonly product: Product;
  readonly store: 'app_store' | 'play_store' | 'stripe';
  readonly paywall: string;
  readonly placement: string;
  /** ISO 4217. */
  readonly currency: string;
  /** What a period costs in that currency. */
  readonly price: number;
  readonly startedAtMs: number;
  /** In order of time; the first is TRIAL_STARTED or PURCHASED. */
  readonly steps: readonly SubscriptionStep[];
}

/** Where an offer was accepted. */
export interface AcceptedOffer {
  readonly id: string;
  readonly user: number;
  readonly context: EventContext;
  readonly product: Product;
  readonly paywall: string;
  readonly placement: string;
  readonly atMs: number;
}

const STORES: Readonly<Record<string, Subscription['store']>> = { iOS: 'app_store', Android: 'play_store' };

/** Plays a subscription from its start to the end of the world. */
export function createSubscription(random: Random, offer: AcceptedOffer, endMs: number): Subscription {
  const { id, user, context, product, paywall, placement, atMs } = offer;
  const { currency } = context.place;
  const units = (product.priceUsdCents / 100) * (UNITS_PER_USD[currency] ?? 1);
  const store = STORES[context.platform] ?? 'stripe';
  const steps = playSteps(random, product, atMs).filter((step) => step.timeMs < endMs);
  return {
    id,
    user,
    product,
    store,
    paywall,
    placement,
    currency,
    price: Math.round(units * 100) / 100,
    startedAtMs: atMs,
    steps,
  };
}

function playSteps(random: Random, product: Product, atMs: number): SubscriptionStep[] {
  const steps: SubscriptionStep[] = [];
  const add = (kind: SubscriptionStepKind, timeMs: number, amountUsdCents = 0): void => {
    steps.push({ kind, timeMs, amountUsdCents });
  };
  let paidAtMs = atMs;
  if (product.trialDays > 0) {
    add('TRIAL_STARTED', atMs);
    paidAtMs = atMs + product.trialDays * DAY_MS;
    if (random.chance(0.48)) {
      add('CANCELLED', atMs + Math.floor(random.next() * product.trialDays * DAY_MS));
      add('EXPIRED', paidAtMs);
      return steps;
    }
    add('TRIAL_CONVERTED', paidAtMs, product.priceUsdCents);
  } else {
    add('PURCHASED', atMs, product.priceUsdCents);
  }
  if (random.chance(0.03)) {
    add('REFUNDED', paidAtMs + Math.floor((0.1 + 0.8 * random.next()) * 4 * DAY_MS), -product.priceUsdCents);
    return steps;
  }
  if (product.renewalChance > 0) playRenewals(random, product, { paidAtMs, add });
  return steps;
}

interface PaidPeriod {
  readonly paidAtMs: number;
  readonly add: (kind: SubscriptionStepKind, timeMs: number, amountUsdCents?: number) => void;
}

// Two years of periods are played, then cut at the end of the world: the draws do not depend on the day it ends.
function playRenewals(random: Random, product: Product, { paidAtMs, add }: PaidPeriod): void {
  const periodMs = product.periodDays * DAY_MS;
  let periodStartMs = paidAtMs;
  for (let period = 0; period * product.periodDays < 730; period += 1) {
    const periodEndMs = periodStartMs + periodMs;
    if (!random.chance(product.renewalChance)) {
      add('CANCELLED', periodStartMs + Math.floor(random.next() * periodMs));
      add('EXPIRED', periodEndMs);
      return;
    }
    periodStartMs = periodEndMs;
    if (random.chance(0.06)) {
      add('BILLING_ISSUE', periodEndMs);
      periodStartMs += Math.floor(DAY_MS * (0.5 + 2 * random.next()));
      if (random.chance(0.4)) {
        add('EXPIRED', periodStartMs);
        return;
      }
    }
    add('RENEWED', periodStartMs, product.priceUsdCents);
  }
}
