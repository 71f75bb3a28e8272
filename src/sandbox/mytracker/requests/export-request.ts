import { z } from 'zod';

import { parseDay } from '../../world.ts';
import { toSelectors } from '../columns/selectors.ts';
import { EVENTS } from '../dictionaries/events.ts';
import type { RawEvent } from '../dictionaries/events.ts';
import { DEFAULT_TIME_ZONE, TIME_ZONES } from '../dictionaries/time-zones.ts';
import { createDayReader } from '../exports/day-reader.ts';
import type { Tables } from '../tables/create-tables.ts';
import { refuseArgument } from './api-error.ts';
import { parseFilters } from './filters.ts';
import type { Filters } from './filters.ts';
import { findList, findText, requireText } from './parameters.ts';
import type { Parameters } from './parameters.ts';

/** From one to another, both included; absent is open. */
export interface Span<Bound> {
  readonly from?: Bound;
  readonly to?: Bound;
}

/** What an export is asked for. */
export interface ExportRequest {
  readonly event: RawEvent;
  /** In the order of the columns. */
  readonly selectors: readonly string[];
  /** IANA name; dates are read and written in it. */
  readonly timeZone: string;
  /** Calendar days, YYYY-MM-DD. */
  readonly days: Span<string>;
  /** Seconds since 1970 at which events happened. */
  readonly seconds: Span<number>;
  /** Seconds since 1970 at which the service had them. */
  readonly arrivals: Span<number>;
  readonly filters: Filters;
}

const HOURS_UNTIL_AVAILABLE = 3;

const event = z.enum(EVENTS, {
  error: `'event' must be in set of allowed tables. Allowed values are: ${EVENTS.join(', ')}.`,
});

// https://tracker.my.com/docs/api/export-api/raw/create (a stored copy, read 2026-11). Of the texts of refusals only some are public; the
// others are made like them.
/** Reads what is asked for, or refuses it with the first mistake. */
export function parseExportRequest(parameters: Parameters, tables: Tables, nowMs: number): ExportRequest {
  const parsed = event.safeParse(requireText(parameters, 'event'));
  if (!parsed.success) throw refuseArgument(parsed.error.issues[0]?.message ?? '');
  const selectors = parseSelectors(parameters, toSelectors(parsed.data, tables));
  const timeZone = findText(parameters, 'timezone') ?? DEFAULT_TIME_ZONE;
  if (!TIME_ZONES.has(timeZone)) throw refuseArgument(`'timezone' is invalid`);
  const nowSecond = Math.floor(nowMs / 1000);
  // One pair must be there; where both are, both hold.
  const hasSeconds = ['tsFrom', 'tsTo'].some((name) => parameters.has(name));
  const hasDays = ['dateFrom', 'dateTo'].some((name) => parameters.has(name)) || !hasSeconds;
  return {
    event: parsed.data,
    selectors,
    timeZone,
    days: hasDays ? parseDays(parameters, createDayReader(timeZone)(nowMs)) : {},
    seconds: hasSeconds ? parsePair(parameters, nowSecond) : {},
    arrivals: parseArrivals(parameters, nowSecond - HOURS_UNTIL_AVAILABLE * 3600),
    filters: parseFilters(parameters, parsed.data),
  };
}

function parseSelectors(parameters: Parameters, allowed: ReadonlySet<string>): readonly string[] {
  const selectors = findList(parameters, 'selectors');
  if (!selectors) throw refuseArgument("'selectors' is expected but not set");
  const isWrong = selectors.some((selector) => !allowed.has(selector)) || new Set(selectors).size < selectors.length;
  if (isWrong) throw refuseArgument("'selectors' is invalid");
  return selectors;
}

function parseDays(parameters: Parameters, today: string): Span<string> {
  const [from, to] = ['dateFrom', 'dateTo'].map((name) => {
    const day = requireText(parameters, name);
    if (!isDay(day) || day < '1970-01-01' || day > today) throw refuseArgument(`'${name}' is invalid`);
    return day;
  }) as [string, string];
  if (from > to) throw refuseArgument("'dateFrom' is invalid");
  return { from, to };
}

function isDay(text: string): boolean {
  try {
    parseDay(text);
    return true;
  } catch {
    return false;
  }
}

function parsePair(parameters: Parameters, nowSecond: number): Span<number> {
  for (const name of ['tsFrom', 'tsTo']) requireText(parameters, name);
  return parseSeconds(parameters, ['tsFrom', 'tsTo'], nowSecond);
}

// One without the other is taken: the document asks for no pair here.
function parseArrivals(parameters: Parameters, untilSecond: number): Span<number> {
  return parseSeconds(parameters, ['availabilityTsFrom', 'availabilityTsTo'], untilSecond - 1);
}

type SpanNames = readonly [from: string, to: string];

function parseSeconds(parameters: Parameters, [fromName, toName]: SpanNames, last: number): Span<number> {
  const read = (name: string): number | undefined => {
    const text = findText(parameters, name);
    if (text === undefined) return undefined;
    if (!/^\d{1,12}$/.test(text) || Number(text) > last) throw refuseArgument(`'${name}' is invalid`);
    return Number(text);
  };
  const from = read(fromName);
  const to = read(toName);
  if (from !== undefined && to !== undefined && from > to) throw refuseArgument(`'${fromName}' is invalid`);
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}
