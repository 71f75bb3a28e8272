import type { Deadline } from '../analytics/deadline.ts';
import { requireCapability } from '../analytics/provider.ts';
import type { SourceUser, UserProfile } from '../analytics/users.ts';
import { createOnce } from './once.ts';

/** What the providers know about single users: each is asked about once in an operation, however many fields want it. */
export interface Users {
  /** Null where the provider knows nobody of that id. */
  profile(user: SourceUser): Promise<UserProfile | null>;
}

/** Given an operation's deadline, return what tells about users; every failure names its data source. */
export function createUsers(deadline: Deadline): Users {
  const once = createOnce();
  return {
    profile: ({ source, nativeId }) =>
      once(source, nativeId, () => requireCapability(source, 'users').fetchProfile(nativeId, deadline)),
  };
}
