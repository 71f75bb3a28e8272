import type { CohortAnalysisReport, CohortAnalysisRequest } from '../analytics/cohort-analysis.ts';
import { requireCapability } from '../analytics/provider.ts';
import { InvalidQueryError } from '../errors.ts';
import { parseOptions } from './query-checks.ts';
import {
  askSource,
  assertAllowed,
  refusal,
  resolveCommon,
  resolveEvents,
  type SingleSourceServices,
} from './single-source.ts';

/** Given a question for a cohort analysis, return the report; every failure names its data source. */
export function reportCohortAnalysis(
  request: CohortAnalysisRequest,
  services: SingleSourceServices,
): Promise<CohortAnalysisReport> {
  return askSource(request, services, async (dataSource) => {
    const capability = requireCapability(dataSource, 'cohort-analysis');
    const { cohortAnalysis: limits } = capability;
    const { context: _context, ...common } = resolveCommon(request, dataSource, {
      limits: capability.limits,
      now: services.clock.now(),
    });
    const { measure, accounting, offsetBy, days = null, cumulative } = request;
    assertAllowed('measure', { value: measure, allowed: limits.measures }, dataSource);
    assertAllowed('accounting', { value: accounting, allowed: limits.accountings }, dataSource);
    assertAllowed('offsetBy', { value: offsetBy, allowed: limits.offsetBy }, dataSource);
    if (days !== null && offsetBy !== 'DAY') {
      throw new InvalidQueryError(`query.days: goes with offsetBy DAY, not ${offsetBy}`);
    }
    if (cumulative && !limits.supportsCumulative) throw refusal('query.cumulative: is not available', dataSource);
    const events = await resolveEvents(
      { entry: request.entry },
      { dataSource, limits: capability.limits, takesEvents: limits.takesEvents, services },
    );
    const options = parseOptions(capability.options, request.options, 'query.options');
    const query = { ...common, ...events, measure, accounting, offsetBy, days, cumulative, options };
    const result = await capability.fetchCohortAnalysis(query, services.deadline);
    const { period, interval, breakdown } = common;
    return {
      source: dataSource,
      answeredBy: 'NATIVE',
      period,
      interval,
      breakdown,
      measure,
      accounting,
      offsetBy,
      cumulative,
      ...result,
    };
  });
}
