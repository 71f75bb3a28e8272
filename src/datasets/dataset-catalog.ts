import { z } from 'zod';
import type { DataSource, DataSources } from '../analytics/data-source.ts';
import { listDatasetTables, type DatasetTable } from '../analytics/datasets.ts';
import { toSpan } from '../analytics/day-span.ts';
import type { Clock } from '../analytics/deadline.ts';
import { didYouMean, nearMatches } from '../analytics/near-matches.ts';
import { periodInput, resolvePeriod } from '../analytics/period.ts';
import { InvalidQueryError, UnsupportedCapabilityError } from '../errors.ts';
import type { ExportBackend } from '../exports/backend.ts';
import type { ExportTask } from '../exports/task.ts';
import type { Coverage, Datasets } from './datasets.ts';

/** The shape of the argument that has days fetched ahead of time. */
export const prepareDatasetInput = z.object({ source: z.string(), dataset: z.string(), period: periodInput });

/** Days to be fetched ahead of time, as asked for. */
export type PrepareDatasetRequest = z.infer<typeof prepareDatasetInput>;

/** A table whose days are kept, and which of them are. */
export interface ListedDataset extends Coverage {
  readonly table: DatasetTable;
}

/** What is kept of data sources, and what is to be. */
export interface DatasetCatalog {
  list(dataSource: DataSource): Promise<readonly ListedDataset[]>;
  /** Have days fetched that are missing; resolves with the tasks that fetch them. */
  prepare(request: PrepareDatasetRequest): Promise<readonly ExportTask[]>;
}

/** What listing and preparing needs. */
export interface CatalogServices {
  readonly dataSources: DataSources;
  readonly datasets: Datasets;
  readonly clock: Clock;
  open(): Promise<Pick<ExportBackend, 'store'>>;
}

/** Given what it needs, return what lists and prepares datasets. */
export function createDatasetCatalog({ dataSources, datasets, clock, open }: CatalogServices): DatasetCatalog {
  return {
    list: (dataSource) =>
      Promise.all(
        tablesOf(dataSource).map(async (table) => ({ table, ...(await datasets.describe({ dataSource, table })) })),
      ),
    async prepare({ source, dataset, period: asked }) {
      const dataSource = dataSources.require(source, 'input.source');
      const table = requireTable(dataSource, dataset);
      const { exports, events } = dataSource.connection.capabilities;
      const earliestDate = (exports ?? events)?.limits.earliestDate ?? null;
      const context = { timezone: table.timezone, now: clock.now(), earliestDate, path: 'input.period' };
      const { start, end } = resolvePeriod(asked, context);
      const span = toSpan({ start: start.epochMilliseconds, end: end.epochMilliseconds }, table.timezone);
      const ids = span ? await datasets.prepare({ dataSource, table }, span) : [];
      const { store } = await open();
      return (await Promise.all(ids.map((id) => store.findTask(id)))).filter((task) => task !== null);
    },
  };
}

function tablesOf({ connection }: DataSource): readonly DatasetTable[] {
  return connection.datasets ? listDatasetTables(connection.datasets) : [];
}

function requireTable(dataSource: DataSource, name: string): DatasetTable {
  const tables = tablesOf(dataSource);
  const found = tables.find((table) => table.name === name);
  if (found) return found;
  const { key } = dataSource;
  if (tables.length === 0) {
    throw new UnsupportedCapabilityError(
      `input.source: no rows of "${key}" are kept here: nothing is computed over them`,
    );
  }
  const names = tables.map((table) => table.name);
  throw new InvalidQueryError(
    `input.dataset: "${key}" has no dataset "${name}".${didYouMean(nearMatches(name, names))} Known: ${names.join(', ')}.`,
  );
}
