import { DAY_MS } from '../../world.ts';
import type { Facts } from '../facts/facts.ts';

/** A group of people as somebody saved it. */
export interface SavedSegmentation {
  readonly id: string;
  readonly name: string;
  /** People as visitors, or as who they signed in as. */
  readonly userType: 'u' | 'cs1';
  /** Days from the end of the world back to its last count. */
  readonly idleDays: number;
  /** Whether an event of somebody puts them into it; nobody is in it without an event. */
  takes(facts: Facts, event: number): boolean;
}

const isSignedIn = ({ world }: Facts, event: number): boolean =>
  world.users[world.events.user[event] ?? 0]?.isAnonymous === false;

/** Every saved segmentation. */
export const SEGMENTATIONS: readonly SavedSegmentation[] = [
  {
    id: 's1QhY7Mf',
    name: '付费用户',
    userType: 'cs1',
    idleDays: 1,
    // Nobody pays without having signed in.
    takes: ({ world }, event) => (world.events.revenueCents[event] ?? 0) > 0,
  },
  { id: 'S3vUk8Pd', name: '登录用户', userType: 'cs1', idleDays: 1, takes: isSignedIn },
  {
    id: 'x5BgI0Tw',
    name: '近 7 天活跃, 访问用户',
    userType: 'u',
    idleDays: 0,
    takes: ({ world }, event) => (world.events.timeMs[event] ?? 0) >= world.endMs - 7 * DAY_MS,
  },
  { id: 'N2aFj6Zc', name: '待召回用户', userType: 'cs1', idleDays: 30, takes: () => false },
];
