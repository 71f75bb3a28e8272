import { createTurns } from './turns.ts';

/** Why the signal of a job was aborted, where it was not the queue that lost hold of it. */
export class JobInterruptedError extends Error {
  readonly why: 'CANCELLED' | 'CLOSED';

  constructor(why: 'CANCELLED' | 'CLOSED') {
    super(why === 'CANCELLED' ? 'the job was cancelled' : 'this process stops');
    this.name = 'JobInterruptedError';
    this.why = why;
  }
}

/** The jobs that this process is at. */
export interface RunningJobs {
  /** Run a job, after the one with the same key that is running; returns how it ended. `signal` is what the queue aborts. */
  run(
    key: string,
    signal: AbortSignal,
    job: (signal: AbortSignal) => Promise<void>,
  ): Promise<'DONE' | 'CANCELLED' | 'CLOSED'>;
  /** Abort the signal of a job. */
  cancel(key: string): void;
  /** Abort the signals of all jobs. */
  close(): void;
}

/** Return running jobs, none yet. */
export function createRunningJobs(): RunningJobs {
  const turns = createTurns();
  const running = new Map<string, AbortController>();
  let isClosed = false;

  return {
    run: (key, signal, job) =>
      turns.take(key, async () => {
        if (isClosed) return 'CLOSED';
        const own = new AbortController();
        running.set(key, own);
        try {
          await job(AbortSignal.any([own.signal, signal]));
        } finally {
          running.delete(key);
        }
        const reason: unknown = own.signal.reason;
        return reason instanceof JobInterruptedError ? reason.why : 'DONE';
      }),
    cancel: (key) => running.get(key)?.abort(new JobInterruptedError('CANCELLED')),
    close: () => {
      isClosed = true;
      for (const own of running.values()) own.abort(new JobInterruptedError('CLOSED'));
    },
  };
}
