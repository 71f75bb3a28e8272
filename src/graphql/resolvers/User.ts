import { toGlobalId } from '../../analytics/global-id.ts';
import { parseInput } from '../../analytics/parse-input.ts';
import { userEventsInput } from '../../analytics/users.ts';
import type { UserResolvers } from '../__generated__/resolvers.ts';
import { findNative } from '../references.ts';

/** A user of the product that is measured. */
export const User: UserResolvers = {
  __resolveReference: findNative('User'),
  id: ({ source, nativeId }) => toGlobalId('User', source.key, nativeId),
  profile: (user, _arguments, { reports }) => reports.users.profile(user),
  events: async (user, { first, after, ...question }, { reports }) =>
    reports.users.events(user, parseInput(userEventsInput, question, ''), { first, after: after ?? null }),
};
