import { listDays, toSpans } from '../analytics/day-span.ts';
import { ERROR_CLASSES, ExportTaskFailedError, isErrorCode } from '../errors.ts';
import { DATASETS_QUEUE, type ExportBackend } from '../exports/backend.ts';
import { datasetOf, SERVER_PRINCIPAL, toDatasetTask, toTableFolder } from '../exports/dataset-tasks.ts';
import type { ExportTask } from '../exports/task.ts';
import type { TableOfSource } from './datasets.ts';

/** The export tasks that fetch days of tables. */
export interface Fetches {
  /** Have days fetched that nobody fetches yet, those in a row together; resolves with the tasks that fetch any of them. One call at a time for a table. */
  fetch(of: TableOfSource, days: readonly string[]): Promise<string[]>;
  /** Resolves once a task has succeeded, rejects with why it failed or with the signal's reason. */
  arrival(taskId: string, signal: AbortSignal): Promise<void>;
}

/** Given what opens the backend, return the tasks that fetch days: those of an earlier process go on. */
export function createFetches({ open }: { open(): Promise<ExportBackend> }): Fetches {
  return {
    async fetch({ dataSource, table }, days) {
      const { store, queue } = await open();
      const folder = toTableFolder(dataSource, table);
      const underWay = (await listUnderWay(store, dataSource.key)).flatMap((task) => {
        const dataset = datasetOf(task);
        return dataset?.folder === folder ? [{ id: task.id, days: new Set(listDays(dataset)) }] : [];
      });
      const left = days.filter((day) => !underWay.some((task) => task.days.has(day)));
      const waitedFor = underWay.filter((task) => days.some((day) => task.days.has(day))).map(({ id }) => id);
      for (const span of toSpans(left)) {
        const task = toDatasetTask(dataSource, table, span);
        await store.createTask(task, null);
        await queue.send(DATASETS_QUEUE, task.id);
        waitedFor.push(task.id);
      }
      return waitedFor;
    },

    async arrival(taskId, signal) {
      const { store, changes } = await open();
      for await (const _change of changes(taskId, signal)) {
        const task = await store.findTask(taskId);
        if (task?.state === 'SUCCEEDED' || task?.state === 'EXPIRED') return;
        if (!task || task.state === 'FAILED' || task.state === 'CANCELLED') throw toFailure(task);
      }
      signal.throwIfAborted();
    },
  };
}

const MOST_UNDER_WAY = 1000;

async function listUnderWay(store: ExportBackend['store'], source: string): Promise<readonly ExportTask[]> {
  const filter = { principal: SERVER_PRINCIPAL, sources: [source], states: ['QUEUED', 'RUNNING'] } as const;
  return (await store.listTasks(filter, { first: MOST_UNDER_WAY })).tasks;
}

/** Why days could not be fetched, as it would have been thrown had the caller asked for them itself. */
function toFailure(task: ExportTask | null): Error {
  if (!task?.failure)
    return new ExportTaskFailedError('The rows were not fetched: the task that fetched them is gone.');
  const { code, message } = task.failure;
  return isErrorCode(code) ? new ERROR_CLASSES[code](message) : new ExportTaskFailedError(message);
}
