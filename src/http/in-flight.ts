import type { Clock, Deadline } from '../analytics/deadline.ts';

/** The deadline of a call that several callers may wait for: `at` is the latest of theirs, and moves as they come and go. */
export interface SharedDeadline extends Deadline {
  /** Say that nothing can happen before `until`: callers who cannot wait that long are refused now; throws where none is left. */
  waitUntil(until: number, refuse: () => Error): void;
}

/** Makes identical calls once. */
export interface InFlight<T> {
  /** Join the running call with this key, or start one; a null key is never joined. Each caller keeps its own deadline. */
  share(key: string | null, deadline: Deadline, start: (deadline: SharedDeadline) => Promise<T>): Promise<T>;
}

interface Waiter<T> {
  readonly deadline: Deadline;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

/** Given the time of day and what a signal's reason means as an error, return the calls of one client. */
export function createInFlight<T>(clock: Clock, toError: (reason: unknown) => Error): InFlight<T> {
  const calls = new Map<string, Call<T>>();

  return {
    share: async (key, deadline, start) => {
      if (deadline.signal.aborted) throw toError(deadline.signal.reason);
      if (deadline.at <= clock.now()) throw toError(new DOMException('The deadline has passed.', 'TimeoutError'));
      const running = key === null ? undefined : calls.get(key);
      if (running) return running.join(deadline);

      const call = createCall<T>(clock, toError, () => {
        if (key !== null && calls.get(key) === call) calls.delete(key);
      });
      if (key !== null) calls.set(key, call);
      const joined = call.join(deadline);
      call.run(start);
      return joined;
    },
  };
}

interface Call<T> {
  join(deadline: Deadline): Promise<T>;
  run(start: (deadline: SharedDeadline) => Promise<T>): void;
}

/** `onEnd` is told as soon as nobody may join any more, at least once. */
function createCall<T>(clock: Clock, toError: (reason: unknown) => Error, onEnd: () => void): Call<T> {
  const waiters = new Set<Waiter<T>>();
  const controller = new AbortController();
  let pause: { until: number; refuse: () => Error } | undefined;

  const deadline: SharedDeadline = {
    signal: controller.signal,
    get at() {
      return Math.max(...[...waiters].map((waiter) => waiter.deadline.at));
    },
    waitUntil: (until, refuse) => {
      pause = { until, refuse };
      for (const waiter of waiters) if (waiter.deadline.at <= until) waiter.reject(refuse());
      if (waiters.size > 0) return;
      onEnd();
      throw refuse();
    },
  };

  const settle = (end: (waiter: Waiter<T>) => void) => {
    onEnd();
    for (const waiter of waiters) end(waiter);
  };

  return {
    join: (own) => {
      const { promise, resolve, reject } = Promise.withResolvers<T>();
      const leave = () => {
        waiters.delete(waiter);
        own.signal.removeEventListener('abort', giveUp);
      };
      const giveUp = () => {
        waiter.reject(toError(own.signal.reason));
        if (waiters.size > 0) return;
        onEnd();
        controller.abort(own.signal.reason);
      };
      const waiter: Waiter<T> = {
        deadline: own,
        resolve: (value) => (leave(), resolve(value)),
        reject: (error) => (leave(), reject(error)),
      };
      // Somebody who comes while the call waits for longer than they can learns so at once.
      if (pause && pause.until > clock.now() && pause.until >= own.at) return Promise.reject(pause.refuse());
      waiters.add(waiter);
      own.signal.addEventListener('abort', giveUp);
      return promise;
    },
    run: (start) => {
      start(deadline).then(
        (value) => settle((waiter) => waiter.resolve(value)),
        (error: unknown) => settle((waiter) => waiter.reject(error)),
      );
    },
  };
}
