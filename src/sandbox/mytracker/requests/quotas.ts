import { ApiError } from './api-error.ts';

/** How many requests there may be in a window. */
export interface Quota {
  readonly name: string;
  readonly limit: number;
  readonly windowMs: number;
}

/** The quotas by whom they count; a test may have others. */
export interface QuotaLimits {
  /** Of an address. */
  readonly ip: readonly Quota[];
  /** Of a user who signed. */
  readonly user: readonly Quota[];
  /** Of a user's refused requests. */
  readonly errors: readonly Quota[];
  /** Of an address whose requests nobody signed, or wrongly. */
  readonly unidentified: readonly Quota[];
}

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

// https://tracker.my.com/docs/api/export-api/quotas (a stored copy, read 2026-11)
/** The documented quotas; only the names of a user's are public. */
export const DEFAULT_QUOTAS: QuotaLimits = {
  ip: [
    { name: 'RequestsByIpPerSecond', limit: 100, windowMs: SECOND_MS },
    { name: 'RequestsByIpPerMinute', limit: 1000, windowMs: MINUTE_MS },
  ],
  user: [
    { name: 'RequestsByUserPerSecond', limit: 10, windowMs: SECOND_MS },
    { name: 'RequestsByUserPerMinute', limit: 100, windowMs: MINUTE_MS },
    { name: 'RequestsByUserPerHour', limit: 1000, windowMs: HOUR_MS },
  ],
  errors: [{ name: 'ErrorsByUserPerMinute', limit: 60, windowMs: MINUTE_MS }],
  unidentified: [{ name: 'RequestsByUnauthorizedPerSecond', limit: 10, windowMs: SECOND_MS }],
};

/** A quota as it is answered; its numbers are numbers, unlike those of exports. */
export interface QuotaState {
  readonly name: string;
  readonly count: number;
  readonly limit: number;
  /** When the window ends, in seconds since 1970. */
  readonly resetTime: number;
  readonly resetInSecond: number;
  readonly exceeded: boolean;
}

/** Counts requests. */
export interface QuotaCounter {
  /** Counts a request of somebody, and refuses it where it is one too many. Refused ones count too. */
  count(kind: keyof QuotaLimits, subject: string): void;
  /** Counts a refusal; it is the next request that may be one too many. */
  countError(user: string): void;
  /** Refuses somebody who was refused too often. */
  assertFewErrors(user: string): void;
  /** What is left to a user. */
  statesOf(user: string): QuotaState[];
}

interface Window {
  readonly endsAtMs: number;
  count: number;
}

/** Creates the counter. A window begins with its first request, as the times of the documented sample suggest. */
export function createQuotaCounter(limits: QuotaLimits, clock: () => number): QuotaCounter {
  const windows = new Map<string, Window>();
  function windowOf({ name, windowMs }: Quota, subject: string): Window {
    const key = `${name} ${subject}`;
    const known = windows.get(key);
    const window = known && clock() < known.endsAtMs ? known : { endsAtMs: clock() + windowMs, count: 0 };
    windows.set(key, window);
    return window;
  }
  function toState(quota: Quota, subject: string, isExceeded: (count: number) => boolean): QuotaState {
    const { endsAtMs, count } = windowOf(quota, subject);
    return {
      name: quota.name,
      count,
      limit: quota.limit,
      resetTime: Math.ceil(endsAtMs / SECOND_MS),
      resetInSecond: Math.ceil((endsAtMs - clock()) / SECOND_MS),
      exceeded: isExceeded(count),
    };
  }
  const toStates = (kind: keyof QuotaLimits, subject: string): QuotaState[] =>
    limits[kind].map((quota) =>
      toState(quota, subject, (count) => (kind === 'errors' ? count >= quota.limit : count > quota.limit)),
    );
  function assertWithin(states: readonly QuotaState[]): void {
    if (states.some(({ exceeded }) => exceeded)) throw new ApiError(429, { info: { quotas: states } });
  }
  const add = (kind: keyof QuotaLimits, subject: string): void => {
    for (const quota of limits[kind]) windowOf(quota, subject).count += 1;
  };
  return {
    count(kind, subject) {
      add(kind, subject);
      assertWithin(toStates(kind, subject));
    },
    countError: (user) => add('errors', user),
    assertFewErrors: (user) => assertWithin(toStates('errors', user)),
    statesOf: (user) => [...toStates('user', user), ...toStates('errors', user)],
  };
}
