import type { DataSource, DataSources } from '../analytics/data-source.ts';
import type { Clock, Deadline } from '../analytics/deadline.ts';
import type { LocatedFilter, Filter } from '../analytics/filters.ts';
import type { FunnelStepQuery } from '../analytics/funnels.ts';
import {
  resolvePeriod,
  type Interval,
  type Period,
  type PeriodContext,
  type PeriodRequest,
} from '../analytics/period.ts';
import { assertFilterOperators, assertWithinLimits, type QueryLimits } from '../analytics/query-limits.ts';
import { InvalidQueryError, QueryLimitError } from '../errors.ts';
import type { EventNames } from './event-names.ts';
import { toFailure } from './failures.ts';
import { assertEventSent, assertKnownBreakdown, checkFilters, periodContext } from './query-checks.ts';

/** What answering a question to one data source needs. */
export interface SingleSourceServices {
  readonly dataSources: DataSources;
  readonly eventNames: EventNames;
  readonly clock: Clock;
  readonly deadline: Deadline;
}

/** Who is asked, and through which of its capabilities. */
export interface Asking<Capability> {
  readonly dataSource: DataSource;
  readonly capability: Capability;
  readonly services: SingleSourceServices;
}

/** Given a question to one data source, answer it; every failure names the data source. */
export async function askSource<T>(
  { source }: { readonly source: string },
  { dataSources }: Pick<SingleSourceServices, 'dataSources'>,
  answer: (dataSource: DataSource) => Promise<T>,
): Promise<T> {
  const dataSource = dataSources.require(source, 'query.source');
  try {
    return await answer(dataSource);
  } catch (error) {
    throw toFailure(error, dataSource);
  }
}

/** What every question has in common. */
export interface CommonRequest {
  readonly period: PeriodRequest;
  readonly timezone?: string | null | undefined;
  readonly interval: Interval;
  readonly breakdown: readonly string[];
  readonly filters: readonly Filter[];
  readonly waitFor?: number | null | undefined;
}

/** What every question has in common, checked. */
export interface CommonQuery {
  readonly period: Period;
  readonly interval: Interval;
  readonly breakdown: readonly string[];
  readonly filters: LocatedFilter[];
  readonly waitMs: number | null;
}

/** Given what every question has in common, check it against the limits and the catalog of a data source. */
export function resolveCommon(
  { interval, breakdown, ...request }: CommonRequest,
  dataSource: DataSource,
  { limits, now }: { limits: QueryLimits; now: number },
): CommonQuery & { readonly context: PeriodContext } {
  const context = periodContext(dataSource, { limits, timezone: request.timezone ?? null, now });
  const period = resolvePeriod(request.period, context);
  const filters = checkFilters(dataSource, request.filters, 'query.filters');
  assertKnownBreakdown(dataSource, breakdown);
  if (new Set(breakdown).size < breakdown.length) {
    throw new InvalidQueryError('query.breakdown: names a dimension twice');
  }
  assertWithinLimits({ period, interval, breakdown, filters }, limits, dataSource.key);
  return { period, interval, breakdown, filters, waitMs: request.waitFor ?? null, context };
}

/** An event as a question names it. */
interface EventSelector {
  readonly event: string;
  readonly filters: readonly Filter[];
}

/** Given the events that a question names, check that the data source takes them and their filters, and that they were ever sent. */
export async function resolveEvents<Name extends string>(
  selectors: Readonly<Record<Name, EventSelector | null | undefined>>,
  {
    dataSource,
    limits,
    takesEvents,
    services,
  }: { dataSource: DataSource; limits: QueryLimits; takesEvents: boolean; services: SingleSourceServices },
): Promise<Record<Name, FunnelStepQuery | null>> {
  const resolved = await Promise.all(
    (Object.entries(selectors) as [Name, EventSelector | null | undefined][]).map(async ([name, selector]) => {
      if (!selector) return [name, null] as const;
      const path = `query.${name}`;
      if (!takesEvents) throw refusal(`${path}: the events are the provider's own; leave it out`, dataSource);
      const filters = checkFilters(dataSource, selector.filters, `${path}.filters`);
      assertFilterOperators(filters, limits, dataSource.key);
      await assertEventSent({ dataSource, ...services }, selector.event, `${path}.event`);
      return [name, { event: selector.event, filters, name: selector.event }] as const;
    }),
  );
  return Object.fromEntries(resolved) as Record<Name, FunnelStepQuery | null>;
}

/** Throw `QUERY_NOT_SUPPORTED` where a value is not among those that a data source allows. */
export function assertAllowed<T extends string>(
  field: string,
  { value, allowed }: { value: T; allowed: readonly T[] },
  dataSource: DataSource,
): void {
  if (allowed.includes(value)) return;
  throw refusal(`query.${field}: ${value} is not available. Allowed: ${allowed.join(', ')}`, dataSource);
}

/** Given why a question is refused, return the error that says so and whose limit it is. */
export function refusal(message: string, dataSource: DataSource): QueryLimitError {
  return new QueryLimitError(`${message} (data source "${dataSource.key}")`);
}
