import type { Period } from './period.ts';

/** How much of what was asked for an answer holds. */
export type Completeness = 'COMPLETE' | 'PARTIAL' | 'TRUNCATED' | 'SAMPLED';

/** How fresh and how whole an answer is. */
export interface Freshness {
  /** When the provider answered, in milliseconds since the epoch. */
  readonly asOf: number;
  readonly fromCache: boolean;
  /** False while past values may still change: the period is running, or the provider says so. */
  readonly isSettled: boolean;
  readonly completeness: Completeness;
  /** The provider has worked out everything before this moment, in milliseconds since the epoch; null or absent where it does not say. */
  readonly completeUntil?: number | null;
}

/** The freshness of a whole answer that came just now: settled once its period has ended. */
export function freshAnswer(period: Pick<Period, 'isRunning'>, now: number): Freshness {
  return { asOf: now, fromCache: false, isSettled: !period.isRunning, completeness: 'COMPLETE' };
}

const LEAST_COMPLETE_FIRST: readonly Completeness[] = ['PARTIAL', 'TRUNCATED', 'SAMPLED', 'COMPLETE'];

/** Given the freshness of several parts, return that of the whole: the oldest, least settled, least complete. */
export function combineFreshness(parts: readonly Freshness[], now: number): Freshness {
  const ends = parts.flatMap(({ completeUntil }) => completeUntil ?? []);
  return {
    asOf: Math.min(now, ...parts.map((part) => part.asOf)),
    fromCache: parts.some((part) => part.fromCache),
    isSettled: parts.every((part) => part.isSettled),
    completeness: combineCompleteness(parts.map(({ completeness }) => completeness)),
    completeUntil: ends.length === 0 ? null : Math.min(...ends),
  };
}

/** Given how complete several parts are, return how complete the whole is: as the least complete of them. */
export function combineCompleteness(parts: readonly Completeness[]): Completeness {
  return LEAST_COMPLETE_FIRST.find((completeness) => parts.includes(completeness)) ?? 'COMPLETE';
}
