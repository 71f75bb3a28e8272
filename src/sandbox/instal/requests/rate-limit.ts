import { ApiError } from './api-error.ts';

const WINDOW_MS = 1000;

/** Creates the hook that counts what was let through in the last second; the document names no limit. */
export function createRateLimit(limit: number, clock: () => number): () => Promise<void> {
  let history: number[] = [];
  return async () => {
    const nowMs = clock();
    history = history.filter((ms) => ms > nowMs - WINDOW_MS);
    if (history.length < limit) {
      history.push(nowMs);
      return;
    }
    throw new ApiError(429, 'Request was throttled. Expected available in 1 second.', { 'retry-after': '1' });
  };
}
