import type { Unit } from '../../analytics/catalog.ts';
import type { EventMeasure, MetricsQuery, MetricsQuerySelection, MetricsResult } from '../../analytics/metrics.ts';
import { QueryLimitError } from '../../errors.ts';
import { quoteText } from '../sql-text.ts';
import type { AnalysisTools } from './analysis-tools.ts';
import { toBuckets } from './buckets.ts';
import { toConditionSql } from './conditions.ts';
import { toDimensionSql, toNumberSql } from './dimensions.ts';
import { EVENT_METRICS } from './event-catalog.ts';
import type { EventRelation } from './event-relation.ts';
import type { Aggregate, Cells, Measure } from './measured-groups.ts';
import { measureSeries } from './measured-series.ts';

/** What is asked of events: measures of events of a name, or metrics of {@link EVENT_METRICS}. */
export type EventMetricsQuery = Pick<MetricsQuery, 'period' | 'axis' | 'breakdown' | 'comparison'> & {
  readonly selections: readonly Pick<MetricsQuerySelection, 'metric' | 'filters'>[];
};

/** What event metrics are computed with. */
export interface EventMetricsTools extends AnalysisTools {
  /** ISO 4217 code of the column `revenue`; null where unknown. */
  readonly currency: string | null;
}

/**
 * Given events and a question, return a series for each selection and group. What is counted or summed is 0 where there is no event; averages, extremes and events per
 * user are null. Totals are made of the events of the whole period, so that whoever comes in two buckets is one user.
 */
export async function computeEventMetrics(
  events: EventRelation,
  query: EventMetricsQuery,
  tools: EventMetricsTools,
): Promise<Omit<MetricsResult, 'freshness'>> {
  const asked = query.selections.map(toAsked);
  const { period, axis, breakdown, comparison } = query;
  const question = {
    measures: asked.map((one) => toMeasure(one, events)),
    buckets: toBuckets(period, axis),
    breakdown,
    comparison: comparison && toBuckets(comparison.period, comparison.axis),
  };
  const series = await measureSeries(events, question, tools);
  // The one bucket of the whole period is the total already.
  const isTotal = axis.interval === 'TOTAL';
  return {
    series: series.map((one) => ({
      ...one,
      ...toUnit(asked[one.selection], tools.currency),
      values: isTotal ? [] : one.values,
      previous: isTotal && one.previous ? [] : one.previous,
    })),
  };
}

/** A selection, whatever way it was asked for. */
interface Asked {
  /** Null for events of any name. */
  readonly name: string | null;
  readonly measure: EventMeasure;
  readonly property: string | null;
  readonly filters: MetricsQuerySelection['filters'];
}

function toAsked({ metric, filters }: EventMetricsQuery['selections'][number]): Asked {
  if (metric.kind === 'event') return { ...metric, filters };
  if (metric.kind === 'chart')
    throw new QueryLimitError('metric.chart: a saved chart is not computed from exported rows');
  const { key } = metric.metric;
  const known = EVENT_METRICS.find((candidate) => candidate.key === key);
  if (!known) throw new QueryLimitError(`metric.key: "${key}" is not computed from exported rows`);
  return { name: null, measure: known.measure, property: known.property, filters };
}

function toUnit(asked: Asked | undefined, currency: string | null): { unit: Unit; currency: string | null } {
  if (asked?.property === 'revenue' && currency !== null) return { unit: 'MONEY', currency };
  return { unit: UNITS[asked?.measure ?? 'COUNT'], currency: null };
}

const UNITS: Readonly<Record<EventMeasure, Unit>> = {
  COUNT: 'COUNT',
  UNIQUE_USERS: 'DISTINCT_COUNT',
  SESSIONS: 'DISTINCT_COUNT',
  COUNT_PER_USER: 'NUMBER',
  SUM: 'NUMBER',
  AVERAGE: 'NUMBER',
  MIN: 'NUMBER',
  MAX: 'NUMBER',
};

function toMeasure({ name, measure, property, filters }: Asked, events: EventRelation): Measure {
  const isOfName = name === null ? [] : [`name = ${quoteText(name)}`];
  const conditions = [...isOfName, ...filters.map((filter) => toConditionSql(filter, events))];
  return { condition: conditions.join(' and ') || 'true', ...toNumber(measure, property, events) };
}

function toNumber(
  measure: EventMeasure,
  property: string | null,
  events: EventRelation,
): Pick<Measure, 'aggregates' | 'toValue'> {
  const of = (by: string, key = property ?? ''): Aggregate => ({
    of: toNumberSql(key, events),
    by: (column) => `${by}(${column})`,
  });
  const distinct = (key: string): Aggregate => ({
    of: toDimensionSql(key, events),
    by: (column) => `count(distinct ${column})`,
  });
  const first = ({ numbers: [number = null] }: Cells): number | null => number;
  const orZero = (cells: Cells): number => first(cells) ?? 0;
  const ratio = ({ numbers: [part = null, whole = null] }: Cells): number | null =>
    part === null || whole === null || whole === 0 ? null : part / whole;
  switch (measure) {
    case 'COUNT':
      return { aggregates: [], toValue: ({ count }) => count };
    case 'UNIQUE_USERS':
      return { aggregates: [distinct('user_id')], toValue: orZero };
    case 'SESSIONS':
      return { aggregates: [distinct('session_id')], toValue: orZero };
    case 'COUNT_PER_USER':
      return {
        aggregates: [
          { of: toDimensionSql('user_id', events), by: (column) => `count(${column})` },
          distinct('user_id'),
        ],
        toValue: ratio,
      };
    case 'SUM':
      return { aggregates: [of('fsum')], toValue: orZero };
    case 'AVERAGE':
      return { aggregates: [of('fsum'), of('count')], toValue: ratio };
    case 'MIN':
      return { aggregates: [of('min')], toValue: first };
    case 'MAX':
      return { aggregates: [of('max')], toValue: first };
  }
}
