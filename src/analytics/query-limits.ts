import { QueryLimitError } from '../errors.ts';
import type { FilterOperator } from './filters.ts';
import { fieldPath } from './parse-input.ts';
import type { Interval, Period } from './period.ts';

/** What a data source's capability can be asked: plain data, checked before any call and published in the schema. */
export interface QueryLimits {
  readonly intervals: readonly Interval[];
  /** Most buckets one series may have; null where only our own cap applies. */
  readonly maxPoints: number | null;
  /** Longest period in days; null for no limit. */
  readonly maxDays: number | null;
  /** First calendar day with data, YYYY-MM-DD; null where unknown. `ALL_TIME` starts there. */
  readonly earliestDate: string | null;
  readonly maxBreakdowns: number;
  readonly filterOperators: readonly FilterOperator[];
  /** `DATA_SOURCE`: only in the time zone of the data source. `ANY`: the caller may choose. */
  readonly timezones: 'DATA_SOURCE' | 'ANY';
  /** Whether a period may start or end within a day. */
  readonly supportsInstants: boolean;
}

/** The limits of what is listed rather than asked for a period, such as dashboards. */
export const LISTING_LIMITS: QueryLimits = {
  intervals: [],
  maxPoints: null,
  maxDays: null,
  earliestDate: null,
  maxBreakdowns: 0,
  filterOperators: [],
  timezones: 'DATA_SOURCE',
  supportsInstants: false,
};

/** The parts of a query that limits speak about. */
export interface LimitedQuery {
  readonly period: Period;
  readonly interval: Interval;
  readonly breakdown: readonly string[];
  readonly filters: readonly { readonly operator: FilterOperator; readonly path: string }[];
  /** What messages call the argument that holds the query: `query` where left out, empty where its fields are arguments themselves. */
  readonly path?: string;
}

/** Throw `QUERY_NOT_SUPPORTED` with the limit in its message where the query asks for more than the limits allow. */
export function assertWithinLimits(query: LimitedQuery, limits: QueryLimits, sourceKey: string): void {
  const refuse = (field: string, message: string): never => {
    const path = fieldPath(query.path ?? 'query', [field]);
    throw new QueryLimitError(`${path}: ${message} (data source "${sourceKey}")`);
  };
  if (!limits.intervals.includes(query.interval)) {
    refuse('interval', `${query.interval} is not available. Allowed: ${limits.intervals.join(', ')}`);
  }
  if (limits.maxDays !== null && query.period.dayCount > limits.maxDays) {
    refuse('period', `${query.period.dayCount} days are more than the ${limits.maxDays} that can be asked for`);
  }
  if (limits.earliestDate !== null && query.period.firstDay < limits.earliestDate) {
    refuse('period', `starts on ${query.period.firstDay}, before the first day with data, ${limits.earliestDate}`);
  }
  if (!limits.supportsInstants && !query.period.isWholeDays) {
    refuse('period', 'must be whole days');
  }
  if (query.breakdown.length > limits.maxBreakdowns) {
    refuse('breakdown', `${query.breakdown.length} dimensions, at most ${limits.maxBreakdowns} are allowed`);
  }
  assertFilterOperators(query.filters, limits, sourceKey);
}

/** Throw `QUERY_NOT_SUPPORTED` where a filter compares in a way that the data source does not know. */
export function assertFilterOperators(
  filters: LimitedQuery['filters'],
  { filterOperators }: QueryLimits,
  sourceKey: string,
): void {
  for (const { operator, path } of filters) {
    if (filterOperators.includes(operator)) continue;
    const allowed = filterOperators.length > 0 ? `Allowed: ${filterOperators.join(', ')}` : 'No filter is';
    throw new QueryLimitError(
      `${path}.operator: ${operator} is not available. ${allowed} (data source "${sourceKey}")`,
    );
  }
}

/** Throw `QUERY_NOT_SUPPORTED` where a series would have more points than the data source gives. */
export function assertPointsWithinLimits(pointCount: number, { maxPoints }: QueryLimits, sourceKey: string): void {
  if (maxPoints === null || pointCount <= maxPoints) return;
  throw new QueryLimitError(
    `query.interval: ${pointCount} points a series are more than the ${maxPoints} that can be asked for (data source "${sourceKey}")`,
  );
}
