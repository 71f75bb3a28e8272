import { createDeadline, type Clock } from '../analytics/deadline.ts';
import { AppError, ExportTaskFailedError, InternalError } from '../errors.ts';
import type { FailureLog } from '../reports/failures.ts';
import type { ExportStore } from '../store/export-store.ts';
import type { Artefacts } from './artefacts.ts';
import type { ExportSource } from './export-source.ts';
import { runTask, type RunTools } from './run-task.ts';
import type { ExportFailure, ExportTask } from './task.ts';

/** What a worker needs besides what running a task needs. */
export interface WorkerTools extends RunTools {
  readonly log: FailureLog;
  /** Where the rows of a task come from; throws where its data source is no longer there, or no longer answers such questions. */
  sourceOf(task: ExportTask): ExportSource;
  /** Told of every change of a task, so that those who watch it look again. */
  changed(taskId: string): void;
}

const LEASE_MS = 60_000;
const HEARTBEAT_MS = 10_000;
const CANCEL_MS = 30_000;

/** Given what it needs, return what works on one task at a time for each call: from wherever it stands to its end. */
export function createWorker(tools: WorkerTools): (taskId: string, signal: AbortSignal) => Promise<void> {
  const { store, clock, workerId } = tools;
  return async (taskId, signal) => {
    const now = clock.now();
    const lease = { workerId, leaseUntil: now + LEASE_MS };
    const task = await store.transition(
      taskId,
      { from: 'QUEUED', to: 'RUNNING' },
      { phase: 'STARTING', progress: null, startedAt: now, finishedAt: null, failure: null, ...lease },
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
    await cancelUpstream(task, tools);
    await artefacts.remove(task.id);
    await store.transition(
      task.id,
      { from: 'CANCELLING', to: 'CANCELLED', heldBy: workerId },
      { finishedAt: clock.now() },
    );
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

/** Ask the provider to stop, too, as far as it can be asked: a task is cancelled whatever it answers. */
async function cancelUpstream(task: ExportTask, tools: WorkerTools): Promise<void> {
  const started = (await tools.store.listChunks(task.id)).filter(({ state }) => state === 'STARTED');
  for (const { upstreamId } of started) {
    if (!upstreamId) continue;
    try {
      const deadline = createDeadline(tools.clock, CANCEL_MS);
      await tools.sourceOf(task).cancel(upstreamId, deadline);
    } catch (error) {
      tools.log.error({ err: error, exportTask: task.id }, 'the export at the provider could not be cancelled');
    }
  }
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

interface Heartbeat {
  /** Aborts with the outer signal, when the task is to be cancelled, and when it is no longer this worker's. */
  readonly signal: AbortSignal;
  stop(): void;
}

function startHeartbeat(
  taskId: string,
  outer: AbortSignal,
  { store, clock, workerId }: { store: ExportStore; artefacts: Artefacts; clock: Clock; workerId: string },
): Heartbeat {
  const own = new AbortController();
  const beat = async (): Promise<void> => {
    const state = await store.renewLease(taskId, { workerId, leaseUntil: clock.now() + LEASE_MS });
    if (state !== 'RUNNING')
      own.abort(new Error(state === null ? 'The lease was lost' : 'The task is to be cancelled'));
  };
  const stopped = new AbortController();
  const keepBeating = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      await clock.sleep(HEARTBEAT_MS, stopped.signal);
      // A beat that fails is followed by another, long before the lease is over.
      await beat().catch(() => undefined);
    }
  };
  keepBeating().catch(() => undefined);
  return { signal: AbortSignal.any([outer, own.signal]), stop: () => stopped.abort() };
}
