import DataLoader from 'dataloader';
import type { ExportTasks } from '../exports/export-tasks.ts';
import type { ExportFile, ExportTask } from '../exports/task.ts';
import type { GraphQLContext } from './context.ts';

// Nothing is kept: a subscription goes on for hours, and a task that has changed must be seen as it is.
const OPTIONS = { cache: false };

/** Given the export tasks and whose they are, return what reads them for one operation: what is looked for at the same time is one read. */
export function createTaskLoaders(
  exportTasks: Pick<ExportTasks, 'findAll' | 'filesOf'>,
  principal: string,
): Pick<GraphQLContext, 'findTask' | 'listFiles'> {
  const tasks = new DataLoader<string, ExportTask | null>((ids) => exportTasks.findAll(ids, principal), OPTIONS);
  const files = new DataLoader<ExportTask, readonly ExportFile[]>((some) => exportTasks.filesOf(some), OPTIONS);
  return {
    findTask: (id) => tasks.load(id),
    listFiles: async (task) => (task.state === 'SUCCEEDED' ? files.load(task) : []),
  };
}
