import DataLoader from 'dataloader';
import { toBreakdown } from '../analytics/catalog.ts';
import type { DataSource, DataSources } from '../analytics/data-source.ts';
import type { Clock, Deadline } from '../analytics/deadline.ts';
import { namesIn } from '../analytics/formulas.ts';
import { combineFreshness, type Freshness } from '../analytics/freshness.ts';
import type { MetricSeries, MetricsReport, MetricsRequest, ProviderSeries } from '../analytics/metrics.ts';
import type { Period } from '../analytics/period.ts';
import type { Problem } from '../analytics/problem.ts';
import { AppError, ERROR_CLASSES } from '../errors.ts';
import type { EventNames } from './event-names.ts';
import { toFailure, type Failures } from './failures.ts';
import { toFormulaSeries, type ParsedFormula } from './formula-series.ts';
import { parseFormulas } from './formula-names.ts';
import { toMetricSeries, type SeriesPlace } from './metric-series.ts';
import { nameOf, resolveQuestion, resolveSelections, type ResolvedSelection } from './metrics-question.ts';

/** What answering metrics needs. */
export interface MetricsServices {
  readonly dataSources: DataSources;
  readonly eventNames: EventNames;
  readonly clock: Clock;
  readonly deadline: Deadline;
  readonly toProblem: Failures;
}

/** What a data source answered to one selection. */
interface SelectionAnswer {
  readonly series: readonly ProviderSeries[];
  readonly freshness: Freshness;
}

/** Given what an operation needs, return what answers its metrics: equal and similar questions reach a provider once. */
export function createMetricsReports(services: MetricsServices): (request: MetricsRequest) => Promise<MetricsReport> {
  const loader = createSelectionLoader(services.deadline);
  return (request) => reportMetrics(request, services, loader);
}

type SelectionLoader = DataLoader<ResolvedSelection, SelectionAnswer, string>;

/**
 * Selections that share a data source, period, interval and breakdown go to the provider as one query; a saved chart goes alone,
 * so that one that cannot be answered takes no other with it.
 */
function createSelectionLoader(deadline: Deadline): SelectionLoader {
  return new DataLoader<ResolvedSelection, SelectionAnswer, string>(
    async (selections) => {
      const batches = new Map<string, ResolvedSelection[]>();
      for (const selection of selections) {
        const key = selection.selection.metric.kind === 'chart' ? selection.key : selection.question.key;
        batches.set(key, [...(batches.get(key) ?? []), selection]);
      }
      const answers = new Map<ResolvedSelection, SelectionAnswer | Error>();
      await Promise.all([...batches.values()].map((batch) => answerBatch(batch, answers, deadline)));
      return selections.map((selection) => answers.get(selection) ?? new Error('A selection was not answered'));
    },
    {
      cacheKeyFn: (selection) => selection.key,
      // Fields of one operation resolve within a few ticks of each other.
      batchScheduleFn: (callback) => void setImmediate(callback),
    },
  );
}

async function answerBatch(
  batch: readonly ResolvedSelection[],
  answers: Map<ResolvedSelection, SelectionAnswer | Error>,
  deadline: Deadline,
): Promise<void> {
  const [first] = batch;
  if (!first) return;
  const { capability, query, dataSource } = first.question;
  try {
    const selections = batch.map(({ selection }) => selection);
    const { series, freshness } = await capability.fetchMetrics({ ...query, selections }, deadline);
    batch.forEach((selection, index) =>
      answers.set(selection, { series: series.filter((one) => one.selection === index), freshness }),
    );
  } catch (error) {
    const failure = toFailure(error, dataSource);
    for (const selection of batch) answers.set(selection, failure);
  }
}

async function reportMetrics(
  request: MetricsRequest,
  services: MetricsServices,
  loader: SelectionLoader,
): Promise<MetricsReport> {
  const { dataSources, clock, toProblem } = services;
  const parsed = parseFormulas(request);
  const sources = new Map<string, DataSource>();
  request.select.forEach(({ source }, index) =>
    sources.set(source, dataSources.require(source, `query.select[${index}].source`)),
  );
  const answers = await Promise.all(
    [...sources.values()].map((dataSource) => answerSource(dataSource, { request, services, loader })),
  );
  const failures = answers.flatMap(({ dataSource, errors }) => errors.map((error) => ({ dataSource, error })));
  // A question to a single data source fails as a whole; with several, the others' series stand.
  if (sources.size === 1 && failures[0]) throw failures[0].error;

  const period = answers.find((answer) => answer.period !== null)?.period;
  // Where no data source got as far as a period, the question itself was at fault, for all of them alike.
  if (!period) throw failures[0]?.error ?? new Error('No data source was asked');

  const answered = answers.flatMap(({ selections }) => selections);
  const formulas = combineAll(parsed, answered, { failures, toProblem });
  const problems = [...failures.map(({ dataSource, error }) => toProblem(error, dataSource)), ...formulas.problems];
  const kept = answered.map((one) => ({ ...one, ...keepLargest(one.series, request.seriesLimit) }));
  const keptFormulas = keepLargest(formulas.series, request.seriesLimit);
  const freshness = combineFreshness(
    kept.map((one) => one.freshness),
    clock.now(),
  );
  const isCut = [...kept, keptFormulas].some((one) => one.isCut);
  return {
    period,
    interval: request.interval,
    breakdown: toBreakdown(
      request.breakdown,
      kept.flatMap(({ series }) => series),
    ),
    hasComparison: request.compareTo !== undefined && request.compareTo !== null,
    series: [...kept.toSorted((a, b) => a.index - b.index).flatMap((one) => one.series), ...keptFormulas.series],
    problems,
    warnings: formulas.warnings,
    freshness: {
      ...freshness,
      isSettled: freshness.isSettled && !period.isRunning,
      completeness: problems.length > 0 ? 'PARTIAL' : isCut ? 'TRUNCATED' : freshness.completeness,
    },
  };
}

