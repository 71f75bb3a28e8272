import { ProviderRejectedError } from '../errors.ts';
import { CALL_MS, patiently, report, windowOf, type ChunkRun } from './chunk-run.ts';
import { restartChunk } from './chunk-steps.ts';
import { forgetPart } from './part-file.ts';
import type { ExportChunk, ExportPart } from './task.ts';
import { areSameFiles, toExpectedParts, toUpstreamFile } from './upstream-link.ts';

const FETCH_MS = 6 * 60 * 60_000;
const REPORT_EVERY_MS = 500;

/**
 * Fetch the next part of a chunk. Where its link has ended, the provider is asked for its links again; only where it has no other, or that one
 * is refused as well, for a new export.
 */
export async function fetchNext(chunk: ExportChunk, run: ChunkRun): Promise<void> {
  const { store, clock } = run.tools;
  const next = await findNext(chunk, run);
  if (!next) {
    await store.markFetched(chunk);
    return;
  }
  const hasEnded = (toUpstreamFile(next.part)?.expiresAt ?? Infinity) <= clock.now();
  const refusal = hasEnded ? 'A link to a file of the export has ended.' : await tryToFetch(next, chunk, run);
  if (refusal === null) return;
  // A link that has ended by our own clock may be the one that the provider still gives: it is tried all the same.
  if (await renewLinks(chunk, run, hasEnded ? null : next.part)) {
    const renewed = await findNext(chunk, run);
    if (!renewed || (await tryToFetch(renewed, chunk, run)) === null) return;
  }
  await restartChunk(chunk, { message: refusal, isRepeatable: true }, run);
}

interface NextPart {
  readonly part: ExportPart;
  /** Of the chunk. */
  readonly parts: readonly ExportPart[];
  /** Bytes on disk, of all chunks. */
  readonly storedBytes: number;
}

async function findNext(chunk: ExportChunk, { task, tools }: ChunkRun): Promise<NextPart | null> {
  const all = await tools.store.listParts(task.id);
  const parts = all.filter((part) => part.chunk === chunk.position);
  const part = parts.find(({ state }) => state === 'EXPECTED');
  return part ? { part, parts, storedBytes: all.reduce((sum, { byteSize }) => sum + (byteSize ?? 0), 0) } : null;
}

/** Fetch a part; resolves with why its link was refused, or with null once it is stored. */
async function tryToFetch(next: NextPart, chunk: ExportChunk, run: ChunkRun): Promise<string | null> {
  try {
    await fetchPart(next, chunk, run);
    return null;
  } catch (error) {
    if (error instanceof ProviderRejectedError && toUpstreamFile(next.part) !== null) return error.message;
    throw error;
  }
}

/**
 * Ask the provider for the links of an export again, `refused` being a part whose link it refused. What is on disk is kept where the files are the
 * same. Resolves with whether there is anything new to try.
 */
async function renewLinks(chunk: ExportChunk, run: ChunkRun, refused: ExportPart | null): Promise<boolean> {
  const { task, source, tools } = run;
  const { store, artefacts, clock } = tools;
  const since = chunk.upstreamStartedAt ?? clock.now();
  const upstream = await patiently(run, CALL_MS, (deadline) =>
    source.check(chunk.upstreamId, since, deadline).catch((error: unknown) => {
      // It does not even speak of the export any more.
      if (error instanceof ProviderRejectedError) return null;
      throw error;
    }),
  );
  if (upstream?.state !== 'READY') return false;
  const expected = toExpectedParts(upstream.files);
  const parts = (await store.listParts(task.id)).filter((part) => part.chunk === chunk.position);
  if (areSameFiles(upstream.files, parts)) {
    if (refused && expected[refused.position]?.upstream === refused.upstream) return false;
    await store.expectParts(chunk, expected);
    return true;
  }
  // Files that were divided otherwise: no part of them may meet one of the others.
  for (const part of parts) await forgetPart(artefacts.partPath(task.id, part));
  return store.replaceParts(chunk, expected);
}

async function fetchPart({ part, parts, storedBytes }: NextPart, chunk: ExportChunk, run: ChunkRun): Promise<void> {
  const { task, source, tools } = run;
  const { store, artefacts, clock } = tools;
  const storedCount = parts.filter(({ state }) => state === 'STORED').length;
  let reportedAt = 0;
  const onProgress = (bytes: number, total: number | null): void => {
    const now = clock.now();
    if (now - reportedAt < REPORT_EVERY_MS) return;
    reportedAt = now;
    const share = (storedCount + (total === null ? 0 : bytes / total)) / parts.length;
    // A report that fails is followed by another, or by the failure itself.
    void report(run, 'FETCHING', { share: 0.5 + share / 2, byteSize: storedBytes + bytes }).catch(() => undefined);
  };
  await report(run, 'FETCHING', { share: 0.5 + storedCount / parts.length / 2, byteSize: storedBytes });
  const path = artefacts.partPath(task.id, part);
  const fetched = await patiently(run, FETCH_MS, (deadline) =>
    source.fetch({ window: windowOf(chunk), upstream: part.upstream, path, onProgress }, deadline),
  );
  // The next part is known before this one counts: whoever goes on from here misses none.
  if (fetched.next !== null) {
    await store.expectParts(chunk, [{ position: part.position + 1, upstream: fetched.next }]);
  }
  await store.storePart({ taskId: task.id, chunk: part.chunk, position: part.position }, fetched);
}
