import type { DataSource } from '../analytics/data-source.ts';
import { FILTER_OPERATORS } from '../analytics/filters.ts';
import { INTERVALS } from '../analytics/period.ts';
import type { QueryLimits } from '../analytics/query-limits.ts';

/** Most dimensions of one question: each is a column more to group by. */
const MOST_BREAKDOWNS = 3;

/** Given a data source, return what can be asked of answers that are computed over its events. */
export function eventLimitsOf({ connection }: DataSource): QueryLimits {
  const { exports, events } = connection.capabilities;
  return {
    intervals: INTERVALS,
    maxPoints: null,
    maxDays: (exports ?? events)?.limits.maxDays ?? null,
    earliestDate: (exports ?? events)?.limits.earliestDate ?? null,
    maxBreakdowns: MOST_BREAKDOWNS,
    filterOperators: FILTER_OPERATORS,
    timezones: 'ANY',
    supportsInstants: true,
  };
}

/** The same for answers by cohort, which enter by the day or longer. */
export function cohortLimitsOf(dataSource: DataSource): QueryLimits {
  return {
    ...eventLimitsOf(dataSource),
    intervals: INTERVALS.filter((interval) => interval !== 'MINUTE' && interval !== 'HOUR' && interval !== 'TOTAL'),
  };
}
