import type { DatasetResolvers } from '../__generated__/resolvers.ts';
import { toDateTime } from '../instants.ts';

/** Rows of one table that are kept here. */
export const Dataset: DatasetResolvers = {
  name: ({ table }) => table.name,
  description: ({ table }) => table.description,
  timezone: ({ table }) => table.timezone,
  coverage: ({ spans }) => [...spans],
  asOf: ({ knownUntil }) => toDateTime(knownUntil),
};
