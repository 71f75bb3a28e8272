import type { Event, EventsReport } from '../analytics/events.ts';
import type { ColumnType } from '../analytics/column-types.ts';
import {
  ANSWER_ROOM,
  assertTableFits,
  createColumn,
  type Cell,
  type ColumnTable,
  type TableColumn,
  type TableLayout,
  type TableRoom,
} from './column-table.ts';
import { formatNumber } from './number-text.ts';
import { toSortedJson } from './sorted-json.ts';

type OpenField = 'properties' | 'attributes';
type Field = Exclude<keyof Event, OpenField>;

const OPEN_FIELDS: readonly OpenField[] = ['properties', 'attributes'];

/** Every closed field of an event, in the order of the columns; one missing here does not compile. */
const FIELD_NAMES: Readonly<Record<Field, string>> = {
  at: 'at',
  name: 'name',
  id: 'id',
  userId: 'user_id',
  sessionId: 'session_id',
  deviceId: 'device_id',
  country: 'country',
  region: 'region',
  city: 'city',
  os: 'os',
  osVersion: 'os_version',
  browser: 'browser',
  browserVersion: 'browser_version',
  device: 'device',
  path: 'path',
  referrer: 'referrer',
  revenue: 'revenue',
};

/** Given a page of events, return a row per event. TIDY: properties as JSON. WIDE: a column per property. */
export function toEventsTable(
  { events }: Pick<EventsReport, 'events'>,
  layout: TableLayout,
  room: TableRoom = ANSWER_ROOM,
): ColumnTable {
  const open = OPEN_FIELDS.flatMap((field) =>
    layout === 'WIDE' ? spreadColumns(events, field) : [jsonColumn(events, field)],
  );
  const columns = [...fieldColumns(events), ...open];
  assertTableFits(events.length, columns.length, room);
  return { columns, rowCount: events.length };
}

function fieldColumns(events: readonly Event[]): TableColumn[] {
  return (Object.entries(FIELD_NAMES) as [Field, string][]).map(([field, name]) =>
    createColumn({
      name,
      type: field === 'at' ? 'DATETIME' : field === 'revenue' ? 'NUMBER' : 'TEXT',
      unit: field === 'revenue' ? 'MONEY' : null,
      values: events.map((event) => event[field]),
    }),
  );
}

function jsonColumn(events: readonly Event[], field: OpenField): TableColumn {
  return createColumn({ name: field, type: 'TEXT', values: events.map((event) => toSortedJson(event[field])) });
}

function spreadColumns(events: readonly Event[], field: OpenField): TableColumn[] {
  const keys = [...new Set(events.flatMap((event) => Object.keys(event[field])))].sort();
  return keys.map((key) => {
    const cells = events.map((event) => toCell(Object.hasOwn(event[field], key) ? event[field][key] : null));
    const type = typeOf(cells);
    return createColumn({ name: `${field}.${key}`, type, values: type === 'TEXT' ? cells.map(toText) : cells });
  });
}

function toCell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return toSortedJson(value);
}

/** The type that all cells share; `TEXT` where they differ, or where there is none. */
function typeOf(cells: readonly Cell[]): ColumnType {
  const values = cells.filter((cell) => cell !== null);
  if (values.length === 0) return 'TEXT';
  if (values.every((value) => Number.isSafeInteger(value))) return 'INTEGER';
  if (values.every((value) => typeof value === 'number')) return 'NUMBER';
  return values.every((value) => typeof value === 'boolean') ? 'BOOLEAN' : 'TEXT';
}

function toText(cell: Cell): string | null {
  if (typeof cell === 'number') return formatNumber(cell);
  return cell === null ? null : String(cell);
}
