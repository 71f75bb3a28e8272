import type { Sale } from '../ledger/facts.ts';
import type { Bodies } from '../requests/schemas.ts';
import { lastPeriodOf, numbersFrom } from './progress.ts';
import { isIn, percent, toGroups } from './question.ts';
import type { Answer, Question } from './question.ts';

interface Start {
  readonly profile: Sale['profile'];
  readonly sale: Sale;
  readonly atMs: number;
}

/**
 * Answers `/metrics/retention/`: subscriptions that began in the range, by the paid periods they reached. No document
 * shows the items of `data`: they are written as those of LTV are, and nothing is deducted for refunds.
 */
export function answerRetention(question: Question<Bodies['retention']>): Answer {
  const { body, ledger, whole, test } = question;
  const starts = ledger.sales.flatMap((sale): Start[] => {
    const atMs = body.use_trial ? sale.trial?.atMs : sale.payments[0]?.atMs;
    const { profile, isSubscription } = sale;
    if (!isSubscription || atMs === undefined || !isIn(whole, atMs) || !test({ profile, sale })) return [];
    return [{ profile, sale, atMs }];
  });
  const segmentation = question.segmentation ?? body.period_unit ?? undefined;
  const firstPeriod = body.use_trial ? 0 : 1;
  const data = toGroups(starts, { ...question, segmentation }).map(({ title, type, members }) => ({
    title,
    type,
    values: toValues(
      members.map(({ sale }) => sale),
      firstPeriod,
      ledger.endMs,
    ),
    cohort_size: members.length,
  }));
  const periods = numbersFrom(firstPeriod, Math.max(0, ...data.flatMap(({ values }) => values.map((v) => v.period))));
  return {
    json: {
      data,
      title: 'Retention',
      metric_name: 'retention',
      description: '<p>Subscriptions that reached each period.</p>',
      value_type: null,
    },
    table: [
      ['Segment', 'Total', ...periods],
      ...data.map(({ title, cohort_size: size, values }) => [
        title,
        size,
        ...periods.map((period) => values.find((value) => value.period === period)?.value ?? null),
      ]),
    ],
  };
}

// Periods whose time has come for none of them are absent.
function toValues(sales: readonly Sale[], firstPeriod: number, endMs: number) {
  return numbersFrom(firstPeriod, lastPeriodOf(sales, endMs)).map((period) => {
    const value = period === 0 ? sales.length : sales.filter(({ payments }) => payments.length >= period).length;
    return { period, value, value_relative: percent(value, sales.length) };
  });
}
