import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from './analytics/deadline.ts';

// Node fires a longer timer at once.
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The real time of day. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    try {
      for (let left = ms; left > 0; left -= LONGEST_TIMER_MS) {
        await delay(Math.min(left, LONGEST_TIMER_MS), undefined, { signal });
      }
    } catch (error) {
      // Node rejects with an AbortError of its own; the reason is what tells a timeout from a caller who left.
      throw signal.aborted ? signal.reason : error;
    }
    signal.throwIfAborted();
  },
};
