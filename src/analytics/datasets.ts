import type { RowsLayout, RowsQuery } from './exports.ts';
import type { Period } from './period.ts';

/**
 * Rows of a data source that are kept at rest, day by day, so that analyses can be computed over them. Their columns are called the same whatever the
 * provider calls them.
 */
export interface DatasetTable {
  /** Told apart by it from the other tables of its data source. */
  readonly name: string;
  readonly description: string;
  /** Whose days it is kept by: the time zone that its provider reports in, or UTC where rows say when to the second. */
  readonly timezone: string;
  /** How long after it happened something may still be missing among the rows, in milliseconds. */
  readonly arrivesWithinMs: number;
  /** How long after the end of a day its rows may still change, in milliseconds. */
  readonly settlesAfterMs: number;
  /** What is exported for whole days of `timezone`; null where the rows are the data source's events, read page by page. */
  readonly toRowsQuery: ((period: Period) => RowsQuery) | null;
  /** How the exported rows become canonical ones. One column is `at`: when, as a moment of `timezone` written as if it were of UTC. */
  readonly columns: RowsLayout['columns'];
}

/** What a fact's metric is made of: a sum of a column, or one sum divided by another. */
export type FactFormula =
  | { readonly kind: 'SUM'; readonly column: string }
  | { readonly kind: 'RATIO'; readonly part: string; readonly whole: string };

/** Rows that are sums already, by time and dimensions, as an ad network reports them. Their moments are the starts of their hours or days. */
export interface FactTable extends DatasetTable {
  /** How long the time of a row is. */
  readonly grain: 'HOUR' | 'DAY';
  /** By the keys of the catalog's metrics. */
  readonly metrics: Readonly<Record<string, FactFormula>>;
}

/**
 * Rows that are events. Columns besides `at`: `name`, always; `user_id`, `device_id`, `session_id`, `event_id`, `revenue`, `properties` (JSON) and the keys of the
 * catalog's dimensions, as far as the provider has them.
 */
export interface EventTable extends DatasetTable {
  /** The name of all of its events; null where each row says its own. */
  readonly event: string | null;
}

/** The events of a data source. */
export interface EventTables {
  readonly tables: readonly EventTable[];
  /** Names of the tables that hold what "any event" means: all that somebody does, and each thing once. */
  readonly anyEvent: readonly string[];
  /** The event with which users enter where a question does not say; null for their first event of any name. */
  readonly entryEvent: string | null;
  /** ISO 4217 code of `revenue`; null where no table has any, or nobody knows. */
  readonly currency: string | null;
}

/** What analyses can be computed over at a data source. */
export interface DatasetTables {
  /** What it is connected to, such as the address and the account: rows of another are never taken for its own. Only a hash of it is kept. */
  readonly identity: string;
  /** From the coarsest grain to the finest. */
  readonly facts?: readonly FactTable[];
  readonly events?: EventTables;
}

/** Given the currency of revenue, if it is known, return the events of a data source that hands them out page by page. */
export function eventsReadByPage(currency: string | null): EventTables {
  const text = (name: string) => ({ name, type: 'TEXT', source: { kind: 'AS_IS', column: name } }) as const;
  const table: EventTable = {
    name: 'events',
    description: 'Every event.',
    event: null,
    timezone: 'UTC',
    arrivesWithinMs: 0,
    settlesAfterMs: DAY_MS,
    toRowsQuery: null,
    columns: [
      { name: 'at', type: 'DATETIME', source: { kind: 'AS_IS', column: 'at' } },
      ...EVENT_TEXTS.map(text),
      { name: 'revenue', type: 'NUMBER', source: { kind: 'AS_IS', column: 'revenue' } },
      { name: 'properties', type: 'JSON', source: { kind: 'AS_IS', column: 'properties' } },
    ],
  };
  return { tables: [table], anyEvent: ['events'], entryEvent: null, currency };
}

const DAY_MS = 86_400_000;
const EVENT_TEXTS = [
  'name',
  'id',
  'user_id',
  'session_id',
  'device_id',
  'country',
  'region',
  'city',
  'os',
  'os_version',
  'browser',
  'browser_version',
  'device',
  'path',
  'referrer',
] as const;

/** Given the tables of a data source, return them all. */
export function listDatasetTables({ facts = [], events }: DatasetTables): readonly DatasetTable[] {
  return [...facts, ...(events?.tables ?? [])];
}

/** Given the names of events, or null for any event, return the tables that hold them. */
export function tablesOf({ tables, anyEvent }: EventTables, names: readonly string[] | null): readonly EventTable[] {
  if (names === null) return tables.filter(({ name }) => anyEvent.includes(name));
  const ofOne = tables.filter(({ event }) => event !== null && names.includes(event));
  const isLeft = names.some((name) => ofOne.every(({ event }) => event !== name));
  return [...ofOne, ...(isLeft ? tables.filter(({ event }) => event === null) : [])];
}
