import { assertMeasurable, requireMetric } from '../analytics/catalog.ts';
import type { DataSource } from '../analytics/data-source.ts';
import type { Deadline } from '../analytics/deadline.ts';
import type { LocatedFilter } from '../analytics/filters.ts';
import type {
  EventMeasure,
  MetricRef,
  MetricsCapability,
  MetricSelection,
  MetricsQuery,
  MetricsQuerySelection,
  MetricsRequest,
} from '../analytics/metrics.ts';
import { resolvePeriod } from '../analytics/period.ts';
import { requireCapability } from '../analytics/provider.ts';
import { assertPointsWithinLimits, assertWithinLimits } from '../analytics/query-limits.ts';
import { createTimeAxis } from '../analytics/time-axis.ts';
import { InvalidQueryError, QueryLimitError } from '../errors.ts';
import type { EventNames } from './event-names.ts';
import { resolveChart } from './saved-charts.ts';
import {
  assertEventSent,
  assertKnownBreakdown,
  checkFilters,
  parseOptions,
  periodContext,
  resolveComparisonOf,
} from './query-checks.ts';

/** What all selections of a request that go to one data source have in common. */
export interface SourceQuestion {
  readonly dataSource: DataSource;
  readonly capability: MetricsCapability;
  /** Equal for questions that may be sent as one. */
  readonly key: string;
  readonly query: Omit<MetricsQuery, 'selections'>;
}

/** A selection, checked and in the domain's words. */
export interface ResolvedSelection {
  /** Place among the request's selections. */
  readonly index: number;
  /** What the caller calls it; null for its own name. */
  readonly name: string | null;
  readonly question: SourceQuestion;
  readonly selection: MetricsQuerySelection;
  /** Equal for selections that have the same answer. */
  readonly key: string;
}

/** What checking needs. */
export interface QuestionServices {
  readonly eventNames: EventNames;
  readonly deadline: Deadline;
}

/** Given a request, return what it asks of one data source, checked against the limits and the catalog. */
export function resolveQuestion(request: MetricsRequest, dataSource: DataSource, now: number): SourceQuestion {
  const capability = requireCapability(dataSource, 'metrics');
  const { limits } = capability;
  const { interval, breakdown, compareTo } = request;
  const context = periodContext(dataSource, { limits, timezone: request.timezone ?? null, now });
  const period = resolvePeriod(request.period, context);
  assertWithinLimits({ period, interval, breakdown, filters: [] }, limits, dataSource.key);
  assertKnownBreakdown(dataSource, breakdown);
  const axis = createTimeAxis(period, interval);
  assertPointsWithinLimits(axis.epochs.length, limits, dataSource.key);
  const comparison = resolveComparisonOf(compareTo, { period, interval, context });
  const query = {
    period,
    interval,
    axis,
    breakdown,
    comparison,
    waitMs: request.waitFor ?? null,
  };
  const instants = [period, ...(comparison ? [comparison.period] : [])].flatMap(({ start, end }) => [
    start.toString(),
    end.toString(),
  ]);
  return {
    dataSource,
    capability,
    query,
    key: JSON.stringify([dataSource.key, interval, breakdown, instants, query.waitMs]),
  };
}

/** Given a question, return the request's selections of it, checked; throws before anything is measured. */
export async function resolveSelections(
  request: MetricsRequest,
  question: SourceQuestion,
  services: QuestionServices,
): Promise<ResolvedSelection[]> {
  const common = checkFilters(question.dataSource, request.filters, 'query.filters');
  return Promise.all(
    request.select.flatMap((selection, index) =>
      selection.source === question.dataSource.key
        ? [resolveSelection(selection, { index, question, common, services })]
        : [],
    ),
  );
}

interface SelectionContext {
  readonly index: number;
  readonly question: SourceQuestion;
  /** The filters of the whole request. */
  readonly common: readonly LocatedFilter[];
  readonly services: QuestionServices;
}

