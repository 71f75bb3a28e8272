import type { Interval } from '../../analytics/period.ts';
import type { QueryLimits } from '../../analytics/query-limits.ts';
import { QueryLimitError } from '../../errors.ts';
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

/** Throw where both groups and cohorts are wanted: a row of Adapty's retention and lifetime values is one or the other. */
export function assertBreakdownOrAxis(interval: Interval, breakdown: readonly string[]): void {
  if (interval === 'TOTAL' || breakdown.length === 0) return;
  throw new QueryLimitError(
    `query.breakdown: Adapty splits this by ${breakdown.join(', ')} or by time, not by both. Allowed with a breakdown: interval TOTAL`,
  );
}
