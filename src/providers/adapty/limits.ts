import type { QueryLimits } from '../../analytics/query-limits.ts';
import type { AdaptyConfig } from './config.ts';
import { INTERVALS } from './vocabulary.ts';

/** Given a data source's configuration, return the limits that all its capabilities have in common. */
export function limitsOf({ earliestDate }: AdaptyConfig): QueryLimits {
  return {
    intervals: INTERVALS,
    maxPoints: null,
    maxDays: null,
    earliestDate: earliestDate ?? null,
    maxBreakdowns: 1,
    filterOperators: ['IS'],
    // Every request says whose days are meant.
    timezones: 'ANY',
    supportsInstants: false,
  };
}
