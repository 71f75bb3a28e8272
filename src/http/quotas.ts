import { createHash } from 'node:crypto';
import type { Clock } from '../analytics/deadline.ts';
import type { Allowance, Quota } from '../analytics/http-client.ts';
import type { SharedDeadline } from './in-flight.ts';
import { createQuotaWindow, type QuotaWindow } from './quota-window.ts';
import type { StatedAllowance } from './rate-limit-headers.ts';

/** What one client's requests pass before they are sent. */
export interface QuotaGate {
  /** Wait until every quota admits one request; throws what `refuse` makes where its turn would come after the deadline. */
  admit(deadline: SharedDeadline, refuse: (retryAfterMs: number) => Error): Promise<void>;
  /** Take over what the provider says it counted. */
  correct(stated: StatedAllowance): void;
  allowances(): readonly Allowance[];
}

/** Every quota of the process: clients that declare the same one wait in the same queue. */
export interface Quotas {
  gate(provider: string, quotas: readonly Quota[]): QuotaGate;
}

interface Place {
  readonly windows: readonly QuotaWindow[];
  readonly deadline: SharedDeadline;
  readonly refuse: (retryAfterMs: number) => Error;
  readonly admit: () => void;
  readonly reject: (error: unknown) => void;
}

/** Given the time of day, return quotas that nobody has used yet. */
export function createQuotas(clock: Clock): Quotas {
  const windows = new Map<string, QuotaWindow>();
  const queue = createQueue(clock);

  const toWindow = (provider: string, quota: Quota) => {
    const key = createHash('sha256').update(quota.key).digest('hex');
    const id = JSON.stringify([provider, key, quota.name, quota.windowMs]);
    const window = windows.get(id) ?? createQuotaWindow(quota);
    windows.set(id, window);
    window.tighten(quota.limit);
    return window;
  };

  return {
    gate: (provider, quotas) => {
      const own = quotas.map((quota) => toWindow(provider, quota));
      return {
        admit: (deadline, refuse) =>
          own.length === 0 ? Promise.resolve() : queue.enter({ windows: own, deadline, refuse }),
        correct: (stated) => {
          if (stated.remaining === undefined || stated.resetAt === undefined) return;
          // Headers do not say which quota they count: the one with their limit, else the one declared first.
          const window = own.find(({ limit }) => limit === stated.limit) ?? own[0];
          window?.correct(stated, clock.now());
          queue.replan();
        },
        allowances: () => own.map((window) => window.allowance(clock.now(), queue.waitingFor(window))),
      };
    },
  };
}

/**
 * One queue for all windows, in order of arrival. Whenever anything changes, everybody's turn is planned anew: who may go
 * goes, who cannot wait that long is refused, and the clock is set for the next turn.
 */
function createQueue(clock: Clock) {
  const places = new Set<Place>();
  let alarm = new AbortController();

  const replan = () => {
    const now = clock.now();
    const planned = new Map<QuotaWindow, number[]>();
    let next = Infinity;
    for (const place of places) {
      const turn = Math.max(...place.windows.map((window) => window.earliest(now, planned.get(window) ?? [])));
      if (turn <= now) {
        for (const window of place.windows) window.record(now);
        place.admit();
      } else if (waits(place, turn, now)) {
        for (const window of place.windows) {
          const turns = planned.get(window) ?? [];
          turns.push(turn);
          planned.set(window, turns);
        }
        next = Math.min(next, turn);
      }
    }
    alarm.abort();
    if (next === Infinity) return;
    alarm = new AbortController();
    clock.sleep(next - now, alarm.signal).then(replan, () => {
      // Planned anew meanwhile, with an alarm of its own.
    });
  };

  return {
    replan,
    enter: ({ windows, deadline, refuse }: Omit<Place, 'admit' | 'reject'>) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const leave = () => {
        places.delete(place);
        deadline.signal.removeEventListener('abort', giveUp);
      };
      const giveUp = () => {
        place.reject(deadline.signal.reason);
        replan();
      };
      const place: Place = {
        windows,
        deadline,
        refuse,
        admit: () => (leave(), resolve()),
        reject: (error) => (leave(), reject(error)),
      };
      places.add(place);
      deadline.signal.addEventListener('abort', giveUp);
      replan();
      return promise;
    },
    waitingFor: (window: QuotaWindow) => [...places].filter((place) => place.windows.includes(window)).length,
  };
}

function waits(place: Place, turn: number, now: number): boolean {
  try {
    place.deadline.waitUntil(turn, () => place.refuse(turn - now));
    return true;
  } catch (error) {
    place.reject(error);
    return false;
  }
}
