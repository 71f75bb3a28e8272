import type { WorldUser } from '../../world.ts';
import type { TimeRange } from './buckets.ts';

/** A group of people that a report is about. */
export interface TargetGroup {
  readonly name: string;
  /** Whether somebody belongs to it in a bucket. */
  admits(user: WorldUser, bucket: TimeRange): boolean;
}

/** Groups that every project has. */
export const TARGET_GROUPS = {
  everybody: { name: '全部访问用户', admits: () => true },
  /** Who installed in the very bucket. */
  newcomers: {
    name: '新访问用户',
    admits: ({ installedAtMs }, { startMs, endMs }) => installedAtMs >= startMs && installedAtMs <= endMs,
  },
  signedIn: { name: '全部登录用户', admits: ({ isAnonymous }) => !isAnonymous },
} as const satisfies Record<string, TargetGroup>;
