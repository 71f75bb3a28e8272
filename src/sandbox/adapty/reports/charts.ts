import type { ChartFact, FactKind } from '../ledger/facts.ts';
import type { ChartId } from '../requests/chart-rules.ts';
import type { AccountingType } from '../requests/schemas.ts';

/** How the facts of a chart become a number. */
export type Measure = 'flow' | 'active' | 'per-payer' | 'per-install';

/** What a chart counts. */
export interface Chart {
  readonly title: string;
  readonly description: string;
  readonly measure: Measure;
  readonly kinds: readonly FactKind[];
  /** Whether it is about money: three answers instead of one. */
  readonly isMoney: boolean;
  /** Narrows the facts; absent means all of the kinds. */
  readonly includes?: (fact: ChartFact) => boolean;
  /** What a fact adds; in cents for money. */
  readonly amountOf: (fact: ChartFact, accounting: AccountingType) => number;
}

const DAYS_PER_MONTH = 365 / 12;
const DAY_MS = 86_400_000;

const one = (): number => 1;
const paid = ({ kind, money }: ChartFact, accounting: AccountingType): number =>
  (money?.[accounting] ?? 0) * (kind === 'REFUND' ? -1 : 1);
const perMonth = (fact: ChartFact, accounting: AccountingType): number =>
  paid(fact, accounting) / ((fact.sale?.periodMs ?? Infinity) / DAY_MS / DAYS_PER_MONTH);
const perYear = (fact: ChartFact, accounting: AccountingType): number => 12 * perMonth(fact, accounting);
const isOfSubscription = ({ sale }: ChartFact): boolean => sale?.isSubscription === true;
const isFirstPayment = (fact: ChartFact): boolean => fact.period === 1 && isOfSubscription(fact);
// A refund works backwards: the period given back was never active.
const isKept = (fact: ChartFact): boolean => fact.isRefunded !== true && isOfSubscription(fact);
// Stripe has no grace period: there a billing issue is only that.
const hasGrace = ({ profile }: ChartFact): boolean => profile.attributes.store !== 'stripe';

const count = (kind: FactKind, title: string, includes?: Chart['includes']): Chart => ({
  title,
  description: `<p>${title} in the period.</p>`,
  measure: 'flow',
  kinds: [kind],
  isMoney: false,
  amountOf: one,
  ...(includes && { includes }),
});

/** Every chart of the analytics endpoint. */
export const CHARTS: Readonly<Record<ChartId, Chart>> = {
  revenue: {
    title: 'Revenue',
    description: '<p>Payments, less refunds on the day they are made.</p>',
    measure: 'flow',
    kinds: ['PAYMENT', 'REFUND'],
    isMoney: true,
    amountOf: paid,
  },
  mrr: {
    title: 'MRR',
    description: '<p>Price per month of the subscriptions active at the end of the period.</p>',
    measure: 'active',
    kinds: ['PAYMENT'],
    isMoney: true,
    includes: isKept,
    amountOf: perMonth,
  },
  arr: {
    title: 'ARR',
    description: '<p>Price per year of the subscriptions active at the end of the period.</p>',
    measure: 'active',
    kinds: ['PAYMENT'],
    isMoney: true,
    includes: isKept,
    amountOf: perYear,
  },
  arpu: {
    title: 'ARPU',
    description: '<p>Revenue of the period per user who installed in it.</p>',
    measure: 'per-install',
    kinds: ['PAYMENT', 'REFUND'],
    isMoney: true,
    amountOf: paid,
  },
  arppu: {
    title: 'ARPPU',
    description: '<p>Revenue of the period per user who paid in it; a refund leaves the revenue, not the users.</p>',
    measure: 'per-payer',
    kinds: ['PAYMENT', 'REFUND'],
    isMoney: true,
    amountOf: paid,
  },
  refund_money: {
    title: 'Money refunded',
    description: '<p>Money given back in the period.</p>',
    measure: 'flow',
    kinds: ['REFUND'],
    isMoney: true,
    amountOf: ({ money }, accounting) => money?.[accounting] ?? 0,
  },
  refund_events: count('REFUND', 'Refund events'),
  subscriptions_active: {
    ...count('PAYMENT', 'Active subscriptions', isKept),
    description: '<p>Paid periods that run at the end of the period; grace periods and trials do not count.</p>',
    measure: 'active',
  },
  // Direct starts and trial conversions alike are a first payment.
  subscriptions_new: count('PAYMENT', 'New subscriptions', isFirstPayment),
  subscriptions_renewal_cancelled: count('CANCELLED', 'Subscription renewals cancelled'),
  subscriptions_expired: count('EXPIRED', 'Expired subscriptions'),
  trials_active: {
    ...count('TRIAL', 'Active trials'),
    description: '<p>Trials that run at the end of the period, cancelled ones too.</p>',
    measure: 'active',
  },
  trials_new: count('TRIAL', 'New trials'),
  trials_renewal_cancelled: count('TRIAL_CANCELLED', 'Trial renewals cancelled'),
  trials_expired: count('TRIAL_EXPIRED', 'Expired trials'),
  grace_period: count('BILLING_ISSUE', 'Grace periods', hasGrace),
  billing_issue: count('BILLING_ISSUE', 'Billing issues'),
  non_subscriptions: count('PAYMENT', 'Non-subscriptions', (fact) => !isOfSubscription(fact)),
  installs: count('INSTALLED', 'Installs'),
};
