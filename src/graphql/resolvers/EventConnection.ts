import { toEventsTable } from '../../tabular/events-table.ts';
import type { EventConnectionResolvers } from '../__generated__/resolvers.ts';
import { tabularFields } from '../tabular-fields.ts';

/** A page of events. */
export const EventConnection: EventConnectionResolvers = {
  edges: ({ events, cursors }) => events.map((node, index) => ({ node, cursor: cursors[index] ?? '' })),
  nodes: ({ events }) => events,
  pageInfo: ({ cursors, hasPreviousPage, hasNextPage }) => ({
    hasPreviousPage,
    hasNextPage,
    startCursor: cursors[0] ?? null,
    endCursor: cursors.at(-1) ?? null,
  }),
  ...tabularFields(toEventsTable),
};
