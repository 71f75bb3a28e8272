import { createDeadline, type Clock, type Deadline } from '../analytics/deadline.ts';
import type { ExportStore } from '../store/export-store.ts';
import type { Artefacts } from './artefacts.ts';
import type { Preview } from './conversion.ts';
import type { Deliver } from './delivery.ts';
import type { ExportSource, Window } from './export-source.ts';
import { persist } from './patience.ts';
import type { ExportChunk, ExportPhase, ExportTask } from './task.ts';

/** What running a task needs. */
export interface RunTools {
  readonly store: ExportStore;
  readonly artefacts: Artefacts;
  readonly deliver: Deliver;
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
export interface Run {
  readonly task: ExportTask;
  readonly source: ExportSource;
  readonly tools: RunTools;
  readonly signal: AbortSignal;
}

/** A task on its way, with its chunks as they are now. */
export interface ChunkRun extends Run {
  readonly chunks: readonly ExportChunk[];
}

/** Of the whole, what is done once all rows are there. */
export const FETCHED_SHARE = 0.9;
/** How long one call to a provider may take. */
export const CALL_MS = 2 * 60_000;

/** The stretch of time that a chunk asks for; null where the question has none. */
export function windowOf({ from, to }: ExportChunk): Window | null {
  return from === null || to === null ? null : { from, to };
}

/** Record how far a task has come; `share` is what is done of the chunk under way. */
export async function report(
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
export function patiently<T>(
  { tools, signal }: Run,
  timeoutMs: number,
  call: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  const { clock, patienceMs } = tools;
  return persist(() => call(createDeadline(clock, timeoutMs, signal)), { clock, signal, patienceMs });
}
