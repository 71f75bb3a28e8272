import { TARGET_GROUPS } from '../facts/target-groups.ts';

/** Something somebody comes back for. */
export interface Behaviour {
  readonly name: string;
  /** The event that counts; absent means any. */
  readonly event?: string;
}

/** A retention as somebody saved it. */
export interface SavedRetention {
  readonly id: string;
  readonly name: string;
  /** Name of the group of people. */
  readonly group: string;
  /** The event that puts somebody into the cohort of its period; absent means the install. */
  readonly start?: string;
  readonly behaviours: readonly Behaviour[];
  /** Whether there is a cohort for each platform. */
  readonly comparesPlatforms: boolean;
  /** Whether a row over all cohorts comes first. */
  readonly hasTotal: boolean;
}

const ANYTHING: Behaviour = { name: '任意行为' };

/** Every saved retention, by what is special about it. */
export const RETENTIONS = {
  newcomers: {
    id: 'R7gHv2Nk',
    name: '新客留存',
    group: TARGET_GROUPS.newcomers.name,
    behaviours: [ANYTHING],
    comparesPlatforms: false,
    hasTotal: true,
  },
  payers: {
    id: 'r0PzA6Le',
    name: '付费留存',
    group: TARGET_GROUPS.everybody.name,
    start: 'purchase',
    behaviours: [ANYTHING, { name: '续订', event: 'subscription_renewed' }],
    comparesPlatforms: true,
    hasTotal: false,
  },
} as const satisfies Record<string, SavedRetention>;
