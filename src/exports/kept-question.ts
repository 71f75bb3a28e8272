import type { DataSource, DataSources } from '../analytics/data-source.ts';
import type { Clock } from '../analytics/deadline.ts';
import { parseGlobalId } from '../analytics/global-id.ts';
import { resolvePeriod, type PeriodRequest } from '../analytics/period.ts';
import { requireCapability } from '../analytics/provider.ts';
import type { QueryLimits } from '../analytics/query-limits.ts';
import { InvalidQueryError } from '../errors.ts';
import { periodContext } from '../reports/query-checks.ts';
import type { CreateExportRequest, ReportName } from './request.ts';
import { EVENTS_TABLE, resolveEventRows, resolveRows } from './rows-query.ts';
import type { KeptQuestion } from './source-of.ts';

/** What checking a request needs. */
export interface QuestionServices {
  readonly dataSources: DataSources;
  readonly clock: Clock;
}

/** Given a request, check it and return what a task keeps of it: days by name become the days that they mean now. */
export function toKept(
  request: CreateExportRequest,
  services: QuestionServices,
): { readonly what: KeptQuestion; readonly source: string | null } {
  assertFormat(request);
  if ('rows' in request.source) return keepRows(request.source.rows, request, services);
  if ('report' in request.source) return keepReport(request.source.report, request, services);
  return keepMembers(request.source.cohortMembers, request, services);
}

function assertFormat({ format, compression }: CreateExportRequest): void {
  if (compression === 'GZIP' && (format === 'PARQUET' || format === 'XLSX')) {
    throw new InvalidQueryError(`input.compression: ${format} is compressed by itself. Allowed: NONE`);
  }
  if (format === 'PROVIDER_NATIVE' && compression !== 'NONE') {
    throw new InvalidQueryError("input.compression: the provider's own files stay as they are. Allowed: NONE");
  }
}

/** What we lay out ourselves is no file of the provider's own. */
function assertNotNative({ format }: CreateExportRequest, what: string): void {
  if (format !== 'PROVIDER_NATIVE') return;
  throw new InvalidQueryError(`input.format: ${what} no file of the provider's own. Choose another format`);
}

function keepRows(
  rows: Extract<KeptQuestion, { kind: 'ROWS' }>['rows'],
  request: CreateExportRequest,
  { dataSources, clock }: QuestionServices,
) {
  const dataSource = dataSources.require(rows.source, 'input.source.rows.source');
  const { capabilities } = dataSource.connection;
  const checked = { now: clock.now(), path: 'input.source.rows' };
  const isEvents = !capabilities.exports && capabilities.events !== undefined && rows.table === EVENTS_TABLE;
  if (isEvents) assertNotNative(request, 'events that are read page by page have');
  const { period } = isEvents ? resolveEventRows(rows, dataSource, checked) : resolveRows(rows, dataSource, checked);
  const { firstDay, lastDay, isWholeDays, start, end, timezone } = period;
  const fixed: PeriodRequest = isWholeDays
    ? { dates: { from: firstDay, to: lastDay } }
    : { instants: { from: start.toInstant().toString(), to: end.toInstant().toString() } };
  return { what: { kind: 'ROWS' as const, rows: { ...rows, period: fixed, timezone } }, source: dataSource.key };
}

function keepMembers(id: string, request: CreateExportRequest, { dataSources }: QuestionServices) {
  assertNotNative(request, 'members of a cohort have');
  const parsed = parseGlobalId(id);
  const [source = '', cohort] = parsed?.parts ?? [];
  const dataSource = dataSources.find(source);
  if (parsed?.type !== 'Cohort' || cohort === undefined || !dataSource) {
    throw new InvalidQueryError('input.source.cohortMembers: is not the id of a cohort');
  }
  requireCapability(dataSource, 'cohorts');
  return { what: { kind: 'COHORT_MEMBERS' as const, source, cohort }, source };
}

/** The capability that answers each report, whose limits say what its days are. */
const CAPABILITIES = {
  metrics: 'metrics',
  funnel: 'funnels',
  conversion: 'conversions',
  retention: 'retention',
  cohortAnalysis: 'cohort-analysis',
  lifetimeValue: 'lifetime-value',
} as const satisfies Readonly<Record<ReportName, string>>;

type AskedReport = Extract<CreateExportRequest['source'], { report: unknown }>['report'];

function keepReport(asked: AskedReport, request: CreateExportRequest, services: QuestionServices) {
  assertNotNative(request, 'a report has');
  const [[report, query] = []] = Object.entries(asked) as [ReportName, AskedDays][];
  if (report === undefined || query === undefined) throw new InvalidQueryError('input.source.report: is empty');
  const sources = 'select' in query ? (query.select as { source: string }[]).map(({ source }) => source) : [];
  const keys = 'source' in query ? [String(query.source)] : [...new Set(sources)];
  const dataSources = keys.map((key) => services.dataSources.require(key, `input.source.report.${report}.source`));
  const [first] = dataSources;
  if (!first) throw new InvalidQueryError('input.source.report: names no data source');
  const { limits } = requireCapability(first, CAPABILITIES[report]);
  const period = fixDays(query, { dataSource: first, limits, now: services.clock.now() });
  const layout: 'TIDY' | 'WIDE' = request.csv?.['layout'] === 'WIDE' ? 'WIDE' : 'TIDY';
  const what = { kind: 'REPORT' as const, report, layout, query: { ...query, period } };
  return { what, source: dataSources.length === 1 ? first.key : null };
}

interface AskedDays {
  readonly period: PeriodRequest;
  readonly timezone?: string | null;
}

/** Days by name are always whole ones, of the time zone that was asked for. */
function fixDays(
  { period, timezone = null }: AskedDays,
  { dataSource, limits, now }: { dataSource: DataSource; limits: QueryLimits; now: number },
): PeriodRequest {
  if (!('preset' in period)) return period;
  const context = periodContext(dataSource, { limits, timezone, now });
  const { firstDay, lastDay } = resolvePeriod(period, { ...context, path: 'input.source.report.period' });
  return { dates: { from: firstDay, to: lastDay } };
}
