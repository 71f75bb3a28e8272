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
  /** How long after the end of a day its rows may still change, in milliseconds. */
  readonly settlesAfterMs: number;
  /** What is exported for whole days of `timezone`. */
  toRowsQuery(period: Period): RowsQuery;
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

/** What analyses can be computed over at a data source. */
export interface DatasetTables {
  /** What it is connected to, such as the address and the account: rows of another are never taken for its own. Only a hash of it is kept. */
  readonly identity: string;
  /** From the coarsest grain to the finest. */
  readonly facts?: readonly FactTable[];
}

/** Given the tables of a data source, return them all. */
export function listDatasetTables({ facts = [] }: Pick<DatasetTables, 'facts'>): readonly DatasetTable[] {
  return facts;
}
