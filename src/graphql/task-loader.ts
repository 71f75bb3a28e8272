import DataLoader from 'dataloader';
import type { ExportTasks } from '../exports/export-tasks.ts';
import type { ExportTask } from '../exports/task.ts';

/** Given the export tasks and whose they are, return what finds them by their ids: those that are looked for at the same time are one read. */
export function createTaskLoader(
  tasks: Pick<ExportTasks, 'findAll'>,
  principal: string,
): (id: string) => Promise<ExportTask | null> {
  // Nothing is kept: a subscription goes on for hours, and a task that has changed must be seen as it is.
  const loader = new DataLoader<string, ExportTask | null>((ids) => tasks.findAll(ids, principal), { cache: false });
  return (id) => loader.load(id);
}
