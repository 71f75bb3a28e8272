import type { NodeResolvers } from '../__generated__/resolvers.ts';

/** A thing with a global id: data sources, so far. */
export const Node: NodeResolvers = {
  __resolveType: () => 'DataSource',
};
