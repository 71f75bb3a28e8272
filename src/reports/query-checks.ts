import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { assertKnownDimension, assertKnownEvent } from '../analytics/catalog.ts';
import type { DataSource } from '../analytics/data-source.ts';
import type { Deadline } from '../analytics/deadline.ts';
import { locateFilters, type Filter, type LocatedFilter } from '../analytics/filters.ts';
import { didYouMean, nearMatches } from '../analytics/near-matches.ts';
import { fieldPath, parseInput } from '../analytics/parse-input.ts';
import type { MetricsComparison } from '../analytics/metrics.ts';
import {
  resolveComparison,
  type ComparisonRequest,
  type Interval,
  type Period,
  type PeriodContext,
} from '../analytics/period.ts';
import type { QueryLimits } from '../analytics/query-limits.ts';
import { createTimeAxis } from '../analytics/time-axis.ts';
import { InvalidQueryError, QueryLimitError } from '../errors.ts';
import type { EventNames } from './event-names.ts';

/** Whose days a question to a data source means: the asked zone, if the data source can shift days, else its own. `path` is what messages call the question. */
export function periodContext(
  dataSource: DataSource,
  {
    limits,
    timezone,
    now,
    path = 'query',
  }: { limits: QueryLimits; timezone: string | null; now: number; path?: string },
): PeriodContext {
  const own = dataSource.connection.timezone ?? 'UTC';
  const wanted = timezone === null || isSameZone(timezone, own) ? own : timezone;
  if (wanted !== own && limits.timezones === 'DATA_SOURCE') {
    throw new QueryLimitError(
      `${fieldPath(path, ['timezone'])}: "${dataSource.key}" counts in days of ${own} and cannot shift them to ${wanted}. Leave the time zone out`,
    );
  }
  return { timezone: wanted, now, earliestDate: limits.earliestDate, path: fieldPath(path, ['period']) };
}

/** Given a comparison as asked, return the period to compare with and its buckets; null where none was asked for. */
export function resolveComparisonOf(
  request: ComparisonRequest | null | undefined,
  { period, interval, context }: { period: Period; interval: Interval; context: PeriodContext },
): MetricsComparison | null {
  if (!request) return null;
  const before = resolveComparison(request, period, { ...context, path: 'query.compareTo' });
  return { period: before, axis: createTimeAxis(before, interval), isPrecedingPeriod: before.end.equals(period.start) };
}

/** Whether two names mean one zone, such as "utc" and "Etc/UTC". */
function isSameZone(one: string, other: string): boolean {
  const [first, second] = [one, other].map((zone) =>
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone),
  );
  return first !== undefined && second !== undefined && first.equals(second);
}

/** Given filters, check values and dimensions against the catalog and return them with their paths. */
export function checkFilters(dataSource: DataSource, filters: readonly Filter[], path: string): LocatedFilter[] {
  const located = locateFilters(filters, path);
  for (const filter of located) {
    const path = `${filter.path}.dimension`;
    assertKnownDimension(dataSource.connection.catalog, filter.dimension, { path, sourceKey: dataSource.key });
  }
  return located;
}

/** Throw `BAD_USER_INPUT` where a dimension of a breakdown is not in the catalog. */
export function assertKnownBreakdown(dataSource: DataSource, breakdown: readonly string[]): void {
  breakdown.forEach((key, index) =>
    assertKnownDimension(dataSource.connection.catalog, key, {
      path: `query.breakdown[${index}]`,
      sourceKey: dataSource.key,
    }),
  );
}

/** Throw `BAD_USER_INPUT` with near matches where an event was never sent. */
export async function assertEventSent(
  { dataSource, eventNames, deadline }: { dataSource: DataSource; eventNames: EventNames; deadline: Deadline },
  name: string,
  path: string,
): Promise<void> {
  assertKnownEvent(await eventNames.listFor(dataSource, name, deadline), name, { path, sourceKey: dataSource.key });
}

/** Given options as asked, return them parsed by the provider's own schema; an unknown one is answered with the known ones. */
export function parseOptions(
  schema: z.ZodType<Record<string, unknown>>,
  options: Record<string, unknown> | null | undefined,
  path: string,
): Record<string, unknown> {
  const asked = Object.keys(options ?? {});
  const known = asked.length > 0 ? Object.keys(z.toJSONSchema(schema, { io: 'input' }).properties ?? {}) : [];
  const unknown = asked.find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw new InvalidQueryError(
      `${path}: there is no option "${unknown}".${didYouMean(nearMatches(unknown, known))} Known: ${known.join(', ') || 'none'}.`,
    );
  }
  return parseInput(schema, options ?? {}, path);
}
