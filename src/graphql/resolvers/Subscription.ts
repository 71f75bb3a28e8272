import { parseGlobalId } from '../../analytics/global-id.ts';
import { ExportTaskNotFoundError } from '../../errors.ts';
import type { ExportTask } from '../../exports/task.ts';
import type { SubscriptionResolvers } from '../__generated__/resolvers.ts';

/** What is told as it happens. */
export const Subscription: SubscriptionResolvers = {
  exportTask: {
    subscribe: async (_root, { id }, { exportTasks, principal, signal }) => {
      const parsed = parseGlobalId(id);
      const [taskId = ''] = parsed?.parts ?? [];
      const task = parsed?.type === 'ExportTask' ? await exportTasks.find(taskId, principal) : null;
      if (!task) throw new ExportTaskNotFoundError('id: there is no export task of this id.');
      return exportTasks.watch(taskId, principal, signal);
    },
    resolve: (task: ExportTask) => task,
  },
};
