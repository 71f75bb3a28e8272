import type { EventContext, World, WorldUser } from '../../world.ts';
import type { Table, Value } from '../tables/table.ts';
import type { Arrivals } from '../tables/arrivals.ts';
import { DEVICE_COLUMNS } from './device-columns.ts';
import { PERSON_COLUMNS } from './person-columns.ts';
import { TRAFFIC_COLUMNS, toTraffic } from './traffic-columns.ts';

/** Reads a cell of a row, or of one of its copies. */
export type Column = (row: number, copy: number) => Value;

/** What columns are read from. */
export interface ColumnSource {
  readonly world: World;
  readonly table: Table;
  readonly arrivals: Arrivals;
  /** The day of an instant, YYYY-MM-DD, in the zone of the export. */
  readonly dayOf: (timeMs: number) => string;
}

/** Finds the column of a selector, which must be one of the event's. */
export function createColumn(source: ColumnSource, selector: string): Column {
  const { world, table, arrivals, dayOf } = source;
  const contextOf = (row: number): EventContext => world.contexts[table.context(row)] as EventContext;
  const userOf = (row: number): WorldUser => world.users[table.user(row)] as WorldUser;
  const own = table.columns[selector];
  if (own) return own;
  if (selector === 'dtEvent') return (row) => dayOf(table.timeMs(row));
  if (selector === 'tsEvent') return (row) => Math.floor(table.timeMs(row) / 1000);
  if (selector === 'tsInsert') return (row) => arrivals.secondOf(table, row);
  const ofDevice = DEVICE_COLUMNS[selector];
  if (ofDevice) return (row) => ofDevice(contextOf(row));
  const ofTraffic = TRAFFIC_COLUMNS[selector];
  if (ofTraffic) return (row) => ofTraffic(toTraffic(userOf(row)));
  const ofPerson = PERSON_COLUMNS[selector];
  if (!ofPerson) throw new Error(`no column for the selector ${selector}`);
  return (row, copy) => {
    const index = table.user(row);
    const serial = index + copy * world.users.length;
    return ofPerson({ user: userOf(row), context: contextOf(row), index, copy, serial, isKnown: table.isKnown(row) });
  };
}
