import type { FunnelStepQuery } from '../../analytics/funnels.ts';
import { QueryLimitError } from '../../errors.ts';

/** Some of the conditions of alike steps. A row is in the set if it passes any of them. */
export interface ConditionSet {
  readonly name: string;
  /** Indexes into the conditions of the funnel. */
  readonly conditions: readonly number[];
}

/**
 * Steps that one row may fit, so that each needs to be told a row of its own. That there are enough rows for some of them is known by counting: there are, if and
 * only if every set of their conditions has as many rows as there are steps with a condition of the set (Hall's theorem).
 */
export interface AlikeSteps {
  /** Indexes of the steps, in their order; of one or more. */
  readonly steps: readonly number[];
  /** Every set of their different conditions. */
  readonly sets: readonly ConditionSet[];
}

const MAX_CONDITIONS = 6;

/** Given steps and which condition each has, return them by likeness: two that are not alike have no row in common. */
export function findAlikeSteps(steps: readonly FunnelStepQuery[], conditionOf: readonly number[]): AlikeSteps[] {
  const found: number[][] = [];
  for (const [index, step] of steps.entries()) {
    const isAlike = (group: readonly number[]): boolean =>
      group.some((other) => steps[other] !== undefined && mayShareRows(step, steps[other]));
    const joined = [...found.filter(isAlike).flat(), index].sort((one, other) => one - other);
    const others = found.filter((group) => !isAlike(group));
    found.splice(0, found.length, ...others, joined);
  }
  return found.map((group) => {
    const conditions = [...new Set(group.flatMap((index) => conditionOf[index] ?? []))];
    if (conditions.length > MAX_CONDITIONS) {
      throw new QueryLimitError(
        `query.steps: ${conditions.length} steps of "${steps[group[0] ?? 0]?.event}" have filters that one row may pass; ${MAX_CONDITIONS} are allowed. Filters that are IS of different values count apart`,
      );
    }
    return { steps: group, sets: toSets(conditions) };
  });
}

function mayShareRows(one: FunnelStepQuery, other: FunnelStepQuery): boolean {
  if (one.event !== other.event) return false;
  return !one.filters.some(({ dimension, operator, values }) =>
    other.filters.some(
      (filter) =>
        operator === 'IS' &&
        filter.operator === 'IS' &&
        filter.dimension === dimension &&
        !filter.values.some((value) => values.includes(value)),
    ),
  );
}

function toSets(conditions: readonly number[]): ConditionSet[] {
  const sets = conditions.reduce<number[][]>((all, next) => [...all, ...all.map((set) => [...set, next])], [[]]);
  return sets.slice(1).map((set) => ({ name: `of_${set.join('_')}`, conditions: set }));
}
