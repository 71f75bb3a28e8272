import type { AccountingType } from '../requests/schemas.ts';

/** Money of one transaction in US cents. */
export type Money = Readonly<Record<AccountingType, number>>;

/** A person who installed the app. */
export interface Profile {
  readonly index: number;
  readonly installedAtMs: number;
  readonly sawPaywall: boolean;
  /** Values of the dimensions a person has. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly sales: Sale[];
}

/** A payment, the n-th of its sale. */
export interface Payment {
  readonly atMs: number;
  /** Positive. */
  readonly money: Money;
  readonly isRefunded: boolean;
}

/** A trial with what followed, a subscription, or a one-time purchase. */
export interface Sale {
  readonly id: string;
  readonly profile: Profile;
  /** Values of the dimensions a purchase has. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly isSubscription: boolean;
  /** Length of a paid period; Infinity for a one-time purchase. */
  readonly periodMs: number;
  /** Absent where it was paid at once. */
  readonly trial?: { readonly atMs: number; readonly untilMs: number };
  /** Periods paid, in order. */
  readonly payments: readonly Payment[];
  readonly refund?: { readonly atMs: number; readonly money: Money };
  readonly cancelledAtMs?: number;
  readonly expiredAtMs?: number;
  readonly billingIssuesMs: readonly number[];
}

/** What can be counted. */
export type FactKind =
  | 'INSTALLED'
  | 'TRIAL'
  | 'TRIAL_CANCELLED'
  | 'TRIAL_EXPIRED'
  | 'PAYMENT'
  | 'REFUND'
  | 'CANCELLED'
  | 'EXPIRED'
  | 'BILLING_ISSUE';

/** One thing that happened to a person. */
export interface ChartFact {
  readonly kind: FactKind;
  readonly atMs: number;
  readonly profile: Profile;
  /** Absent for installs. */
  readonly sale?: Sale;
  /** Paid period it belongs to, 0 for the trial. */
  readonly period?: number;
  /** End of what was begun, for trials and payments. */
  readonly untilMs?: number;
  /** Positive also for refunds. */
  readonly money?: Money;
  readonly isRefunded?: boolean;
}
