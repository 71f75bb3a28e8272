import type { AlikeSteps, ConditionSet } from './alike-steps.ts';
import { KEY, NEVER, toMarkSql } from './chain-columns.ts';
import type { FunnelPlan } from './funnel-plan.ts';

/**
 * Given a funnel, return the SQL of tables, the last of which is `chains`: a row for each chain and each step that it reached, with `entered`, `reach` (how many
 * steps) and `t1`, `t2`, ...: when each step was taken, null for those beyond the reach.
 *
 * A chain begins at every row of the first step. Step by step it is joined with the first row, at its own moment or later, that is of the next step; where events are
 * excluded, `deadline` is the last moment at which a step counts. At one moment a row may be needed for several alike steps: the next one is then searched later,
 * unless the moment has rows enough.
 */
export function toOrderedChains(plan: FunnelPlan): string[] {
  const counted = plan.alike.filter(({ steps }) => steps.length > 1);
  const tables = [
    `rows as materialized (${plan.rowsSql})`,
    ...counted.map((alike) => toCountedRows(alike, plan)),
    toFirstStep(plan),
    ...plan.steps.slice(1).map((_, index) => toNextStep(plan, index + 1)),
  ];
  const further = plan.steps
    .slice(1)
    .map((_, index) => `select ${index + 2} as reach, t1 as entered, * from step_${index + 2}`);
  return [...tables, `chains as (\n  ${[toFirstReached(plan), ...further].join('\n  union all by name ')}\n)`];
}

/** The rows of alike steps, with how many rows of each set of conditions their moment has. */
function toCountedRows({ steps, sets }: AlikeSteps, { conditionOf }: FunnelPlan): string {
  const counts = sets.map(({ name, conditions }) => `count(*) filter (${toMarkSql(conditions)}) over own as ${name}`);
  const conditions = [...new Set(steps.flatMap((step) => conditionOf[step] ?? []))];
  return `rows_${steps[0]} as materialized (
  select *, ${counts.join(', ')} from rows where ${toMarkSql(conditions)}
  window own as (partition by ${KEY}, moment)
)`;
}

function toFirstStep(plan: FunnelPlan): string {
  const { window, dimensionCount, order, hasExclusions } = plan;
  const alike = alikeOf(plan, 0);
  const columns = [
    KEY,
    'moment as t1',
    ...Array.from({ length: dimensionCount }, (_, index) => `d${index}`),
    ...(order === 'STRICT' ? ['upto'] : []),
    // The row of the first step is taken: it is in no count of its moment.
    ...setsOf(alike).map(({ name, conditions }) => `${name} - cast(${toMarkSql(conditions)} as integer) as ${name}`),
    ...setsOf(alike).map(({ name, conditions }) => `cast(${toMarkSql(conditions)} as integer) as entry_${name}`),
  ];
  const entries = `select ${columns.join(', ')} from ${tableOf(plan, 0)}`;
  if (!hasExclusions) return `step_1 as materialized (${entries})`;
  return `step_1 as materialized (
  select entry.*, least(entry.t1 + ${window}, coalesce(excluded.moment, ${NEVER})) as deadline
  from (${entries}) as entry
  asof left join (select ${KEY}, moment from rows where is_excluded) as excluded
  on entry.key_hash = excluded.key_hash and entry.key_check = excluded.key_check and entry.t1 < excluded.moment
)`;
}

/** Of a key that gets no further only its first entry matters, unless groups are asked for: that spares a sixth of the work. */
function toFirstReached({ isSplit }: FunnelPlan): string {
  if (isSplit) return 'select 1 as reach, t1 as entered, * from step_1';
  return `select 1 as reach, entered, entered as t1, ${KEY} from (select ${KEY}, min(t1) as entered from step_1 group by all)`;
}

/**
 * Chains that do not get there are left out.
 *
 * @param step Index of the step.
 */
function toNextStep(plan: FunnelPlan, step: number): string {
  const alike = alikeOf(plan, step);
  const isOfFirst = alike.steps.includes(0);
  const sets = setsOf(alike);
  const counts = sets.map(({ name }) => {
    const count = isOfFirst ? `next.${name} - if(next.moment = chain.t1, chain.entry_${name}, 0)` : `next.${name}`;
    return `${count} as ${name}`;
  });
  const isKnown = (alike.steps[0] ?? step) < step;
  const kept = isKnown && sets.length > 0 ? `chain.* exclude (${sets.map(({ name }) => name).join(', ')})` : 'chain.*';
  const later = isKnown ? ` + ${toNeedsLater(plan, step)}` : '';
  // Never a LEFT JOIN: the ASOF LEFT JOIN of DuckDB 1.5 finds partners for moments that are null (seen with 1.5.5, from 64 rows on).
  return `step_${step + 1} as materialized (
  select ${[kept, `next.moment as t${step + 1}`, ...counts].join(', ')}
  from step_${step} as chain
  asof join ${tableOf(plan, step)} as next
  on chain.key_hash = next.key_hash and chain.key_check = next.key_check and chain.t${step}${later} <= next.moment
  where next.moment <= ${plan.hasExclusions ? 'chain.deadline' : `chain.t1 + ${plan.window}`}${plan.order === 'STRICT' ? ` and ${toNothingBetween(step)}` : ''}
)`;
}

/** 1 where the chain's moment has not rows enough for one step more, else 0. */
function toNeedsLater({ alike, conditionOf }: FunnelPlan, step: number): string {
  const { steps, sets } = alike.find((group) => group.steps.includes(step)) ?? { steps: [], sets: [] };
  const earlier = steps.filter((other) => other < step);
  const isShort = sets
    .filter(({ conditions }) => conditions.includes(conditionOf[step] ?? -1))
    .map(({ name, conditions }) => {
      const taken = earlier.filter((other) => other > 0 && conditions.includes(conditionOf[other] ?? -1));
      return `chain.${name} <= ${countAt(taken, `chain.t${step}`)}`;
    });
  const last = `chain.t${(earlier.at(-1) ?? 0) + 1}`;
  return `if(${last} = chain.t${step} and (${isShort.join(' or ')}), 1, 0)`;
}

/** Whether all rows of the key that are later than the entry and earlier than the next step are steps of the chain. */
function toNothingBetween(step: number): string {
  const taken = Array.from({ length: step - 1 }, (_, index) => `chain.t${index + 2}`);
  const between = taken.map((t) => `cast(${t} > chain.t1 and ${t} < next.moment as integer)`);
  return `greatest(next.before - chain.upto, 0) = ${['0', ...between].join(' + ')}`;
}

function countAt(steps: readonly number[], moment: string): string {
  return ['0', ...steps.map((step) => `cast(chain.t${step + 1} = ${moment} as integer)`)].join(' + ');
}

function alikeOf({ alike }: FunnelPlan, step: number): AlikeSteps {
  return alike.find(({ steps }) => steps.includes(step)) ?? { steps: [step], sets: [] };
}

/** The sets that are counted: none where every row is of one step only. */
function setsOf({ steps, sets }: AlikeSteps): readonly ConditionSet[] {
  return steps.length > 1 ? sets : [];
}

function tableOf(plan: FunnelPlan, step: number): string {
  const { steps } = alikeOf(plan, step);
  const table = steps.length > 1 ? `rows_${steps[0]}` : 'rows';
  return `(from ${table} where is_${plan.conditionOf[step]})`;
}
