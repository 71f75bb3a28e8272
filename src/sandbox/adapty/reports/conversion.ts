import type { Sale } from '../ledger/facts.ts';
import type { Subject } from '../ledger/dimensions.ts';
import { refuseField } from '../requests/api-error.ts';
import type { Bodies, DateRange } from '../requests/schemas.ts';
import { splitByBucket } from './buckets.ts';
import { isIn, percent, toGroups } from './question.ts';
import type { Answer, DatedSubject, Group, Question } from './question.ts';
import { toMetric, toSeries } from './metric.ts';

const MONTH_MS = (365 / 12) * 86_400_000;

type Asked = Question<Bodies['conversion']>;

/** People or subscriptions at the state they start from, and those of them that reached the other, at the same date. */
interface Journey {
  readonly starts: readonly DatedSubject[];
  readonly ends: readonly DatedSubject[];
}

/** Answers `/metrics/conversion/`: people from the install on, otherwise subscriptions; one-time purchases are neither. */
export function answerConversion(question: Asked): Answer {
  const { body, whole } = question;
  assertForward(body.from_period, body.to_period);
  const everything = findJourney(question);
  const { starts, ends } = cut(everything, whole);
  const buckets = question.bucketsOf(body.period_unit);
  const groups = toGroups([...starts, ...ends], question);
  const data = groups.map((group) => {
    const own = ofGroup({ starts, ends }, group);
    const arrived = splitByBucket(buckets, own.ends, ({ atMs }) => atMs);
    const values = splitByBucket(buckets, own.starts, ({ atMs }) => atMs).map((some, bucket) =>
      percent(arrived[bucket]?.length ?? 0, some.length),
    );
    return toSeries(group, buckets, { values, value: toRate(own) });
  });
  const words = {
    title: 'Conversion',
    description: '<p>Share of those in the first state who reached the second one.</p>',
    metric_name: toMetricName(body.from_period, body.to_period),
    unit: 'percent',
  };
  const counts = {
    value_from: starts.length,
    value_to: ends.length,
    ...compare(everything, question, body.filters.compare_date ?? undefined),
  };
  return {
    json: toMetric(words, toRate({ starts, ends }), data, counts),
    table: [
      ['Segment', 'Total', ...buckets.map(({ day }) => day)],
      ...data.map(({ title, value, values }) => [title, value, ...values.map(({ y }) => y)]),
    ],
  };
}

function assertForward(from: string | null, to: string): void {
  const rank = (period: string | null): number => (period === null ? -1 : Number.parseInt(period, 10));
  if (from?.endsWith('+')) throw refuseField('from_period', 'value_error', 'value is not a valid period');
  if (to.endsWith('+') || rank(to) > rank(from)) return;
  throw refuseField('to_period', 'value_error', 'ensure this value is greater than from_period');
}

function findJourney({ body, ledger, test }: Asked): Journey {
  const { from_period: from, to_period: to } = body;
  const isByInstall = from === null || body.date_type === 'profile_install_date';
  const sales = ledger.sales.filter((sale) => sale.isSubscription && test(toSubject(sale)));
  if (from !== null) {
    const starts = sales.flatMap((sale): (DatedSubject & { sale: Sale })[] => {
      const reachedMs = from === '0' ? sale.trial?.atMs : sale.payments[Number(from) - 1]?.atMs;
      if (reachedMs === undefined) return [];
      return [{ ...toSubject(sale), atMs: isByInstall ? sale.profile.installedAtMs : reachedMs }];
    });
    return { starts, ends: starts.filter(({ sale }) => hasReached(sale, to)) };
  }
  const starts = ledger.profiles
    .filter((profile) => test({ profile }))
    .map((profile) => ({ profile, atMs: profile.installedAtMs }));
  const first = new Map<number, DatedSubject>();
  for (const sale of sales) {
    const { index, installedAtMs } = sale.profile;
    if (hasReached(sale, to) && !first.has(index)) first.set(index, { ...toSubject(sale), atMs: installedAtMs });
  }
  return { starts, ends: [...first.values()] };
}

function toSubject(sale: Sale): Subject & { readonly sale: Sale } {
  return { profile: sale.profile, sale };
}

// "6+" is somebody who paid for six months or more, at once or by and by.
function hasReached({ trial, payments, periodMs }: Sale, to: string): boolean {
  if (to.endsWith('+')) return payments.length * periodMs >= Number.parseInt(to, 10) * MONTH_MS;
  return to === '0' ? trial !== undefined : payments.length >= Number(to);
}

function cut({ starts, ends }: Journey, bucket: Parameters<typeof isIn>[0]): Journey {
  const isInside = ({ atMs }: DatedSubject): boolean => isIn(bucket, atMs);
  return { starts: starts.filter(isInside), ends: ends.filter(isInside) };
}

function ofGroup({ starts, ends }: Journey, { has }: Group<DatedSubject>): Journey {
  return { starts: starts.filter(has), ends: ends.filter(has) };
}

function toRate({ starts, ends }: Journey): number {
  return percent(ends.length, starts.length);
}

function compare(everything: Journey, { bucketsOf }: Asked, range: DateRange | undefined) {
  if (!range) return { compare_value_from: null, compare_value_to: null };
  const { starts, ends } = cut(everything, bucketsOf('none', range)[0]);
  return { compare_value_from: starts.length, compare_value_to: ends.length };
}

const KNOWN_NAMES: Readonly<Record<string, string>> = {
  'null 0': 'install_trial',
  'null 1': 'install_paid',
  '0 1': 'trial_paid',
};

function toMetricName(from: string | null, to: string): string {
  const known = KNOWN_NAMES[`${from} ${to}`];
  if (known !== undefined) return known;
  const start = from === null ? 'from_install' : from === '0' ? 'from_trial' : from === '1' ? 'from_paid' : undefined;
  const end = to.endsWith('+') ? `${to.slice(0, -1)}_months` : `${to}_period`;
  return `${start ?? `from_${from}_period`}_to_${end}_conversion`;
}
