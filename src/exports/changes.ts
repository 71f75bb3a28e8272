import { EventEmitter, on } from 'node:events';
import type { Clock } from '../analytics/deadline.ts';

/** Tells those who watch a task when to look at it. */
export interface Changes {
  changed(taskId: string): void;
  /** At once, after each change in this process, and now and then for those in others. Ends with the signal. */
  changes(taskId: string, signal: AbortSignal): AsyncIterable<void>;
}

const LOOK_AGAIN_MS = 1_000;

/** Given the clock, return what tells of changes. */
export function createChanges(clock: Clock): Changes {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  return {
    changed: (taskId) => void emitter.emit(taskId),
    async *changes(taskId, signal) {
      if (signal.aborted) return;
      const ended = new AbortController();
      const either = AbortSignal.any([signal, ended.signal]);
      // Before the first look, so that no change falls between it and the next.
      const told = on(emitter, taskId, { signal: either });
      const ticking = tick(clock, { signal: either, look: () => emitter.emit(taskId) });
      try {
        yield;
        for await (const _change of told) yield;
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        ended.abort();
        await ticking;
      }
    },
  };
}

async function tick(clock: Clock, { signal, look }: { signal: AbortSignal; look: () => void }): Promise<void> {
  try {
    while (!signal.aborted) {
      await clock.sleep(LOOK_AGAIN_MS, signal);
      look();
    }
  } catch {
    // Nobody watches any more.
  }
}
