import type { Subscription, SubscriptionStep, World } from '../../src/sandbox/world.ts';
import { dayOf } from './raw-events.ts';

/** What is left of 100 cents: the emulated stores keep 15 %, and taxes take 15 % more. */
export const LEFT_OVER = { GROSS: 100, PROCEEDS: 85, NET: 70 } as const;

/** Which money: what users paid, without the store's commission, without commission and taxes. */
export type Accounting = keyof typeof LEFT_OVER;

/** Whether a moment lies in UTC days, both included. */
export function isIn(ms: number, from: string, to: string = from): boolean {
  return dayOf(ms) >= from && dayOf(ms) <= to;
}

/** Given cents that users paid or got back, return what of them counts, in whole cents. */
export function centsOf(grossCents: number, accounting: Accounting): number {
  return Math.sign(grossCents) * Math.round((Math.abs(grossCents) * LEFT_OVER[accounting]) / 100);
}

/** The steps of a purchase at which money was taken: its paid periods, in order. */
export function paymentsOf({ steps }: Subscription): SubscriptionStep[] {
  return steps.filter(({ amountUsdCents }) => amountUsdCents > 0);
}

/** When its money was given back; undefined where it never was. A refund gives the latest payment back. */
export function refundOf({ steps }: Subscription): SubscriptionStep | undefined {
  return steps.find(({ kind }) => kind === 'REFUNDED');
}

/** Whether something that is bought goes on, unlike a purchase for life. */
export function isSubscription({ product }: Subscription): boolean {
  return product.duration !== 'lifetime';
}

/** When the trial began; undefined where there was none. */
export function trialOf({ steps }: Subscription): number | undefined {
  return steps.find(({ kind }) => kind === 'TRIAL_STARTED')?.timeMs;
}

/** Given a purchase, return what its payment number `period` brought in the end, in cents: nothing where it was given back. */
export function keptCents(purchase: Subscription, period: number, accounting: Accounting): number {
  const payments = paymentsOf(purchase);
  const payment = payments[period - 1];
  if (!payment || (refundOf(purchase) && period === payments.length)) return 0;
  return centsOf(payment.amountUsdCents, accounting);
}

const DAY_MS = 86_400_000;

/**
 * How many paid periods of a purchase could have begun by the end of the world, had it gone on: its time has come for no
 * more. A trial that was not paid for could have been when it ended.
 */
export function periodsDue(purchase: Subscription, { endMs }: World): number {
  const { product, startedAtMs } = purchase;
  const payments = paymentsOf(purchase);
  let due = 0;
  let beginsAt = payments[0]?.timeMs ?? startedAtMs + product.trialDays * DAY_MS;
  while (beginsAt < endMs) {
    due += 1;
    beginsAt += product.periodDays * DAY_MS;
  }
  // A billing issue makes a payment late, and those after it.
  return Math.max(due, payments.length);
}

/** The store a person would buy at: that of the system the app was installed on. */
export function storeOf({ users, contexts }: World, user: number): string {
  const platform = contexts[users[user]?.context ?? -1]?.platform;
  return platform === 'iOS' ? 'app_store' : platform === 'Android' ? 'play_store' : 'stripe';
}

/** The country where a person installed the app; empty where unknown. */
export function countryOf({ users, contexts }: World, user: number): string {
  return contexts[users[user]?.context ?? -1]?.place.country ?? '';
}

/** The first day of a day's month. */
export function monthOf(ms: number): string {
  return `${dayOf(ms).slice(0, 7)}-01`;
}

/** The Monday of a moment's week. */
export function weekOf(ms: number): string {
  const weekday = (new Date(ms).getUTCDay() + 6) % 7;
  return dayOf(ms - weekday * DAY_MS);
}

/** Whole numbers from one to another, both included. */
export function numbersFrom(first: number, last: number): number[] {
  const numbers: number[] = [];
  for (let number = first; number <= last; number++) numbers.push(number);
  return numbers;
}

/** Numbers added up. */
export function sum(numbers: readonly number[]): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
