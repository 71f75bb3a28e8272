import type {
  ConversionPoint,
  ConversionQuery,
  ConversionReport,
  ConversionRequest,
  ConversionsCapability,
} from '../analytics/conversions.ts';
import { requireCapability } from '../analytics/provider.ts';
import { assertPointsWithinLimits } from '../analytics/query-limits.ts';
import { createTimeAxis } from '../analytics/time-axis.ts';
import { toMetricSeries } from './metric-series.ts';
import { assertEventSent, parseOptions, resolveComparisonOf } from './query-checks.ts';
import { askSource, refusal, resolveCommon, type Asking, type SingleSourceServices } from './single-source.ts';

/** Given a question for a conversion, return the report; every failure names its data source. */
export function reportConversion(
  request: ConversionRequest,
  services: SingleSourceServices,
): Promise<ConversionReport> {
  return askSource(request, services, async (dataSource) => {
    const capability = requireCapability(dataSource, 'conversions');
    const query = await resolveConversion(request, { dataSource, capability, services });
    const { period, interval, breakdown, axis, comparison, from, to } = query;
    const { series, ...result } = await capability.fetchConversion(query, services.deadline);
    const now = services.clock.now();
    const name = `${describePoint(from)} to ${describePoint(to)}`;
    const answeredBy = capability.answeredBy ?? 'NATIVE';
    return {
      source: dataSource,
      answeredBy,
      period,
      interval,
      breakdown,
      hasComparison: comparison !== null,
      ...result,
      series: toMetricSeries(series, {
        name,
        ownName: name,
        metric: null,
        dataSource,
        answeredBy,
        axis,
        comparison,
        now,
      }),
    };
  });
}

/** Given a question for a conversion, return what its data source is asked, checked against the limits and the catalog. */
export async function resolveConversion(
  request: ConversionRequest,
  asking: Asking<ConversionsCapability>,
): Promise<ConversionQuery> {
  const { dataSource, capability, services } = asking;
  const { limits } = capability;
  const { context, ...common } = resolveCommon(request, dataSource, { limits, now: services.clock.now() });
  const { period, interval } = common;
  const axis = createTimeAxis(period, interval);
  assertPointsWithinLimits(axis.epochs.length, limits, dataSource.key);
  const comparison = resolveComparisonOf(request.compareTo, { period, interval, context });
  const [from, to] = await Promise.all([
    resolvePoint(request.from, 'query.from', asking),
    resolvePoint(request.to, 'query.to', asking),
  ]);
  const options = parseOptions(capability.options, request.options, 'query.options');
  return { ...common, axis, comparison, from, to, options };
}

async function resolvePoint(
  point: ConversionRequest['from'],
  path: string,
  { dataSource, capability, services }: Asking<ConversionsCapability>,
): Promise<ConversionPoint> {
  const kind = 'event' in point ? 'event' : 'subscription';
  const { points } = capability.conversion;
  if (!points.includes(kind)) {
    throw refusal(`${path}: ${kind} is not available. Allowed: ${points.join(', ')}`, dataSource);
  }
  if ('event' in point) {
    await assertEventSent({ dataSource, ...services }, point.event, `${path}.event`);
    return { kind: 'event', name: point.event };
  }
  const { stage, period, orLater } = point.subscription;
  return { kind: 'subscription', stage, period: stage === 'PAID' ? (period ?? 1) : null, orLater };
}

function describePoint(point: ConversionPoint): string {
  if (point.kind === 'event') return point.name;
  const stage = point.stage.toLowerCase();
  return point.period === null ? stage : `${stage} ${point.period}${point.orLater ? '+' : ''}`;
}
