import type { RowsLayout } from '../analytics/exports.ts';
import { combineCompleteness, type Completeness } from '../analytics/freshness.ts';
import { ExportTaskFailedError, ProviderResponseError } from '../errors.ts';
import { FETCHED_SHARE, type ChunkRun, type Run } from './chunk-run.ts';
import { awaitChunk, startChunk } from './chunk-steps.ts';
import { fetchNext } from './fetch-chunk.ts';
import { readPartNote, writeEmptyPart } from './part-file.ts';
import type { ExportChunk, ExportPart, ExportTask } from './task.ts';

/**
 * Run a task from where it stands to its end: every step is recorded before the next, so that after a loss of the worker the same call goes on.
 * Resolves with the task that has succeeded, or null where it is no longer this worker's; rejects with why it failed, or with the signal's reason.
 */
export async function runTask(run: Run): Promise<ExportTask | null> {
  const { task, source, tools } = run;
  await tools.artefacts.prepare(task.id);
  await tools.store.planChunks(task.id, [source.window ?? { from: null, to: null }]);
  for (;;) {
    run.signal.throwIfAborted();
    const chunks = await tools.store.listChunks(task.id);
    const chunk = chunks.find(({ state }) => state !== 'FETCHED');
    if (!chunk) break;
    await advance(chunk, { ...run, chunks });
  }
  return finish(run);
}

/** Take a chunk one step further. */
async function advance(chunk: ExportChunk, run: ChunkRun): Promise<void> {
  if (chunk.state === 'PLANNED') return startChunk(chunk, run);
  if (chunk.state === 'STARTED') return awaitChunk(chunk, run);
  return fetchNext(chunk, run);
}

/** Every row is there: write the files, put them in their place, and say so, at once. */
async function finish(run: Run): Promise<ExportTask | null> {
  const { task, tools, signal } = run;
  const { store, artefacts, clock, workerId } = tools;
  const parts = await store.listParts(task.id);
  const { paths, layout, completeness } = await gatherParts(parts, run);
  await store.updateProgress(task.id, { heldBy: workerId, phase: 'CONVERTING', progress: FETCHED_SHARE });
  const askedAt = await askedAtOf(run);
  const delivered = await tools.deliver({ task, parts: paths, layout, completeness, askedAt }, signal);
  const { rowCount, byteSize, files } = delivered;
  const expectedRowCount = sumOf(parts);
  assertAllRows({ rowCount, expectedRowCount });
  await store.updateProgress(task.id, { heldBy: workerId, phase: 'PUBLISHING', progress: 0.99, expectedRowCount });
  // The provider's own files are not looked into.
  if (task.request.format !== 'PROVIDER_NATIVE') {
    await artefacts.keepPreview(task.id, await tools.preview({ parts: paths, layout }, signal));
  }
  await delivered.publish();
  const now = clock.now();
  const published = await store.publish(task.id, files, {
    heldBy: workerId,
    progress: 1,
    rowCount,
    expectedRowCount,
    byteSize,
    completeness,
    finishedAt: now,
    expiresAt: now + artefacts.keepMs,
  });
  if (published) await artefacts.removeStaging(task.id);
  return published;
}

/** When the first rows of a task were asked for, in milliseconds since the epoch. */
async function askedAtOf({ task, tools }: Run): Promise<number> {
  const chunks = await tools.store.listChunks(task.id);
  return Math.min(tools.clock.now(), ...chunks.flatMap(({ upstreamStartedAt }) => upstreamStartedAt ?? []));
}

interface Gathered {
  readonly paths: readonly string[];
  readonly layout: RowsLayout;
  readonly completeness: Completeness;
}

/** The files of all parts, and what they hold. Where the provider has no rows and no file, one of no rows is made. */
async function gatherParts(parts: readonly ExportPart[], { task, source, tools }: Run): Promise<Gathered> {
  const { artefacts } = tools;
  const paths = parts.map((part) => artefacts.partPath(task.id, part));
  const notes = await Promise.all(paths.map(readPartNote));
  const layout = notes[0]?.layout ?? source.layout;
  if (!layout) throw new ExportTaskFailedError('The export has no part.');
  if (paths.length === 0) {
    const path = artefacts.partPath(task.id, { chunk: 0, position: 0 });
    await writeEmptyPart(path, layout.dialect);
    return { paths: [path], layout, completeness: 'COMPLETE' };
  }
  return { paths, layout, completeness: combineCompleteness(notes.map((note) => note.completeness)) };
}

function assertAllRows({
  rowCount,
  expectedRowCount,
}: Readonly<Record<'rowCount' | 'expectedRowCount', number | null>>): void {
  if (rowCount === null || expectedRowCount === null || rowCount === expectedRowCount) return;
  throw new ProviderResponseError(
    `The provider announced ${expectedRowCount} rows and delivered ${rowCount}. Nothing of it is kept.`,
  );
}

/** Rows of all parts or files; null where one of them was not counted. */
function sumOf(counted: readonly Pick<ExportPart, 'rowCount'>[]): number | null {
  return counted.reduce<number | null>(
    (sum, { rowCount }) => (sum === null || rowCount === null ? null : sum + rowCount),
    0,
  );
}
