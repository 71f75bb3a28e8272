import type {
  CohortAnalysisCapability,
  CohortAnalysisQuery,
  CohortAnalysisReport,
  CohortAnalysisRequest,
} from '../analytics/cohort-analysis.ts';
import { requireCapability } from '../analytics/provider.ts';
import { InvalidQueryError } from '../errors.ts';
import { resolveValue } from './cohort-value.ts';
import { parseOptions } from './query-checks.ts';
import {
  askSource,
  assertAllowed,
  refusal,
  resolveCommon,
  resolveEvents,
  type Asking,
  type SingleSourceServices,
} from './single-source.ts';

/** Given a question for a cohort analysis, return the report; every failure names its data source. */
export function reportCohortAnalysis(
  request: CohortAnalysisRequest,
  services: SingleSourceServices,
): Promise<CohortAnalysisReport> {
  return askSource(request, services, async (dataSource) => {
    const capability = requireCapability(dataSource, 'cohort-analysis');
    const query = await resolveCohortAnalysis(request, { dataSource, capability, services });
    const { period, interval, breakdown, measure, accounting, offsetBy, cumulative } = query;
    const result = await capability.fetchCohortAnalysis(query, services.deadline);
    return {
      source: dataSource,
      answeredBy: capability.answeredBy ?? 'NATIVE',
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

/** Given a question for a cohort analysis, return what its data source is asked, checked against the limits and the catalog. */
export async function resolveCohortAnalysis(
  request: CohortAnalysisRequest,
  { dataSource, capability, services }: Asking<CohortAnalysisCapability>,
): Promise<CohortAnalysisQuery> {
  const { limits, cohortAnalysis } = capability;
  const { context: _context, ...common } = resolveCommon(request, dataSource, { limits, now: services.clock.now() });
  const { entry, measure, accounting, offsetBy, days = null, cumulative } = request;
  assertAllowed('measure', { value: measure, allowed: cohortAnalysis.measures }, dataSource);
  assertAllowed('accounting', { value: accounting, allowed: cohortAnalysis.accountings }, dataSource);
  assertAllowed('offsetBy', { value: offsetBy, allowed: cohortAnalysis.offsetBy }, dataSource);
  if (days !== null && offsetBy !== 'DAY') {
    throw new InvalidQueryError(`query.days: goes with offsetBy DAY, not ${offsetBy}`);
  }
  if (cumulative && !cohortAnalysis.supportsCumulative) {
    throw refusal('query.cumulative: is not available', dataSource);
  }
  const { takesEvents, takesValue } = cohortAnalysis;
  const events = await resolveEvents({ entry }, { dataSource, limits, takesEvents, services });
  const value = await resolveValue(request.value, { dataSource, limits, takesValue, services });
  const options = parseOptions(capability.options, request.options, 'query.options');
  return { ...common, ...events, value, measure, accounting, offsetBy, days, cumulative, options };
}
