import type { ProviderSeries } from '../../analytics/metrics.ts';
import type { AnalysisTools } from './analysis-tools.ts';
import type { Buckets } from './buckets.ts';
import { toDimensionSql } from './dimensions.ts';
import type { EventRelation } from './event-relation.ts';
import { measureGroups, type Cells, type Measure, type MeasuredGroup } from './measured-groups.ts';

/** A series without what its metric is called and counted in: one value a bucket of the question. */
export type MeasuredSeries = Pick<
  ProviderSeries,
  'selection' | 'dimensions' | 'total' | 'previousTotal' | 'values' | 'previous'
>;

/** What is measured, of which time, for which groups. */
export interface SeriesQuestion {
  readonly measures: readonly Measure[];
  readonly buckets: Buckets;
  /** Keys of dimensions. */
  readonly breakdown: readonly string[];
  /** The buckets of an earlier period; null without a comparison. */
  readonly comparison: Buckets | null;
}

/**
 * Given rows with a column `at` and what is measured of them, return the series of each measure: without a breakdown exactly one, with one those of the groups that
 * have a row in either period.
 */
export async function measureSeries(
  rows: EventRelation,
  { measures, buckets, breakdown, comparison }: SeriesQuestion,
  tools: AnalysisTools,
): Promise<MeasuredSeries[]> {
  const dimensions = breakdown.map((key) => toDimensionSql(key, rows));
  const ask = (asked: Buckets) => measureGroups({ rows: rows.sql, buckets: asked, dimensions, measures }, tools);
  const now = await ask(buckets);
  const before = comparison && (await ask(comparison));
  const groups = new Map([...now, ...(before ?? [])].map(([key, group]) => [key, group.dimensions]));
  return measures.flatMap((measure, selection) =>
    [...groups].flatMap(([key, values]): MeasuredSeries[] => {
      const current = toValues(now.get(key), { measure, selection, buckets });
      const earlier = comparison && toValues(before?.get(key), { measure, selection, buckets: comparison });
      if (breakdown.length > 0 && current.count === 0 && (earlier?.count ?? 0) === 0) return [];
      return [
        {
          selection,
          dimensions: values.map((value, index) => ({ dimension: breakdown[index] ?? '', value })),
          total: current.total,
          previousTotal: earlier?.total ?? null,
          values: current.values,
          previous: earlier?.values ?? null,
        },
      ];
    }),
  );
}

const NOTHING: Cells = { count: 0, numbers: [] };

function toValues(
  group: MeasuredGroup | undefined,
  { measure, selection, buckets }: { measure: Measure; selection: number; buckets: Buckets },
): { readonly count: number; readonly total: number | null; readonly values: readonly (number | null)[] } {
  // Sums of very large numbers may be none any more.
  const toFinite = (value: number | null): number | null => (Number.isFinite(value) ? value : null);
  const toValue = (cells: readonly Cells[] | undefined) => toFinite(measure.toValue(cells?.[selection] ?? NOTHING));
  return {
    count: group?.whole[selection]?.count ?? 0,
    total: toValue(group?.whole),
    values: buckets.starts.map((_, index) => toValue(group?.buckets.get(index))),
  };
}
