import { DAY_MS } from '../../world.ts';
import type { Subscription } from '../../world.ts';
import type { ChartFact, FactKind, Money, Payment, Profile, Sale } from './facts.ts';

// Effective rates differ by transaction in the service; here every store keeps 15 %, and taxes take 15 % more.
const PROCEEDS_SHARE = 0.85;
const NET_REVENUE_SHARE = 0.7;

/** What is left of a gross amount in US cents, each rounded to whole cents. */
export function toMoney(grossCents: number): Money {
  return {
    revenue: grossCents,
    proceeds: Math.round(grossCents * PROCEEDS_SHARE),
    net_revenue: Math.round(grossCents * NET_REVENUE_SHARE),
  };
}

/** Writes a subscription of the world down as what the service keeps of it. */
export function toSale(subscription: Subscription, profile: Profile, attributes: Sale['attributes']): Sale {
  const { id, product, steps, startedAtMs } = subscription;
  const timeOf = (kind: string): number | undefined => steps.find((step) => step.kind === kind)?.timeMs;
  const refund = steps.find(({ kind }) => kind === 'REFUNDED');
  const cancelledAtMs = timeOf('CANCELLED');
  const expiredAtMs = timeOf('EXPIRED');
  return {
    id,
    profile,
    attributes,
    isSubscription: Number.isFinite(product.periodDays),
    periodMs: product.periodDays * DAY_MS,
    ...(product.trialDays > 0 && { trial: { atMs: startedAtMs, untilMs: startedAtMs + product.trialDays * DAY_MS } }),
    payments: toPayments(subscription),
    ...(refund && { refund: { atMs: refund.timeMs, money: toMoney(-refund.amountUsdCents) } }),
    ...(cancelledAtMs !== undefined && { cancelledAtMs }),
    ...(expiredAtMs !== undefined && { expiredAtMs }),
    billingIssuesMs: steps.filter(({ kind }) => kind === 'BILLING_ISSUE').map(({ timeMs }) => timeMs),
  };
}

// A refund gives the latest payment back.
function toPayments({ steps }: Subscription): Payment[] {
  const paid = steps.filter(({ amountUsdCents }) => amountUsdCents > 0);
  const isRefunded = steps.some(({ kind }) => kind === 'REFUNDED');
  return paid.map(({ timeMs, amountUsdCents }, index) => ({
    atMs: timeMs,
    money: toMoney(amountUsdCents),
    isRefunded: isRefunded && index === paid.length - 1,
  }));
}

/** Everything a sale adds to the charts. */
export function toSaleFacts(sale: Sale): ChartFact[] {
  const { profile, trial, payments, refund, periodMs } = sale;
  const periods = payments.length;
  const isPaid = periods > 0;
  const facts: ChartFact[] = [];
  const add = (kind: FactKind, atMs: number | undefined, rest: Partial<ChartFact>): void => {
    if (atMs !== undefined) facts.push({ kind, atMs, profile, sale, ...rest });
  };
  add('TRIAL', trial?.atMs, { period: 0, ...(trial && { untilMs: trial.untilMs }) });
  for (const [index, { atMs, money, isRefunded }] of payments.entries()) {
    add('PAYMENT', atMs, { period: index + 1, untilMs: atMs + periodMs, money, isRefunded });
  }
  if (refund) add('REFUND', refund.atMs, { period: periods, money: refund.money });
  add(isPaid ? 'CANCELLED' : 'TRIAL_CANCELLED', sale.cancelledAtMs, { period: periods });
  add(isPaid ? 'EXPIRED' : 'TRIAL_EXPIRED', sale.expiredAtMs, { period: periods });
  for (const atMs of sale.billingIssuesMs) {
    add('BILLING_ISSUE', atMs, { period: payments.filter((payment) => payment.atMs < atMs).length });
  }
  return facts;
}
