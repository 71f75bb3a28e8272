import type { DataSource } from '../analytics/data-source.ts';
import { requireCapability } from '../analytics/provider.ts';
import {
  averageRetention,
  type RetentionLimits,
  type RetentionReport,
  type RetentionRequest,
} from '../analytics/retention.ts';
import { parseOptions } from './query-checks.ts';
import {
  askSource,
  assertAllowed,
  refusal,
  resolveCommon,
  resolveEvents,
  type SingleSourceServices,
} from './single-source.ts';

/** Given a question for retention, return the report; every failure names its data source. */
export function reportRetention(request: RetentionRequest, services: SingleSourceServices): Promise<RetentionReport> {
  return askSource(request, services, async (dataSource) => {
    const capability = requireCapability(dataSource, 'retention');
    const { context: _context, ...common } = resolveCommon(request, dataSource, {
      limits: capability.limits,
      now: services.clock.now(),
    });
    assertRetentionWithinLimits(request, capability.retention, dataSource);
    const events = await resolveEvents(
      { entry: request.entry, returning: request.returning },
      { dataSource, limits: capability.limits, takesEvents: capability.retention.takesEvents, services },
    );
    const { entryKind, mode, offsets = null } = request;
    const options = parseOptions(capability.options, request.options, 'query.options');
    const result = await capability.fetchRetention(
      { ...common, ...events, entryKind, mode, offsets, options },
      services.deadline,
    );
    const { period, interval, breakdown } = common;
    const average = averageRetention(result.rows);
    const { offsetBy } = capability.retention;
    return {
      source: dataSource,
      answeredBy: 'NATIVE',
      period,
      interval,
      breakdown,
      mode,
      entryKind,
      offsetBy,
      ...result,
      average,
    };
  });
}

function assertRetentionWithinLimits(
  { mode, entryKind, offsets = null }: RetentionRequest,
  limits: RetentionLimits,
  dataSource: DataSource,
): void {
  assertAllowed('mode', { value: mode, allowed: limits.modes }, dataSource);
  assertAllowed('entryKind', { value: entryKind, allowed: limits.entryKinds }, dataSource);
  if (offsets !== null && limits.maxOffsets !== null && offsets > limits.maxOffsets) {
    throw refusal(`query.offsets: ${offsets} is more than the ${limits.maxOffsets} that can be asked for`, dataSource);
  }
}
