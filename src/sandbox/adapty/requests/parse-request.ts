import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';

import { ApiError, describePermitted, refuse, refuseField } from './api-error.ts';
import { refusedFiltersOf, segmentationsOf } from './chart-rules.ts';
import type { ChartId } from './chart-rules.ts';
import type { RequestFilters } from './filters.ts';
import type { ApiVersion, DateRange } from './schemas.ts';

const LONGEST_DAYS = 365;
const DAY_MS = 86_400_000;

/** What every body has in common, once read. */
export interface CommonBody {
  readonly filters: RequestFilters;
  readonly format: 'json' | 'csv';
  readonly segmentation?: string | null | undefined;
  readonly segmentation_by?: string | null | undefined;
  readonly chart_id?: ChartId;
  readonly period_unit?: string | null | undefined;
}

/** A request that makes sense. */
export interface ParsedRequest<Body> {
  readonly body: Body;
  readonly range: DateRange;
  readonly timeZone: string;
  readonly segmentation: string | undefined;
  readonly isCsv: boolean;
}

/** Which endpoint of which version is asked. */
export interface Endpoint {
  readonly name: string;
  readonly version: ApiVersion;
}

/** Reads a request, or refuses it as the service words it. */
export function parseRequest<Body extends CommonBody>(
  schema: z.ZodType<Body>,
  request: FastifyRequest,
  endpoint: Endpoint,
): ParsedRequest<Body> {
  const parsed = schema.safeParse(parseJson(request.body), { reportInput: true });
  if (!parsed.success) throw toApiError(parsed.error.issues);
  const body = parsed.data;
  const { date } = body.filters;
  assertDaysFit(body.period_unit, date);
  if (body.chart_id !== undefined) assertFiltersFit(body.chart_id, body.filters);
  return {
    body,
    range: date,
    timeZone: parseTimeZone(request, body.filters),
    segmentation: parseSegmentation(body, endpoint),
    isCsv: body.format === 'csv' || asksCsvByQuery(request, endpoint),
  };
}

function parseJson(text: unknown): object {
  let value: unknown;
  try {
    value = JSON.parse(String(text));
  } catch {
    throw refuse(400, 'parse_error', 'JSON parse error - Expecting value: line 1 column 1 (char 0)');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw refuse(400, 'dict', 'value is not a valid dict');
}

function toApiError(issues: readonly z.core.$ZodIssue[]): ApiError {
  const told = issues.map((issue) => ({ source: issue.path.join('.') || 'non_field_errors', ...describe(issue) }));
  const sources = [...new Set(told.map(({ source }) => source))];
  const complaints = sources.map((source) => ({
    source,
    errors: told.filter((one) => one.source === source).map(({ message }) => message),
  }));
  return new ApiError(400, told[0]?.code ?? 'invalid', complaints);
}

function describe(issue: z.core.$ZodIssue): { code: string; message: string } {
  if (issue.code === 'custom') return { code: String(issue.params?.code ?? 'value_error'), message: issue.message };
  if (issue.input === undefined) return { code: 'missing', message: 'field required' };
  switch (issue.code) {
    case 'invalid_value':
      return { code: 'enum', message: describePermitted(issue.values) };
    case 'too_small':
      return { code: 'min_items', message: `ensure this value has at least ${issue.minimum} items` };
    case 'too_big':
      return { code: 'max_items', message: `ensure this value has at most ${issue.maximum} items` };
    case 'invalid_type':
      return describeType(TYPE_WORDS[issue.expected] ?? issue.expected);
    default:
      return { code: 'value_error', message: issue.code === 'invalid_format' ? issue.message : 'value is not valid' };
  }
}

function describeType(word: string): { code: string; message: string } {
  return { code: word, message: `value is not a valid ${word}` };
}

const TYPE_WORDS: Readonly<Record<string, string>> = { array: 'list', object: 'dict', int: 'integer', string: 'str' };

// The limit is known from practice; no document gives its words.
function assertDaysFit(unit: string | null | undefined, { from, to }: DateRange): void {
  if (unit !== 'day') return;
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  if (days <= LONGEST_DAYS) return;
  throw refuseField('period_unit', 'date_range', `day is not available for more than ${LONGEST_DAYS} days`);
}

// No document says what a filter does to a chart that does not have it; a silent wrong number would be the worse guess.
function assertFiltersFit(chart: ChartId, filters: object): void {
  const given = Object.entries(filters).filter(([, value]) => value !== null && value !== undefined);
  const refused = refusedFiltersOf(chart).find((name) => given.some(([given]) => given === name));
  if (refused === undefined) return;
  throw refuseField(`filters.${refused}`, 'not_supported', `filter is not supported for chart ${chart}`);
}

// The old version writes `segmentation_by`, but for LTV. The name of the other version is an unknown field: ignored.
function parseSegmentation(body: CommonBody, { name, version }: Endpoint): string | undefined {
  const field = version === '2024' && name !== 'ltv' ? 'segmentation_by' : 'segmentation';
  const value = body[field] ?? undefined;
  if (value === undefined) return undefined;
  // The old example segments everything, charts too, by the app.
  const permitted = segmentationsOf(name, body.chart_id);
  if (permitted.includes(value) || (version === '2024' && value === 'app_id')) return value;
  // Whether the service refuses such a segmentation or ignores it is not known: a refusal says more.
  throw refuseField(field, 'enum', describePermitted(permitted));
}

function parseTimeZone({ headers }: FastifyRequest, filters: RequestFilters): string {
  const header = headers['adapty-tz'];
  const asked = header ?? ('timezone' in filters ? filters.timezone : undefined) ?? 'UTC';
  const source = header === undefined ? 'filters.timezone' : 'Adapty-Tz';
  if (typeof asked === 'string' && isTimeZone(asked)) return asked;
  throw refuseField(source, 'value_error', 'value is not a valid time zone');
}

function isTimeZone(name: string): boolean {
  // `Intl` also takes offsets, which are no zone of the IANA list.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function asksCsvByQuery({ query }: FastifyRequest, { name, version }: Endpoint): boolean {
  if (version !== '2024' || name !== 'cohort') return false;
  const { format } = query as { format?: unknown };
  if (format === undefined || format === 'json' || format === 'csv') return format === 'csv';
  throw refuseField('format', 'enum', describePermitted(['json', 'csv']));
}
