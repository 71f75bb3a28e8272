import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { DataSource } from '../analytics/data-source.ts';
import { listDatasetTables, type DatasetTable } from '../analytics/datasets.ts';
import { spanToPeriod, type DaySpan } from '../analytics/day-span.ts';
import type { RowsQuery } from '../analytics/exports.ts';
import type { Period } from '../analytics/period.ts';
import { ExportTaskFailedError } from '../errors.ts';
import { toSortedJson } from '../tabular/sorted-json.ts';
import type { NewTask } from '../store/export-tasks.ts';
import type { ExportTask } from './task.ts';

/** Whose tasks they are that fetch rows for everybody's questions. No key of a caller is called so. */
export const SERVER_PRINCIPAL = '(server)';

/** What a task keeps of the days of a table that it fetches. */
export const datasetQuestion = z.object({
  kind: z.literal('DATASET'),
  source: z.string(),
  table: z.string(),
  /** Where its days are kept: other than what the table's is now, once its data source is connected to something else. */
  folder: z.string(),
  from: z.string(),
  to: z.string(),
});

/** The days of a table, to be fetched. */
export type DatasetQuestion = z.infer<typeof datasetQuestion>;

/** Given a task, return the days that it fetches; null where it fetches none for datasets. */
export function datasetOf({ request }: Pick<ExportTask, 'request'>): DatasetQuestion | null {
  const { success, data } = datasetQuestion.safeParse(request.what);
  return success ? data : null;
}

/** Given days of a table, return the task that fetches them. */
export function toDatasetTask(dataSource: DataSource, table: DatasetTable, { from, to }: DaySpan): NewTask {
  const folder = toTableFolder(dataSource, table);
  const what: DatasetQuestion = { kind: 'DATASET', source: dataSource.key, table: table.name, folder, from, to };
  const request = { what, format: 'PARQUET', compression: 'NONE', csv: {} } as const;
  return { id: randomUUID(), principal: SERVER_PRINCIPAL, source: dataSource.key, request, requestHash: null };
}

/** Given what a task fetches, return what its provider is asked; throws where its data source has become another. */
export function resolveDataset(
  { table: name, folder, ...span }: DatasetQuestion,
  dataSource: DataSource,
  now: number,
): { readonly table: DatasetTable; readonly period: Period; readonly rows: RowsQuery | null } {
  const tables = dataSource.connection.datasets;
  const table = tables && listDatasetTables(tables).find((one) => one.name === name);
  if (!table || toTableFolder(dataSource, table) !== folder) {
    throw new ExportTaskFailedError(`"${dataSource.key}" has been configured anew since its rows were asked for.`);
  }
  const period = spanToPeriod(span, table.timezone, now);
  return { table, period, rows: table.toRowsQuery && table.toRowsQuery(period) };
}

/** Where the days of a table are kept, below the folder of all: an own place for what it is connected to and for what its columns are made of. */
export function toTableFolder(dataSource: DataSource, table: DatasetTable): string {
  const { key, provider, connection } = dataSource;
  const { name, timezone, columns, toRowsQuery } = table;
  const rows = toRowsQuery?.(spanToPeriod({ from: '2000-01-01', to: '2000-01-01' }, timezone, 0));
  const known = [
    provider.id,
    connection.datasets?.identity,
    timezone,
    columns,
    rows?.table.name,
    rows?.filters,
    rows?.options,
  ];
  const hash = createHash('sha256').update(toSortedJson(known)).digest('hex');
  return `${encodeURIComponent(key)}/${encodeURIComponent(name)}-${hash.slice(0, 16)}`;
}
