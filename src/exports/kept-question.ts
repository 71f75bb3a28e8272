import type { DataSource, DataSources } from '../analytics/data-source.ts';
import type { Clock } from '../analytics/deadline.ts';
import { parseGlobalId } from '../analytics/global-id.ts';
import { resolvePeriod, type PeriodRequest } from '../analytics/period.ts';
import type { NativeAnswers, NativeQuestions } from '../analytics/native-files.ts';
import { CAPABILITY_NAMES, requireCapability } from '../analytics/provider.ts';
import type { QueryLimits } from '../analytics/query-limits.ts';
import { InvalidQueryError, QueryLimitError } from '../errors.ts';
import { periodContext } from '../reports/query-checks.ts';
import { REPORT_CAPABILITIES, type CreateExportRequest, type ReportName } from './request.ts';
import { EVENTS_TABLE, resolveEventRows, resolveRows } from './rows-query.ts';
import type { KeptQuestion } from './source-of.ts';
import { EXPORT_FORMATS } from './task.ts';

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

const OTHER_FORMATS = EXPORT_FORMATS.filter((format) => format !== 'PROVIDER_NATIVE').join(', ');

/** What we lay out ourselves is no file of the provider's own. */
function refuseNative(reason: string): QueryLimitError {
  return new QueryLimitError(`input.format: ${reason}. Allowed: ${OTHER_FORMATS}`);
}

/** Throw where the provider's own files are wanted and there are none of what is asked. */
function assertNative<Name extends keyof NativeQuestions>(
  { format }: CreateExportRequest,
  dataSource: DataSource,
  name: Name,
): void {
  if (format !== 'PROVIDER_NATIVE') return;
  const { key, provider, connection } = dataSource;
  const capability = connection.capabilities[name] as NativeAnswers<Name> | undefined;
  if (capability?.nativeFiles) return;
  throw refuseNative(`${provider.name} has no file of its own for ${CAPABILITY_NAMES[name]} (data source "${key}")`);
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
  if (isEvents && request.format === 'PROVIDER_NATIVE') {
    throw refuseNative(
      `events are read page by page and are no file of the provider's own (data source "${dataSource.key}")`,
    );
  }
  const { period } = isEvents ? resolveEventRows(rows, dataSource, checked) : resolveRows(rows, dataSource, checked);
  const { firstDay, lastDay, isWholeDays, start, end, timezone } = period;
  const fixed: PeriodRequest = isWholeDays
    ? { dates: { from: firstDay, to: lastDay } }
    : { instants: { from: start.toInstant().toString(), to: end.toInstant().toString() } };
  return { what: { kind: 'ROWS' as const, rows: { ...rows, period: fixed, timezone } }, source: dataSource.key };
}

function keepMembers(id: string, request: CreateExportRequest, { dataSources }: QuestionServices) {
  const parsed = parseGlobalId(id);
  const [source = '', cohort] = parsed?.parts ?? [];
  const dataSource = dataSources.find(source);
  if (parsed?.type !== 'Cohort' || cohort === undefined || !dataSource) {
    throw new InvalidQueryError('input.source.cohortMembers: is not the id of a cohort');
  }
  requireCapability(dataSource, 'cohorts');
  assertNative(request, dataSource, 'cohorts');
  return { what: { kind: 'COHORT_MEMBERS' as const, source, cohort }, source };
}

type AskedReport = Extract<CreateExportRequest['source'], { report: unknown }>['report'];

function keepReport(asked: AskedReport, request: CreateExportRequest, services: QuestionServices) {
  const [[report, query] = []] = Object.entries(asked) as [ReportName, AskedDays][];
  if (report === undefined || query === undefined) throw new InvalidQueryError('input.source.report: is empty');
  const sources = 'select' in query ? (query.select as { source: string }[]).map(({ source }) => source) : [];
  const keys = 'source' in query ? [String(query.source)] : [...new Set(sources)];
  const dataSources = keys.map((key) => services.dataSources.require(key, `input.source.report.${report}.source`));
  const [first] = dataSources;
  if (!first) throw new InvalidQueryError('input.source.report: names no data source');
  assertOneNative(request, dataSources);
  assertNative(request, first, REPORT_CAPABILITIES[report]);
  const { limits } = requireCapability(first, REPORT_CAPABILITIES[report]);
  const period = fixDays(query, { dataSource: first, limits, now: services.clock.now() });
  const layout: 'TIDY' | 'WIDE' = request.csv?.['layout'] === 'WIDE' ? 'WIDE' : 'TIDY';
  const what = { kind: 'REPORT' as const, report, layout, query: { ...query, period } };
  return { what, source: dataSources.length === 1 ? first.key : null };
}

function assertOneNative({ format }: CreateExportRequest, dataSources: readonly DataSource[]): void {
  if (format !== 'PROVIDER_NATIVE' || dataSources.length === 1) return;
  const keys = dataSources.map(({ key }) => `"${key}"`).join(', ');
  throw refuseNative(`the provider's own files are of one data source, and the report asks several: ${keys}`);
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
  const context = periodContext(dataSource, { limits, timezone, now, path: 'input.source.report' });
  const { firstDay, lastDay } = resolvePeriod(period, context);
  return { dates: { from: firstDay, to: lastDay } };
}
