import type { ExportState, ExportTask } from '../exports/task.ts';
import type { Database, Statements, Transaction } from './database.ts';
import { TASK_COLUMNS, toAssignments, type TaskPatch } from './export-columns.ts';

/** The tasks themselves: made, found, moved from state to state, removed. */
export interface ExportTasks {
  /** Keep a new task, QUEUED, first attempt. With an idempotency key: once in 24 hours for each key of a principal. */
  createTask(task: NewTask, idempotency: Idempotency | null): Promise<CreatedTask>;
  findTask(id: string): Promise<ExportTask | null>;
  /** Several tasks by one statement, in the order of the ids; null for each that there is none of. */
  findTasks(ids: readonly string[]): Promise<(ExportTask | null)[]>;
  /** Move a task that is in state `from`, and, where `heldBy` is given, is that worker's; null, and nothing changed, where it is not. */
  transition(id: string, change: StateChange, patch?: TaskPatch): Promise<ExportTask | null>;
  /**
   * Ask for an end: a task that nobody has begun is CANCELLED, any other one CANCELLING, for a worker to end; null, and nothing changed, where it is
   * neither QUEUED nor RUNNING.
   */
  cancelTask(id: string): Promise<ExportTask | null>;
  /** Record how far a task has come, its progress never less than before; null, and nothing changed, where it is no longer RUNNING or CANCELLING, or no longer `heldBy`. */
  updateProgress(id: string, progress: TaskProgress): Promise<ExportTask | null>;
  /** Forget a task and everything of it, unless it is RUNNING or CANCELLING: then it is BUSY. */
  deleteTask(id: string): Promise<'DELETED' | 'BUSY' | 'NOT_FOUND'>;
}

/** What a new task is known by. */
export interface NewTask extends Pick<ExportTask, 'id' | 'principal' | 'request' | 'source'> {
  /** Equal for tasks that ask a provider the same; null where its exports are not to be shared. */
  readonly requestHash: string | null;
}

interface Idempotency {
  readonly key: string;
  /** Tells whether the key comes with the same input again. */
  readonly inputHash: string;
}

/** CONFLICT: the key was used with another input, for the task named. */
type CreatedTask =
  | { readonly outcome: 'CREATED' | 'EXISTING'; readonly task: ExportTask }
  | { readonly outcome: 'CONFLICT'; readonly taskId: string };

interface StateChange {
  readonly from: ExportState;
  /** Nobody holds a task that is neither RUNNING nor CANCELLING: its phase and its lease end. */
  readonly to: ExportState;
  readonly heldBy?: string;
}

type TaskProgress = Pick<TaskPatch, 'phase' | 'progress' | 'rowCount' | 'expectedRowCount' | 'byteSize'> & {
  readonly heldBy?: string;
};

const IS_UNTOUCHED = `state = 'QUEUED' and started_at is null`;
const KEY_VALID_MS = 24 * 60 * 60 * 1000;

