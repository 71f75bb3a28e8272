import type { ExportState } from '../exports/task.ts';
import type { Database } from './database.ts';
import type { Lease } from './export-columns.ts';

/** Who works on a task: a worker that dies stops renewing its lease, and loses the task. */
export interface ExportLeases {
  /** Keep a task for longer; returns its state, or null where the task is not this worker's any more: then leave it alone. */
  renewLease(id: string, lease: Lease): Promise<ExportState | null>;
  /** Take tasks from workers that are gone: RUNNING ones are QUEUED again, CANCELLING ones are CANCELLED. */
  requeueLost(which: LostTasks): Promise<{ readonly queued: string[]; readonly cancelled: string[] }>;
}

/** ALL: for a process that has just become the only one to use the database. A task without a lease counts as lost. */
export type LostTasks = 'LEASE_OVER' | 'ALL';

/** Given the database and the time of day, return the leases of its tasks. */
export function createExportLeases(database: Database, clock: { now(): number }): ExportLeases {
  return {
    renewLease: async (id, { workerId, leaseUntil }) => {
      const [task] = await database.query<{ state: ExportState }>(
        `update tributary.export_tasks set lease_until = $3
         where id = $1 and worker_id = $2 and state in ('RUNNING', 'CANCELLING') returning state`,
        [id, workerId, leaseUntil],
      );
      return task?.state ?? null;
    },

    requeueLost: (which) =>
      database.transaction(async (transaction) => {
        const now = clock.now();
        const take = async (from: ExportState, to: ExportState, finishedAt: number | null) => {
          const tasks = await transaction.query<{ id: string }>(
            `update tributary.export_tasks
             set state = $2, phase = null, worker_id = null, lease_until = null, finished_at = $3
             where state = $1 and ($4 or lease_until is null or lease_until <= $5) returning id`,
            [from, to, finishedAt, which === 'ALL', now],
          );
          return tasks.map(({ id }) => id);
        };
        return { queued: await take('RUNNING', 'QUEUED', null), cancelled: await take('CANCELLING', 'CANCELLED', now) };
      }),
  };
}
