import { toEventsTable } from '../../tabular/events-table.ts';
import type { EventConnectionResolvers } from '../__generated__/resolvers.ts';
import { tabularFields } from '../tabular-fields.ts';

/** A page of events. */
export const EventConnection: EventConnectionResolvers = {
  edges: ({ source, events, cursors }) =>
    events.map((event, index) => ({ node: { ...event, source }, cursor: cursors[index] ?? '' })),
  nodes: ({ source, events }) => events.map((event) => ({ ...event, source })),
  pageInfo: ({ cursors, hasPreviousPage, hasNextPage }) => ({
    hasPreviousPage,
    hasNextPage,
    startCursor: cursors[0] ?? null,
    endCursor: cursors.at(-1) ?? null,
  }),
  ...tabularFields(toEventsTable),
};
