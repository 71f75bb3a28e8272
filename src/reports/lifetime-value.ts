import type {
  LifetimeValueCapability,
  LifetimeValueQuery,
  LifetimeValueReport,
  LifetimeValueRequest,
} from '../analytics/lifetime-value.ts';
import type { MetricsReport, MetricsRequest } from '../analytics/metrics.ts';
import { requireCapability } from '../analytics/provider.ts';
import { resolveValue } from './cohort-value.ts';
import { withPayback } from './payback.ts';
import { parseOptions } from './query-checks.ts';
import {
  askSource,
  assertAllowed,
  resolveCommon,
  resolveEvents,
  type Asking,
  type SingleSourceServices,
} from './single-source.ts';

/** What asks for the cost of bringing users in. */
interface CostServices {
  metrics(request: MetricsRequest): Promise<MetricsReport>;
}

/** Most groups whose cost is asked for. */
const MOST_COST_GROUPS = 1000;

/** The cost of bringing in those who entered in each bucket and group; null where the question names none. */
async function askCosts(request: LifetimeValueRequest, { metrics }: CostServices): Promise<MetricsReport | null> {
  const { acquisitionCost, period, timezone, interval, breakdown, filters, waitFor } = request;
  if (!acquisitionCost) return null;
  const common = { period, timezone, interval, breakdown, filters, waitFor };
  return metrics({ ...common, select: [acquisitionCost], seriesLimit: MOST_COST_GROUPS });
}

/** Given a question for lifetime values, return the report; every failure names its data source. */
export function reportLifetimeValue(
  request: LifetimeValueRequest,
  services: SingleSourceServices & CostServices,
): Promise<LifetimeValueReport> {
  return askSource(request, services, async (dataSource) => {
    const capability = requireCapability(dataSource, 'lifetime-value');
    const query = await resolveLifetimeValue(request, { dataSource, capability, services });
    const { period, interval, breakdown, accounting, offsetBy } = query;
    const [result, costs] = await Promise.all([
      capability.fetchLifetimeValue(query, services.deadline),
      askCosts(request, services),
    ]);
    return {
      source: dataSource,
      answeredBy: capability.answeredBy ?? 'NATIVE',
      period,
      interval,
      breakdown,
      accounting,
      offsetBy,
      ...result,
      rows: costs ? withPayback(result, costs) : result.rows,
      hasAcquisitionCost: costs !== null,
    };
  });
}

/** Given a question for lifetime values, return what its data source is asked, checked against the limits and the catalog. */
export async function resolveLifetimeValue(
  request: LifetimeValueRequest,
  { dataSource, capability, services }: Asking<LifetimeValueCapability>,
): Promise<LifetimeValueQuery> {
  const { limits, lifetimeValue } = capability;
  const { context: _context, ...common } = resolveCommon(request, dataSource, { limits, now: services.clock.now() });
  const { accounting, offsetBy } = request;
  assertAllowed('accounting', { value: accounting, allowed: lifetimeValue.accountings }, dataSource);
  assertAllowed('offsetBy', { value: offsetBy, allowed: lifetimeValue.offsetBy }, dataSource);
  const { takesEvents, takesValue } = lifetimeValue;
  const events = await resolveEvents({ entry: request.entry }, { dataSource, limits, takesEvents, services });
  return {
    ...common,
    ...events,
    value: await resolveValue(request.value, { dataSource, limits, takesValue, services }),
    accounting,
    offsetBy,
    options: parseOptions(capability.options, request.options, 'query.options'),
  };
}
