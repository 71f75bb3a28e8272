import type { ChartFact } from '../ledger/facts.ts';
import { ACCOUNTING_TYPES } from '../requests/schemas.ts';
import type { AccountingType, Bodies } from '../requests/schemas.ts';
import { findBucket } from './buckets.ts';
import type { Bucket } from './buckets.ts';
import { CHARTS } from './charts.ts';
import type { Chart } from './charts.ts';
import { isIn, ratio, toGroups } from './question.ts';
import type { Answer, Question } from './question.ts';
import { toMetric, toSeries } from './metric.ts';
import type { Numbers } from './metric.ts';

interface Plotting {
  readonly chart: Chart;
  readonly buckets: readonly Bucket[];
  readonly isByInstall: boolean;
  readonly endMs: number;
}

/** Answers `/metrics/analytics/`. The comparison dates are checked and not shown: where their numbers go is not public. */
export function answerAnalytics(question: Question<Bodies['analytics']>): Answer {
  const { body, ledger, test } = question;
  const chart = CHARTS[body.chart_id];
  const buckets = question.bucketsOf(body.period_unit);
  const isByInstall = body.date_type === 'profile_install_date';
  const plotting = { chart, buckets, isByInstall, endMs: ledger.endMs };
  const facts = ledger.factsOf(chart.kinds).filter((fact) => (chart.includes?.(fact) ?? true) && test(fact));
  const installs = chart.measure === 'per-install' ? ledger.factsOf(['INSTALLED']).filter(test) : [];
  const groups = toGroups(facts.filter(toRelevance(question, plotting)), question);
  const people = groups.map((group) => installs.filter(group.has));
  const toData = (accounting: AccountingType) =>
    groups.map((group, index) =>
      toSeries(group, buckets, plot(group.members, people[index] ?? [], { ...plotting, accounting })),
    );
  const keys = chart.isMoney ? ACCOUNTING_TYPES : (['common'] as const);
  const answers = keys.map((key) => [key, toData(key === 'common' ? 'revenue' : key)] as const);
  const { title, description, isMoney } = chart;
  const metric = { title, description, metric_name: body.chart_id, unit: isMoney ? 'USD' : null };
  return {
    json: {
      data: Object.fromEntries(answers.map(([key, data]) => [key, toMetric(metric, data[0]?.value ?? 0, data)])),
    },
    table: [
      ['Accounting type', 'Segment', 'Total', ...buckets.map(({ day }) => day)],
      ...answers.flatMap(([key, data]) =>
        data.map(({ title, value, values }) => [key, title, value, ...values.map(({ y }) => y)]),
      ),
    ],
  };
}

// Segments are made only of what is in the range, so that none is all zero.
function toRelevance({ whole }: Question<unknown>, { chart, isByInstall, endMs }: Plotting) {
  return (fact: ChartFact): boolean => {
    if (isByInstall) return isIn(whole, fact.profile.installedAtMs);
    if (chart.measure !== 'active') return isIn(whole, fact.atMs);
    return (
      whole !== undefined &&
      fact.atMs < Math.min(whole.endMs, endMs) &&
      (fact.untilMs ?? 0) > Math.min(whole.startMs, endMs - 1)
    );
  };
}

function plot(
  facts: readonly ChartFact[],
  installs: readonly ChartFact[],
  plotting: Plotting & { accounting: AccountingType },
): Numbers {
  const { chart, buckets, isByInstall } = plotting;
  if (chart.measure === 'active') return plotActive(facts, plotting);
  const bucketOf = (fact: ChartFact): number =>
    findBucket(buckets, isByInstall ? fact.profile.installedAtMs : fact.atMs);
  const { sums, total } = addUp(facts, bucketOf, plotting);
  if (chart.measure === 'flow') return toNumbers(sums, total, chart);
  const payers = facts.filter(({ kind }) => kind === 'PAYMENT');
  const people = countPeople(chart.measure === 'per-payer' ? payers : installs, bucketOf, buckets.length);
  return toNumbers(
    sums.map((sum, bucket) => ratio(sum, people.each[bucket] ?? 0)),
    ratio(total, people.all),
    chart,
  );
}

function addUp(
  facts: readonly ChartFact[],
  bucketOf: (fact: ChartFact) => number,
  { chart, buckets, accounting }: Plotting & { accounting: AccountingType },
): { sums: number[]; total: number } {
  const sums = buckets.map(() => 0);
  let total = 0;
  for (const fact of facts) {
    const bucket = bucketOf(fact);
    if (bucket < 0) continue;
    const amount = chart.amountOf(fact, accounting);
    sums[bucket] = (sums[bucket] ?? 0) + amount;
    total += amount;
  }
  return { sums, total };
}

function countPeople(
  facts: readonly ChartFact[],
  bucketOf: (fact: ChartFact) => number,
  buckets: number,
): { each: number[]; all: number } {
  const each = Array.from({ length: buckets }, () => new Set<number>());
  const all = new Set<number>();
  for (const fact of facts) {
    const bucket = bucketOf(fact);
    if (bucket < 0) continue;
    each[bucket]?.add(fact.profile.index);
    all.add(fact.profile.index);
  }
  return { each: each.map(({ size }) => size), all: all.size };
}

// What runs at the last moment of a bucket that is known. By install date, what runs now of those who installed then.
function plotActive(
  facts: readonly ChartFact[],
  { chart, buckets, isByInstall, endMs, accounting }: Plotting & { accounting: AccountingType },
): Numbers {
  const runs = ({ atMs, untilMs = 0 }: ChartFact, ms: number): boolean => atMs <= ms && ms < untilMs;
  const sums = buckets.map(() => 0);
  const moments = buckets.map((bucket) => Math.min(bucket.endMs, endMs) - 1);
  for (const fact of facts) {
    const amount = chart.amountOf(fact, accounting);
    if (isByInstall) {
      const bucket = findBucket(buckets, fact.profile.installedAtMs);
      if (bucket >= 0 && runs(fact, endMs - 1)) sums[bucket] = (sums[bucket] ?? 0) + amount;
      continue;
    }
    for (let bucket = firstFrom(moments, fact.atMs); runs(fact, moments[bucket] ?? Infinity); bucket += 1) {
      sums[bucket] = (sums[bucket] ?? 0) + amount;
    }
  }
  const total = isByInstall ? sums.reduce((sum, value) => sum + value, 0) : (sums.at(-1) ?? 0);
  return toNumbers(sums, total, chart);
}

function firstFrom(moments: readonly number[], ms: number): number {
  const index = moments.findIndex((moment) => moment >= ms);
  return index < 0 ? moments.length : index;
}

function toNumbers(values: readonly number[], value: number, { isMoney }: Chart): Numbers {
  return isMoney ? { values: values.map((cents) => cents / 100), value: value / 100 } : { values, value };
}
