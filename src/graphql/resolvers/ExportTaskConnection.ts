import type { ExportTaskConnectionResolvers } from '../__generated__/resolvers.ts';
import { formatTaskCursor } from '../task-cursor.ts';

/** A page of export tasks. */
export const ExportTaskConnection: ExportTaskConnectionResolvers = {
  edges: ({ tasks }) => tasks.map((node) => ({ node, cursor: formatTaskCursor(node) })),
  nodes: ({ tasks }) => tasks,
  pageInfo: ({ tasks, hasMore, hasPrevious }) => {
    const [first] = tasks;
    const last = tasks.at(-1);
    return {
      hasNextPage: hasMore,
      hasPreviousPage: hasPrevious,
      startCursor: first ? formatTaskCursor(first) : null,
      endCursor: last ? formatTaskCursor(last) : null,
    };
  },
};
