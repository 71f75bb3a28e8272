import type { Profile, Sale } from '../ledger/facts.ts';
import type { Bodies } from '../requests/schemas.ts';
import { lastPeriodOf, numbersFrom } from './progress.ts';
import { splitByBucket } from './buckets.ts';
import type { Bucket } from './buckets.ts';
import { isIn, percent, toGroups } from './question.ts';
import type { Answer, DatedSubject, Group, Question } from './question.ts';

const INSTALL = -2;
const PAYWALL = -1;

/** The people of a step, and the sales by which they are in it. */
interface Step {
  readonly period: number;
  readonly title: string;
  readonly people: ReadonlySet<Profile>;
  readonly sales: readonly Sale[];
}

/** Answers `/metrics/funnel/`: how far the people who installed in the range have come with subscriptions. */
export function answerFunnel(question: Question<Bodies['funnel']>): Answer {
  const { body, ledger, whole, test } = question;
  const installed = ledger.profiles.filter((profile) => isIn(whole, profile.installedAtMs));
  const people = installed.filter((profile) => test({ profile })).map(toSubject);
  const bought = installed
    .flatMap((profile) => profile.sales.filter((sale) => sale.isSubscription && test({ profile, sale })))
    .map((sale) => ({ ...toSubject(sale.profile), sale }));
  const buckets = body.period_unit ? question.bucketsOf(body.period_unit) : [];
  const groups = toGroups<DatedSubject>([...people, ...bought], question);
  const longest = Math.max(1, ...bought.map(({ sale }) => sale.payments.length));
  const data = groups.map((group) => {
    const sales = bought.filter(group.has).map(({ sale }) => sale);
    const own = people.filter(group.has).map(({ profile }) => profile);
    // Renewals nobody has reached, or whose time has not come, are absent.
    const last = Math.max(1, Math.min(longest, lastPeriodOf(sales, ledger.endMs)));
    return toSegment(group, toSteps(own, sales, last), { buckets, isRelative: body.show_value_as === 'relative' });
  });
  const titles = data[0]?.values.map(({ title }) => title) ?? [];
  const cell = { absolute: 'value', both: 'value', relative: 'value_relative' } as const;
  return {
    json: { data },
    table: [
      ['Segment', ...titles],
      ...data.map(({ title, values }) => [
        title,
        ...titles.map((_, index) => values[index]?.[cell[body.show_value_as]] ?? null),
      ]),
    ],
  };
}

function toSubject(profile: Profile): DatedSubject {
  return { profile, atMs: profile.installedAtMs };
}

function toSteps(people: readonly Profile[], sales: readonly Sale[], last: number): Step[] {
  const withSales = (period: number, some: readonly Sale[]): Step => ({
    period,
    title: toTitle(period),
    people: new Set(some.map(({ profile }) => profile)),
    sales: some,
  });
  const viewers = people.filter(({ sawPaywall }) => sawPaywall);
  return [
    { period: INSTALL, title: toTitle(INSTALL), people: new Set(people), sales: [] },
    { period: PAYWALL, title: toTitle(PAYWALL), people: new Set(viewers), sales: [] },
    withSales(
      0,
      sales.filter(({ trial }) => trial !== undefined),
    ),
    ...numbersFrom(1, last).map((period) =>
      withSales(
        period,
        sales.filter(({ payments }) => payments.length >= period),
      ),
    ),
  ];
}

function toTitle(period: number): string {
  return ['Install', 'Paywall displayed', 'Trial', 'Paid'][period + 2] ?? `Renewal ${period - 1}`;
}

// What the changes measure is not public: here the share of the step before, and who was lost before the next one.
function toSegment(
  { title, type }: Group<unknown>,
  steps: readonly Step[],
  { buckets, isRelative }: { buckets: readonly Bucket[]; isRelative: boolean },
) {
  const all = steps[0]?.people.size ?? 0;
  const installs = countByBucket(steps[0]?.people, buckets);
  const values = steps.map((step, index) => {
    const next = steps[index + 1];
    const size = step.people.size;
    const lost = size - (next?.people.size ?? 0);
    const counts = countByBucket(step.people, buckets);
    return {
      period: step.period,
      title: step.title,
      value: size,
      value_relative: percent(size, all),
      relative_changes: index === 0 ? 100 : percent(size, steps[index - 1]?.people.size ?? 0),
      following_changes: next ? { title: next.title, value: lost, value_relative: percent(lost, size) } : null,
      ...toChurn(step),
      values: buckets.map(({ x }, bucket) => ({
        x,
        y: isRelative ? percent(counts[bucket] ?? 0, installs[bucket] ?? 0) : (counts[bucket] ?? 0),
      })),
    };
  });
  return { title, type, values };
}

// The shape of a reason is not public: a word and how many people. Who may still go on has none.
function toChurn({ period, people, sales }: Step) {
  if (period < 0) return { churn_reason_title: null, churn_reasons: [] };
  const reasons = new Map<string, Set<Profile>>();
  for (const { payments, attributes, profile, expiredAtMs, refund } of sales) {
    const isOver = expiredAtMs !== undefined || refund !== undefined;
    const reason = attributes.cancellation_reason ?? '';
    if (!isOver || payments.length !== period) continue;
    reasons.set(reason, (reasons.get(reason) ?? new Set()).add(profile));
  }
  const churned = [...reasons].map(([title, lost]) => ({
    title,
    value: lost.size,
    value_relative: percent(lost.size, people.size),
  }));
  return { churn_reason_title: 'Churn reasons', churn_reasons: churned.sort((a, b) => b.value - a.value) };
}

function countByBucket(people: ReadonlySet<Profile> | undefined, buckets: readonly Bucket[]): number[] {
  if (!people || buckets.length === 0) return [];
  return splitByBucket(buckets, people, ({ installedAtMs }) => installedAtMs).map(({ length }) => length);
}
