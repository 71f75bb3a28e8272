import type { DataSource, DataSources } from '../analytics/data-source.ts';
import type { Clock, Deadline } from '../analytics/deadline.ts';
import { formatDuration } from '../analytics/duration.ts';
import {
  toFunnelSteps,
  type FunnelQuery,
  type FunnelReport,
  type FunnelRequest,
  type FunnelStepQuery,
} from '../analytics/funnels.ts';
import { resolvePeriod } from '../analytics/period.ts';
import { requireCapability } from '../analytics/provider.ts';
import { assertWithinLimits, type FunnelLimits } from '../analytics/query-limits.ts';
import { InvalidQueryError, QueryLimitError } from '../errors.ts';
import type { EventNames } from './event-names.ts';
import { toFailure } from './failures.ts';
import { assertEventSent, assertKnownBreakdown, checkFilters, parseOptions, periodContext } from './query-checks.ts';

/** What answering a funnel needs. */
export interface FunnelServices {
  readonly dataSources: DataSources;
  readonly eventNames: EventNames;
  readonly clock: Clock;
  readonly deadline: Deadline;
}

/** Given a question for a funnel, return the report; every failure names its data source. */
export async function reportFunnel(request: FunnelRequest, services: FunnelServices): Promise<FunnelReport> {
  const dataSource = services.dataSources.require(request.source, 'query.source');
  try {
    const capability = requireCapability(dataSource, 'funnels');
    const query = await resolveFunnel(request, dataSource, services);
    const result = await capability.fetchFunnel(query, services.deadline);
    return {
      source: dataSource,
      answeredBy: 'NATIVE',
      period: query.period,
      interval: query.interval,
      breakdown: query.breakdown,
      countBy: query.countBy,
      order: query.order,
      conversionWindowMs: result.conversionWindowMs,
      steps: toFunnelSteps(result.steps),
      groups: result.groups.map((group) => ({ ...group, steps: toFunnelSteps(group.steps) })),
      problems: [],
      freshness: result.freshness,
    };
  } catch (error) {
    throw toFailure(error, dataSource);
  }
}

async function resolveFunnel(
  request: FunnelRequest,
  dataSource: DataSource,
  services: FunnelServices,
): Promise<FunnelQuery> {
  const { limits, options } = requireCapability(dataSource, 'funnels');
  const { interval, breakdown, order, countBy, conversionWindow: conversionWindowMs = null } = request;
  const context = periodContext(dataSource, { limits, timezone: request.timezone ?? null, now: services.clock.now() });
  const period = resolvePeriod(request.period, context);
  const steps = request.steps?.map((step, index) => toStep(step, dataSource, `query.steps[${index}]`)) ?? null;
  const excluding = request.excluding.map((event, index) => toStep(event, dataSource, `query.excluding[${index}]`));
  const filters = checkFilters(dataSource, request.filters, 'query.filters');
  const allFilters = [...filters, ...[...(steps ?? []), ...excluding].flatMap((step) => step.filters)];
  assertKnownBreakdown(dataSource, breakdown);
  if (limits.funnel) {
    assertFunnelWithinLimits({ steps, order, countBy, conversionWindowMs, excluding }, limits.funnel, dataSource.key);
  }
  assertWithinLimits({ period, interval, breakdown, filters: allFilters }, limits, dataSource.key);
  await Promise.all(
    (steps ?? []).map(({ event }, index) =>
      assertEventSent({ dataSource, ...services }, event, `query.steps[${index}].event`),
    ),
  );
  return {
    steps,
    period,
    order,
    conversionWindowMs,
    countBy,
    excluding,
    interval,
    breakdown,
    filters,
    options: parseOptions(options, request.options, 'query.options'),
  };
}

function toStep(
  { event, filters, as }: { event: string; filters: FunnelRequest['filters']; as?: string | null | undefined },
  dataSource: DataSource,
  path: string,
): FunnelStepQuery {
  return { event, filters: checkFilters(dataSource, filters, `${path}.filters`), name: as ?? event };
}

type LimitedFunnel = Pick<FunnelQuery, 'steps' | 'order' | 'countBy' | 'excluding' | 'conversionWindowMs'>;

function assertFunnelWithinLimits(query: LimitedFunnel, limits: FunnelLimits, sourceKey: string): void {
  const { steps, order, countBy, excluding, conversionWindowMs } = query;
  const { minSteps, maxSteps } = limits;
  if (steps === null) {
    throw new InvalidQueryError(
      `query.steps: "${sourceKey}" has no fixed funnel; name ${minSteps} to ${maxSteps} steps`,
    );
  }
  const filtered = steps.findIndex((step) => step.filters.length > 0);
  const refusals = [
    (steps.length < minSteps || steps.length > maxSteps) &&
      `query.steps: ${steps.length} steps, ${minSteps} to ${maxSteps} are allowed`,
    !limits.orders.includes(order) && `query.order: ${order} is not available. Allowed: ${limits.orders.join(', ')}`,
    !limits.countBy.includes(countBy) &&
      `query.countBy: ${countBy} is not available. Allowed: ${limits.countBy.join(', ')}`,
    excluding.length > 0 && !limits.supportsExclusions && 'query.excluding: events cannot be excluded',
    filtered >= 0 && !limits.supportsStepFilters && `query.steps[${filtered}].filters: steps cannot be filtered`,
    describeUnfitWindow(conversionWindowMs, limits.conversionWindowMs),
  ];
  const refusal = refusals.find((one) => typeof one === 'string');
  if (refusal) throw new QueryLimitError(`${refusal} (data source "${sourceKey}")`);
}

/** Why a conversion window cannot be asked for; null where it can. */
function describeUnfitWindow(
  windowMs: number | null,
  { min, max, step }: FunnelLimits['conversionWindowMs'],
): string | null {
  if (windowMs === null || (windowMs >= min && windowMs <= max && windowMs % step === 0)) return null;
  const allowed =
    min === max
      ? formatDuration(min)
      : `${formatDuration(min)} to ${formatDuration(max)} in steps of ${formatDuration(step)}`;
  return `query.conversionWindow: ${formatDuration(windowMs)} is not available. Allowed: ${allowed}`;
}
