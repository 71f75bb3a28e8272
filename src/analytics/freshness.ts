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
}

/** Given the freshness of several parts, return that of the whole: the oldest, least settled, least complete. */
export function combineFreshness(parts: readonly Freshness[], now: number): Freshness {
  const incomplete = parts.find((part) => part.completeness !== 'COMPLETE');
  return {
    asOf: parts.length === 0 ? now : Math.min(...parts.map((part) => part.asOf)),
    fromCache: parts.some((part) => part.fromCache),
    isSettled: parts.every((part) => part.isSettled),
    completeness: incomplete?.completeness ?? 'COMPLETE',
  };
}
