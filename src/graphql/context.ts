import type { DataSources } from '../analytics/data-source.ts';
import type { DatasetCatalog } from '../datasets/dataset-catalog.ts';
import type { ExportTasks } from '../exports/export-tasks.ts';
import type { ExportFile, ExportTask } from '../exports/task.ts';
import type { Reports } from '../reports/reports.ts';

/** Makes links to files that open without a key, for a while. */
export interface FileLinks {
  /** `expiresAt` in milliseconds since the epoch. */
  linkTo(taskId: string, name: string): { readonly url: string; readonly expiresAt: number };
}

/** What one GraphQL operation is answered with. */
export interface GraphQLContext {
  /** Named in the log and in `extensions.requestId`. */
  readonly requestId: string;
  readonly dataSources: DataSources;
  readonly reports: Reports;
  readonly exportTasks: ExportTasks;
  /** A task of the caller's; those that are looked for at the same time are one read. */
  findTask(id: string): Promise<ExportTask | null>;
  /** The files of a task; those of tasks that are looked at at the same time are one read. */
  listFiles(task: ExportTask): Promise<readonly ExportFile[]>;
  readonly datasets: DatasetCatalog;
  /** Who is asking: whose export tasks these are. */
  readonly principal: string;
  readonly fileLinks: FileLinks;
  /** Aborts when the caller leaves. */
  readonly signal: AbortSignal;
}
