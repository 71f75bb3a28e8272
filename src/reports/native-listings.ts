import type { CohortAnalysisRequest } from '../analytics/cohort-analysis.ts';
import type { ConversionRequest } from '../analytics/conversions.ts';
import type { DataSource } from '../analytics/data-source.ts';
import type { FunnelRequest } from '../analytics/funnels.ts';
import type { LifetimeValueRequest } from '../analytics/lifetime-value.ts';
import type { MetricsRequest } from '../analytics/metrics.ts';
import type { NativeQuestions } from '../analytics/native-files.ts';
import { requireCapability, requireNativeFiles, type ProviderCapabilities } from '../analytics/provider.ts';
import type { RetentionRequest } from '../analytics/retention.ts';
import { InvalidQueryError } from '../errors.ts';
import { resolveCohortAnalysis } from './cohort-analysis.ts';
import { resolveConversion } from './conversions.ts';
import { resolveFunnel } from './funnels.ts';
import { resolveLifetimeValue } from './lifetime-value.ts';
import { resolveQuestion, resolveSelections } from './metrics-question.ts';
import { resolveRetention } from './retention.ts';
import { askSource, type Asking, type SingleSourceServices } from './single-source.ts';

/** The provider's own files that answer a question, as `NativeFiles.list` names them. */
type Listed = Promise<readonly string[] | null>;

/** Which files of a provider's own answer a question: it is checked exactly as for the report. */
export interface NativeListings {
  metrics(request: MetricsRequest): Listed;
  funnel(request: FunnelRequest): Listed;
  conversion(request: ConversionRequest): Listed;
  retention(request: RetentionRequest): Listed;
  cohortAnalysis(request: CohortAnalysisRequest): Listed;
  lifetimeValue(request: LifetimeValueRequest): Listed;
  /** The members of a cohort, by the provider's own id of it. */
  members(dataSource: DataSource, cohortId: string): Listed;
}

/** Given what an operation needs, return what lists the files that answer its questions; every failure names its data source. */
export function createNativeListings(services: SingleSourceServices): NativeListings {
  const ask = createAsk(services);
  return {
    metrics: (request) => listMetrics(request, services),
    funnel: (request) => ask(request, 'funnels', (asking) => resolveFunnel(request, asking)),
    conversion: (request) => ask(request, 'conversions', (asking) => resolveConversion(request, asking)),
    retention: (request) => ask(request, 'retention', (asking) => resolveRetention(request, asking)),
    cohortAnalysis: (request) => ask(request, 'cohort-analysis', (asking) => resolveCohortAnalysis(request, asking)),
    lifetimeValue: (request) => ask(request, 'lifetime-value', (asking) => resolveLifetimeValue(request, asking)),
    members: ({ key: source }, cohortId) => ask({ source }, 'cohorts', () => cohortId),
  };
}

/** What asks one data source, once the question is what its capability takes. */
function createAsk(services: SingleSourceServices) {
  return <Name extends keyof NativeQuestions>(
    request: { readonly source: string },
    name: Name,
    resolve: (
      asking: Asking<NonNullable<ProviderCapabilities[Name]>>,
    ) => NativeQuestions[Name] | Promise<NativeQuestions[Name]>,
  ): Listed =>
    askSource(request, services, async (dataSource) => {
      const files = requireNativeFiles(dataSource, name);
      const capability = requireCapability(dataSource, name);
      return files.list(await resolve({ dataSource, capability, services }), services.deadline);
    });
}

function listMetrics(request: MetricsRequest, services: SingleSourceServices): Listed {
  const [source = '', ...others] = new Set(request.select.map((selection) => selection.source));
  if (others.length > 0) throw new InvalidQueryError('query.select: files of providers are of one data source each');
  return askSource({ source }, services, async (dataSource) => {
    const files = requireNativeFiles(dataSource, 'metrics');
    const question = resolveQuestion(request, dataSource, services.clock.now());
    const resolved = await resolveSelections(request, question, services);
    const selections = resolved.map(({ selection }) => selection);
    return files.list({ ...question.query, selections }, services.deadline);
  });
}
