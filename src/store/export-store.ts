import type { Database } from './database.ts';
import { createExportChunks, type ExportChunks } from './export-chunks.ts';
import { createExportFiles, type ExportFiles } from './export-files.ts';
import { createExportLeases, type ExportLeases } from './export-leases.ts';
import { createExportList, type ExportList } from './export-list.ts';
import { createExportParts, type ExportParts } from './export-parts.ts';
import { createExportTasks, type ExportTasks } from './export-tasks.ts';
import { createExportUpstreams, type ExportUpstreams } from './export-upstreams.ts';

/** Export tasks and everything that belongs to them, as they are kept. */
export type ExportStore = ExportTasks &
  ExportList &
  ExportLeases &
  ExportChunks &
  ExportUpstreams &
  ExportParts &
  ExportFiles;

/** Given the database, migrated, and the time of day, return the export tasks in it. */
export function createExportStore(database: Database, clock: { now(): number }): ExportStore {
  return {
    ...createExportTasks(database, clock),
    ...createExportList(database),
    ...createExportLeases(database, clock),
    ...createExportChunks(database),
    ...createExportUpstreams(database),
    ...createExportParts(database),
    ...createExportFiles(database, clock),
  };
}
