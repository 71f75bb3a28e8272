import { DAY_MS } from '../../world.ts';
import type { Profile, Sale } from '../ledger/facts.ts';
import type { Bodies } from '../requests/schemas.ts';
import { splitByBucket } from './buckets.ts';
import type { Bucket } from './buckets.ts';
import { tallyDay, tallyPeriod, toAverages, toMoneyFields, toShares } from './cohort-tally.ts';
import { isOpen, lastPeriodOf, numbersFrom } from './progress.ts';
import type { Answer, Question } from './question.ts';

type Asked = Question<Bodies['cohort']>;

/** People who installed in a bucket, and what they bought. */
interface Cohort {
  readonly bucket: Bucket;
  readonly people: readonly Profile[];
  readonly sales: readonly Sale[];
}

/**
 * Answers `/metrics/cohort/`: people by install date, one-time purchases too. By renewals a value is about one paid
 * period; by days it is everything up to that day. Every field comes back, whatever value is asked for.
 */
export function answerCohort(question: Asked): Answer {
  const { body, whole } = question;
  const people = question.ledger.profiles.filter((profile) => question.test({ profile }));
  const toCohorts = (buckets: readonly Bucket[]): Cohort[] =>
    splitByBucket(buckets, people, ({ installedAtMs }) => installedAtMs).map((people, index) => ({
      bucket: buckets[index] as Bucket,
      people,
      sales: people.flatMap((profile) => profile.sales.filter((sale) => question.test({ profile, sale }))),
    }));
  const rows = [
    ...toCohorts(whole ? [whole] : []).map((cohort) => toSegment({ title: 'Total', start: null, ...cohort }, question)),
    ...toCohorts(question.bucketsOf(body.period_unit)).map((cohort) =>
      toSegment({ title: cohort.bucket.day, start: cohort.bucket.day, ...cohort }, question),
    ),
  ];
  const periods = rows[0]?.values.map(({ period }) => period) ?? [];
  const [totalField, field] = toFieldNames(body);
  return {
    json: { data: rows },
    table: [
      ['Cohort', 'Total', ...periods],
      ...rows.map((row) => [
        row.title,
        toNumber(row, totalField),
        ...periods.map((period) => {
          const value = row.values.find((one) => one.period === period);
          return value ? toNumber(value, field) : null;
        }),
      ]),
    ],
  };
}

function toSegment(cohort: Cohort & { title: string; start: string | null }, question: Asked) {
  const { people, sales, title, start } = cohort;
  const { body, ledger } = question;
  const total = tallyPeriod(sales);
  const installs = people.length;
  const isByDays = body.period_type === 'days';
  const periods = isByDays
    ? body.renewal_days.filter((day) => cohort.bucket.startMs + day * DAY_MS < ledger.endMs)
    : numbersFrom(1, Math.max(1, lastPeriodOf(sales, ledger.endMs)));
  return {
    segment_start_date: start,
    type: start === null ? 'total' : 'single',
    title,
    total_installs: installs,
    total_subscriptions: total.subscriptions,
    total_paid_subscribers: total.subscribers,
    ...toMoneyFields(total, 'total_'),
    ...toAverages(total, installs, 'total_'),
    // What a prediction holds is not public.
    predict: null,
    // Periods whose time has come for nobody of the cohort are absent.
    values: periods.map((period) => {
      const tally = isByDays ? tallyDay(sales, period) : tallyPeriod(sales, period);
      return {
        period,
        ...toAverages(tally, installs, ''),
        ...toMoneyFields(tally, ''),
        ...toShares(tally, total),
        installs,
        subscriptions: tally.subscriptions,
        subscribers: tally.subscribers,
        currently_active_period: isByDays
          ? cohort.bucket.endMs + (period + 1) * DAY_MS > ledger.endMs
          : isRunning(cohort, period, ledger.endMs),
      };
    }),
  };
}

// Somebody may still come to this period: a subscription that goes on, or for the first one a person yet to install.
function isRunning({ bucket, sales }: Cohort, period: number, endMs: number): boolean {
  if (period === 1 && bucket.endMs > endMs) return true;
  return sales.some((sale) => sale.payments.length < period && isOpen(sale));
}

function toFieldNames({ value_field: field, accounting_type: accounting, value_type }: Bodies['cohort']) {
  if (field === 'subscribers' || field === 'subscriptions') {
    const name = value_type === 'relative' ? `${field}_relative` : field;
    return [field === 'subscribers' ? 'total_paid_subscribers' : 'total_subscriptions', name] as const;
  }
  const letter = { revenue: 'ar', proceeds: 'ap', net_revenue: 'anr' }[accounting];
  const name = field === 'revenue' ? accounting : `${letter}${field.slice(2)}`;
  const hasShare = field === 'revenue' && value_type === 'relative';
  return [`total_${name}_usd`, hasShare ? `${name}_relative` : `${name}_usd`] as const;
}

function toNumber(fields: object, name: string): number | null {
  const value: unknown = Object.entries(fields).find(([key]) => key === name)?.[1];
  return typeof value === 'number' ? value : null;
}
