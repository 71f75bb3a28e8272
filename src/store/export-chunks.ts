import type { ExportChunk } from '../exports/task.ts';
import type { Database, Statements, Transaction } from './database.ts';
import type { Upstream } from './export-upstreams.ts';

/** The questions that a task asks its provider, in the order of their rows. A change of one that is not there, or too far already, is false. */
export interface ExportChunks {
  /** Keep the windows of a task, unless it has some already; returns the ones that it has now. */
  planChunks(taskId: string, windows: readonly ExportWindow[]): Promise<ExportChunk[]>;
  listChunks(taskId: string): Promise<ExportChunk[]>;
  /** The provider has been asked; `startedAt` is in the past where an unfinished export of another task is used. */
  markStarted(chunk: ChunkKey, upstream: Upstream): Promise<boolean>;
  markReady(chunk: ChunkKey): Promise<boolean>;
  markFetched(chunk: ChunkKey): Promise<boolean>;
  /** Put two windows in the place of one that was too large, cut at `at`; null where it cannot be cut there. */
  splitChunk(chunk: ChunkKey, at: number): Promise<readonly [ExportChunk, ExportChunk] | null>;
  /** Ask the provider anew, because it will never be ready: forgets the upstream export and its parts, counts the restart. That export is not used again. */
  restartChunk(chunk: ChunkKey): Promise<boolean>;
  /** Begin from the start, keeping the windows: forgets every upstream export and every part of a task. None of these exports is used again. */
  resetChunks(taskId: string): Promise<void>;
}

/** Milliseconds since the epoch, half-open; nulls where the question has no window. */
export type ExportWindow = Pick<ExportChunk, 'from' | 'to'>;

/** Names a chunk. */
export type ChunkKey = Pick<ExportChunk, 'taskId' | 'position'>;

const CHUNK_COLUMNS = `
  task_id as "taskId", position, window_from as "from", window_to as "to", upstream_id as "upstreamId",
  upstream_started_at as "upstreamStartedAt", state, restarts`;

/** Back to the plan, never again with the export that it had. */
const GIVEN_UP = `
  failed_upstreams = array_remove(array_append(failed_upstreams, upstream_id), null),
  state = 'PLANNED', upstream_id = null, upstream_started_at = null`;

/** Given the database, return the chunks in it. */
export function createExportChunks(database: Database): ExportChunks {
  return {
    planChunks: (taskId, windows) =>
      database.transaction(async (transaction) => {
        // Two workers that both believe to have the task plan one after the other.
        await transaction.query('select from tributary.export_tasks where id = $1 for update', [taskId]);
        const planned = await listChunks(transaction, taskId);
        if (planned.length > 0) return planned;
        const chunks: ExportChunk[] = [];
        for (const [position, window] of windows.entries()) {
          chunks.push(await insertChunk(transaction, { taskId, position }, window));
        }
        return chunks;
      }),
    listChunks: (taskId) => listChunks(database, taskId),
    markStarted: (chunk, { id, startedAt }) =>
      change(database, chunk, {
        assignments: `state = 'STARTED', upstream_id = $3, upstream_started_at = $4`,
        condition: `state = 'PLANNED'`,
        params: [id, startedAt],
      }),
    markReady: (chunk) =>
      change(database, chunk, { assignments: `state = 'READY'`, condition: `state in ('PLANNED', 'STARTED')` }),
    markFetched: (chunk) =>
      change(database, chunk, { assignments: `state = 'FETCHED'`, condition: `state <> 'FETCHED'` }),
    splitChunk: (chunk, at) => database.transaction((transaction) => split(transaction, chunk, at)),
    restartChunk: (chunk) =>
      database.transaction(async (transaction) => {
        const isRestarted = await change(transaction, chunk, {
          assignments: `${GIVEN_UP}, restarts = restarts + 1`,
          condition: `state <> 'FETCHED'`,
        });
        if (isRestarted) {
          await transaction.query('delete from tributary.export_parts where task_id = $1 and chunk = $2', keyOf(chunk));
        }
        return isRestarted;
      }),
    resetChunks: (taskId) =>
      database.transaction(async (transaction) => {
        await transaction.query('delete from tributary.export_parts where task_id = $1', [taskId]);
        await transaction.query(`update tributary.export_chunks set ${GIVEN_UP}, restarts = 0 where task_id = $1`, [
          taskId,
        ]);
      }),
  };
}

const keyOf = ({ taskId, position }: ChunkKey): unknown[] => [taskId, position];

function listChunks(statements: Statements, taskId: string): Promise<ExportChunk[]> {
  return statements.query<ExportChunk>(
    `select ${CHUNK_COLUMNS} from tributary.export_chunks where task_id = $1 order by position`,
    [taskId],
  );
}

async function insertChunk(transaction: Transaction, key: ChunkKey, { from, to }: ExportWindow): Promise<ExportChunk> {
  const [chunk] = await transaction.query<ExportChunk>(
    `insert into tributary.export_chunks (task_id, position, window_from, window_to, state, restarts)
     values ($1, $2, $3, $4, 'PLANNED', 0) returning ${CHUNK_COLUMNS}`,
    [...keyOf(key), from, to],
  );
  if (!chunk) throw new Error('an insert returned no row');
  return chunk;
}

interface ChunkChange {
  readonly assignments: string;
  readonly condition: string;
  /** From $3 on: the chunk has the first two. */
  readonly params?: readonly unknown[];
}

async function change(statements: Statements, chunk: ChunkKey, { assignments, condition, params = [] }: ChunkChange) {
  const rows = await statements.query(
    `update tributary.export_chunks set ${assignments}
     where task_id = $1 and position = $2 and ${condition} returning position`,
    [...keyOf(chunk), ...params],
  );
  return rows.length > 0;
}

async function split(transaction: Transaction, chunk: ChunkKey, at: number) {
  const [whole] = await transaction.query<ExportChunk>(
    `delete from tributary.export_chunks
     where task_id = $1 and position = $2 and state <> 'FETCHED' and window_from < $3 and $3 < window_to
     returning ${CHUNK_COLUMNS}`,
    [...keyOf(chunk), at],
  );
  if (!whole) return null;
  const [next] = await transaction.query<{ position: number | null }>(
    'select min(position) as position from tributary.export_chunks where task_id = $1 and position > $2',
    keyOf(chunk),
  );
  // The others keep their places, because the files of their parts may be named after them.
  const between = (whole.position + (next?.position ?? whole.position + 2)) / 2;
  return [
    await insertChunk(transaction, chunk, { from: whole.from, to: at }),
    await insertChunk(transaction, { ...chunk, position: between }, { from: at, to: whole.to }),
  ] as const;
}
