import type { z } from 'zod';
import type { DataSource } from './data-source.ts';
import type { Deadline } from './deadline.ts';
import { eventsRequestInput } from './events.ts';

/** The shape of the arguments that ask for the events of one user. */
export const userEventsInput = eventsRequestInput.pick({ period: true, timezone: true, names: true });

/** A question for the events of one user. */
export type UserEventsRequest = z.infer<typeof userEventsInput>;

/** A user of the product that is measured, as one data source knows them. Whether it does is asked with the profile. */
export interface SourceUser {
  readonly source: DataSource;
  /** The provider's own id of the user, as it is written there. */
  readonly nativeId: string;
}

/** What a provider knows about a user. What it does not say is null; what it says beyond these fields is in `attributes`. */
export interface UserProfile {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly avatarUrl: string | null;
  /** ISO 8601 in UTC with milliseconds. */
  readonly createdAt: string | null;
  /** ISO 8601 in UTC with milliseconds. */
  readonly lastSeenAt: string | null;
  /** What the app has said about the user, as sent. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** What else the provider says about the user, in its own words. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** A data source whose provider tells what it knows about a single user. */
export interface UsersCapability {
  /** Null where the provider knows nobody of that id. */
  fetchProfile(nativeId: string, deadline: Deadline): Promise<UserProfile | null>;
}
