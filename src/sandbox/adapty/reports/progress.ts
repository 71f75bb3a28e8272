import type { Payment, Sale } from '../ledger/facts.ts';
import type { AccountingType } from '../requests/schemas.ts';

/** How many paid periods of a sale can have begun by an instant, had it gone on until then. */
export function countDue({ payments, periodMs, trial }: Sale, endMs: number): number {
  const first = payments[0]?.atMs ?? trial?.untilMs ?? Infinity;
  if (first >= endMs) return 0;
  // A late payment moves the next ones; what was paid was due in any case.
  return Math.max(payments.length, Math.floor((endMs - 1 - first) / periodMs) + 1);
}

/** Whether a sale can still be paid again. */
export function isOpen({ isSubscription, expiredAtMs, refund, payments }: Sale): boolean {
  return (isSubscription || payments.length === 0) && expiredAtMs === undefined && refund === undefined;
}

/** Up to which paid period the time has come for at least one of the sales. */
export function lastPeriodOf(sales: readonly Sale[], endMs: number): number {
  return sales.reduce((last, sale) => Math.max(last, countDue(sale, endMs)), 0);
}

/** What a payment brought in the end, in cents: nothing where it was given back. */
export function keptOf({ money, isRefunded }: Payment, accounting: AccountingType): number {
  return isRefunded ? 0 : money[accounting];
}

/** Whole numbers from one to another. */
export function numbersFrom(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