/** Given the database and the time of day, return the tasks in it. */
export function createExportTasks(database: Database, clock: { now(): number }): ExportTasks {
  return {
    createTask: (task, idempotency) =>
      database.transaction(async (transaction) => {
        const now = clock.now();
        const earlier = idempotency && (await takeKey(transaction, { ...idempotency, ...task, now }));
        if (earlier) return earlier;
        return { outcome: 'CREATED', task: await insertTask(transaction, task, now) };
      }),

    findTask: (id) => findTask(database, id),
    findTasks: (ids) => findTasks(database, ids),

    transition: async (id, { from, to, heldBy }, patch = {}) => {
      const params: unknown[] = [id, from, to, heldBy ?? null];
      const isHeld = to === 'RUNNING' || to === 'CANCELLING';
      const held = isHeld ? {} : { phase: null, workerId: null, leaseUntil: null };
      const assignments = ['state = $3', ...toAssignments({ ...patch, ...held }, params)];
      const [task] = await database.query<ExportTask>(
        `update tributary.export_tasks set ${assignments.join(', ')}
         where id = $1 and state = $2 and ($4::text is null or worker_id = $4)
         returning ${TASK_COLUMNS}`,
        params,
      );
      return task ?? null;
    },

    cancelTask: async (id) => {
      // Queued again after a loss of its worker, it has something on disk and maybe at the provider.
      const [task] = await database.query<ExportTask>(
        `update tributary.export_tasks
         set state = case when ${IS_UNTOUCHED} then 'CANCELLED' else 'CANCELLING' end,
             finished_at = case when ${IS_UNTOUCHED} then $2::bigint end
         where id = $1 and state in ('QUEUED', 'RUNNING') returning ${TASK_COLUMNS}`,
        [id, clock.now()],
      );
      return task ?? null;
    },

    updateProgress: async (id, { heldBy, progress = null, ...others }) => {
      const params: unknown[] = [id, heldBy ?? null, progress];
      // Where a window is cut or asked for anew there is more to do than was thought: what was told is not taken back.
      const assignments = ['progress = greatest(progress, $3::double precision)', ...toAssignments(others, params)];
      const [task] = await database.query<ExportTask>(
        `update tributary.export_tasks set ${assignments.join(', ')}
         where id = $1 and state in ('RUNNING', 'CANCELLING') and ($2::text is null or worker_id = $2)
         returning ${TASK_COLUMNS}`,
        params,
      );
      return task ?? null;
    },

    deleteTask: async (id) => {
      const [found] = await database.query<{ isDeleted: boolean; isThere: boolean }>(
        `with deleted as (
           delete from tributary.export_tasks where id = $1 and state not in ('RUNNING', 'CANCELLING') returning id
         )
         select exists (select from deleted) as "isDeleted",
                exists (select from tributary.export_tasks where id = $1) as "isThere"`,
        [id],
      );
      if (found?.isDeleted) return 'DELETED';
      return found?.isThere ? 'BUSY' : 'NOT_FOUND';
    },
  };
}

async function findTask(statements: Statements, id: string): Promise<ExportTask | null> {
  const [task = null] = await findTasks(statements, [id]);
  return task;
}

async function findTasks(statements: Statements, ids: readonly string[]): Promise<(ExportTask | null)[]> {
  // Postgres takes no text with a NUL, which a caller's id may hold.
  const possible = ids.filter((id) => !id.includes('\0'));
  if (possible.length === 0) return ids.map(() => null);
  const tasks = await statements.query<ExportTask>(
    `select ${TASK_COLUMNS} from tributary.export_tasks where id = any($1::text[])`,
    [possible],
  );
  const byId = new Map(tasks.map((task) => [task.id, task]));
  return ids.map((id) => byId.get(id) ?? null);
}

async function insertTask(transaction: Transaction, task: NewTask, now: number): Promise<ExportTask> {
  const [created] = await transaction.query<ExportTask>(
    `insert into tributary.export_tasks (id, principal, state, attempt, request, request_hash, source, created_at)
     values ($1, $2, 'QUEUED', 1, $3, $4, $5, $6) returning ${TASK_COLUMNS}`,
    [task.id, task.principal, JSON.stringify(task.request), task.requestHash, task.source, now],
  );
  if (!created) throw new Error('an insert returned no row');
  return created;
}

interface KeyToTake extends Idempotency {
  readonly principal: string;
  readonly id: string;
  readonly now: number;
}

/** Take a key for a task; where it is taken already, return what it was taken for. */
async function takeKey(transaction: Transaction, taken: KeyToTake): Promise<CreatedTask | null> {
  const { principal, key, inputHash, id, now } = taken;
  // Waits for a caller with the same key who is not done. An old key is taken over where it lies.
  const [own] = await transaction.query(
    `insert into tributary.idempotency_keys as kept (principal, key, input_hash, task_id, created_at)
     values ($1, $2, $3, $4, $5)
     on conflict (principal, key) do update
       set input_hash = excluded.input_hash, task_id = excluded.task_id, created_at = excluded.created_at
       where kept.created_at <= $6
     returning task_id`,
    [principal, key, inputHash, id, now, now - KEY_VALID_MS],
  );
  if (own) return null;
  const [kept] = await transaction.query<{ inputHash: string; taskId: string }>(
    `select input_hash as "inputHash", task_id as "taskId" from tributary.idempotency_keys
     where principal = $1 and key = $2`,
    [principal, key],
  );
  const task = kept && (await findTask(transaction, kept.taskId));
  // Removed since the insert met it.
  if (!task) return takeKey(transaction, taken);
  return kept.inputHash === inputHash ? { outcome: 'EXISTING', task } : { outcome: 'CONFLICT', taskId: kept.taskId };
}
