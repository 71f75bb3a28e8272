import type { ExportState } from '../exports/task.ts';
import type { Database } from './database.ts';
import type { Lease } from './export-columns.ts';

/** Who works on a task: a worker that dies stops renewing its lease, and loses the task. */
export interface ExportLeases {
  /** Keep a task for longer; returns its state, or null where the task is not this worker's any more: then leave it alone. */
  renewLease(id: string, lease: Lease): Promise<ExportState | null>;
  /** Take RUNNING tasks from workers that are gone: they are QUEUED again. Returns their ids. */
  requeueLost(which: LostTasks): Promise<string[]>;
  /** Take CANCELLING tasks from workers that are gone, for this worker to end; returns their ids. */
  takeLostCancels(which: LostTasks, lease: Lease): Promise<string[]>;
}

/** ALL: for a process that has just become the only one to use the database. A task without a lease counts as lost. */
export type LostTasks = 'LEASE_OVER' | 'ALL';

/** Whose worker is gone: $1 for all, $2 for the time of day. */
const LOST = '($1 or lease_until is null or lease_until <= $2)';

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

    requeueLost: async (which) => {
      const tasks = await database.query<{ id: string }>(
        `update tributary.export_tasks set state = 'QUEUED', phase = null, worker_id = null, lease_until = null
         where state = 'RUNNING' and ${LOST} returning id`,
        [which === 'ALL', clock.now()],
      );
      return tasks.map(({ id }) => id);
    },

    takeLostCancels: async (which, { workerId, leaseUntil }) => {
      const tasks = await database.query<{ id: string }>(
        `update tributary.export_tasks set worker_id = $3, lease_until = $4
         where state = 'CANCELLING' and ${LOST} returning id`,
        [which === 'ALL', clock.now(), workerId, leaseUntil],
      );
      return tasks.map(({ id }) => id);
    },
  };
}
