import { createHash, randomUUID } from 'node:crypto';
import type { DataSources } from '../analytics/data-source.ts';
import type { Clock } from '../analytics/deadline.ts';
import { ExportTaskNotFoundError, InvalidQueryError, QueryLimitError } from '../errors.ts';
import { createTurns } from '../store/turns.ts';
import type { ColumnTable } from '../tabular/column-table.ts';
import { toSortedJson } from '../tabular/sorted-json.ts';
import { EXPORTS_QUEUE, type ExportBackend } from './backend.ts';
import { SERVER_PRINCIPAL } from './dataset-tasks.ts';
import type { CreateExportRequest } from './request.ts';
import type { ExportFile, ExportState, ExportTask } from './task.ts';
import { toKept } from './kept-question.ts';
import type { RowsRequest } from './rows-query.ts';

/** The export tasks of callers. Everything is of one principal: others' tasks are as if they were not there. */
export interface ExportTasks {
  /** Make a task, or find the one that was made with the same idempotency key; throws what is wrong with the request. */
  create(request: CreateExportRequest, principal: string): Promise<ExportTask>;
  find(id: string, principal: string): Promise<ExportTask | null>;
  /** Several tasks at once, in the order of the ids; null for each that there is none of. */
  findAll(ids: readonly string[], principal: string): Promise<(ExportTask | null)[]>;
  list(question: ListQuestion, principal: string): Promise<TaskPage>;
  /** Ask for an end; throws where it has ended already. */
  cancel(id: string, principal: string): Promise<ExportTask>;
  /** Try once more; throws where it has not failed and was not cancelled. */
  retry(id: string, principal: string): Promise<ExportTask>;
  /** Remove a task and its files; throws while it is running. */
  remove(id: string, principal: string): Promise<void>;
  files(task: ExportTask): Promise<readonly ExportFile[]>;
  /** The files of several tasks at once, in the order of the tasks. */
  filesOf(tasks: readonly ExportTask[]): Promise<(readonly ExportFile[])[]>;
  /** The first rows of a task that has succeeded; null where there are none to show. */
  preview(task: ExportTask, first: number): Promise<ColumnTable | null>;
  /** A task as it is now, then after each change, until it has ended. */
  watch(id: string, principal: string, signal: AbortSignal): AsyncIterable<ExportTask>;
}

/** Which tasks, and which page of them. */
export interface ListQuestion {
  readonly states?: readonly ExportState[];
  readonly sources?: readonly string[];
  /** Milliseconds since the epoch. */
  readonly createdFrom?: number;
  readonly createdBefore?: number;
  readonly first: number;
  readonly after: Pick<ExportTask, 'createdAt' | 'id'> | null;
}

/** One page of tasks. */
export interface TaskPage {
  readonly tasks: readonly ExportTask[];
  readonly hasMore: boolean;
  readonly hasPrevious: boolean;
  readonly totalCount: number;
}

/** How many tasks may be unfinished. */
export interface TaskLimits {
  readonly perPrincipal: number;
  readonly inTotal: number;
}

/** What export tasks need. */
export interface ExportTaskServices {
  readonly dataSources: DataSources;
  readonly clock: Clock;
  readonly limits: TaskLimits;
  /** Opened with the first task that is asked for. */
  open(): Promise<ExportBackend>;
}

/** Given what they need, return the export tasks. */
export function createExportTasks(services: ExportTaskServices): ExportTasks {
  const { open } = services;
  const retries = createTurns();
  const own = async (id: string, principal: string): Promise<ExportTask> => {
    const task = await find(id, principal);
    if (task && task.principal !== principal) {
      throw new InvalidQueryError('input.id: the task fetches rows for the questions of everybody; it ends by itself');
    }
    if (!task) throw new ExportTaskNotFoundError('input.id: there is no export task of this id.');
    return task;
  };
  const findAll = async (ids: readonly string[], principal: string): Promise<(ExportTask | null)[]> => {
    const tasks = await (await open()).store.findTasks(ids);
    return tasks.map((task) => (task?.principal === principal || task?.principal === SERVER_PRINCIPAL ? task : null));
  };
  const find = async (id: string, principal: string): Promise<ExportTask | null> => {
    const [task = null] = await findAll([id], principal);
    return task;
  };

  return {
    create: (request, principal) => createTask(request, principal, services),
    find,
    findAll,
    async list({ first, after, createdFrom, ...filter }, principal) {
      const { store } = await open();
      const wanted = { ...filter, ...(createdFrom !== undefined && { createdAfter: createdFrom }), principal };
      return { ...(await store.listTasks(wanted, { first, ...(after && { after }) })), hasPrevious: after !== null };
    },
    cancel: async (id, principal) => cancelTask(await own(id, principal), services),
    // One after the other: the second would take away what the first has begun anew.
    retry: (id, principal) => retries.take(id, async () => retryTask(await own(id, principal), services)),
    remove: async (id, principal) => removeTask(await own(id, principal), services),
    files: async ({ id, state }) => (state === 'SUCCEEDED' ? (await open()).store.listFiles(id) : []),
    filesOf: async (tasks) => (await open()).store.listFilesOf(tasks.map(({ id }) => id)),
    preview: async (task, first) =>
      task.state === 'SUCCEEDED' ? (await open()).artefacts.readPreview(task.id, first) : null,
    async *watch(id, principal, signal) {
      const { changes } = await open();
      yield* watchTask(() => find(id, principal), changes(id, signal));
    },
  };
}

