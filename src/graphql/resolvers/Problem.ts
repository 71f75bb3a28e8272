import type { ProblemResolvers } from '../__generated__/resolvers.ts';
import { toDateTime } from '../instants.ts';

/** A failure beside an answer. */
export const Problem: ProblemResolvers = {
  retryAfter: ({ retryAt }) => toDateTime(retryAt),
  exportTask: ({ exportTaskId }, _arguments, { findTask }) => (exportTaskId === null ? null : findTask(exportTaskId)),
};
