import { TARGET_GROUPS } from '../facts/target-groups.ts';
import type { TargetGroup } from '../facts/target-groups.ts';

/** A funnel as somebody saved it. */
export interface SavedFunnel {
  readonly id: string;
  readonly name: string;
  /** Names of events, in the order they have to happen in. */
  readonly steps: readonly string[];
  /** Calendar days within which the last step has to happen, the day of the first one included. */
  readonly windowDays: number;
  readonly groups: readonly TargetGroup[];
}

/** Every saved funnel, by what is special about it. */
export const FUNNELS = {
  purchase: {
    id: 'f8SjC1xO',
    name: '注册付费转化',
    steps: ['sign_up', 'onboarding_complete', 'paywall_view', 'purchase'],
    windowDays: 1,
    groups: [TARGET_GROUPS.everybody],
  },
  /** Two groups, and a window of a week. */
  search: {
    id: 'F5mYb3Wd',
    name: '访问到搜索, 加购',
    steps: ['session_start', 'search', 'add_to_cart'],
    windowDays: 7,
    groups: [TARGET_GROUPS.everybody, TARGET_GROUPS.signedIn],
  },
} as const satisfies Record<string, SavedFunnel>;
