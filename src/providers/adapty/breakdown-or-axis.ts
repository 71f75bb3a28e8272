import type { Interval } from '../../analytics/period.ts';
import { QueryLimitError } from '../../errors.ts';

/** Throw where both groups and cohorts are wanted: a row of Adapty's retention and lifetime values is one or the other. */
export function assertBreakdownOrAxis(interval: Interval, breakdown: readonly string[]): void {
  if (interval === 'TOTAL' || breakdown.length === 0) return;
  throw new QueryLimitError(
    `query.breakdown: Adapty splits this by ${breakdown.join(', ')} or by time, not by both. Allowed with a breakdown: interval TOTAL`,
  );
}
