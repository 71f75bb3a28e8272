import { PRODUCTS } from '../../world.ts';
import type { EventProperties, World } from '../../world.ts';
import type { Table, Value } from './table.ts';

/** What was paid, and how. */
export interface Payment {
  /** In the currency. */
  readonly sum: number;
  /** ISO 4217. */
  readonly currency: string;
  /** Empty where unknown. */
  readonly product: string;
  /** 1 for a purchase, 2 for a subscription, 6 for anything else. */
  readonly purchaseType: number;
  /** 1 where the store confirmed it. */
  readonly isVerified: number;
}

const PURCHASE_TYPES: Readonly<Record<number, string>> = { 1: 'Purchase', 2: 'Subscription', 6: 'Custom revenue' };
const ONE_TIME = new Set(PRODUCTS.filter(({ periodDays }) => periodDays === Infinity).map(({ id }) => id));

/** Reads what an event of the world took; of a trial, nothing. */
export function toPayment({ events }: World, event: number): Payment {
  const properties = events.propertySets[events.properties[event] ?? 0] ?? {};
  const product = properties.product_id;
  return {
    ...toSum(properties, events.revenueCents[event] ?? 0),
    product: product ?? '',
    purchaseType: product === undefined ? 6 : ONE_TIME.has(product) ? 1 : 2,
    // One payment in fifty was never confirmed.
    isVerified: event % 50 === 13 ? 0 : 1,
  };
}

// A payment of the store says its price where it was paid; what own events took is in US dollars.
function toSum({ currency, price, price_usd }: EventProperties, cents: number): Pick<Payment, 'sum' | 'currency'> {
  if (cents === 0) return { sum: 0, currency: currency ?? 'USD' };
  if (currency === undefined || price_usd === undefined) return { sum: cents / 100, currency: 'USD' };
  return { sum: Number(price), currency };
}

// The service's selectors for money are not public; these names are guesses.
/** The columns of payments. */
export function createPaymentColumns(world: World): Table['columns'] {
  const column = (toValue: (payment: Payment) => Value) => (event: number) => toValue(toPayment(world, event));
  return {
    sum: column(({ sum }) => sum),
    currency: column(({ currency }) => currency),
    idProduct: column(({ product }) => product),
    idTransaction: (event) => `sandbox.${event}`,
    countPayment: () => 1,
    isVerified: column(({ isVerified }) => isVerified),
    isVerifiedTitle: column(({ isVerified }) => (isVerified === 1 ? 'Verified' : 'Unverified')),
    idPurchaseType: column(({ purchaseType }) => purchaseType),
    idPurchaseTypeTitle: column(({ purchaseType }) => PURCHASE_TYPES[purchaseType] ?? ''),
  };
}
