import { toBreakdown } from '../analytics/catalog.ts';
import type { DataSource } from '../analytics/data-source.ts';
import { requireCapability } from '../analytics/provider.ts';
import {
  averageRetention,
  type RetentionCapability,
  type RetentionLimits,
  type RetentionQuery,
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
  type Asking,
  type SingleSourceServices,
} from './single-source.ts';

/** Given a question for retention, return the report; every failure names its data source. */
export function reportRetention(request: RetentionRequest, services: SingleSourceServices): Promise<RetentionReport> {
  return askSource(request, services, async (dataSource) => {
    const capability = requireCapability(dataSource, 'retention');
    const query = await resolveRetention(request, { dataSource, capability, services });
    const { period, interval, chart, mode } = query;
    const result = await capability.fetchRetention(query, services.deadline);
    const { rows, groupsOverlap = false, freshness } = result;
    const average = groupsOverlap ? [] : averageRetention(rows);
    const { offsetBy } = capability.retention;
    return {
      source: dataSource,
      answeredBy: capability.answeredBy ?? 'NATIVE',
      period,
      interval,
      breakdown: toBreakdown(query.breakdown, rows),
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

/** Given a question for retention, return what its data source is asked, checked against the limits and the catalog. */
export async function resolveRetention(
  request: RetentionRequest,
  { dataSource, capability, services }: Asking<RetentionCapability>,
): Promise<RetentionQuery> {
  const { limits, retention } = capability;
  const { context: _context, ...common } = resolveCommon(request, dataSource, { limits, now: services.clock.now() });
  assertRetentionWithinLimits(request, retention, dataSource);
  const chart = resolveSavedRetention(request, retention, dataSource);
  const { entry, returning, entryKind, mode, offsets = null } = request;
  const { takesEvents } = retention;
  const events = await resolveEvents({ entry, returning }, { dataSource, limits, takesEvents, services });
  const options = parseOptions(capability.options, request.options, 'query.options');
  return { ...common, ...events, chart, entryKind, mode, offsets, options };
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
