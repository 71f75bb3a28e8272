import type { Clock } from '../analytics/deadline.ts';

/** How a call to a host ended; `abandoned` says nothing about the host. */
export type CallEnd = 'answered' | 'failed' | 'abandoned';

/** Leaves a host alone for a while after it failed several times in a row. */
export interface CircuitBreaker {
  /** Milliseconds until the host may be tried again; null while calls may go. */
  retryAfterMs(): number | null;
  /** Begin a call where {@link CircuitBreaker.retryAfterMs} is null; say through the returned function how it ended. */
  begin(): (end: CallEnd) => void;
}

const FAILURES_TO_OPEN = 5;
const FAILURES_WINDOW_MS = 60_000;
const OPEN_MS = 10_000;
// How long a probe takes is unknown; a second is when it is worth asking again.
const PROBE_RETRY_MS = 1_000;

/** Given the time of day, return the breaker of one host. */
export function createCircuitBreaker(clock: Clock): CircuitBreaker {
  let failedAt: number[] = [];
  let openUntil: number | null = null;
  let isProbing = false;

  const close = () => {
    failedAt = [];
    openUntil = null;
  };
  const countFailure = (isProbe: boolean) => {
    const now = clock.now();
    failedAt = [...failedAt, now].filter((at) => at > now - FAILURES_WINDOW_MS).slice(-FAILURES_TO_OPEN);
    // Calls begun before it opened may still fail while it is open: they are no reason to leave the host alone for longer.
    const opens = openUntil === null && failedAt.length === FAILURES_TO_OPEN;
    if (isProbe || opens) openUntil = now + OPEN_MS;
  };

  return {
    retryAfterMs: () => {
      if (openUntil === null) return null;
      const left = openUntil - clock.now();
      if (left > 0) return left;
      return isProbing ? PROBE_RETRY_MS : null;
    },
    begin: () => {
      const isProbe = openUntil !== null;
      if (isProbe) isProbing = true;
      return (end) => {
        if (isProbe) isProbing = false;
        if (end === 'answered') close();
        if (end === 'failed') countFailure(isProbe);
      };
    },
  };
}
