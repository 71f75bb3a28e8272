import { eventsRequestInput } from '../../analytics/events.ts';
import { toGlobalId } from '../../analytics/global-id.ts';
import { parseInput } from '../../analytics/parse-input.ts';
import type { UserResolvers } from '../__generated__/resolvers.ts';
import { findNative } from '../references.ts';

/** A user of the product that is measured. */
export const User: UserResolvers = {
  __resolveReference: findNative('User'),
  id: ({ source, nativeId }) => toGlobalId('User', source.key, nativeId),
  profile: (user, _arguments, { reports }) => reports.users.profile(user),
  events: async ({ source, nativeId }, { first, after, ...question }, { reports }) => {
    const filters = [{ dimension: 'user_id', operator: 'IS', values: [nativeId] }];
    const request = parseInput(eventsRequestInput, { ...question, source: source.key, filters }, 'events');
    return reports.events(request, { first, after: after ?? null });
  },
};
