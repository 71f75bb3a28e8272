import { ProviderRejectedError, ProviderUnavailableError } from '../errors.ts';
import { CALL_MS, patiently, report, windowOf, type ChunkRun } from './chunk-run.ts';
import { forgetPart } from './part-file.ts';
import type { ExportChunk } from './task.ts';
import { toExpectedParts } from './upstream-link.ts';

const FIRST_POLL_MS = 500;
const LONGEST_POLL_MS = 30_000;
/**
 * How old an export may be that another task has asked for: as long as it takes to ask for the same in a second format. Its rows are those of
 * its beginning, and whoever asks later wants those of later; what comes in within a minute was not there for the other either, to the minute.
 */
const SHARED_WITHIN_MS = 60_000;

/** Ask the provider for a chunk, unless it is already at the same for another task. */
export async function startChunk(chunk: ExportChunk, run: ChunkRun): Promise<void> {
  const { source, tools } = run;
  const { store, clock } = tools;
  const window = windowOf(chunk);
  await report(run, 'STARTING', { share: 0 });
  await patiently(run, CALL_MS, (deadline) =>
    // Each try in a turn of its own: while one waits for a place at the provider, nobody else need wait for that wait.
    store.inUpstreamTurn(chunk, async () => {
      deadline.signal.throwIfAborted();
      const startedAt = clock.now();
      const shared = window && (await store.findUnfinishedUpstream(chunk, startedAt - SHARED_WITHIN_MS));
      const id = shared ? shared.id : await source.start(window, deadline);
      await store.markStarted(chunk, { id: id ?? '', startedAt: shared?.startedAt ?? startedAt });
    }),
  );
}

/** Wait until the provider is ready with a chunk, or know that it will not be. */
export async function awaitChunk(chunk: ExportChunk, run: ChunkRun): Promise<void> {
  const { source, tools, signal } = run;
  const { store, clock } = tools;
  const since = chunk.upstreamStartedAt ?? clock.now();
  for (let pollMs = FIRST_POLL_MS; ; pollMs = Math.min(LONGEST_POLL_MS, Math.ceil(pollMs * 1.5))) {
    const upstream = await patiently(run, CALL_MS, (deadline) => source.check(chunk.upstreamId, since, deadline));
    switch (upstream.state) {
      case 'READY':
        await store.expectParts(chunk, toExpectedParts(upstream.files));
        await store.markReady(chunk);
        return;
      case 'TOO_LARGE':
        return splitChunk(chunk, upstream.message, run);
      case 'FAILED':
        return restartChunk(chunk, upstream, run);
      case 'RUNNING':
        await report(run, 'WAITING', { share: (upstream.progress ?? 0) / 2 });
        await clock.sleep(pollMs, signal);
    }
  }
}

async function splitChunk(chunk: ExportChunk, message: string, { source, tools }: ChunkRun): Promise<void> {
  const window = windowOf(chunk);
  const cut = window && source.cutOf(window);
  const isSplit = cut !== null && (await tools.store.splitChunk(chunk, cut)) !== null;
  if (!isSplit) throw new ProviderRejectedError(`${message} The window cannot be made shorter.`);
}

/** Ask the provider for a chunk once more from the start; throws where that is of no use, or was done often enough. */
export async function restartChunk(
  chunk: ExportChunk,
  { message, isRepeatable }: { readonly message: string; readonly isRepeatable: boolean },
  { task, tools }: ChunkRun,
): Promise<void> {
  if (!isRepeatable) throw new ProviderRejectedError(message);
  if (chunk.restarts >= tools.maxRestarts) throw new ProviderUnavailableError(message);
  // Before the new export is asked for: the state of its files may go by the same name.
  for (const part of await tools.store.listParts(task.id)) {
    if (part.chunk === chunk.position) await forgetPart(tools.artefacts.partPath(task.id, part));
  }
  await tools.store.restartChunk(chunk);
}
