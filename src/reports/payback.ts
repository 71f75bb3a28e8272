import type { LifetimeValueResult, LifetimeValueRow } from '../analytics/lifetime-value.ts';
import type { MetricSeries, MetricsReport } from '../analytics/metrics.ts';
import { QueryLimitError } from '../errors.ts';

/**
 * Given lifetime values and what it has cost to bring these users in, return the rows with their cost per user, and the first offset at which a user has been
 * worth that much. Both are null where the cost is not known or the cohort is empty, the offset also where it is not yet reached.
 */
export function withPayback(
  { rows, currency }: Pick<LifetimeValueResult, 'rows' | 'currency'>,
  costs: Pick<MetricsReport, 'series'>,
): LifetimeValueRow[] {
  for (const series of costs.series) assertComparable(series, currency);
  return rows.map((row) => {
    const cost = costOf(row, costs.series);
    const perUser = cost === null || row.size === null || row.size === 0 ? null : cost / row.size;
    return { ...row, acquisitionCost: perUser, paybackOffset: perUser === null ? null : offsetReaching(perUser, row) };
  });
}

/** Money is compared with money of the same currency, and what is compared per user must be a sum. */
function assertComparable({ name, unit, currency, metric }: MetricSeries, expected: string | null): void {
  const isSum = metric === null || metric.isAdditive;
  if (unit === 'MONEY' && isSum && currency === expected) return;
  const found = unit === 'MONEY' ? `${isSum ? 'money' : 'an average'} in ${currency ?? 'no known currency'}` : unit;
  throw new QueryLimitError(
    `query.acquisitionCost: "${name}" is ${found}; it must be a sum of money in ${expected ?? 'the currency of the values, which is not known'}`,
  );
}

function costOf({ cohort, dimensions }: LifetimeValueRow, costs: readonly MetricSeries[]): number | null {
  const values = new Map(dimensions.map(({ dimension, value }) => [dimension, value]));
  const own = costs.find((series) =>
    series.dimensions.every(({ dimension, value }) => values.has(dimension) && values.get(dimension) === value),
  );
  if (!own) return null;
  if (cohort === null) return own.total;
  const bucket = own.axis.dates?.indexOf(cohort) ?? -1;
  return own.values[bucket] ?? null;
}

function offsetReaching(cost: number, { cells }: LifetimeValueRow): number | null {
  return cells.find(({ value }) => value !== null && value >= cost)?.offset ?? null;
}
