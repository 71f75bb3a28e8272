import type { ExportTask } from '../exports/task.ts';

/** What may change of a task besides its state; what is absent stays as it is. */
export type TaskPatch = Partial<
  Pick<
    ExportTask,
    | 'phase'
    | 'attempt'
    | 'progress'
    | 'rowCount'
    | 'expectedRowCount'
    | 'byteSize'
    | 'completeness'
    | 'failure'
    | 'startedAt'
    | 'finishedAt'
    | 'expiresAt'
  > &
    Lease
>;

/** Which worker has a task, and until when that is to be believed, in milliseconds since the epoch. */
export interface Lease {
  readonly workerId: string;
  readonly leaseUntil: number;
}

type Nullable<T> = { readonly [K in keyof T]: T[K] | null };

const PATCHED_COLUMNS: Readonly<Record<keyof TaskPatch, string>> = {
  phase: 'phase',
  attempt: 'attempt',
  progress: 'progress',
  rowCount: 'row_count',
  expectedRowCount: 'expected_row_count',
  byteSize: 'byte_size',
  completeness: 'completeness',
  failure: 'failure',
  startedAt: 'started_at',
  finishedAt: 'finished_at',
  expiresAt: 'expires_at',
  workerId: 'worker_id',
  leaseUntil: 'lease_until',
};

/** The columns of a task, under the names of its fields. */
export const TASK_COLUMNS = `
  id, principal, state, phase, attempt, request, source, progress, row_count as "rowCount",
  expected_row_count as "expectedRowCount", byte_size as "byteSize", completeness, failure, created_at as "createdAt",
  started_at as "startedAt", finished_at as "finishedAt", expires_at as "expiresAt"`;

/** Given a patch, return its assignments for `set`; their values are added to `params`. */
export function toAssignments(patch: Nullable<TaskPatch>, params: unknown[]): string[] {
  return (Object.keys(PATCHED_COLUMNS) as (keyof TaskPatch)[])
    .filter((field) => patch[field] !== undefined)
    .map((field) => {
      const value = patch[field];
      params.push(field === 'failure' && value !== null ? JSON.stringify(value) : value);
      return `${PATCHED_COLUMNS[field]} = $${params.length}`;
    });
}
