import type { DimensionValue } from '../../analytics/catalog.ts';
import type { MetricsQuery, ProviderSeries } from '../../analytics/metrics.ts';
import { createTimeAxis, type TimeAxis } from '../../analytics/time-axis.ts';
import type { ChartPlan, PlannedSeries } from './chart-plan.ts';
import { alignValues, sumInto, type AlignedValues } from './chart-values.ts';
import type { OpenpanelChartResponse, OpenpanelChartSeriesResponse } from './responses.ts';
import { toField, toKnown } from './vocabulary.ts';

/** What one request answered, and the comparison period: in an answer of its own, or beside each value. */
export interface ChartAnswer {
  readonly plan: ChartPlan;
  readonly current: OpenpanelChartResponse;
  readonly previous: OpenpanelChartResponse | 'BESIDE' | null;
}

/** One group of one planned series, with its values in the axis. */
interface GroupValues extends AlignedValues {
  readonly dimensions: readonly DimensionValue[];
  /** Distinct profiles of the whole window, and of the one before it; null where not said. */
  readonly profiles: number | null;
  readonly previousProfiles: number | null;
}

/** Given an answer, return its series in our words, aligned to the query's axis. */
export function toProviderSeries({ plan, current, previous }: ChartAnswer, query: MetricsQuery): ProviderSeries[] {
  const axisOf = (period: MetricsQuery['period'], axis: TimeAxis): TimeAxis =>
    axis.interval === plan.bucket ? axis : createTimeAxis(period, plan.bucket);
  const asked = { plan, breakdown: query.breakdown };
  const now = readGroups(current, axisOf(query.period, query.axis), asked);
  const { comparison } = query;
  const before =
    comparison && previous !== null && previous !== 'BESIDE'
      ? readGroups(previous, axisOf(comparison.period, comparison.axis), asked)
      : null;
  return plan.series.flatMap((planned, index) => {
    if (planned.selection === null) return [];
    const groups = new Map(now[index]);
    // A group that had events before and has none now belongs to the comparison.
    for (const [key, group] of before?.[index] ?? []) {
      if (!groups.has(key)) groups.set(key, emptyGroup(planned, now.axis, group.dimensions));
    }
    if (groups.size === 0 && query.breakdown.length === 0) groups.set('', emptyGroup(planned, now.axis, []));
    return [...groups].map(([key, group]): ProviderSeries => {
      const earlier = before ? (before[index]?.get(key) ?? emptyGroup(planned, before.axis, group.dimensions)) : null;
      const compared = earlier ?? (previous === 'BESIDE' ? toBeside(group) : null);
      return {
        selection: planned.selection ?? 0,
        dimensions: group.dimensions,
        unit: planned.unit,
        currency: planned.currency,
        total: totalOf(planned, group),
        previousTotal: compared && totalOf(planned, compared),
        values: sumInto(query.axis, now.axis, group.values),
        previous: compared && sumInto(comparison?.axis ?? query.axis, (before ?? now).axis, compared.values),
      };
    });
  });
}

/** The comparison period of a group whose answer has it beside each value. */
function toBeside(group: GroupValues): GroupValues {
  return { ...group, values: group.previous, profiles: group.previousProfiles };
}

type Groups = ReadonlyMap<string, GroupValues>[] & { axis: TimeAxis };

/** The groups of each planned series by their dimensions' values. */
function readGroups(
  response: OpenpanelChartResponse,
  axis: TimeAxis,
  { plan, breakdown }: { plan: ChartPlan; breakdown: readonly string[] },
): Groups {
  const groups = plan.series.map(() => new Map<string, GroupValues>());
  for (const series of response.series) {
    const letter = letterIndex(series.event.id);
    const planned = plan.series[letter];
    if (!planned) continue;
    const dimensions = toDimensions(series, breakdown);
    const aligned = alignValues(series.data, axis, valueOfNothing(planned));
    // A breakdown by country always brings an empty series for the unknown country.
    if (breakdown.length > 0 && aligned.values.every((value) => value === 0 || value === null)) continue;
    const { count = null, previous } = series.metrics;
    const group = { ...aligned, dimensions, profiles: count, previousProfiles: previous?.count?.value ?? null };
    groups[letter]?.set(keyOf(dimensions), group);
  }
  plan.series.forEach((planned, index) => {
    for (const [key, group] of groups[index] ?? []) {
      const counting = planned.countedBy === null ? null : groups[planned.countedBy]?.get(key);
      groups[index]?.set(key, withoutInventedZeros(planned, group, counting));
    }
  });
  return Object.assign(groups, { axis });
}

function withoutInventedZeros(
  { measure, countedBy, totalBy }: PlannedSeries,
  group: GroupValues,
  counting: GroupValues | null | undefined,
): GroupValues {
  if (measure === 'COUNT_PER_USER' && totalBy !== 'SUM_PER_PROFILE') {
    const known = (values: readonly (number | null)[]) => values.map((value) => (value === 0 ? null : value));
    return { ...group, values: known(group.values), previous: known(group.previous) };
  }
  if (countedBy === null) return group;
  const counted = (values: readonly (number | null)[], counts: readonly (number | null)[] | undefined) =>
    values.map((value, index) => ((counts?.[index] ?? 0) === 0 ? null : value));
  return {
    ...group,
    values: counted(group.values, counting?.values),
    previous: counted(group.previous, counting?.previous),
  };
}

/** OpenPanel leaves out a series without events: for what is counted or summed that is 0, for anything else unknown. */
function emptyGroup(planned: PlannedSeries, axis: TimeAxis, dimensions: readonly DimensionValue[]): GroupValues {
  const nothing = valueOfNothing(planned);
  const values = new Array<number | null>(axis.epochs.length).fill(nothing);
  const previous = values.map(() => null);
  return { dimensions, values, previous, hasOutside: false, profiles: nothing, previousProfiles: null };
}

function valueOfNothing({ measure }: PlannedSeries): 0 | null {
  return ['COUNT', 'UNIQUE_USERS', 'SESSIONS', 'SUM'].includes(measure) ? 0 : null;
}

function totalOf({ totalBy }: PlannedSeries, { values, profiles, hasOutside }: GroupValues): number | null {
  const numbers = values.filter((value) => value !== null);
  const sum = numbers.reduce((total, value) => total + value, 0);
  switch (totalBy) {
    case 'SUM':
      return numbers.length === 0 ? null : sum;
    case 'DISTINCT_PROFILES':
      return hasOutside ? null : (profiles ?? (sum === 0 && numbers.length > 0 ? 0 : null));
    case 'SUM_PER_PROFILE':
      return profiles === null || profiles === 0 ? null : sum / profiles;
    case 'ONLY_BUCKET':
      return values[0] ?? null;
    case 'NONE':
      return null;
  }
}

function toDimensions({ names, event }: OpenpanelChartSeriesResponse, breakdown: readonly string[]): DimensionValue[] {
  const { breakdowns } = event;
  return breakdown.map((dimension, index) => ({
    dimension,
    // The 2024 answer has the values only as names behind the event's own.
    value: toKnown(breakdowns ? breakdowns[toField(dimension)] : names[index + 1]),
  }));
}

function keyOf(dimensions: readonly DimensionValue[]): string {
  return dimensions.length === 0 ? '' : JSON.stringify(dimensions.map(({ value }) => value));
}

function letterIndex(id: string): number {
  return id.charCodeAt(0) - 'A'.charCodeAt(0);
}
