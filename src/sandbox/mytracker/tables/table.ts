/** What a cell holds: text, a number, or null where a number is missing. Missing text is empty. */
export type Value = string | number | null;

/** What one of the exportable events is exported from. Rows are numbered from 0; not all of them need to belong to the table. */
export interface Table {
  readonly length: number;
  /** Whether a row belongs to the table. */
  has(row: number): boolean;
  /** When it happened, in milliseconds since 1970. */
  timeMs(row: number): number;
  /** Index into the world's users. */
  user(row: number): number;
  /** Index into the world's contexts. */
  context(row: number): number;
  /** Whether the person had signed in. */
  isKnown(row: number): boolean;
  /** What only this event has, by selector. */
  readonly columns: Readonly<Record<string, (row: number) => Value>>;
}

/** A table that the world has nothing for. */
export function createEmptyTable(selectors: readonly string[]): Table {
  return {
    length: 0,
    has: () => false,
    timeMs: () => 0,
    user: () => 0,
    context: () => 0,
    isKnown: () => false,
    columns: Object.fromEntries(selectors.map((selector) => [selector, () => null])),
  };
}

/** The rows of a table whose people had signed in. */
export function onlyKnown(table: Table): Table {
  return { ...table, has: (row) => table.has(row) && table.isKnown(row) };
}
