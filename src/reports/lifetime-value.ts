import type { LifetimeValueReport, LifetimeValueRequest } from '../analytics/lifetime-value.ts';
import { requireCapability } from '../analytics/provider.ts';
import { parseOptions } from './query-checks.ts';
import { askSource, assertAllowed, resolveCommon, type SingleSourceServices } from './single-source.ts';

/** Given a question for lifetime values, return the report; every failure names its data source. */
export function reportLifetimeValue(
  request: LifetimeValueRequest,
  services: SingleSourceServices,
): Promise<LifetimeValueReport> {
  return askSource(request, services, async (dataSource) => {
    const capability = requireCapability(dataSource, 'lifetime-value');
    const { accounting, offsetBy } = request;
    const { context: _context, ...common } = resolveCommon(request, dataSource, {
      limits: capability.limits,
      now: services.clock.now(),
    });
    assertAllowed('accounting', { value: accounting, allowed: capability.lifetimeValue.accountings }, dataSource);
    assertAllowed('offsetBy', { value: offsetBy, allowed: capability.lifetimeValue.offsetBy }, dataSource);
    const options = parseOptions(capability.options, request.options, 'query.options');
    const result = await capability.fetchLifetimeValue({ ...common, accounting, offsetBy, options }, services.deadline);
    const { period, interval, breakdown } = common;
    return { source: dataSource, answeredBy: 'NATIVE', period, interval, breakdown, accounting, offsetBy, ...result };
  });
}
