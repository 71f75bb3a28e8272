import type { Clock } from '../analytics/deadline.ts';
import type { Lease } from '../store/export-columns.ts';
import type { ExportStore } from '../store/export-store.ts';

const LEASE_MS = 60_000;
const HEARTBEAT_MS = 10_000;

/** Which worker it is, and what it needs to keep a task. */
export interface Holder {
  readonly store: Pick<ExportStore, 'renewLease'>;
  readonly clock: Clock;
  readonly workerId: string;
}

/** Keeps a task for its worker while it is at it. */
export interface Heartbeat {
  /** Aborts with the outer signal, when the task is to be cancelled, and when it is no longer this worker's. */
  readonly signal: AbortSignal;
  stop(): void;
}

/** Return the lease of a worker that begins now. */
export function leaseFrom({ clock, workerId }: Omit<Holder, 'store'>): Lease {
  return { workerId, leaseUntil: clock.now() + LEASE_MS };
}

/** Given a task that is this worker's, renew its lease until it is stopped. */
export function startHeartbeat(taskId: string, outer: AbortSignal, holder: Holder): Heartbeat {
  const { store, clock } = holder;
  const own = new AbortController();
  const beat = async (): Promise<void> => {
    const state = await store.renewLease(taskId, leaseFrom(holder));
    if (state !== 'RUNNING')
      own.abort(new Error(state === null ? 'The lease was lost' : 'The task is to be cancelled'));
  };
  const stopped = new AbortController();
  const keepBeating = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      await clock.sleep(HEARTBEAT_MS, stopped.signal);
      // A beat that fails is followed by another, long before the lease is over.
      await beat().catch(() => undefined);
    }
  };
  keepBeating().catch(() => undefined);
  return { signal: AbortSignal.any([outer, own.signal]), stop: () => stopped.abort() };
}
