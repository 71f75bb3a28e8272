import { toGlobalId } from '../../analytics/global-id.ts';
import { InvalidQueryError, isErrorCode } from '../../errors.ts';
import { PREVIEW_ROWS } from '../../exports/conversion.ts';
import { toRows } from '../../tabular/column-table.ts';
import type { ExportTaskResolvers } from '../__generated__/resolvers.ts';
import { toDateTime } from '../instants.ts';
import { findNodeOf } from '../nodes.ts';

/** An export on its way, or done. */
export const ExportTask: ExportTaskResolvers = {
  __resolveReference: findNodeOf('ExportTask'),
  id: ({ id }) => toGlobalId('ExportTask', id),
  source: ({ source }, _arguments, { dataSources }) => (source === null ? null : (dataSources.find(source) ?? null)),
  format: ({ request }) => request.format,
  compression: ({ request }) => request.compression,
  createdAt: ({ createdAt }) => toDateTime(createdAt),
  startedAt: ({ startedAt }) => toDateTime(startedAt),
  finishedAt: ({ finishedAt }) => toDateTime(finishedAt),
  expiresAt: ({ expiresAt }) => toDateTime(expiresAt),
  files: async (task, _arguments, { listFiles }) =>
    (await listFiles(task)).map((file) => ({ ...file, taskId: task.id })),
  async preview(task, { first }, { exportTasks }) {
    if (first < 1 || first > PREVIEW_ROWS)
      throw new InvalidQueryError(`first: ${first} is not between 1 and ${PREVIEW_ROWS}`);
    const table = await exportTasks.preview(task, first);
    return table && { columns: table.columns, rows: toRows(table), rowCount: table.rowCount };
  },
  error: ({ failure, source }, _arguments, { dataSources }) =>
    failure && {
      // A code that was kept by an older release may be none any more.
      code: isErrorCode(failure.code) ? failure.code : 'INTERNAL_SERVER_ERROR',
      message: failure.message,
      source: (source === null ? undefined : dataSources.find(source)) ?? null,
      isRetryable: failure.isRetryable,
      retryAt: null,
      exportTaskId: null,
    },
};
