import type { EventResolvers } from '../__generated__/resolvers.ts';

/** Something that a user did. */
export const Event: EventResolvers = {
  user: ({ source, userId }) => (userId === null ? null : { source, nativeId: userId }),
};
