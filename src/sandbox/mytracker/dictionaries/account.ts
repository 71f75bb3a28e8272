import { AD_CAMPAIGNS } from '../../world.ts';
import type { EventContext } from '../../world.ts';

/** One platform of the product, which is an app of its own here. */
export interface App {
  readonly id: number;
  /** Digits that are no number: the zeros in front count. */
  readonly sdkKey: string;
  readonly title: string;
  readonly platform: number;
  readonly platformTitle: string;
}

/** The account and the project that everything belongs to. */
export const ACCOUNT = { id: 3, projectId: 234, projectTitle: 'Sandbox' } as const;

const APPS: Readonly<Record<string, App>> = {
  Android: createApp(23, 'Android', 1),
  iOS: createApp(454, 'iOS', 2),
  Web: createApp(455, 'Web', 5),
};
// Own events may come from a platform that nobody knows.
const UNKNOWN_APP = createApp(456, 'Unknown', 0);

function createApp(id: number, title: string, platform: number): App {
  const sdkKey = `00004399666566${String(200_000 + id).padStart(6, '0')}`;
  return { id, sdkKey, title: `Sandbox, ${title}`, platform, platformTitle: title };
}

/** The app that a context is of. */
export function toApp({ platform }: EventContext): App {
  return APPS[platform] ?? UNKNOWN_APP;
}

const PARTNERS = [...new Set(AD_CAMPAIGNS.map(({ network }) => network))];

/** The id of an advertising network; nobody brought what is organic, whose id is 0. */
export function toPartnerId(network: string): number {
  return PARTNERS.indexOf(network) + 101;
}

/** A stable id for a word that the service would number as it comes; 0 for no word. */
export function toNumericId(word: string): number {
  if (word === '') return 0;
  let hash = 0x811c9dc5;
  for (let index = 0; index < word.length; index += 1) {
    hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 1) + 1;
}
