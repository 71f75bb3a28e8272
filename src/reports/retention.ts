import { toBreakdown } from '../analytics/catalog.ts';
import type { DataSource } from '../analytics/data-source.ts';
import { requireCapability } from '../analytics/provider.ts';
import {
  averageRetention,
  type RetentionLimits,
  type RetentionReport,
  type RetentionRequest,
} from '../analytics/retention.ts';
import { InvalidQueryError } from '../errors.ts';
import { parseOptions } from './query-checks.ts';
import { resolveChart } from './saved-charts.ts';
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
    const chart = resolveSavedRetention(request, capability.retention, dataSource);
    const events = await resolveEvents(
      { entry: request.entry, returning: request.returning },
      { dataSource, limits: capability.limits, takesEvents: capability.retention.takesEvents, services },
    );
    const { mode, offsets = null } = request;
    const options = parseOptions(capability.options, request.options, 'query.options');
    const result = await capability.fetchRetention(
      { ...common, ...events, chart, entryKind: request.entryKind, mode, offsets, options },
      services.deadline,
    );
    const { period, interval } = common;
    const { rows, groupsOverlap = false, freshness } = result;
    const average = groupsOverlap ? [] : averageRetention(rows);
    const { offsetBy } = capability.retention;
    return {
      source: dataSource,
      answeredBy: 'NATIVE',
      period,
      interval,
      breakdown: toBreakdown(common.breakdown, rows),
      mode,
      // What a saved retention counts as an entry is known at the provider only.
      entryKind: chart === null ? request.entryKind : null,
      offsetBy,
      rows,
      average,
      freshness,
    };
  });
}

/** The provider's own id of the saved retention that is asked for; null where none is, and none need be. */
function resolveSavedRetention(
  { chart = null, entry, returning }: RetentionRequest,
  { takesEvents, takesChart }: RetentionLimits,
  dataSource: DataSource,
): string | null {
  const named = (entry && 'entry') ?? (returning && 'returning');
  if (chart !== null && takesEvents && named) {
    throw new InvalidQueryError(
      `query.${named}: a saved retention has events of its own; name either events or a chart`,
    );
  }
  if (chart !== null) return resolveChart(chart, { dataSource, kind: 'RETENTION', path: 'query.chart', takesChart });
  if (takesEvents || takesChart !== true) return null;
  throw new InvalidQueryError(
    `query.chart: is missing. "${dataSource.key}" answers retentions that were saved there: name one by its id`,
  );
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