const ENDED: ReadonlySet<ExportState> = new Set(['CANCELLED', 'SUCCEEDED', 'FAILED', 'EXPIRED']);

async function* watchTask(
  look: () => Promise<ExportTask | null>,
  changes: AsyncIterable<void>,
): AsyncIterable<ExportTask> {
  let shown = '';
  for await (const _change of changes) {
    const task = await look();
    if (!task) return;
    const seen = JSON.stringify(task);
    if (seen === shown) continue;
    shown = seen;
    yield task;
    if (ENDED.has(task.state)) return;
  }
}

async function createTask(
  request: CreateExportRequest,
  principal: string,
  services: ExportTaskServices,
): Promise<ExportTask> {
  const { what, source } = toKept(request, services);
  const { format, compression, csv, idempotencyKey = null } = request;
  const task = {
    id: randomUUID(),
    principal,
    source,
    request: { what, format, compression, csv: csv ?? {} },
    requestHash: what.kind === 'ROWS' ? hashOf(toSharedQuestion(what.rows)) : null,
  };
  const { store, queue } = await services.open();
  const idempotency = idempotencyKey === null ? null : { key: idempotencyKey, inputHash: hashOf(request) };
  const created = await store.createTask(task, idempotency);
  if (created.outcome === 'CONFLICT') {
    throw new InvalidQueryError('input.idempotencyKey: was used with another input within the last 24 hours');
  }
  if (created.outcome === 'CREATED') await keepWithinLimits(created.task, services);
  await queue.send(EXPORTS_QUEUE, created.task.id);
  return created.task;
}

/** Where a task is one too many, take it back. Only once it is known to be a new one: a key may be asked again at the limit. */
async function keepWithinLimits({ id, principal }: ExportTask, services: ExportTaskServices): Promise<void> {
  try {
    await assertRoom(principal, services, 1);
  } catch (error) {
    const { store } = await services.open();
    await store.deleteTask(id);
    throw error;
  }
}

async function cancelTask(task: ExportTask, { open }: ExportTaskServices): Promise<ExportTask> {
  const { store, queue, changed } = await open();
  const { id, state } = task;
  const cancelled = await store.cancelTask(id);
  if (!cancelled) {
    if (state === 'CANCELLING') return task;
    throw new InvalidQueryError(`input.id: the task is ${state} and cannot be cancelled any more`);
  }
  await queue.cancel(EXPORTS_QUEUE, id);
  changed(id);
  return cancelled;
}

/** What a task forgets of its last attempt. */
const FORGOTTEN = {
  progress: null,
  rowCount: null,
  expectedRowCount: null,
  byteSize: null,
  failure: null,
  startedAt: null,
  finishedAt: null,
};

async function retryTask(task: ExportTask, services: ExportTaskServices): Promise<ExportTask> {
  const { id, state, attempt, principal } = task;
  if (state !== 'FAILED' && state !== 'CANCELLED') {
    throw new InvalidQueryError(`input.id: the task is ${state}; only FAILED and CANCELLED ones are tried again`);
  }
  await assertRoom(principal, services, 0);
  const { store, queue, artefacts, changed } = await services.open();
  // From the start: what was fetched may be what made it fail.
  await store.resetChunks(id);
  await artefacts.remove(id);
  const queued = await store.transition(id, { from: state, to: 'QUEUED' }, { ...FORGOTTEN, attempt: attempt + 1 });
  if (!queued) throw new InvalidQueryError('input.id: the task has changed meanwhile; look at it again');
  await queue.send(EXPORTS_QUEUE, id);
  changed(id);
  return queued;
}

async function removeTask({ id, state }: ExportTask, { open }: ExportTaskServices): Promise<void> {
  const { store, queue, artefacts, changed } = await open();
  if ((await store.deleteTask(id)) === 'BUSY') {
    throw new InvalidQueryError(`input.id: the task is ${state}; cancel it before you delete it`);
  }
  await queue.cancel(EXPORTS_QUEUE, id);
  await artefacts.remove(id);
  changed(id);
}

/** `counted`: how many of the unfinished tasks are the one that wants room. */
async function assertRoom(principal: string, { open, limits }: ExportTaskServices, counted: 0 | 1): Promise<void> {
  const { store } = await open();
  const own = (await store.countActive(principal)) - counted;
  if (own >= limits.perPrincipal) {
    throw new QueryLimitError(
      `input: you have ${own} unfinished exports, and may have ${limits.perPrincipal}. Wait for one, or cancel one`,
    );
  }
  const all = (await store.countActive(null)) - counted;
  if (all >= limits.inTotal) {
    throw new QueryLimitError(
      `input: this server has ${all} unfinished exports, and takes ${limits.inTotal}. Try again later`,
    );
  }
}

/** What tasks have in common that can wait for the same export of a provider. Its days are not in it: each chunk has a window of its own. */
function toSharedQuestion({ columns, options, ...rows }: RowsRequest): unknown {
  return { ...rows, period: null, columns: columns ?? null, options: options ?? {} };
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(toSortedJson(value)).digest('hex');
}
