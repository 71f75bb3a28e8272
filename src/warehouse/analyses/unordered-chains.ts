import { KEY, NEVER, toMarkSql } from './chain-columns.ts';
import type { FunnelPlan } from './funnel-plan.ts';

/**
 * Given a funnel whose steps may come in any order, return the SQL of tables, the last of which is `chains`: a row for each row that something can begin with, with
 * `entered`, `reach` (how many steps, from the first) and `t1`, `t2`, ...: when that step and those before it were all done, of no meaning beyond the reach.
 *
 * Of each row on it is looked ahead when there have been rows enough: the first steps are done once, for every set of conditions, as many rows of the set have come as
 * there are steps with a condition of the set.
 */
export function toUnorderedChains(plan: FunnelPlan): string[] {
  const { steps, conditionOf, window, hasExclusions, dimensionCount } = plan;
  const ends = steps.map((_, step) => toEnds(plan, step));
  const done = ends.map((own, step) => {
    const moments = own.map(({ name }) => `coalesce(${name}, ${NEVER})`);
    return `greatest(${[...(step === 0 ? [] : [`t${step}`]), ...moments].join(', ')}) as t${step + 1}`;
  });
  const reach = steps.map((_, step) => `cast(t${step + 1} <= deadline as integer)`).join(' + ');
  const first = conditionOf.map((condition, step) => `when is_${condition} then ${step + 1}`).join(' ');
  const dimensions = Array.from({ length: dimensionCount }, (_, index) => `d${index}`);
  return [
    `rows as (${plan.rowsSql})`,
    `ahead as (
  select ${[
    KEY,
    'moment as entered',
    ...dimensions,
    // A row that is only excluded begins nothing.
    `case ${first} end as first_step`,
    `${toDeadline(window, hasExclusions)} as deadline`,
    ...new Map(ends.flat().map(({ name, sql }) => [name, `${sql} as ${name}`])).values(),
  ].join(',\n    ')}
  from rows
  window ahead as (partition by ${KEY} order by moment range between current row and unbounded following),
    behind as (partition by ${KEY} order by moment range between 1 following and unbounded following)
)`,
    `chains as (
  select ${[KEY, 'entered', ...dimensions, ...done, `${reach} as reach`].join(', ')}
  from ahead where reach >= first_step
)`,
  ];
}

/** When there have been rows enough for the sets that a step belongs to, counting the steps up to it. */
function toEnds({ alike, conditionOf }: FunnelPlan, step: number): { readonly name: string; readonly sql: string }[] {
  const { steps, sets } = alike.find((group) => group.steps.includes(step)) ?? { steps: [], sets: [] };
  const isIn = (conditions: readonly number[], other: number): boolean => conditions.includes(conditionOf[other] ?? -1);
  return sets
    .filter(({ conditions }) => isIn(conditions, step))
    .map(({ name, conditions }) => {
      const needed = steps.filter((other) => other <= step && isIn(conditions, other)).length;
      const sql = `nth_value(if(${toMarkSql(conditions)}, moment, null), ${needed} ignore nulls) over ahead`;
      return { name: `${name}_${needed}`, sql };
    });
}

function toDeadline(window: bigint, hasExclusions: boolean): string {
  const end = `moment + ${window}`;
  return hasExclusions ? `least(${end}, coalesce(min(if(is_excluded, moment, null)) over behind, ${NEVER}))` : end;
}
