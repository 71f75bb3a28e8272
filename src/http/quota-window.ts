import type { Allowance, Quota } from '../analytics/http-client.ts';
import type { StatedAllowance } from './rate-limit-headers.ts';

/** The send times counted against one quota. */
export interface QuotaWindow {
  readonly limit: number;
  /** Lower the limit to that of another client which declares the same quota more strictly. */
  tighten(limit: number): void;
  /** When the next request may go, given the times already planned for those before it, in order. */
  earliest(now: number, planned: readonly number[]): number;
  /** Count one request sent now. */
  record(now: number): void;
  /** Believe what the provider counted, where it leaves less than we did. */
  correct(stated: StatedAllowance, now: number): void;
  allowance(now: number, waiting: number): Allowance;
}

// Headers may speak of a longer window than the declared one, but a nonsense date must not silence a data source for good.
const LONGEST_HOLD_MS = 3_600_000;
// Resets are stated in whole seconds, so one window's resets differ by up to one.
const SAME_RESET_MS = 1_500;

/** Given a declared quota, return its window with nothing sent yet. */
export function createQuotaWindow({ name, limit: declared, windowMs }: Quota): QuotaWindow {
  let limit = Math.max(1, declared);
  let sent: number[] = [];
  let ceiling: { remaining: number; until: number } | undefined;

  const forget = (now: number) => {
    const kept = sent.findIndex((at) => at > now - windowMs);
    if (kept !== 0) sent = kept === -1 ? [] : sent.slice(kept);
    if (ceiling && ceiling.until <= now) ceiling = undefined;
  };

  return {
    get limit() {
      return limit;
    },
    tighten: (other) => {
      limit = Math.max(1, Math.min(limit, other));
    },
    earliest: (now, planned) => {
      forget(now);
      const freeing = sent.length + planned.length - limit;
      const freed = freeing < sent.length ? sent[freeing] : planned[freeing - sent.length];
      return Math.max(
        now,
        planned.at(-1) ?? now,
        freed === undefined ? now : freed + windowMs,
        ceiling && planned.length >= ceiling.remaining ? ceiling.until : now,
      );
    },
    record: (now) => {
      sent.push(now);
      if (ceiling) ceiling.remaining--;
    },
    correct: ({ remaining, resetAt }, now) => {
      if (remaining === undefined || resetAt === undefined || resetAt <= now) return;
      forget(now);
      const until = Math.min(resetAt, now + Math.max(windowMs, LONGEST_HOLD_MS));
      // Answers overtake each other: within one window of theirs, the lowest count is the latest.
      const isSameWindow = ceiling && Math.abs(ceiling.until - until) <= SAME_RESET_MS;
      ceiling = { remaining: isSameWindow && ceiling ? Math.min(ceiling.remaining, remaining) : remaining, until };
    },
    allowance: (now, waiting) => {
      forget(now);
      const newest = sent.at(-1);
      const resets = [newest === undefined ? [] : newest + windowMs, ceiling?.until ?? []].flat();
      return {
        name,
        limit,
        windowMs,
        remaining: Math.max(0, Math.min(limit - sent.length, ceiling?.remaining ?? limit)),
        resetAt: resets.length > 0 ? Math.max(...resets) : null,
        waiting,
      };
    },
  };
}
