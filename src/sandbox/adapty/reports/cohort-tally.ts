import { DAY_MS } from '../../world.ts';
import type { Sale } from '../ledger/facts.ts';
import { ACCOUNTING_TYPES } from '../requests/schemas.ts';
import type { AccountingType } from '../requests/schemas.ts';
import { keptOf } from './progress.ts';
import { percent, ratio } from './question.ts';

/** What a cohort bought, in one period or in all. */
export interface Tally {
  /** In cents. */
  readonly money: Readonly<Record<AccountingType, number>>;
  /** Subscriptions and one-time purchases that were paid. */
  readonly subscriptions: number;
  /** People who paid. */
  readonly subscribers: number;
}

// The names of the averages: per paid subscription, per paying user, per installed user.
const AVERAGES = [
  ['revenue', 'arpas', 'arppu', 'arpu'],
  ['proceeds', 'appas', 'apppu', 'appu'],
  ['net_revenue', 'anrpas', 'anrppu', 'anrpu'],
] as const;

/** Adds up what sales brought; in one paid period, where it is given. */
export function tallyPeriod(sales: readonly Sale[], period?: number): Tally {
  const paid = sales.filter(({ payments }) => payments.length >= (period ?? 1));
  // A refund lowers the period it gives back, whenever it was made.
  return toTally(paid, (sale, accounting) =>
    sale.payments
      .slice(period === undefined ? 0 : period - 1, period)
      .reduce((sum, payment) => sum + keptOf(payment, accounting), 0),
  );
}

/** Adds up what sales brought up to so many days after the install of each person; day 0 is the first 24 hours. */
export function tallyDay(sales: readonly Sale[], day: number): Tally {
  const untilOf = ({ profile }: Sale): number => profile.installedAtMs + (day + 1) * DAY_MS;
  const paid = sales.filter((sale) => (sale.payments[0]?.atMs ?? Infinity) < untilOf(sale));
  return toTally(paid, (sale, accounting) => {
    const untilMs = untilOf(sale);
    const gained = sale.payments
      .filter(({ atMs }) => atMs < untilMs)
      .reduce((sum, { money }) => sum + money[accounting], 0);
    const { refund } = sale;
    return refund && refund.atMs < untilMs ? gained - refund.money[accounting] : gained;
  });
}

function toTally(paid: readonly Sale[], amountOf: (sale: Sale, accounting: AccountingType) => number): Tally {
  const sum = (accounting: AccountingType): number =>
    paid.reduce((total, sale) => total + amountOf(sale, accounting), 0);
  return {
    money: { revenue: sum('revenue'), proceeds: sum('proceeds'), net_revenue: sum('net_revenue') },
    subscriptions: paid.length,
    subscribers: new Set(paid.map(({ profile }) => profile.index)).size,
  };
}

/** The nine averages in dollars, each name after the prefix. */
export function toAverages(tally: Tally, installs: number, prefix: string): Record<string, number> {
  return Object.fromEntries(
    AVERAGES.flatMap(([accounting, perSubscription, perPayer, perUser]) => {
      const usd = tally.money[accounting] / 100;
      return [
        [`${prefix}${perSubscription}_usd`, ratio(usd, tally.subscriptions)],
        [`${prefix}${perPayer}_usd`, ratio(usd, tally.subscribers)],
        [`${prefix}${perUser}_usd`, ratio(usd, installs)],
      ];
    }),
  );
}

/** Money in dollars, each name after the prefix. */
export function toMoneyFields({ money }: Tally, prefix: string): Record<string, number> {
  return Object.fromEntries(ACCOUNTING_TYPES.map((name) => [`${prefix}${name}_usd`, money[name] / 100]));
}

/** Shares of the cohort's totals in percent; that the totals are the whole is not public. */
export function toShares(tally: Tally, total: Tally): Record<string, number> {
  return {
    ...Object.fromEntries(
      ACCOUNTING_TYPES.map((name) => [`${name}_relative`, percent(tally.money[name], total.money[name])]),
    ),
    subscriptions_relative: percent(tally.subscriptions, total.subscriptions),
    subscribers_relative: percent(tally.subscribers, total.subscribers),
  };
}
