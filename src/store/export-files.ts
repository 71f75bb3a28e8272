import type { ExportFile, ExportTask } from '../exports/task.ts';
import type { Database } from './database.ts';
import { TASK_COLUMNS, toAssignments, type TaskPatch } from './export-columns.ts';

/** The files that the caller gets. */
export interface ExportFiles {
  /** Add the files and make the task SUCCEEDED, both or neither: null where it is no longer RUNNING or CANCELLING, or no longer `heldBy`. */
  publish(id: string, files: readonly ExportFile[], outcome: Outcome): Promise<ExportTask | null>;
  listFiles(taskId: string): Promise<ExportFile[]>;
  /** The files of several tasks by one statement, in the order of the ids. */
  listFilesOf(taskIds: readonly string[]): Promise<ExportFile[][]>;
  /** Ids of tasks that have succeeded and whose time is over. */
  findExpired(): Promise<string[]>;
  /** Forget the files of a task that has succeeded and make it EXPIRED; null where it has not. */
  expire(id: string): Promise<ExportTask | null>;
}

type Outcome = Omit<TaskPatch, 'workerId' | 'leaseUntil' | 'phase'> & { readonly heldBy?: string };

/** Given the database and the time of day, return the files in it. */
export function createExportFiles(database: Database, clock: { now(): number }): ExportFiles {
  return {
    publish: (id, files, { heldBy, ...patch }) =>
      database.transaction(async (transaction) => {
        const params: unknown[] = [id, heldBy ?? null];
        const [task] = await transaction.query<ExportTask>(
          `update tributary.export_tasks
           set state = 'SUCCEEDED', phase = null, worker_id = null, lease_until = null
               ${toAssignments(patch, params)
                 .map((assignment) => `, ${assignment}`)
                 .join('')}
           where id = $1 and state in ('RUNNING', 'CANCELLING') and ($2::text is null or worker_id = $2)
           returning ${TASK_COLUMNS}`,
          params,
        );
        if (!task) return null;
        for (const [position, file] of files.entries()) {
          await transaction.query(
            `insert into tributary.export_files (task_id, position, name, row_count, byte_size, sha256, media_type)
             values ($1, $2, $3, $4, $5, $6, $7)`,
            [id, position, file.name, file.rowCount, file.byteSize, file.sha256, file.mediaType],
          );
        }
        return task;
      }),

    listFiles: async (taskId) => (await listFilesOf(database, [taskId])).flat(),
    listFilesOf: (taskIds) => listFilesOf(database, taskIds),

    findExpired: async () => {
      const tasks = await database.query<{ id: string }>(
        `select id from tributary.export_tasks where state = 'SUCCEEDED' and expires_at <= $1 order by expires_at, id`,
        [clock.now()],
      );
      return tasks.map(({ id }) => id);
    },

    expire: (id) =>
      database.transaction(async (transaction) => {
        const [task] = await transaction.query<ExportTask>(
          `update tributary.export_tasks set state = 'EXPIRED' where id = $1 and state = 'SUCCEEDED'
           returning ${TASK_COLUMNS}`,
          [id],
        );
        if (!task) return null;
        await transaction.query('delete from tributary.export_files where task_id = $1', [id]);
        return task;
      }),
  };
}

async function listFilesOf(database: Database, taskIds: readonly string[]): Promise<ExportFile[][]> {
  const files = await database.query<ExportFile & { taskId: string }>(
    `select task_id as "taskId", name, row_count as "rowCount", byte_size as "byteSize", sha256, media_type as "mediaType"
     from tributary.export_files where task_id = any($1::text[]) order by task_id, position`,
    [taskIds],
  );
  const byTask = new Map<string, ExportFile[]>(taskIds.map((id) => [id, []]));
  for (const { taskId, ...file } of files) byTask.get(taskId)?.push(file);
  return taskIds.map((id) => byTask.get(id) ?? []);
}
