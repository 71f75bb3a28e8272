import type { DataSource } from '../analytics/data-source.ts';
import type { EventTable, EventTables } from '../analytics/datasets.ts';
import { toSpan, type DaySpan } from '../analytics/day-span.ts';
import { combineCompleteness, type Freshness } from '../analytics/freshness.ts';
import type { Period } from '../analytics/period.ts';
import type { EventRelation } from '../warehouse/analyses/event-relation.ts';
import { toParquetRows } from '../warehouse/parquet-rows.ts';
import { eventLimitsOf } from './event-limits.ts';
import type { ComputingServices } from './computing.ts';
import type { DatasetRows, Wait } from './datasets.ts';

/** Whose events. */
export interface EventSource {
  readonly dataSource: DataSource;
  readonly events: EventTables;
}

/** Which events. */
export interface EventQuestion {
  /** The tables that hold them, each once or more. */
  readonly tables: readonly EventTable[];
  /** When, in milliseconds since the epoch: what lies between two of them is not needed. */
  readonly spans: readonly { readonly start: number; readonly end: number }[];
}

/** Events that an answer is computed over. */
export interface ReadEvents {
  /** Of whole days: what is outside of the question's time is left out by whoever computes. */
  readonly relation: EventRelation;
  /** All that happened before is among them, in milliseconds since the epoch: also what arrives late. */
  readonly knownUntil: number;
  readonly freshness: Freshness;
}

/** Given whose events and which, return them; waits for those that are missing, and throws `NOT_READY` where they do not come in time. */
export async function readEvents(
  { dataSource }: Pick<EventSource, 'dataSource'>,
  { tables: asked, spans }: EventQuestion,
  { wait, services }: { readonly wait: Wait; readonly services: ComputingServices },
): Promise<ReadEvents> {
  const now = services.clock.now();
  const earliest = Date.parse(eventLimitsOf(dataSource).earliestDate ?? '1970-01-01');
  const tables = [...new Set(asked)];
  const read = await Promise.all(
    tables.flatMap((table) =>
      spans.flatMap(({ start, end }) => {
        const span = toSpan({ start: Math.max(start, earliest), end: Math.min(end, now) }, table.timezone);
        return span ? [readTable({ dataSource, table }, span, { wait, services })] : [];
      }),
    ),
  );
  return combine(tables, read, now);
}

async function readTable(
  of: { readonly dataSource: DataSource; readonly table: EventTable },
  span: DaySpan,
  { wait, services }: { readonly wait: Wait; readonly services: ComputingServices },
) {
  return { table: of.table, rows: await services.datasets.read(of, span, wait) };
}

function combine(
  tables: readonly EventTable[],
  read: readonly { readonly table: EventTable; readonly rows: DatasetRows }[],
  now: number,
): ReadEvents {
  const isSettled = read.every(({ rows }) => rows.isSettled);
  const asOf = Math.min(now, ...read.map(({ rows }) => rows.knownUntil));
  const knownUntil = Math.min(
    now,
    ...read.map(({ rows, table }) => (rows.isSettled ? now : rows.knownUntil - table.arrivesWithinMs)),
  );
  const parts = tables.map((table) => {
    const paths = new Set(read.filter((one) => one.table === table).flatMap(({ rows }) => rows.paths));
    return `select * from ${toParquetRows([...paths], table.columns)}`;
  });
  const columns = new Set(tables.flatMap((table) => table.columns.map(({ name }) => name)));
  const union = `(${parts.join(' union all by name ')})`;
  // Who has not said who it is counts as its device, as at the providers.
  const replaced = columns.has('user_id') && columns.has('device_id');
  const sql = replaced ? `(select * replace (coalesce(user_id, device_id) as user_id) from ${union})` : union;
  return {
    relation: { sql, columns },
    knownUntil,
    freshness: {
      asOf,
      fromCache: false,
      isSettled,
      completeness: combineCompleteness(read.map(({ rows }) => rows.completeness)),
      completeUntil: isSettled ? null : knownUntil,
    },
  };
}

/** Given events, return the names of all their columns. */
export function columnsOf({ tables }: EventTables): ReadonlySet<string> {
  return new Set(tables.flatMap(({ columns }) => columns.map(({ name }) => name)));
}

/** Given a period, return when it begins and ends, in milliseconds since the epoch. */
export function toTimes({ start, end }: Pick<Period, 'start' | 'end'>): {
  readonly start: number;
  readonly end: number;
} {
  return { start: start.epochMilliseconds, end: end.epochMilliseconds };
}
