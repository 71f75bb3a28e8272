import type { ExportState, ExportTask } from '../exports/task.ts';
import type { Database } from './database.ts';
import { TASK_COLUMNS } from './export-columns.ts';

/** Tasks seen together. */
export interface ExportList {
  /** Newest first; of the same moment, the greater id first. */
  listTasks(filter: TaskFilter, page: TaskPage): Promise<ListedTasks>;
  /** Tasks that are QUEUED, RUNNING or CANCELLING, of one principal or, with null, of all. */
  countActive(principal: string | null): Promise<number>;
  /** Ids of QUEUED tasks, oldest first: to be queued again where a process died before it had queued them. */
  findQueued(): Promise<string[]>;
  /** Ids of the tasks that may have something on disk: those that have failed, were cancelled or have expired have not. */
  listIdsWithFiles(): Promise<string[]>;
}

/** What is absent filters nothing. */
export interface TaskFilter {
  readonly states?: readonly ExportState[];
  readonly sources?: readonly string[];
  readonly principal?: string;
  /** At or after, in milliseconds since the epoch. */
  readonly createdAfter?: number;
  /** Before, in milliseconds since the epoch. */
  readonly createdBefore?: number;
}

interface TaskPage {
  readonly first: number;
  /** The last task of the page before; absent for the first page. */
  readonly after?: Pick<ExportTask, 'createdAt' | 'id'>;
}

interface ListedTasks {
  readonly tasks: readonly ExportTask[];
  readonly hasMore: boolean;
  /** Of all pages. */
  readonly totalCount: number;
}

/** Given the database, return its tasks seen together. */
export function createExportList(database: Database): ExportList {
  return {
    listTasks: async (filter, { first, after }) => {
      const { condition, params } = toCondition(filter);
      const [counted] = await database.query<{ count: number }>(
        `select count(*) as count from tributary.export_tasks where ${condition}`,
        params,
      );
      const next = params.length + 1;
      const seek = after ? `and (created_at, id) < ($${next + 1}::bigint, $${next + 2}::text)` : '';
      const tasks = await database.query<ExportTask>(
        `select ${TASK_COLUMNS} from tributary.export_tasks where ${condition} ${seek}
         order by created_at desc, id desc limit $${next}`,
        [...params, first + 1, ...(after ? [after.createdAt, after.id] : [])],
      );
      return { tasks: tasks.slice(0, first), hasMore: tasks.length > first, totalCount: counted?.count ?? 0 };
    },

    countActive: async (principal) => {
      const [counted] = await database.query<{ count: number }>(
        `select count(*) as count from tributary.export_tasks
         where state in ('QUEUED', 'RUNNING', 'CANCELLING') and ($1::text is null or principal = $1)`,
        [principal],
      );
      return counted?.count ?? 0;
    },

    findQueued: async () => {
      const tasks = await database.query<{ id: string }>(
        `select id from tributary.export_tasks where state = 'QUEUED' order by created_at, id`,
      );
      return tasks.map(({ id }) => id);
    },

    listIdsWithFiles: async () => {
      const tasks = await database.query<{ id: string }>(
        `select id from tributary.export_tasks where state not in ('FAILED', 'CANCELLED', 'EXPIRED')`,
      );
      return tasks.map(({ id }) => id);
    },
  };
}

function toCondition({ states, sources, principal, createdAfter, createdBefore }: TaskFilter) {
  const conditions: [string, unknown][] = [
    ['state = any(?::text[])', states],
    ['source = any(?::text[])', sources],
    ['principal = ?', principal],
    ['created_at >= ?', createdAfter],
    ['created_at < ?', createdBefore],
  ];
  const given = conditions.filter(([, value]) => value !== undefined);
  return {
    condition: ['true', ...given.map(([text], index) => text.replace('?', `$${index + 1}`))].join(' and '),
    params: given.map(([, value]) => value),
  };
}
