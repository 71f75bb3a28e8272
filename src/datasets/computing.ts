import type { DatasetTable } from '../analytics/datasets.ts';
import type { Clock } from '../analytics/deadline.ts';
import { combineCompleteness, type Freshness } from '../analytics/freshness.ts';
import type { Database } from '../warehouse/database.ts';
import { toParquetRows } from '../warehouse/parquet-rows.ts';
import type { Datasets, DatasetRows } from './datasets.ts';

/** What computing an answer needs. */
export interface ComputingServices {
  readonly datasets: Datasets;
  readonly clock: Clock;
  /** What runs the SQL, opened with the first question. */
  database(): Promise<Database>;
}

/** Rows that an answer is computed over, and how fresh they are. */
export interface ComputedOver {
  readonly relation: { readonly sql: string; readonly columns: ReadonlySet<string> };
  readonly freshness: Freshness;
}

/** Given days of a table that were read, perhaps some of them twice, return them as one relation. */
export function combineRows(read: readonly DatasetRows[], table: DatasetTable, now: number): ComputedOver {
  const paths = [...new Set(read.flatMap((rows) => rows.paths))];
  const knownUntil = Math.min(now, ...read.map((rows) => rows.knownUntil));
  return {
    relation: { sql: toParquetRows(paths, table.columns), columns: new Set(table.columns.map(({ name }) => name)) },
    freshness: {
      asOf: knownUntil,
      fromCache: false,
      isSettled: read.every((rows) => rows.isSettled),
      completeness: combineCompleteness(read.map(({ completeness }) => completeness)),
    },
  };
}
