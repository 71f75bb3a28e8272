import { createDeadline, type Clock, type Deadline } from '../analytics/deadline.ts';
import type { RowsLayout, UpstreamFile } from '../analytics/exports.ts';
import type { Completeness } from '../analytics/freshness.ts';
import {
  ExportTaskFailedError,
  ProviderRejectedError,
  ProviderResponseError,
  ProviderUnavailableError,
} from '../errors.ts';
import type { ExportStore } from '../store/export-store.ts';
import type { Artefacts } from './artefacts.ts';
import type { Convert, Preview } from './conversion.ts';
import type { ExportSource, Window } from './export-source.ts';
import { forgetPart, readPartNote, writeEmptyPart } from './part-file.ts';
import { persist } from './patience.ts';
import type { ExportChunk, ExportPart, ExportPhase, ExportTask } from './task.ts';

/** What running a task needs. */
export interface RunTools {
  readonly store: ExportStore;
  readonly artefacts: Artefacts;
  readonly convert: Convert;
  readonly preview: Preview;
  readonly clock: Clock;
  /** Which worker this is: what is not its task any more is left alone. */
  readonly workerId: string;
  /** Longest time without success before a failure that may pass is final, in milliseconds. */
  readonly patienceMs: number;
  /** How often an export that the provider gave up is asked for anew. */
  readonly maxRestarts: number;
}

/** A task on its way. */
interface Run {
  readonly task: ExportTask;
  readonly source: ExportSource;
  readonly tools: RunTools;
  readonly signal: AbortSignal;
}

const CALL_MS = 2 * 60_000;
const FETCH_MS = 6 * 60 * 60_000;
const FIRST_POLL_MS = 500;
const LONGEST_POLL_MS = 30_000;
/** Of the whole, what is done once all rows are there. */
const FETCHED_SHARE = 0.9;

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

interface ChunkRun extends Run {
  readonly chunks: readonly ExportChunk[];
}

/** Take a chunk one step further. */
async function advance(chunk: ExportChunk, run: ChunkRun): Promise<void> {
  if (chunk.state === 'PLANNED') return startChunk(chunk, run);
  if (chunk.state === 'STARTED') return awaitChunk(chunk, run);
  return fetchNext(chunk, run);
}

async function startChunk(chunk: ExportChunk, run: ChunkRun): Promise<void> {
  const { source, tools } = run;
  await report(run, 'STARTING', { share: 0 });
  const upstream = await patiently(run, CALL_MS, (deadline) => source.start(windowOf(chunk), deadline));
  await tools.store.markStarted(chunk, { id: upstream ?? '', startedAt: tools.clock.now() });
}

