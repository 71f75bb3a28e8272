import {
  conversionRateOf,
  type ConversionCounts,
  type ConversionPoint,
  type ConversionQuery,
  type ConversionResult,
} from '../../analytics/conversions.ts';
import type { ProviderSeries } from '../../analytics/metrics.ts';
import type { TimeAxis } from '../../analytics/time-axis.ts';
import { QueryLimitError } from '../../errors.ts';
import { quoteText } from '../sql-text.ts';
import type { AnalysisTools } from './analysis-tools.ts';
import { toBuckets, toWithinSql } from './buckets.ts';
import { toConditionSql, toDimensionSql } from './conditions.ts';
import type { EventRelation } from './event-relation.ts';
import { measureGroups, type Cells, type Measure, type MeasuredGroup } from './measured-groups.ts';

/** What a conversion is asked, without what is none of its computing. */
export type ConversionQuestion = Pick<
  ConversionQuery,
  'from' | 'to' | 'period' | 'axis' | 'breakdown' | 'filters' | 'comparison'
>;

/** Given events and a question, return the conversion; docs/definitions/conversions.md says what counts. Users without an id are not counted. */
export async function computeConversion(
  events: EventRelation,
  question: ConversionQuestion,
  tools: AnalysisTools,
): Promise<Omit<ConversionResult, 'freshness'>> {
  const { axis, breakdown, comparison } = question;
  const now = await countGroups(events, { ...question, ...tools });
  const before = comparison && (await countGroups(events, { ...question, ...comparison, ...tools }));
  const isWhole = breakdown.length === 0 && axis.interval === 'TOTAL';
  return {
    ...sumOf(now),
    previous: before && sumOf(before),
    series: isWhole ? [] : toSeries(now, before, question),
  };
}

type Groups = ReadonlyMap<string, MeasuredGroup>;

/** Those who started, by the bucket of their first start and the values that it had, and how many of them arrived. */
async function countGroups(
  events: EventRelation,
  { database, signal, period, axis, ...question }: ConversionQuestion & AnalysisTools,
): Promise<Groups> {
  const buckets = toBuckets(period, axis);
  const dimensions = question.breakdown.map((_, index) => `first_start.d${index}`);
  const rows = `(${toUsersSql(events, { ...question, isWithin: toWithinSql('"at"', buckets) })})`;
  return await measureGroups({ rows, buckets, dimensions, measures: MEASURES }, { database, signal });
}

const MEASURES: readonly Measure[] = ['true', 'has_arrived'].map((condition) => ({
  condition,
  aggregates: [],
  toValue: ({ count }) => count,
}));

/**
 * A row for each user who started: `at`, when first; `first_start`, with the values it had; and whether the user arrived. Of several first starts at one moment the
 * one counts whose values come first, unknown ones last.
 */
function toUsersSql(
  events: EventRelation,
  {
    from,
    to,
    breakdown,
    filters,
    isWithin,
  }: Pick<ConversionQuestion, 'from' | 'to' | 'breakdown' | 'filters'> & { readonly isWithin: string },
): string {
  if (!events.columns.has('user_id')) {
    throw new QueryLimitError('query: users cannot be counted: the exported rows have no user_id');
  }
  const [start, arrival] = [toNameSql(from, 'query.from'), toNameSql(to, 'query.to')];
  const values = breakdown.map((key, index) => `d${index}: ${toDimensionSql(key, events)}`);
  // Every other row of the same event is at the first one's moment or later.
  const hasArrived =
    start === arrival
      ? 'count(*) > 1'
      : `coalesce(max("at") filter (${arrival}) >= min("at") filter (${start}), false)`;
  const kept = [isWithin, ...filters.map((filter) => toConditionSql(filter, events))].join('\n    and ');
  return `select first_start.moment as "at", first_start, has_arrived
  from (
    select min({${['moment: "at"', ...values].join(', ')}}) filter (${start}) as first_start, ${hasArrived} as has_arrived
    from ${events.sql}
    where user_id is not null and (${start} or ${arrival})
    and ${kept}
    group by user_id
  )
  where first_start is not null`;
}

function toNameSql(point: ConversionPoint, path: string): string {
  if (point.kind === 'event') return `name = ${quoteText(point.name)}`;
  throw new QueryLimitError(`${path}: exported rows say nothing of stages of a subscription; name an event`);
}

/** A user starts first once, and so is in one group. */
function sumOf(groups: Groups): ConversionCounts {
  const all = [...groups.values()].map(({ whole }) => toCounts(whole));
  return all.reduce<{ fromCount: number; toCount: number }>(
    (sum, { fromCount, toCount }) => ({ fromCount: sum.fromCount + fromCount, toCount: sum.toCount + toCount }),
    { fromCount: 0, toCount: 0 },
  );
}

function toCounts(cells: readonly Cells[] | undefined): { readonly fromCount: number; readonly toCount: number } {
  return { fromCount: cells?.[0]?.count ?? 0, toCount: cells?.[1]?.count ?? 0 };
}

/** Those that most started with come first. */
function toSeries(
  now: Groups,
  before: Groups | null,
  { axis, breakdown, comparison }: ConversionQuestion,
): ProviderSeries[] {
  const started = (key: string): number => toCounts(now.get(key)?.whole).fromCount;
  const keys = [...new Set([...now.keys(), ...(before?.keys() ?? [])])].sort(
    (one, other) => started(other) - started(one),
  );
  return keys.map((key): ProviderSeries => {
    const [group, earlier] = [now.get(key), before?.get(key)];
    return {
      selection: 0,
      dimensions: breakdown.map((dimension, index) => ({
        dimension,
        value: (group ?? earlier)?.dimensions[index] ?? null,
      })),
      unit: 'FRACTION',
      currency: null,
      total: conversionRateOf(toCounts(group?.whole)),
      previousTotal: before && conversionRateOf(toCounts(earlier?.whole)),
      values: toRates(group, axis),
      previous: comparison && toRates(earlier, comparison.axis),
    };
  });
}

function toRates(group: MeasuredGroup | undefined, axis: TimeAxis): (number | null)[] {
  return axis.epochs.map((_, bucket) => conversionRateOf(toCounts(group?.buckets.get(bucket))));
}
