import type { ChunkKey } from './export-chunks.ts';
import type { Database } from './database.ts';

/**
 * The exports that providers prepare, and who waits for them. Chunks ask the same question where data source, request and window are the same;
 * without a request hash or a window, no other chunk asks it.
 */
export interface ExportUpstreams {
  /**
   * Run something that decides whether a provider is asked for an export, or told to end it: nobody else does so for the same question at the same
   * time, in whatever process. It may take as long as a call to the provider.
   */
  inUpstreamTurn<T>(chunk: ChunkKey, run: () => Promise<T>): Promise<T>;
  /**
   * The youngest export of the same question that another unfinished task waits for, asked for at `since` or later (milliseconds since the epoch);
   * null where there is none. None that this chunk has been given up with.
   */
  findUnfinishedUpstream(chunk: ChunkKey, since: number): Promise<Upstream | null>;
  /** Whether another unfinished task still needs the export that a chunk waits for. */
  isUpstreamShared(chunk: ChunkKey): Promise<boolean>;
  /** Wait for an export no longer; false where the chunk does not. */
  forgetUpstream(chunk: ChunkKey): Promise<boolean>;
}

/** An export that a provider prepares. */
export interface Upstream {
  /** The provider's id. */
  readonly id: string;
  /** When the provider was asked, in milliseconds since the epoch. */
  readonly startedAt: number;
}

/** Given the database, return the exports of providers in it. */
export function createExportUpstreams(database: Database): ExportUpstreams {
  return {
    inUpstreamTurn: async (chunk, run) => {
      const question = await findQuestion(database, chunk);
      return question === null ? run() : database.exclusively(`upstream ${question}`, run);
    },

    findUnfinishedUpstream: async ({ taskId, position }, since) => {
      const [upstream] = await database.query<Upstream>(
        `select other.upstream_id as "id", other.upstream_started_at as "startedAt"
         from tributary.export_chunks as own
         join tributary.export_tasks as own_task on own_task.id = own.task_id
         join tributary.export_tasks as other_task
           on other_task.source = own_task.source and other_task.request_hash = own_task.request_hash
           and other_task.id <> own_task.id and other_task.state in ('QUEUED', 'RUNNING')
         join tributary.export_chunks as other
           on other.task_id = other_task.id and other.state = 'STARTED'
           and other.window_from = own.window_from and other.window_to = own.window_to
         where own.task_id = $1 and own.position = $2 and other.upstream_started_at >= $3
           and other.upstream_id <> '' and other.upstream_id <> all (own.failed_upstreams)
         order by other.upstream_started_at desc limit 1`,
        [taskId, position, since],
      );
      return upstream ?? null;
    },

    isUpstreamShared: async ({ taskId, position }) => {
      const [found] = await database.query<{ isShared: boolean }>(
        `select exists (
           select from tributary.export_chunks as own
           join tributary.export_tasks as own_task on own_task.id = own.task_id
           join tributary.export_tasks as other_task
             on other_task.source = own_task.source and other_task.id <> own_task.id
             and other_task.state in ('QUEUED', 'RUNNING', 'CANCELLING')
           join tributary.export_chunks as other
             on other.task_id = other_task.id and other.upstream_id = own.upstream_id
             and other.state in ('STARTED', 'READY')
           where own.task_id = $1 and own.position = $2
         ) as "isShared"`,
        [taskId, position],
      );
      return found?.isShared ?? false;
    },

    forgetUpstream: async ({ taskId, position }) => {
      const rows = await database.query(
        `update tributary.export_chunks set state = 'PLANNED', upstream_id = null, upstream_started_at = null
         where task_id = $1 and position = $2 and state = 'STARTED' returning position`,
        [taskId, position],
      );
      return rows.length > 0;
    },
  };
}

/** Names what a chunk asks its provider; null where nobody else can ask the same. */
async function findQuestion(database: Database, { taskId, position }: ChunkKey): Promise<string | null> {
  const [question] = await database.query<Record<string, unknown>>(
    `select source, request_hash, window_from, window_to
     from tributary.export_chunks join tributary.export_tasks on export_tasks.id = task_id
     where task_id = $1 and position = $2 and source is not null and request_hash is not null and window_from is not null`,
    [taskId, position],
  );
  return question ? JSON.stringify(Object.values(question)) : null;
}