async function resolveSelection(
  asked: MetricSelection,
  { index, question, common, services }: SelectionContext,
): Promise<ResolvedSelection> {
  const { dataSource, capability, query } = question;
  const path = `query.select[${index}]`;
  const own = checkFilters(dataSource, asked.filters, `${path}.filters`);
  const ofEvent =
    'event' in asked.metric ? checkFilters(dataSource, asked.metric.event.filters, `${path}.metric.event.filters`) : [];
  const filters = [...common, ...own, ...ofEvent];
  assertWithinLimits({ ...query, filters }, capability.limits, dataSource.key);
  const metric = await resolveMetric(asked, { path, question, services });
  const selection = {
    metric,
    filters: filters.map(({ dimension, operator, values }) => ({ dimension, operator, values })),
    options: parseOptions(capability.options, asked.options, `${path}.options`),
  };
  const reference = metric.kind === 'catalog' ? metric.metric.key : metric;
  return {
    index,
    name: asked.as ?? null,
    question,
    selection,
    key: JSON.stringify([question.key, reference, selection.filters, selection.options]),
  };
}

async function resolveMetric(
  { metric }: MetricSelection,
  { path, question, services }: { path: string; question: SourceQuestion; services: QuestionServices },
): Promise<MetricRef> {
  const { dataSource, capability } = question;
  const { catalog } = dataSource.connection;
  const sourceKey = dataSource.key;
  if ('chart' in metric) {
    const { takesChart } = capability;
    const place = { dataSource, kind: 'METRICS', path: `${path}.metric.chart`, takesChart } as const;
    return { kind: 'chart', nativeId: resolveChart(metric.chart, place) };
  }
  if ('key' in metric) {
    return { kind: 'catalog', metric: requireMetric(catalog, metric.key, { path: `${path}.metric.key`, sourceKey }) };
  }
  const { name, measure, property = null } = metric.event;
  const eventPath = `${path}.metric.event`;
  assertMeasure(capability, measure, { path: eventPath, sourceKey });
  assertPropertyFits(measure, property, eventPath);
  if (property !== null) assertMeasurable(catalog, property, { path: `${eventPath}.property`, sourceKey });
  await assertEventSent({ dataSource, ...services }, name, `${eventPath}.name`);
  return { kind: 'event', name, measure, property };
}

function assertMeasure(
  { measures, takesChart }: MetricsCapability,
  measure: EventMeasure,
  { path, sourceKey }: { path: string; sourceKey: string },
): void {
  if (measures.includes(measure)) return;
  if (measures.length === 0) {
    const instead = takesChart === true ? 'a saved chart by its id' : 'a metric of the catalog by its key';
    throw new QueryLimitError(`${path}: events are not measured; ask for ${instead} (data source "${sourceKey}")`);
  }
  throw new QueryLimitError(
    `${path}.measure: ${measure} is not available. Allowed: ${measures.join(', ')} (data source "${sourceKey}")`,
  );
}

const WITH_PROPERTY: ReadonlySet<EventMeasure> = new Set(['SUM', 'AVERAGE', 'MIN', 'MAX']);

function assertPropertyFits(measure: EventMeasure, property: string | null, path: string): void {
  if (WITH_PROPERTY.has(measure) && property === null) {
    throw new InvalidQueryError(`${path}.property: ${measure} needs the property to work on`);
  }
  if (!WITH_PROPERTY.has(measure) && property !== null) {
    throw new InvalidQueryError(`${path}.property: ${measure} takes no property; SUM, AVERAGE, MIN and MAX do`);
  }
}

/** Given what is measured, return its own name. */
export function nameOf(metric: MetricRef): string {
  if (metric.kind === 'catalog') return metric.metric.key;
  if (metric.kind === 'chart') return metric.nativeId;
  return nameOfMeasure(metric);
}

/** What a series of a measure of events is called where the caller does not say. */
export function nameOfMeasure({
  name,
  measure,
  property = null,
}: {
  readonly name: string;
  readonly measure: EventMeasure;
  readonly property?: string | null | undefined;
}): string {
  if (measure === 'COUNT') return name;
  return `${name} ${measure.toLowerCase()}${property === null ? '' : ` ${property}`}`;
}
