import type { Filter } from '../../analytics/filters.ts';
import type { AnalysisTools } from './analysis-tools.ts';
import { toConditionSql } from './conditions.ts';
import { toNumberSql } from './dimensions.ts';
import type { EventRelation } from './event-relation.ts';
import type { Aggregate, Measure } from './measured-groups.ts';
import { measureSeries, type MeasuredSeries, type SeriesQuestion } from './measured-series.ts';

/** Facts at rest, one for each combination of a time and dimensions: `at` (TIMESTAMP, UTC), when the row's hour or day begins, texts and numbers. */
export type FactRelation = EventRelation;

/** A number about facts: the sum of a column, or the sum of one by the sum of another, as a fraction. */
export type FactMetric =
  | { readonly kind: 'SUM'; readonly column: string }
  | { readonly kind: 'RATIO'; readonly part: string; readonly whole: string };

/** What is asked of facts. */
export interface FactMetricsQuery extends Omit<SeriesQuestion, 'measures'> {
  readonly selections: readonly { readonly metric: FactMetric; readonly filters: readonly Filter[] }[];
}

/**
 * Given facts and a question, return a series for each selection and group. A sum is 0 where there is no row and null where there are rows, none with a number. A
 * ratio is null where its whole is 0 or unknown. Totals are made of the rows, not of the buckets.
 */
export async function computeFactMetrics(
  facts: FactRelation,
  query: FactMetricsQuery,
  tools: AnalysisTools,
): Promise<MeasuredSeries[]> {
  const measures = query.selections.map(({ metric, filters }): Measure => {
    const conditions = filters.map((filter) => toConditionSql(filter, facts));
    const sum = (column: string): Aggregate => ({ of: toNumberSql(column, facts), by: (name) => `fsum(${name})` });
    return {
      condition: conditions.join(' and ') || 'true',
      aggregates: (metric.kind === 'SUM' ? [metric.column] : [metric.part, metric.whole]).map(sum),
      toValue: ({ count, numbers: [first = null, second = null] }) => {
        if (metric.kind === 'RATIO') return first === null || second === null || second === 0 ? null : first / second;
        return count === 0 ? 0 : first;
      },
    };
  });
  return await measureSeries(facts, { ...query, measures }, tools);
}