interface Formulas {
  readonly series: readonly MetricSeries[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
}

/** Each formula over the series so far, those of earlier formulas among them. What cannot be combined is a problem of the formula alone. */
function combineAll(
  formulas: readonly ParsedFormula[],
  answered: readonly AnsweredSelection[],
  { failures, toProblem }: { failures: readonly { readonly error: Error }[]; toProblem: Failures },
): Formulas {
  const ofSelections = answered.flatMap((one) => one.series);
  const made: MetricSeries[] = [];
  const problems: Problem[] = [];
  const warnings: string[] = [];
  for (const formula of formulas) {
    try {
      assertAnswered(formula, [...ofSelections, ...made], failures);
      const { series, warnings: own } = toFormulaSeries(formula, [...ofSelections, ...made]);
      made.push(...series);
      warnings.push(...own);
    } catch (error) {
      problems.push(toProblem(error, null));
    }
  }
  return { series: made, problems, warnings };
}

/** Throw where a formula is made of a series whose data source has failed: as that failure, so that the caller knows whether to ask again. */
function assertAnswered(
  { as, formula }: ParsedFormula,
  series: readonly MetricSeries[],
  failures: readonly { readonly error: Error }[],
): void {
  const missing = namesIn(formula).find((name) => series.every((one) => one.name !== name));
  const [failure] = failures;
  if (missing === undefined || !failure) return;
  const { error } = failure;
  if (!(error instanceof AppError)) throw error;
  const { retryAfterMs, exportTaskId } = error;
  throw new ERROR_CLASSES[error.code](`"${as}" is made of "${missing}", which has no answer: ${error.message}`, {
    cause: error,
    retryAfterMs,
    ...(exportTaskId !== undefined && { exportTaskId }),
  });
}

interface AnsweredSelection {
  /** Place among the request's selections. */
  readonly index: number;
  readonly series: readonly MetricSeries[];
  readonly freshness: Freshness;
}

interface SourceAnswer {
  readonly dataSource: DataSource;
  /** Null where the question was refused before there was one. */
  readonly period: Period | null;
  readonly selections: readonly AnsweredSelection[];
  /** Each different failure once. */
  readonly errors: readonly Error[];
}

async function answerSource(
  dataSource: DataSource,
  { request, services, loader }: { request: MetricsRequest; services: MetricsServices; loader: SelectionLoader },
): Promise<SourceAnswer> {
  let period: Period | null = null;
  try {
    const question = resolveQuestion(request, dataSource, services.clock.now());
    period = question.query.period;
    const resolved = await resolveSelections(request, question, services);
    const settled = await Promise.allSettled(
      resolved.map(async (one): Promise<AnsweredSelection> => {
        const { series, freshness } = await loader.load(one);
        return { index: one.index, series: toMetricSeries(series, placeOf(one, services)), freshness };
      }),
    );
    return {
      dataSource,
      period,
      selections: settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
      errors: [...new Set(settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : [])))],
    };
  } catch (error) {
    return { dataSource, period, selections: [], errors: [toFailure(error, dataSource)] };
  }
}

function placeOf({ name, selection, question }: ResolvedSelection, { clock }: MetricsServices): SeriesPlace {
  const { axis, comparison } = question.query;
  const metric = selection.metric.kind === 'catalog' ? selection.metric.metric : null;
  const ownName = nameOf(selection.metric);
  const { dataSource, capability } = question;
  const answeredBy = capability.answeredBy ?? 'NATIVE';
  return { name, ownName, metric, dataSource, answeredBy, axis, comparison, now: clock.now() };
}

/** Given the groups of a selection, return the largest of each metric from the largest down, and whether any were left out. */
function keepLargest(
  series: readonly MetricSeries[],
  limit: number,
): { series: readonly MetricSeries[]; isCut: boolean } {
  const sizes = new Map(series.map((one) => [one, sizeOf(one)]));
  // A saved chart may hold a rate beside counts: each metric keeps its own largest groups.
  const ofMetrics = [...Map.groupBy(series, ({ name }) => name).values()];
  const sorted = ofMetrics.map((groups) => groups.toSorted((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0)));
  return {
    series: sorted.flatMap((groups) => groups.slice(0, limit)),
    isCut: sorted.some(({ length }) => length > limit),
  };
}

function sizeOf({ total, values, unit }: MetricSeries): number {
  if (total !== null) return Math.abs(total);
  const sizes = values.map((value) => Math.abs(value ?? 0));
  // Sums of distinct users or of averages mean nothing; their peaks do.
  return unit === 'COUNT' ? sizes.reduce((sum, size) => sum + size, 0) : sizes.reduce((a, b) => Math.max(a, b), 0);
}
