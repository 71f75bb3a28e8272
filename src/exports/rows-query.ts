import { z } from 'zod';
import type { EventsQuery } from '../analytics/events.ts';
import type { DataSource } from '../analytics/data-source.ts';
import type { ExportsCapability, ExportTable, RowsQuery } from '../analytics/exports.ts';
import { filterInput, locateFilters, type LocatedFilter } from '../analytics/filters.ts';
import { didYouMean, nearMatches } from '../analytics/near-matches.ts';
import { periodInput, resolvePeriod, timezoneInput } from '../analytics/period.ts';
import { requireCapability } from '../analytics/provider.ts';
import { assertWithinLimits } from '../analytics/query-limits.ts';
import { InvalidQueryError, QueryLimitError } from '../errors.ts';
import { checkFilters, parseOptions, periodContext } from '../reports/query-checks.ts';

/** The shape of the `rows` argument. */
export const rowsRequestInput = z.object({
  source: z.string(),
  table: z.string(),
  columns: z.array(z.string().min(1, 'must not be empty')).min(1, 'must not be empty').max(500).nullish(),
  period: periodInput,
  timezone: timezoneInput.nullish(),
  filters: z.array(filterInput),
  options: z.record(z.string(), z.unknown()).nullish(),
});

/** The table that every data source with raw events has, where its provider prepares no exports of its own. */
export const EVENTS_TABLE = 'events';

/** Rows of a raw table, as asked for. */
export type RowsRequest = z.infer<typeof rowsRequestInput>;

/** Given what was asked for and where in the input it stands, check it against the table's words and the limits of its data source. */
export function resolveRows(
  request: RowsRequest,
  dataSource: DataSource,
  { now, path }: { now: number; path: string },
): RowsQuery {
  const capability = requireCapability(dataSource, 'exports');
  const table = requireTable(capability, request.table, { path, sourceKey: dataSource.key });
  const context = periodContext(dataSource, {
    limits: capability.limits,
    timezone: request.timezone ?? null,
    now,
    path,
  });
  const period = resolvePeriod(request.period, context);
  const filters = locateFilters(request.filters, `${path}.filters`);
  const [interval = 'TOTAL'] = capability.limits.intervals;
  const limits = { ...capability.limits, intervals: [interval] };
  assertWithinLimits({ period, interval, breakdown: [], filters, path }, limits, dataSource.key);
  for (const filter of filters) assertFilter(table, filter, dataSource.key);
  return {
    table,
    columns: resolveColumns(table, request.columns ?? null, path),
    period,
    filters,
    options: parseOptions(capability.options, request.options, `${path}.options`),
  };
}

/** Given rows of the table of events, as asked for, check them against the limits of the data source. */
export function resolveEventRows(
  request: RowsRequest,
  dataSource: DataSource,
  { now, path }: { now: number; path: string },
): EventsQuery {
  const { limits, options } = requireCapability(dataSource, 'events');
  if (request.columns) {
    throw new InvalidQueryError(`${path}.columns: the table of events has all its columns always; leave them out`);
  }
  const context = periodContext(dataSource, { limits, timezone: request.timezone ?? null, now, path });
  const period = resolvePeriod(request.period, context);
  const filters = checkFilters(dataSource, request.filters, `${path}.filters`);
  const [interval = 'TOTAL'] = limits.intervals;
  assertWithinLimits(
    { period, interval, breakdown: [], filters, path },
    { ...limits, intervals: [interval] },
    dataSource.key,
  );
  return { period, names: [], filters, options: parseOptions(options, request.options, `${path}.options`) };
}

function requireTable(
  { tables }: ExportsCapability,
  name: string,
  { path, sourceKey }: { path: string; sourceKey: string },
): ExportTable {
  const found = tables.find((table) => table.name === name);
  if (found) return found;
  const names = tables.map((table) => table.name);
  throw unknownWord(`${path}.table: "${sourceKey}" exports no table "${name}"`, name, names);
}

function resolveColumns(table: ExportTable, asked: readonly string[] | null, path: string): readonly string[] {
  if (asked === null) return table.defaultColumns;
  const known = table.columns.map(({ name }) => name);
  asked.forEach((name, index) => {
    if (asked.indexOf(name) < index) throw new InvalidQueryError(`${path}.columns[${index}]: "${name}" is named twice`);
    if (known.includes(name) || table.takesOtherColumns) return;
    throw unknownWord(`${path}.columns[${index}]: ${table.name} has no column "${name}"`, name, known);
  });
  return asked;
}

function assertFilter(table: ExportTable, { dimension, values, path }: LocatedFilter, sourceKey: string): void {
  const filter = table.filters.find(({ name }) => name === dimension);
  if (!filter) {
    const known = table.filters.map(({ name }) => name);
    throw unknownWord(`${path}.dimension: ${table.name} cannot be filtered by "${dimension}"`, dimension, known);
  }
  if (filter.maxValues === null || values.length <= filter.maxValues) return;
  throw new QueryLimitError(
    `${path}.values: ${values.length} values are more than the ${filter.maxValues} of one filter (data source "${sourceKey}")`,
  );
}

const MOST_LISTED = 40;

function unknownWord(problem: string, word: string, known: readonly string[]): Error {
  const suggestion = didYouMean(nearMatches(word, known));
  const listed = known.slice(0, MOST_LISTED).join(', ') + (known.length > MOST_LISTED ? ', …' : '');
  return new InvalidQueryError(`${problem}.${suggestion}${suggestion === '' ? ` Known: ${listed || 'none'}.` : ''}`);
}
