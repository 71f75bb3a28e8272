import type { Interval } from '../../analytics/period.ts';
import type { QueryLimits } from '../../analytics/query-limits.ts';
import { QueryLimitError } from '../../errors.ts';
import type { GrowingioConfig } from './config.ts';

/** Given the intervals of a capability, return its limits: what is split and filtered is saved with the chart. */
export function limitsOf({ earliestDate }: GrowingioConfig, intervals: readonly Interval[]): QueryLimits {
  return {
    intervals,
    maxPoints: null,
    // No longest period is documented.
    maxDays: null,
    earliestDate: earliestDate ?? null,
    maxBreakdowns: 0,
    filterOperators: [],
    timezones: 'DATA_SOURCE',
    supportsInstants: false,
  };
}

/** Given the saved chart that a question names, return its id; throws where it names none. */
export function requireChart(chart: string | null): string {
  if (chart !== null) return chart;
  throw new QueryLimitError('query.chart: GrowingIO answers saved charts only; name one by its id');
}
