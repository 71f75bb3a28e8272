import type { Accounting } from '../../analytics/cohort-analysis.ts';
import type { Unit } from '../../analytics/catalog.ts';
import type { MetricsQuery, ProviderSeries } from '../../analytics/metrics.ts';
import { ProviderResponseError, QueryLimitError } from '../../errors.ts';
import type { ChartPlan, PlannedSelection } from './metric-plan.ts';
import type { AdaptyAnalyticsResponse, AdaptyMetricResponse } from './responses.ts';
import { readGroups, type SeriesGroup } from './series.ts';
import { ACCOUNTING_KEYS } from './vocabulary.ts';

/** What one request answered, for the period and for the one it is compared with. */
export interface ChartAnswer {
  readonly plan: ChartPlan;
  readonly current: AdaptyAnalyticsResponse;
  readonly previous: AdaptyAnalyticsResponse | null;
}

/** Given an answer, return its series in our words, aligned to the query's axis. */
export function toProviderSeries({ plan, current, previous }: ChartAnswer, query: MetricsQuery): ProviderSeries[] {
  return plan.selections.flatMap((selection) => {
    const metric = pickMetric(current, selection, plan);
    const { unit, currency, scale } = unitOf(selection, metric);
    const { breakdown, comparison } = query;
    const now = readGroups(metric, { period: query.period, axis: query.axis, breakdown });
    const before =
      previous && comparison ? readGroups(pickMetric(previous, selection, plan), { ...comparison, breakdown }) : null;
    const scaled = (values: readonly (number | null)[]) => values.map((value) => scaleBy(value, scale));
    const totalIn = (group: SeriesGroup | undefined) => (group ? scaleBy(totalOf(selection, group), scale) : null);
    return [...new Set([...now.keys(), ...(before?.keys() ?? [])])].map((key): ProviderSeries => {
      const group = now.get(key);
      const earlier = before?.get(key);
      return {
        selection: selection.index,
        dimensions: (group ?? earlier)?.dimensions ?? [],
        unit,
        currency,
        total: totalIn(group),
        previousTotal: totalIn(earlier),
        // A group that only the other period has is missing here, which is not zero.
        values: group ? scaled(group.values) : query.axis.epochs.map(() => null),
        previous: before && comparison ? scaled(earlier?.values ?? comparison.axis.epochs.map(() => null)) : null,
      };
    });
  });
}

function scaleBy(value: number | null, scale: number): number | null {
  return value === null ? null : value / scale;
}

function totalOf({ chart }: PlannedSelection, { value, points }: SeriesGroup): number | null {
  // Adapty adds up most charts; how many subscriptions there are is what there are at the end.
  if (chart?.kind === 'SNAPSHOT') return points.findLast((point) => point !== null) ?? value;
  if (value !== null || chart?.kind !== 'FLOW' || points.length === 0) return value;
  return points.reduce<number>((sum, point) => sum + (point ?? 0), 0);
}

// An older build called gross money so; seen by a public client. (checked 2026-11)
const OLDER_GROSS_KEY = 'gross_revenue';

function pickMetric(
  { data }: AdaptyAnalyticsResponse,
  { chart, accounting }: PlannedSelection,
  { chartId = 'revenue' }: ChartPlan,
): AdaptyMetricResponse {
  const keys = Object.keys(data);
  const found = keysOf(accounting).flatMap((key) => data[key] ?? [])[0];
  if (found) return found;
  // Nobody knows whether refund_money has accountings; one kind of money must not pass for another.
  const common = data['common'];
  if (common && accounting === 'GROSS') return common;
  const [only] = keys.length === 1 ? Object.values(data) : [];
  if (chart === null && accounting === null && only) return only;
  if (common || chart === null) {
    throw new QueryLimitError(
      `metric: the chart ${chartId} has no ${accounting ?? 'number without an accounting'} at Adapty, only ${keys.join(', ')}`,
    );
  }
  throw new ProviderResponseError(`Adapty answered without ${keysOf(accounting)[0]} to a question for ${chartId}.`);
}

function keysOf(accounting: Accounting | null): string[] {
  if (accounting === null) return ['common'];
  return accounting === 'GROSS' ? [ACCOUNTING_KEYS.GROSS, OLDER_GROSS_KEY] : [ACCOUNTING_KEYS[accounting]];
}

interface ScaledUnit {
  readonly unit: Unit;
  readonly currency: string | null;
  /** What the wire's numbers are to be divided by. */
  readonly scale: number;
}

function unitOf({ chart, accounting }: PlannedSelection, { unit }: AdaptyMetricResponse): ScaledUnit {
  if (chart?.isMoney || accounting !== null) {
    // There is no option for another currency: if there ever is one, these are not dollars any more.
    if (unit && unit !== 'USD') throw new ProviderResponseError('Adapty answered in another currency than USD.');
    return { unit: 'MONEY', currency: 'USD', scale: 1 };
  }
  if (chart) return { unit: chart.kind === 'SNAPSHOT' ? 'DISTINCT_COUNT' : 'COUNT', currency: null, scale: 1 };
  if (unit === 'USD') return { unit: 'MONEY', currency: 'USD', scale: 1 };
  if (unit === 'percent') return { unit: 'FRACTION', currency: null, scale: 100 };
  return { unit: 'NUMBER', currency: null, scale: 1 };
}
