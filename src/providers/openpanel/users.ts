import { Temporal } from 'temporal-polyfill';
import type { Clock, Deadline } from '../../analytics/deadline.ts';
import type { UserProfile, UsersCapability } from '../../analytics/users.ts';
import type { OpenpanelClient } from './client.ts';
import type { OpenpanelConfig } from './config.ts';
import type { OpenpanelProfileResponse } from './responses.ts';
import { toFilters, toKnown } from './vocabulary.ts';

// The first day that OpenPanel's database can tell.
const FIRST_DAY = '1970-01-01';

/** Given a client, return what tells about single users of its project: the profile beside the newest event of each. */
export function createUsers(client: OpenpanelClient, config: OpenpanelConfig, clock: Clock): UsersCapability {
  return {
    async fetchProfile(nativeId, deadline: Deadline) {
      const { data } = await client.readProfiles(newestEventOf(nativeId, config, clock.now()), deadline);
      const [newest] = data;
      // Blanks around a filter's value are ignored there, and ids with them are other ids.
      const profile = newest?.profileId === nativeId ? newest.profile : null;
      return profile && !isPlaceholder(profile) ? toUserProfile(profile) : null;
    },
  };
}

// The filter and not `profileId`, which also finds what was done on the user's devices before they signed in: the newest event
// may then be one of a device, whose profile is another. (checked 2026-11)
function newestEventOf(nativeId: string, { earliestDate }: OpenpanelConfig, now: number) {
  return {
    // Without both days only the last half day would be looked at.
    start: earliestDate ?? FIRST_DAY,
    end: new Date(now).toISOString().slice(0, 10),
    page: 1,
    limit: 1,
    names: [],
    includes: ['profile'],
    filters: toFilters([{ dimension: 'user_id', operator: 'IS', values: [nativeId] }]),
  };
}

/** Whether a profile was made up by the answer: where OpenPanel has none, it says one that is empty and was created just now. */
function isPlaceholder({
  isExternal,
  properties,
  firstName,
  lastName,
  email,
  avatar,
}: OpenpanelProfileResponse): boolean {
  const isNamed = [firstName, lastName, email, avatar].some((value) => toKnown(value) !== null);
  return !isExternal && !isNamed && Object.keys(properties).length === 0;
}

/** Given a profile in OpenPanel's words, return it in ours; what has no field of ours stays in `attributes`. */
function toUserProfile({ id: _id, projectId: _projectId, ...response }: OpenpanelProfileResponse): UserProfile {
  const { firstName, lastName, email, avatar, createdAt, lastSeenAt, properties, ...attributes } = response;
  const isLink = /^https?:$/.test(URL.parse(avatar ?? '')?.protocol ?? '');
  return {
    firstName: toKnown(firstName),
    lastName: toKnown(lastName),
    email: toKnown(email),
    avatarUrl: isLink ? (avatar ?? null) : null,
    createdAt: toInstant(createdAt),
    lastSeenAt: toInstant(lastSeenAt),
    properties,
    attributes: { ...attributes, ...(!isLink && toKnown(avatar) !== null && { avatar }) },
  };
}

function toInstant(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  return Temporal.Instant.from(text).toString({ smallestUnit: 'millisecond' });
}
