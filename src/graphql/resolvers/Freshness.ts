import type { FreshnessResolvers } from '../__generated__/resolvers.ts';
import { toDateTime } from '../instants.ts';

/** How fresh and how whole an answer is. */
export const Freshness: FreshnessResolvers = {
  asOf: ({ asOf }) => toDateTime(asOf),
  completeUntil: ({ completeUntil = null }) => toDateTime(completeUntil),
};
