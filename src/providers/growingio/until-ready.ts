import { hasTimedOut, type Clock, type Deadline } from '../../analytics/deadline.ts';
import { OperationCancelledError, ProviderTimeoutError } from '../../errors.ts';

// How often to ask is not documented; a small chart is ready within a second.
const FIRST_WAIT_MS = 300;
const WAIT_GROWTH = 1.5;
const LONGEST_WAIT_MS = 5_000;

/** Ask again and again until there is an answer; null means not yet. Throws `PROVIDER_TIMEOUT` where there is none in time. */
export async function untilReady<T>(
  ask: () => Promise<T | null>,
  { clock, what }: { readonly clock: Clock; readonly what: string },
  deadline: Deadline,
): Promise<T> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * WAIT_GROWTH, LONGEST_WAIT_MS)) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (clock.now() + waitMs >= deadline.at) throw notReady(what);
    try {
      await clock.sleep(waitMs, deadline.signal);
    } catch (cause) {
      if (hasTimedOut(deadline.signal)) throw notReady(what, cause);
      throw new OperationCancelledError(`The caller went away while GrowingIO was preparing ${what}.`, { cause });
    }
  }
}

function notReady(what: string, cause?: unknown): ProviderTimeoutError {
  return new ProviderTimeoutError(
    `GrowingIO is still preparing ${what}; it goes on doing so. Ask again in a few seconds, or allow more time.`,
    { cause, retryAfterMs: LONGEST_WAIT_MS },
  );
}
