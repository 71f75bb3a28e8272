import { AppError, ExportTaskFailedError, InternalError } from '../errors.ts';
import type { RunTools } from './chunk-run.ts';
import { endCancelled, type CancelTools } from './end-cancelled.ts';
import { leaseFrom, startHeartbeat } from './heartbeat.ts';
import { runTask } from './run-task.ts';
import type { ExportFailure, ExportTask } from './task.ts';

/** What a worker needs besides what running a task needs. */
export interface WorkerTools extends RunTools, CancelTools {
  readonly store: RunTools['store'];
}

/** Given what it needs, return what works on one task at a time for each call: from wherever it stands to its end. */
export function createWorker(tools: WorkerTools): (taskId: string, signal: AbortSignal) => Promise<void> {
  const { store, clock } = tools;
  return async (taskId, signal) => {
    const task = await store.transition(
      taskId,
      { from: 'QUEUED', to: 'RUNNING' },
      // How far an earlier worker has come is not forgotten: this one goes on from there.
      { phase: 'STARTING', startedAt: clock.now(), finishedAt: null, failure: null, ...leaseFrom(tools) },
    );
    // Cancelled, deleted or taken by another meanwhile.
    if (!task) return;
    tools.changed(taskId);
    const heart = startHeartbeat(taskId, signal, tools);
    try {
      await work(task, heart.signal, tools);
    } finally {
      heart.stop();
      tools.changed(taskId);
    }
  };
}

async function work(task: ExportTask, signal: AbortSignal, tools: WorkerTools): Promise<void> {
  try {
    const source = tools.sourceOf(task);
    await runTask({ task, source, tools, signal });
  } catch (error) {
    await end(task, error, { isAborted: signal.aborted, tools });
  }
}

interface Ending {
  readonly isAborted: boolean;
  readonly tools: WorkerTools;
}

/** Record why a task did not succeed. Where it is not this worker's any more, nothing is recorded. */
async function end(task: ExportTask, error: unknown, { isAborted, tools }: Ending): Promise<void> {
  const { store, artefacts, clock, workerId } = tools;
  const { state } = (await store.findTask(task.id)) ?? {};
  if (state === 'CANCELLING') {
    await endCancelled(task, tools);
    return;
  }
  if (isAborted) {
    // The process ends, or the lease was lost: whoever has the task next goes on where it stands.
    await store.transition(task.id, { from: 'RUNNING', to: 'QUEUED', heldBy: workerId });
    return;
  }
  if (!(error instanceof AppError)) tools.log.error({ err: error, exportTask: task.id }, 'unexpected failure');
  const patch = { failure: toFailure(error), finishedAt: clock.now() };
  const failed = await store.transition(task.id, { from: 'RUNNING', to: 'FAILED', heldBy: workerId }, patch);
  // A retry begins from the start: nothing of what was fetched is of use, and it may be what filled the disk.
  if (failed) await artefacts.remove(task.id);
}

/** Given why a task failed, return what is kept of it; what nobody foresaw stays in the log. */
export function toFailure(error: unknown): ExportFailure {
  const known = toKnown(error);
  return { code: known.code, message: known.message, isRetryable: known.isRetryable };
}

function toKnown(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
    return new ExportTaskFailedError('The disk of the server is full.', { cause: error });
  }
  return new InternalError('Something unexpected went wrong.', { cause: error });
}
