import type {
  LifetimeValueCapability,
  LifetimeValueQuery,
  LifetimeValueReport,
  LifetimeValueRequest,
} from '../analytics/lifetime-value.ts';
import { requireCapability } from '../analytics/provider.ts';
import { resolveValue } from './cohort-value.ts';
import { parseOptions } from './query-checks.ts';
import {
  askSource,
  assertAllowed,
  resolveCommon,
  resolveEvents,
  type Asking,
  type SingleSourceServices,
} from './single-source.ts';

/** Given a question for lifetime values, return the report; every failure names its data source. */
export function reportLifetimeValue(
  request: LifetimeValueRequest,
  services: SingleSourceServices,
): Promise<LifetimeValueReport> {
  return askSource(request, services, async (dataSource) => {
    const capability = requireCapability(dataSource, 'lifetime-value');
    const query = await resolveLifetimeValue(request, { dataSource, capability, services });
    const { period, interval, breakdown, accounting, offsetBy } = query;
    const result = await capability.fetchLifetimeValue(query, services.deadline);
    return {
      source: dataSource,
      answeredBy: capability.answeredBy ?? 'NATIVE',
      period,
      interval,
      breakdown,
      accounting,
      offsetBy,
      ...result,
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
