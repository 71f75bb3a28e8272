import { toBucketSql, type Buckets } from './buckets.ts';
import { KEY } from './chain-columns.ts';
import type { FunnelPlan } from './funnel-plan.ts';
import { toOrderedChains } from './ordered-chains.ts';
import { toUnorderedChains } from './unordered-chains.ts';

/**
 * Given a funnel, return its SQL. A row of the answer: whether it is everybody's, index of the bucket, values of the dimensions, how many reached each step, medians of
 * the microseconds between them. One row is everybody's; there are others where there are buckets or dimensions, at most as many as the limit.
 */
export function toFunnelSql(
  plan: FunnelPlan,
  { buckets, limit }: { readonly buckets: Buckets | null; readonly limit: number },
): string {
  const tables = plan.order === 'UNORDERED' ? toUnorderedChains(plan) : toOrderedChains(plan);
  const dimensions = dimensionsOf(plan).map((name) => `chain.${name}`);
  const counts = toCounts(plan);
  const groupBy = [...(buckets ? ['bucket'] : []), ...dimensions];
  const everybody = `select true, null, ${[...dimensions.map(() => 'null'), ...counts].join(', ')} from best${buckets ? ' where is_whole' : ''}`;
  const groups = `select false, ${[buckets ? 'bucket' : 'null', ...dimensions, ...counts].join(', ')} from best${buckets ? ' where not is_whole' : ''}
group by ${groupBy.join(', ')}`;
  return `with ${[...tables, toBest(plan, buckets)].join(',\n')}
(${everybody})
${groupBy.length > 0 ? `union all (${groups}\nlimit ${limit})` : ''}`;
}

/** Of each who is counted the best chain, and that of each bucket: the farthest, of these the earliest, of these the quickest. */
function toBest(plan: FunnelPlan, buckets: Buckets | null): string {
  const columns = ['reach', ...plan.steps.map((_, step) => `t${step + 1}`), ...dimensionsOf(plan)];
  const chain = `arg_min({${columns.map((name) => `${name}: ${name}`).join(', ')}}, ${toRank(plan)}) as chain`;
  if (buckets === null) return `best as (select ${chain} from chains group by ${KEY})`;
  return `best as (
  select bucket, grouping(bucket) = 1 as is_whole, ${chain}
  from (select *, ${toBucketSql('make_timestamp(entered)', buckets)} as bucket from chains)
  group by grouping sets ((${KEY}), (${KEY}, bucket))
)`;
}

/**
 * What is least for the best chain. One number is quickest; only where chains of one moment may differ is more looked at: by dimensions, or by when they took
 * their steps, if it matters which row the entry is.
 */
function toRank(plan: FunnelPlan): string {
  const isEntryAlike = plan.alike.some(({ steps }) => steps.includes(0) && steps.length > 1);
  const times = isEntryAlike ? plan.steps.slice(1).map((_, index) => `t${index + 2}`) : [];
  const further = [...dimensionsOf(plan), ...times];
  const missing = `${plan.steps.length} - reach`;
  if (further.length === 0) return `(${missing}) * ${1n << 58n} + entered - ${plan.start}`;
  return `{missing: ${missing}, entered: entered, ${further.map((name) => `${name}: ${name}`).join(', ')}}`;
}

function toCounts({ steps }: FunnelPlan): string[] {
  const reached = steps.map((_, step) => `count(*) filter (chain.reach > ${step})`);
  const medians = steps
    .slice(1)
    .map((_, index) => `median(chain.t${index + 2} - chain.t${index + 1}) filter (chain.reach > ${index + 1})`);
  return [...reached, ...medians];
}

function dimensionsOf({ dimensionCount }: FunnelPlan): string[] {
  return Array.from({ length: dimensionCount }, (_, index) => `d${index}`);
}
