import { toBreakdown } from '../analytics/catalog.ts';
import type { DataSource } from '../analytics/data-source.ts';
import { formatDuration } from '../analytics/duration.ts';
import {
  toFunnelSteps,
  type FunnelLimits,
  type FunnelQuery,
  type FunnelReport,
  type FunnelRequest,
  type FunnelsCapability,
  type FunnelStepQuery,
} from '../analytics/funnels.ts';
import { requireCapability } from '../analytics/provider.ts';
import { assertFilterOperators } from '../analytics/query-limits.ts';
import { InvalidQueryError } from '../errors.ts';
import { assertEventSent, checkFilters, parseOptions } from './query-checks.ts';
import { resolveChart } from './saved-charts.ts';
import { askSource, refusal, resolveCommon, type Asking, type SingleSourceServices } from './single-source.ts';

/** Given a question for a funnel, return the report; every failure names its data source. */
export function reportFunnel(request: FunnelRequest, services: SingleSourceServices): Promise<FunnelReport> {
  return askSource(request, services, async (dataSource) => {
    const capability = requireCapability(dataSource, 'funnels');
    const query = await resolveFunnel(request, { dataSource, capability, services });
    const { steps, groups, ...result } = await capability.fetchFunnel(query, services.deadline);
    const { period, interval, countBy, order } = query;
    const breakdown = toBreakdown(query.breakdown, groups);
    return {
      source: dataSource,
      answeredBy: result.answeredBy ?? capability.answeredBy ?? 'NATIVE',
      period,
      interval,
      breakdown,
      countBy,
      order,
      ...result,
      steps: toFunnelSteps(steps),
      groups: groups.map((group) => ({ ...group, steps: toFunnelSteps(group.steps) })),
      problems: [],
    };
  });
}

/** Given a question for a funnel, return what its data source is asked, checked against the limits and the catalog. */
export async function resolveFunnel(
  request: FunnelRequest,
  { dataSource, capability, services }: Asking<FunnelsCapability>,
): Promise<FunnelQuery> {
  const { limits, options } = capability;
  const { order, countBy, conversionWindow: conversionWindowMs = null } = request;
  const { context: _context, ...common } = resolveCommon(request, dataSource, { limits, now: services.clock.now() });
  const steps = request.steps?.map((step, index) => toStep(step, dataSource, `query.steps[${index}]`)) ?? null;
  const excluding = request.excluding.map((event, index) => toStep(event, dataSource, `query.excluding[${index}]`));
  const { takesChart } = capability.funnel;
  const chart =
    request.chart === undefined || request.chart === null
      ? null
      : resolveChart(request.chart, { dataSource, kind: 'FUNNEL', path: 'query.chart', takesChart });
  const funnel = { steps, chart, order, countBy, conversionWindowMs, excluding };
  assertFunnelWithinLimits(funnel, capability.funnel, dataSource);
  const ofSteps = [...(steps ?? []), ...excluding].flatMap((step) => step.filters);
  assertFilterOperators(ofSteps, limits, dataSource.key);
  await Promise.all(
    (steps ?? []).map(({ event }, index) =>
      assertEventSent({ dataSource, ...services }, event, `query.steps[${index}].event`),
    ),
  );
  return { ...common, ...funnel, options: parseOptions(options, request.options, 'query.options') };
}

function toStep(
  { event, filters, as }: { event: string; filters: FunnelRequest['filters']; as?: string | null | undefined },
  dataSource: DataSource,
  path: string,
): FunnelStepQuery {
  return { event, filters: checkFilters(dataSource, filters, `${path}.filters`), name: as ?? event };
}

type LimitedFunnel = Pick<FunnelQuery, 'steps' | 'chart' | 'order' | 'countBy' | 'excluding' | 'conversionWindowMs'>;

function assertFunnelWithinLimits(query: LimitedFunnel, limits: FunnelLimits, dataSource: DataSource): void {
  const { steps, chart } = query;
  const { minSteps, maxSteps, takesChart } = limits;
  if (steps !== null && chart !== null) {
    throw new InvalidQueryError('query.steps: a saved funnel has steps of its own; name either steps or a chart');
  }
  if (chart === null && maxSteps === 0 && takesChart === true) {
    throw new InvalidQueryError(
      `query.chart: is missing. "${dataSource.key}" answers funnels that were saved there: name one by its id`,
    );
  }
  if (steps === null && chart === null && minSteps > 0) {
    throw new InvalidQueryError(
      `query.steps: "${dataSource.key}" has no fixed funnel; name ${minSteps} to ${maxSteps} steps`,
    );
  }
  if (steps !== null && maxSteps === 0) {
    throw refusal("query.steps: the steps are the provider's own; leave them out", dataSource);
  }
  const unfit = describeUnfitFunnel(query, limits);
  if (unfit !== null) throw refusal(unfit, dataSource);
}

/** Why a funnel cannot be asked for; null where it can. A fixed one has limits for everything but its steps, too. */
function describeUnfitFunnel(query: LimitedFunnel, limits: FunnelLimits): string | null {
  const { order, countBy, excluding, conversionWindowMs } = query;
  const { minSteps, maxSteps } = limits;
  const steps = query.steps ?? [];
  const filtered = steps.findIndex((step) => step.filters.length > 0);
  const refusals = [
    query.chart === null &&
      (steps.length < minSteps || steps.length > maxSteps) &&
      `query.steps: ${steps.length} steps, ${minSteps} to ${maxSteps} are allowed`,
    !limits.orders.includes(order) && `query.order: ${order} is not available. Allowed: ${limits.orders.join(', ')}`,
    !limits.countBy.includes(countBy) &&
      `query.countBy: ${countBy} is not available. Allowed: ${limits.countBy.join(', ')}`,
    excluding.length > 0 && !limits.supportsExclusions && 'query.excluding: events cannot be excluded',
    filtered >= 0 && !limits.supportsStepFilters && `query.steps[${filtered}].filters: steps cannot be filtered`,
    describeUnfitWindow(conversionWindowMs, limits.conversionWindowMs),
  ];
  return refusals.find((one) => typeof one === 'string') ?? null;
}

/** Why a conversion window cannot be asked for; null where it can. */
function describeUnfitWindow(windowMs: number | null, limits: FunnelLimits['conversionWindowMs']): string | null {
  if (windowMs === null) return null;
  if (limits === null) return 'query.conversionWindow: cannot be chosen; leave it out';
  const { min, max, step } = limits;
  if (windowMs >= min && windowMs <= max && windowMs % step === 0) return null;
  const allowed =
    min === max
      ? formatDuration(min)
      : `${formatDuration(min)} to ${formatDuration(max)} in steps of ${formatDuration(step)}`;
  return `query.conversionWindow: ${formatDuration(windowMs)} is not available. Allowed: ${allowed}`;
}
