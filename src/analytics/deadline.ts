/** The time of day, handed in so that tests can own it. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Resolve after `ms` milliseconds; reject with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** When an operation must have ended. Every wait, retry and request of the operation shares the one it was given. */
export interface Deadline {
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** Aborts when the deadline passes (reason: a `TimeoutError`) or when the caller goes away (any other reason). */
  readonly signal: AbortSignal;
}

/** Given how long an operation may take, return its deadline; `signal` is the caller's own, if it may go away earlier. */
export function createDeadline(clock: Clock, timeoutMs: number, signal?: AbortSignal): Deadline {
  const timeout = AbortSignal.timeout(timeoutMs);
  return { at: clock.now() + timeoutMs, signal: signal ? AbortSignal.any([signal, timeout]) : timeout };
}

/** Whether an aborted signal was aborted by time rather than by its caller. */
export function hasTimedOut(signal: AbortSignal): boolean {
  return signal.aborted && signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
}
