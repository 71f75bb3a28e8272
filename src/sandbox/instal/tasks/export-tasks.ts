import { createHash } from 'node:crypto';

import { DAY_MS } from '../../world.ts';
import type { World } from '../../world.ts';
import { createExportFile } from '../files/export-file.ts';
import type { ExportFile, FileForm } from '../files/export-file.ts';
import type { ExportRequest } from '../requests/export-request.ts';

/** How a task ends; `PENDING` never does, and `ERROR` is not even queued. */
export type Outcome = 'SUCCESS' | 'FAILURE' | 'REVOKED' | 'PENDING' | 'ERROR';

/** What a task is at some instant, with its file where there is one, or the text of what went wrong. */
export interface TaskState {
  readonly state: string;
  readonly file?: ExportFile;
  readonly problem?: string;
}

/** What the tasks live by. */
export interface ExportTasksOptions extends FileForm {
  readonly world: World;
  readonly clock: () => number;
  /** How long an export is prepared, in milliseconds; default 1,500. */
  readonly preparationMs?: number;
  /** How the tasks end, in the order in which they are demanded, the last one for all that follow; default `SUCCESS`. */
  readonly outcomes?: readonly Outcome[];
  /** The states of an export that is being prepared, each for an equal part of the time; default `PENDING`. */
  readonly runningStates?: readonly string[];
  /** How long a task is remembered after its end, in milliseconds; default one day. */
  readonly taskLifetimeMs?: number;
  /** How long a file can be downloaded after its task's end, in milliseconds; default one day. */
  readonly linkLifetimeMs?: number;
}

/** Every export that was demanded. */
export interface ExportTasks {
  /** Queues an export and answers its id; undefined where it is not queued. */
  queue(request: ExportRequest): string | undefined;
  /** What a task is now. One that nobody knows, or knows no more, is pending. */
  stateOf(id: string): TaskState;
  /** The file of a name; undefined before its task has ended, and after its link has. */
  fileOf(name: string): ExportFile | undefined;
}

interface Task {
  readonly id: string;
  readonly request: ExportRequest;
  readonly outcome: Outcome;
  readonly queuedAtMs: number;
  file?: ExportFile;
}

// The tasks answer as Celery's do, whose words the document uses: it calls pending whatever it does not know, and hands out the
// text of a failure where a success has its result.
const PENDING: TaskState = { state: 'PENDING' };
const PROBLEMS = { FAILURE: "OperationalError('the report database is gone')", REVOKED: 'terminated' };

/** Remembers tasks by the clock; nothing runs in the background. */
export function createExportTasks(options: ExportTasksOptions): ExportTasks {
  const { world, clock, preparationMs = 1500, outcomes = ['SUCCESS'], runningStates = ['PENDING'] } = options;
  const { taskLifetimeMs = DAY_MS, linkLifetimeMs = DAY_MS } = options;
  const tasks = new Map<string, Task>();
  let count = 0;

  const endOf = (task: Task): number => task.queuedAtMs + preparationMs;
  function forget(): void {
    const nowMs = clock();
    for (const [id, task] of tasks) {
      if (nowMs >= endOf(task) + Math.max(taskLifetimeMs, linkLifetimeMs)) tasks.delete(id);
    }
  }
  function toRunningState({ queuedAtMs }: Task): TaskState {
    const part = Math.floor(((clock() - queuedAtMs) / preparationMs) * runningStates.length);
    return { state: runningStates[part] ?? 'PENDING' };
  }
  function readFile(task: Task): ExportFile {
    const { id, request } = task;
    return (task.file ??= createExportFile(world, request, {
      ...options,
      id,
      expiresAtMs: endOf(task) + linkLifetimeMs,
    }));
  }
  return {
    queue(request) {
      forget();
      const outcome = outcomes[Math.min(count, outcomes.length - 1)] ?? 'SUCCESS';
      count += 1;
      if (outcome === 'ERROR') return undefined;
      const id = toTaskId(`${world.seed} ${count} ${JSON.stringify(request)}`);
      tasks.set(id, { id, request, outcome, queuedAtMs: clock() });
      return id;
    },
    stateOf(id) {
      const task = tasks.get(id);
      if (!task || task.outcome === 'PENDING' || task.outcome === 'ERROR') return PENDING;
      const sinceEndMs = clock() - endOf(task);
      if (sinceEndMs < 0) return toRunningState(task);
      if (sinceEndMs >= taskLifetimeMs) return PENDING;
      const { outcome } = task;
      return outcome === 'SUCCESS'
        ? { state: outcome, file: readFile(task) }
        : { state: outcome, problem: PROBLEMS[outcome] };
    },
    fileOf(name) {
      const task = [...tasks.values()].find(({ file }) => file?.name === name);
      return task?.file && clock() < task.file.expiresAtMs ? task.file : undefined;
    },
  };
}

/** A version 4 UUID, as far as its form goes, that follows from a text. */
function toTaskId(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
