import type { NodeResolvers } from '../__generated__/resolvers.ts';

/** A thing with a global id; `findNode` has marked everything but data sources with its type. */
export const Node: NodeResolvers = {
  __resolveType: (value) => ('__typename' in value ? (value.__typename as 'DataSource') : 'DataSource'),
};
