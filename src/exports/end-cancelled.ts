import { createDeadline } from '../analytics/deadline.ts';
import type { FailureLog } from '../reports/failures.ts';
import type { Artefacts } from './artefacts.ts';
import type { ExportSource } from './export-source.ts';
import { startHeartbeat, type Holder } from './heartbeat.ts';
import type { ExportStore } from '../store/export-store.ts';
import type { ExportChunk, ExportTask } from './task.ts';

/** What ending a task that is CANCELLING needs. */
export interface CancelTools extends Holder {
  readonly store: ExportStore;
  readonly artefacts: Artefacts;
  readonly log: FailureLog;
  /** Where the rows of a task come from; throws where its data source is no longer there, or no longer answers such questions. */
  sourceOf(task: ExportTask): ExportSource;
  /** Told of every change of a task, so that those who watch it look again. */
  changed(taskId: string): void;
}

const CANCEL_MS = 30_000;

/** Given a task that is CANCELLING and this worker's: end it at the provider, remove what it has left, and say that it is CANCELLED. */
export async function endCancelled(task: ExportTask, tools: CancelTools, signal?: AbortSignal): Promise<void> {
  const { store, artefacts, clock, workerId } = tools;
  for (const chunk of await store.listChunks(task.id)) {
    if (chunk.state === 'STARTED' && chunk.upstreamId) await endUpstream(chunk, { task, tools, signal });
  }
  await artefacts.remove(task.id);
  const change = { from: 'CANCELLING', to: 'CANCELLED', heldBy: workerId } as const;
  await store.transition(task.id, change, { finishedAt: clock.now() });
  tools.changed(task.id);
}

interface Ending {
  readonly task: ExportTask;
  readonly tools: CancelTools;
  readonly signal: AbortSignal | undefined;
}

/** Ask the provider to stop unless others wait for the same. A task is cancelled whatever the provider answers. */
async function endUpstream(chunk: ExportChunk, { task, tools, signal }: Ending): Promise<void> {
  const { store, clock, log } = tools;
  await store.inUpstreamTurn(chunk, async () => {
    try {
      if (!(await store.isUpstreamShared(chunk))) {
        await tools.sourceOf(task).cancel(chunk.upstreamId ?? '', createDeadline(clock, CANCEL_MS, signal));
      }
    } catch (error) {
      // Whoever takes the task up next asks the provider.
      signal?.throwIfAborted();
      log.error({ err: error, exportTask: task.id }, 'the export at the provider could not be cancelled');
    }
    // Of several that are cancelled together, the last one asks the provider.
    await store.forgetUpstream(chunk);
  });
}

/** Given tasks that are CANCELLING, this worker's, and have lost the worker before, end them. What fails is logged, and is another's after a while. */
export async function endLostCancels(ids: readonly string[], tools: CancelTools, signal: AbortSignal): Promise<void> {
  await Promise.all(
    ids.map(async (id) => {
      const heart = startHeartbeat(id, signal, tools);
      try {
        const task = await tools.store.findTask(id);
        if (task) await endCancelled(task, tools, signal);
      } catch (error) {
        if (!signal.aborted) tools.log.error({ err: error, exportTask: id }, 'an export could not be cancelled');
      } finally {
        heart.stop();
      }
    }),
  );
}
