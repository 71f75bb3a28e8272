import { Temporal } from 'temporal-polyfill';
import { startOfDay, type Interval } from '../../analytics/period.ts';
import type { RetentionCell, RetentionQuery, RetentionResult, RetentionRow } from '../../analytics/retention.ts';
import { createTimeAxis } from '../../analytics/time-axis.ts';
import type { GrowingioConfig } from './config.ts';
import { completeUntil, TIMEZONE } from './freshness.ts';
import { malformed } from './malformed.ts';
import type { GrowingioRetentionResponse } from './responses.ts';
import { toRetentionColumns, type OffsetColumns, type RetentionColumns } from './retention-columns.ts';
import { readTable, type TableRow } from './table.ts';
import { createBucketIndex } from './time-range.ts';

/** What an answer is read with. */
export interface RetentionReading {
  readonly config: GrowingioConfig;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What an answer says, but for its freshness. */
export interface ReadRetention extends Pick<RetentionResult, 'rows' | 'groupsOverlap'> {
  /** When the time of the last offset of the last cohort has passed, in milliseconds since the epoch. */
  readonly endsAt: number;
}

/** Given the answer of a retention, return its rows: those of all cohorts first, then the cohorts, the oldest first. */
export function readRetention(
  response: GrowingioRetentionResponse,
  query: RetentionQuery,
  reading: RetentionReading,
): ReadRetention {
  const { rows, metrics } = readTable(response);
  const columns = withinOffsets(toRetentionColumns(metrics), query.offsets);
  const endOf = createEnds(query);
  const groups = new Set(rows.map(({ group }) => group));
  return {
    rows: placeRows(rows, query).map(({ row, cohort }) => toRow({ row, cohort, columns, endOf }, reading)),
    // A new visitor is a visitor as well.
    ...(groups.size > 1 && { groupsOverlap: true }),
    endsAt: endOf(null, columns.offsets.at(-1)?.offset ?? 0),
  };
}

function withinOffsets({ size, offsets }: RetentionColumns, most: number | null): RetentionColumns {
  return { size, offsets: offsets.filter(({ offset }) => most === null || offset <= most) };
}

interface PlacedRow {
  readonly row: TableRow;
  /** First day of the cohort's bucket; null for all cohorts together. */
  readonly cohort: string | null;
}

function placeRows(rows: readonly TableRow[], { period, interval }: RetentionQuery): PlacedRow[] {
  const axis = createTimeAxis(period, interval);
  const indexOf = createBucketIndex(axis, period);
  const seen = new Set<string>();
  const placed = rows.map((row): PlacedRow => {
    const { time, group, path } = row;
    const cohort = typeof time === 'number' ? (axis.dates?.[indexOf(time, path)] ?? null) : null;
    const key = `${cohort} ${group}`;
    if (seen.has(key)) throw malformed(path, 'expected one row for each cohort and each group');
    seen.add(key);
    return { row, cohort };
  });
  return placed.sort((a, b) => compareTexts(a.cohort ?? '', b.cohort ?? ''));
}

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Given a cohort, or null for all of them, and an offset, return when its time has passed for everybody in it. */
type EndOf = (cohort: string | null, offset: number) => number;

const UNITS: Partial<Record<Interval, 'days' | 'weeks' | 'months'>> = { DAY: 'days', WEEK: 'weeks', MONTH: 'months' };

function createEnds({ period, interval }: RetentionQuery): EndOf {
  const last = createTimeAxis(period, interval).dates?.at(-1) ?? period.lastDay;
  const unit = UNITS[interval] ?? 'days';
  return (cohort, offset) =>
    startOfDay(Temporal.PlainDate.from(cohort ?? last).add({ [unit]: offset + 1 }), TIMEZONE).epochMilliseconds;
}

interface RowReading extends PlacedRow {
  readonly columns: RetentionColumns;
  readonly endOf: EndOf;
}

function toRow({ row, cohort, columns, endOf }: RowReading, { config, now }: RetentionReading): RetentionRow {
  const size = row.numberIn(columns.size);
  const until = completeUntil(now, config);
  const toCell = (offset: OffsetColumns): RetentionCell[] => {
    const { count, rate } = offset;
    const isThere = [count, rate].some((column) => column !== null && row.reaches(column));
    if (!isThere) return [];
    const numbers = toNumbers({ row, offset, size, isTotal: cohort === null }, config);
    const isKnown = numbers.count !== null || numbers.rate !== null;
    return [{ offset: offset.offset, ...numbers, isComplete: isKnown && endOf(cohort, offset.offset) <= until }];
  };
  return { cohort, isTotal: cohort === null, dimensions: row.dimensions, size, cells: columns.offsets.flatMap(toCell) };
}

interface CellReading {
  readonly row: TableRow;
  readonly offset: OffsetColumns;
  readonly size: number | null;
  readonly isTotal: boolean;
}

function toNumbers(
  { row, offset, size, isTotal }: CellReading,
  { rates }: GrowingioConfig,
): Pick<RetentionCell, 'count' | 'rate'> {
  const count = offset.count && row.numberIn(offset.count);
  const written = offset.rate && row.numberIn(offset.rate);
  const rate = written === null || rates === 'fraction' ? written : written / 100;
  // Of all cohorts together the rate is of those alone that have come so far, and nobody says how many they are.
  return { count, rate: !isTotal && count !== null && size ? count / size : rate };
}
