import type { CapabilityName, ProviderConnection } from './provider.ts';

/** Analyses are answered or computed over rows, rows and profiles are handed out, and what was saved at the provider is listed. */
const KINDS: Readonly<Record<CapabilityName, 'ANALYSIS' | 'ROWS' | 'PROFILES' | 'LISTING'>> = {
  metrics: 'ANALYSIS',
  funnels: 'ANALYSIS',
  conversions: 'ANALYSIS',
  retention: 'ANALYSIS',
  'cohort-analysis': 'ANALYSIS',
  'lifetime-value': 'ANALYSIS',
  events: 'ROWS',
  exports: 'ROWS',
  users: 'PROFILES',
  'event-definitions': 'LISTING',
  cohorts: 'LISTING',
  dashboards: 'LISTING',
};

/** Given a connection and a capability that it does not have, return why: what stands behind "It"; null where no reason is known. */
export function findRefusalReason(
  { capabilities, datasets }: Pick<ProviderConnection, 'capabilities' | 'datasets'>,
  name: CapabilityName,
): string | null {
  if (KINDS[name] === 'LISTING') return 'lists none of those that are saved there';
  if (KINDS[name] === 'PROFILES') return 'tells nothing about single users';
  if (name === 'exports' && capabilities.events) return 'hands out raw rows as events, page by page';
  const hasEvents = datasets?.events !== undefined;
  if (!hasEvents && datasets?.facts) return 'hands out sums only, which say nothing of users';
  if (name === 'events' && capabilities.exports) return 'hands out raw rows as files only';
  return hasEvents ? null : 'hands out no raw rows';
}