async function awaitChunk(chunk: ExportChunk, run: ChunkRun): Promise<void> {
  const { source, tools, signal } = run;
  const { store, clock } = tools;
  const since = chunk.upstreamStartedAt ?? clock.now();
  for (let pollMs = FIRST_POLL_MS; ; pollMs = Math.min(LONGEST_POLL_MS, Math.ceil(pollMs * 1.5))) {
    const upstream = await patiently(run, CALL_MS, (deadline) => source.check(chunk.upstreamId, since, deadline));
    switch (upstream.state) {
      case 'READY':
        await store.expectParts(chunk, upstream.files.map(toExpectedPart));
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

async function restartChunk(
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

async function fetchNext(chunk: ExportChunk, run: ChunkRun): Promise<void> {
  const { task, tools } = run;
  const parts = (await tools.store.listParts(task.id)).filter((part) => part.chunk === chunk.position);
  const part = parts.find(({ state }) => state === 'EXPECTED');
  if (!part) {
    await tools.store.markFetched(chunk);
    return;
  }
  try {
    await fetchPart(part, { ...run, chunk, parts });
  } catch (error) {
    // A link that has ended may have a successor; if not, the provider is asked anew.
    if (!(error instanceof ProviderRejectedError) || run.source.window === null) throw error;
    await restartChunk(chunk, { message: error.message, isRepeatable: true }, run);
  }
}

interface PartRun extends ChunkRun {
  readonly chunk: ExportChunk;
  readonly parts: readonly ExportPart[];
}

async function fetchPart(part: ExportPart, run: PartRun): Promise<void> {
  const { task, source, tools, chunk, parts } = run;
  const stored = parts.filter(({ state }) => state === 'STORED');
  const storedBytes = stored.reduce((sum, { byteSize }) => sum + (byteSize ?? 0), 0);
  let reportedAt = 0;
  const onProgress = (bytes: number, total: number | null): void => {
    const now = tools.clock.now();
    if (now - reportedAt < 500) return;
    reportedAt = now;
    const share = (stored.length + (total === null ? 0 : bytes / total)) / parts.length;
    // A report that fails is followed by another, or by the failure itself.
    void report(run, 'FETCHING', { share: 0.5 + share / 2, byteSize: storedBytes + bytes }).catch(() => undefined);
  };
  await report(run, 'FETCHING', { share: 0.5 + stored.length / parts.length / 2, byteSize: storedBytes });
  const path = tools.artefacts.partPath(task.id, part);
  const fetched = await patiently(run, FETCH_MS, (deadline) =>
    source.fetch({ window: windowOf(chunk), upstream: part.upstream, path, onProgress }, deadline),
  );
  // The next part is known before this one counts: whoever goes on from here misses none.
  if (fetched.next !== null) {
    await tools.store.expectParts(chunk, [{ position: part.position + 1, upstream: fetched.next }]);
  }
  await tools.store.storePart({ taskId: task.id, chunk: part.chunk, position: part.position }, fetched);
}

/** Every row is there: write the files, put them in their place, and say so, at once. */
async function finish(run: Run): Promise<ExportTask | null> {
  const { task, tools, signal } = run;
  const { store, artefacts, clock, workerId } = tools;
  const parts = await store.listParts(task.id);
  const { paths, layout, completeness } = await gatherParts(parts, run);
  await store.updateProgress(task.id, { heldBy: workerId, phase: 'CONVERTING', progress: FETCHED_SHARE });
  const files = await tools.convert(
    { parts: paths, layout, request: task.request, folder: artefacts.outputPath(task.id) },
    signal,
  );
  const rowCount = sumOf(files);
  const expectedRowCount = sumOf(parts);
  assertAllRows({ rowCount, expectedRowCount });
  await store.updateProgress(task.id, { heldBy: workerId, phase: 'PUBLISHING', progress: 0.99, expectedRowCount });
  // The provider's own files are not looked into.
  if (task.request.format !== 'PROVIDER_NATIVE') {
    await artefacts.keepPreview(task.id, await tools.preview({ parts: paths, layout }, signal));
  }
  await artefacts.publish(task.id, files);
  const now = clock.now();
  const published = await store.publish(task.id, files, {
    heldBy: workerId,
    progress: 1,
    rowCount,
    expectedRowCount,
    byteSize: files.reduce((sum, { byteSize }) => sum + byteSize, 0),
    completeness,
    finishedAt: now,
    expiresAt: now + artefacts.keepMs,
  });
  if (published) await artefacts.removeStaging(task.id);
  return published;
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
  return { paths, layout, completeness: leastComplete(notes.map((note) => note.completeness)) };
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

const LEAST_COMPLETE_FIRST: readonly Completeness[] = ['PARTIAL', 'TRUNCATED', 'SAMPLED', 'COMPLETE'];

function leastComplete(all: readonly Completeness[]): Completeness {
  return LEAST_COMPLETE_FIRST.find((completeness) => all.includes(completeness)) ?? 'COMPLETE';
}

function toExpectedPart(file: UpstreamFile, position: number): Pick<ExportPart, 'position' | 'upstream'> {
  // Sources that read pages have no link: their first part starts from nothing.
  return { position, upstream: file.url === '' ? '' : JSON.stringify(file) };
}

function windowOf({ from, to }: ExportChunk): Window | null {
  return from === null || to === null ? null : { from, to };
}

/** Record how far a task has come; `share` is what is done of the chunk under way. */
async function report(
  { task, tools, chunks }: ChunkRun,
  phase: ExportPhase,
  { share, byteSize }: { readonly share: number; readonly byteSize?: number },
): Promise<void> {
  const done = chunks.filter(({ state }) => state === 'FETCHED').length;
  const progress = (FETCHED_SHARE * (done + share)) / chunks.length;
  const heldBy = tools.workerId;
  await tools.store.updateProgress(task.id, { heldBy, phase, progress, ...(byteSize !== undefined && { byteSize }) });
}

/** Each try has a deadline of its own, and all of them the task's patience. */
function patiently<T>({ tools, signal }: Run, timeoutMs: number, call: (deadline: Deadline) => Promise<T>): Promise<T> {
  const { clock, patienceMs } = tools;
  return persist(() => call(createDeadline(clock, timeoutMs, signal)), { clock, signal, patienceMs });
}
