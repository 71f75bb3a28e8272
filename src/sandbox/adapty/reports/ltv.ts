import { DAY_MS } from '../../world.ts';
import type { Profile, Sale } from '../ledger/facts.ts';
import { ACCOUNTING_TYPES, DEFAULT_RENEWAL_DAYS } from '../requests/schemas.ts';
import type { AccountingType, Bodies } from '../requests/schemas.ts';
import { keptOf, lastPeriodOf, numbersFrom } from './progress.ts';
import { isIn, ratio, toGroups } from './question.ts';
import type { Answer, DatedSubject, Question } from './question.ts';

/** What a person of the cohort bought; the date is that of the person's first payment. */
interface Purchase extends DatedSubject {
  readonly sale: Sale;
}

type Counting = { readonly isByDays: boolean; readonly endMs: number; readonly accounting: AccountingType };

/**
 * Answers `/metrics/ltv/`: what people whose first payment is in the range have paid since, refunds taken back, per
 * person, one-time purchases too. No document shows the items of `values`: each is what a person brought up to then.
 */
export function answerLtv(question: Question<Bodies['ltv']>): Answer {
  const { body, ledger, whole } = question;
  const purchases = ledger.profiles
    .flatMap((profile) => toPurchases(profile, question))
    .filter(({ atMs }) => isIn(whole, atMs));
  const segmentation = question.segmentation ?? body.period_unit ?? undefined;
  const groups = toGroups(purchases, { ...question, segmentation });
  const toMetric = (accounting: AccountingType) => {
    const counting = { isByDays: body.period_type === 'days', endMs: ledger.endMs, accounting };
    const data = groups.map(({ title, type, members }) => ({ title, type, ...toRow(members, counting) }));
    const description = '<p>Money per paying user, added up from the first payment on.</p>';
    return { data, description, value: data[0]?.value ?? 0, unit: 'USD', title: 'Lifetime value' };
  };
  const metrics = ACCOUNTING_TYPES.map((accounting) => [accounting, toMetric(accounting)] as const);
  const periods = metrics[0]?.[1].data[0]?.values.map(({ period }) => period) ?? [];
  return {
    json: Object.fromEntries(metrics),
    table: [
      ['Accounting type', 'Segment', 'Cohort size', 'Total', ...periods],
      ...metrics.flatMap(([accounting, { data }]) =>
        data.map(({ title, value, values, cohort_size: size }) => [
          accounting,
          title,
          size,
          value,
          ...periods.map((_, index) => values[index]?.value ?? null),
        ]),
      ),
    ],
  };
}

function toPurchases(profile: Profile, { test }: Question<unknown>): Purchase[] {
  const sales = profile.sales.filter((sale) => sale.payments.length > 0 && test({ profile, sale }));
  const atMs = Math.min(...sales.map(({ payments }) => payments[0]?.atMs ?? Infinity));
  return sales.map((sale) => ({ profile, sale, atMs }));
}

function toRow(purchases: readonly Purchase[], counting: Counting) {
  const { isByDays, endMs } = counting;
  const size = new Set(purchases.map(({ profile }) => profile.index)).size;
  const perPerson = (cents: number): number => ratio(cents, size) / 100;
  const sum = (amountOf: (purchase: Purchase) => number): number =>
    perPerson(purchases.reduce((total, purchase) => total + amountOf(purchase), 0));
  const last = lastPeriodOf(
    purchases.map(({ sale }) => sale),
    endMs,
  );
  // Periods and days whose time has come for none of them are absent.
  const values = isByDays
    ? DEFAULT_RENEWAL_DAYS.filter((day) => purchases.some(({ atMs }) => atMs + day * DAY_MS < endMs)).map((day) => ({
        period: day,
        value: sum((purchase) => paidByDay(purchase, day, counting)),
      }))
    : numbersFrom(1, last).map((period) => ({
        period,
        value: sum((purchase) => paidByPeriod(purchase, period, counting)),
      }));
  return { value: sum((purchase) => paidByPeriod(purchase, Infinity, counting)), values, cohort_size: size };
}

function paidByPeriod({ sale }: Purchase, period: number, { accounting }: Counting): number {
  return sale.payments.slice(0, period).reduce((sum, payment) => sum + keptOf(payment, accounting), 0);
}

// Day 0 is the first 24 hours; a refund counts from the day it is made.
function paidByDay({ sale, atMs }: Purchase, day: number, { accounting }: Counting): number {
  const untilMs = atMs + (day + 1) * DAY_MS;
  const paid = sale.payments
    .filter((payment) => payment.atMs < untilMs)
    .reduce((sum, { money }) => sum + money[accounting], 0);
  const isBack = sale.refund !== undefined && sale.refund.atMs < untilMs;
  return isBack ? paid - (sale.refund?.money[accounting] ?? 0) : paid;
}
