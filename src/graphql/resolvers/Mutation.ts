import { parseGlobalId } from '../../analytics/global-id.ts';
import { parseInput } from '../../analytics/parse-input.ts';
import { ExportTaskNotFoundError } from '../../errors.ts';
import { prepareDatasetInput } from '../../datasets/dataset-catalog.ts';
import { createExportInput } from '../../exports/request.ts';
import type { MutationResolvers } from '../__generated__/resolvers.ts';
import { withUserErrors } from '../user-errors.ts';

/** What changes something. */
export const Mutation: MutationResolvers = {
  createExport: (_root, { input }, { exportTasks, principal }) =>
    withUserErrors(
      async () => ({ exportTask: await exportTasks.create(parseInput(createExportInput, input, 'input'), principal) }),
      { exportTask: null },
    ),
  cancelExport: (_root, { input }, { exportTasks, principal }) =>
    withUserErrors(async () => ({ exportTask: await exportTasks.cancel(toTaskId(input.id), principal) }), {
      exportTask: null,
    }),
  retryExport: (_root, { input }, { exportTasks, principal }) =>
    withUserErrors(async () => ({ exportTask: await exportTasks.retry(toTaskId(input.id), principal) }), {
      exportTask: null,
    }),
  deleteExport: (_root, { input }, { exportTasks, principal }) =>
    withUserErrors(
      async () => {
        await exportTasks.remove(toTaskId(input.id), principal);
        return { deletedId: input.id };
      },
      { deletedId: null },
    ),
  prepareDataset: (_root, { input }, { datasets }) =>
    withUserErrors(
      async () => ({ exportTasks: [...(await datasets.prepare(parseInput(prepareDatasetInput, input, 'input')))] }),
      { exportTasks: null },
    ),
};

function toTaskId(id: string): string {
  const parsed = parseGlobalId(id);
  const [taskId] = parsed?.parts ?? [];
  if (parsed?.type === 'ExportTask' && taskId !== undefined) return taskId;
  throw new ExportTaskNotFoundError('input.id: is not the id of an export task');
}
