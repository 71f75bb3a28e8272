import type { AllowanceResolvers } from '../__generated__/resolvers.ts';
import { toDateTime, toDuration } from '../instants.ts';

/** A quota of the provider and what is left of it. */
export const Allowance: AllowanceResolvers = {
  window: ({ windowMs }) => toDuration(windowMs),
  resetAt: ({ resetAt }) => toDateTime(resetAt),
};
