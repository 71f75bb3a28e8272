import type { Clock } from '../analytics/deadline.ts';
import { AppError } from '../errors.ts';

/** How long failures that may pass are waited for. */
export interface Patience {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Longest time without success, in milliseconds. */
  readonly patienceMs: number;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 5 * 60_000;

/**
 * Do something until it succeeds: what fails and may succeed later is tried again, as soon as the provider says or after ever longer
 * waits, until the patience is at its end. Rejects with the last failure then, with any other failure at once, and with the signal's reason.
 */
export async function persist<T>(attempt: () => Promise<T>, { clock, signal, patienceMs }: Patience): Promise<T> {
  const startedAt = clock.now();
  for (let tries = 0; ; tries++) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof AppError) || !error.isRetryable) throw error;
      const backOffMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries) * (0.5 + Math.random() / 2);
      const waitMs = Math.ceil(Math.max(error.retryAfterMs ?? 0, backOffMs));
      if (clock.now() + waitMs > startedAt + patienceMs) throw error;
      await clock.sleep(waitMs, signal);
    }
  }
}
