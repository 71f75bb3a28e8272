import type { DataSource } from './data-source.ts';
import type { Deadline } from './deadline.ts';
import type { Freshness } from './freshness.ts';
import type { Page } from './page.ts';

/** A named group of users that somebody saved at the provider. What the provider does not say is null. */
export interface Cohort {
  /** The provider's own id. */
  readonly nativeId: string;
  readonly name: string;
  /** How many users were in it when it was worked out last. */
  readonly size: number | null;
  /** What its members are known by, in the provider's words. */
  readonly userKind: string | null;
  /** Calendar day, YYYY-MM-DD. */
  readonly updatedAt: string | null;
}

/** Everybody in a cohort, as columns of text: the provider says no more about the values. */
export interface CohortMembers {
  /** What the provider calls the user's id. */
  readonly idName: string;
  /** Names of the other columns, in the provider's order and words. */
  readonly attributeNames: readonly string[];
  readonly members: readonly CohortMember[];
  readonly freshness: Freshness;
}

/** One user in a cohort. */
export interface CohortMember {
  /** The provider's id of the user, as it was written: leading zeros count. */
  readonly userId: string;
  /** One text for each attribute name; null where the row has none. */
  readonly attributes: readonly (string | null)[];
}

/** A data source whose provider keeps groups of users. */
export interface CohortsCapability {
  listCohorts(deadline: Deadline): Promise<readonly Cohort[]>;
  /** Throws `PROVIDER_REJECTED` where there is no such cohort. */
  readMembers(cohortId: string, deadline: Deadline): Promise<CohortMembers>;
}

/** A cohort, and whose it is. */
export interface SourceCohort extends Cohort {
  readonly source: DataSource;
}

/** Some members of a cohort, with the names of what is said about them. */
export interface CohortMembersPage extends Pick<CohortMembers, 'idName' | 'attributeNames' | 'freshness'> {
  readonly source: DataSource;
  readonly page: Page<CohortMember>;
}

/** A page of a data source's cohorts. */
export type CohortPage = Page<SourceCohort>;
