import type { FunnelGroupCounts, FunnelResult, FunnelStepCount } from '../../analytics/funnels.ts';
import { createTimeAxis, type TimeAxis } from '../../analytics/time-axis.ts';
import { ResultTooLargeError } from '../../errors.ts';
import type { AnalysisTools } from './analysis-tools.ts';
import { toBuckets } from './buckets.ts';
import type { EventRelation } from './event-relation.ts';
import { toFunnelSql } from './funnel-counts.ts';
import { planFunnel } from './funnel-plan.ts';
import type { FunnelQuestion } from './funnel-rows.ts';

/** What a funnel is computed with. */
export interface FunnelTools extends AnalysisTools {
  /** Until when rows are known, in milliseconds since the epoch: buckets that begin later are left out. */
  readonly asOf: number;
}

/** Most funnels in one answer: groups times buckets. */
const MAX_GROUPS = 100_000;

/**
 * Given events and a question, return the funnel; docs/definitions/funnels.md says what counts. With an interval there is a funnel for each bucket that has begun, with
 * a breakdown for each value that somebody entered with, with both for each such value in each bucket.
 */
export async function computeFunnel(
  events: EventRelation,
  question: FunnelQuestion,
  { database, signal, asOf }: FunnelTools,
): Promise<Omit<FunnelResult, 'freshness'>> {
  const { period, interval, breakdown } = question;
  const axis = createTimeAxis(period, interval);
  const buckets = toBuckets(period, axis);
  const plan = planFunnel(events, question, buckets);
  const sql = toFunnelSql(plan, { buckets: interval === 'TOTAL' ? null : buckets, limit: MAX_GROUPS + 1 });
  const rows = await database.rows(sql, signal);
  const everybody = rows.find(([isEverybody]) => isEverybody === true) ?? [];
  const others = rows.filter((row) => row !== everybody);
  const names = plan.steps.map(({ name }) => name);
  const found = others.map(([, bucket, ...row]): FoundGroup => ({
    bucket: bucket === null ? null : Number(bucket),
    values: row.slice(0, breakdown.length).map((value) => (value === null ? null : String(value as string))),
    steps: toStepCounts(row.slice(breakdown.length), names),
  }));
  const begun = axis.timestamps.filter((_, index) => (axis.epochs[index] ?? asOf) < asOf);
  return {
    steps: toStepCounts(everybody.slice(2 + breakdown.length), names),
    groups: toGroups(found, { axis: { ...axis, timestamps: begun }, breakdown, names }),
    conversionWindowMs: plan.windowMs,
  };
}

/** The funnel of those who entered with the same values, in the same bucket. */
interface FoundGroup {
  readonly bucket: number | null;
  readonly values: readonly (string | null)[];
  readonly steps: readonly FunnelStepCount[];
}

/** Counts and medians as the database returns them: the counts of all steps, then the medians of all but the first. */
function toStepCounts(cells: readonly unknown[], names: readonly string[]): FunnelStepCount[] {
  return names.map((name, step) => {
    const median = step === 0 ? null : (cells[names.length + step - 1] ?? null);
    return {
      name,
      count: Number(cells[step] ?? 0),
      medianTimeFromPreviousMs: median === null ? null : Number(median) / 1000,
    };
  });
}

/** Those that most entered with come first; the buckets of each in their order. */
function toGroups(
  found: readonly FoundGroup[],
  { axis, breakdown, names }: { axis: TimeAxis; breakdown: readonly string[]; names: readonly string[] },
): FunnelGroupCounts[] {
  const groups = Map.groupBy(found, ({ values }) => JSON.stringify(values));
  if (breakdown.length === 0 && axis.interval !== 'TOTAL' && groups.size === 0) groups.set('[]', []);
  if (Math.max(found.length, groups.size * axis.timestamps.length) > MAX_GROUPS) throw tooManyGroups();
  const entered = (group: readonly FoundGroup[]): number =>
    group.reduce((sum, { steps }) => sum + (steps[0]?.count ?? 0), 0);
  const sorted = [...groups.values()].sort((one, other) => entered(other) - entered(one));
  const nobody = toStepCounts([], names);
  return sorted.flatMap((group): FunnelGroupCounts[] => {
    const dimensions = (group[0]?.values ?? []).map((value, index) => ({ dimension: breakdown[index] ?? '', value }));
    if (axis.interval === 'TOTAL') return group.map(({ steps }) => ({ dimensions, at: null, steps }));
    const stepsOf = new Map(group.map(({ bucket, steps }) => [bucket, steps]));
    return axis.timestamps.map((at, bucket) => ({ dimensions, at, steps: stepsOf.get(bucket) ?? nobody }));
  });
}

function tooManyGroups(): ResultTooLargeError {
  return new ResultTooLargeError(
    `query.breakdown: more than ${MAX_GROUPS} funnels. Break down by a dimension of fewer values, or ask for a shorter period or a longer interval`,
  );
}
