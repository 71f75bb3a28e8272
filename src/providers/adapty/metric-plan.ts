import type { Accounting } from '../../analytics/cohort-analysis.ts';
import type { Filter } from '../../analytics/filters.ts';
import type { MetricsQuery, MetricsQuerySelection } from '../../analytics/metrics.ts';
import { InvalidQueryError, QueryLimitError } from '../../errors.ts';
import { CHARTS, findChartMetric, OTHER_CHART, type Chart } from './charts.ts';
import type { AdaptyVersion } from './config.ts';
import type { MetricOptions } from './metric-options.ts';
import { COMMON_SEGMENTATIONS, FILTERS_2024, type Vocabulary } from './vocabulary.ts';

/** One request to `/metrics/analytics/`: a chart answers all its accountings at once. */
export interface ChartPlan {
  /** Left out in 2024, which knew one chart: revenue. */
  readonly chartId: string | undefined;
  readonly vocabulary: Vocabulary;
  readonly filters: readonly Filter[];
  readonly options: MetricOptions;
  readonly selections: readonly PlannedSelection[];
}

/** A selection that a request answers. */
export interface PlannedSelection {
  /** Index into the query's selections. */
  readonly index: number;
  /** Null for a chart that is not documented. */
  readonly chart: Chart | null;
  /** Null for a chart that counts. */
  readonly accounting: Accounting | null;
}

type GrowingPlan = Omit<ChartPlan, 'selections'> & { readonly selections: PlannedSelection[] };

interface Asked {
  readonly chart: Chart | null;
  readonly chartId: string | undefined;
  readonly accounting: Accounting | null;
}

/** Given a query, return the requests that answer it: one for all selections of a chart with the same filters and options. */
export function planCharts({ selections }: MetricsQuery, version: AdaptyVersion): ChartPlan[] {
  const plans = new Map<string, GrowingPlan>();
  selections.forEach((selection, index) => {
    const { filters } = selection;
    const { chart, chartId, accounting } = toAsked(selection, version);
    const { chartId: _chartId, accounting: _accounting, ...options } = selection.options as MetricOptions;
    const key = JSON.stringify([chartId, filters, options]);
    const vocabulary = vocabularyOf(chart, version);
    const plan: GrowingPlan = plans.get(key) ?? { chartId, vocabulary, filters, options, selections: [] };
    plan.selections.push({ index, chart, accounting });
    plans.set(key, plan);
  });
  return [...plans.values()];
}

function toAsked({ metric, options }: MetricsQuerySelection, version: AdaptyVersion): Asked {
  if (metric.kind !== 'catalog') throw new QueryLimitError('metric: Adapty answers the metrics of its catalog only');
  const { key } = metric.metric;
  const { chartId, accounting = null } = options as MetricOptions;
  if (key === OTHER_CHART.key) {
    if (chartId === undefined) throw new InvalidQueryError(`options.chartId: ${key} needs the id of a chart`);
    return { chart: null, chartId, accounting };
  }
  if (chartId !== undefined || accounting !== null) {
    throw new InvalidQueryError(`options: chartId and accounting go with the metric ${OTHER_CHART.key}, not ${key}`);
  }
  const found = findChartMetric(key);
  if (!found) throw new QueryLimitError(`metric.key: Adapty has no metric ${key}`);
  if (version === '2026') return { ...found, chartId: found.chart.id };
  if (found.chart.id === 'revenue') return { ...found, chartId: undefined };
  throw new QueryLimitError(
    `metric.key: ${key} is not available with apiVersion 2024, whose document knows no chart ids. Allowed: revenue, proceeds, net_revenue`,
  );
}

// The document names app_id alone. Its one chart is revenue, which does not end.
const SEGMENTATIONS_2024 = COMMON_SEGMENTATIONS.filter((word) => word !== 'cancellation_reason');

const EVERYTHING = new Set(CHARTS.flatMap(({ segmentations }) => segmentations));
const EVERY_FILTER = new Set(CHARTS.flatMap(({ filters }) => filters));

function vocabularyOf(chart: Chart | null, version: AdaptyVersion): Vocabulary {
  const subject = chart ? `the chart ${chart.id}` : 'a chart';
  if (version === '2024') return { subject, segmentations: SEGMENTATIONS_2024, filters: FILTERS_2024 };
  return chart
    ? { subject, segmentations: chart.segmentations, filters: chart.filters }
    : { subject, segmentations: [...EVERYTHING], filters: [...EVERY_FILTER] };
}
