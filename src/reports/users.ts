import type { DataSource } from '../analytics/data-source.ts';
import type { EventsReport } from '../analytics/events.ts';
import { requireCapability } from '../analytics/provider.ts';
import type { SourceUser, UserEventsRequest, UserProfile } from '../analytics/users.ts';
import { reportEvents, type EventsPaging } from './events.ts';
import { createOnce, nameFailure } from './once.ts';
import { refusal, type SingleSourceServices } from './single-source.ts';

/** What the providers know about single users: each is asked about once in an operation, however many fields want it. */
export interface Users {
  /** Null where the provider knows nobody of that id. */
  profile(user: SourceUser): Promise<UserProfile | null>;
  /** One page of what the user did. */
  events(
    user: SourceUser,
    request: UserEventsRequest,
    paging: Pick<EventsPaging, 'first' | 'after'>,
  ): Promise<EventsReport>;
}

const USER_DIMENSION = 'user_id';

/** Given one operation's services, return what tells about users; every failure names its data source. */
export function createUsers(services: SingleSourceServices): Users {
  const once = createOnce();
  return {
    profile: ({ source, nativeId }) =>
      once(source, nativeId, () => requireCapability(source, 'users').fetchProfile(nativeId, services.deadline)),
    events: ({ source, nativeId }, request, paging) =>
      nameFailure(source, () => {
        assertFilteredByUser(source);
        const filters = [{ dimension: USER_DIMENSION, operator: 'IS' as const, values: [nativeId] }];
        return reportEvents({ ...request, source: source.key, filters }, { ...paging, path: '' }, services);
      }),
  };
}

/** Throw `QUERY_NOT_SUPPORTED` where the events of one user cannot be told from those of others: no caller has asked for a filter. */
function assertFilteredByUser(source: DataSource): void {
  const { limits } = requireCapability(source, 'events');
  const { dimensions } = source.connection.catalog;
  if (limits.filterOperators.includes('IS') && dimensions.some(({ key }) => key === USER_DIMENSION)) return;
  throw refusal('events: raw events cannot be filtered by user', source);
}
