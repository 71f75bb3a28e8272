import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../src/analytics/deadline.ts';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock that stands still until it is told to advance; 1 January 2026 unless told otherwise. */
export class ManualClock implements Clock {
  #now: number;
  readonly #sleepers = new Set<Sleeper>();

  constructor(now = Date.UTC(2026, 0, 1)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  /** How many sleeps have not ended. */
  get sleeping(): number {
    return this.#sleepers.size;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (ms <= 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        this.#sleepers.delete(sleeper);
        signal.removeEventListener('abort', abort);
        settle();
      };
      const abort = () => end(() => reject(signal.reason));
      const sleeper = { at: this.#now + ms, wake: () => end(resolve) };
      this.#sleepers.add(sleeper);
      signal.addEventListener('abort', abort);
    });
  }

  /** Let `ms` milliseconds pass: sleeps end in order, and those begun meanwhile are served too. */
  async advance(ms: number): Promise<void> {
    const target = this.#now + ms;
    await setImmediate();
    for (;;) {
      const next = [...this.#sleepers].toSorted((a, b) => a.at - b.at)[0];
      if (!next || next.at > target) break;
      this.#now = next.at;
      next.wake();
      await setImmediate();
    }
    this.#now = target;
    await setImmediate();
  }
}
