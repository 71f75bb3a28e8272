import type { World } from '../../world.ts';
import type { ChartFact, FactKind, Profile, Sale } from './facts.ts';
import { toProfileAttributes, toSaleAttributes } from './attributes.ts';
import { toSaleFacts, toSale } from './sales.ts';

/** Everything the service knows, worked out once. */
export interface Ledger {
  readonly profiles: readonly Profile[];
  readonly sales: readonly Sale[];
  /** What the charts count, in no order. */
  factsOf(kinds: readonly FactKind[]): ChartFact[];
  /** The first instant it knows nothing about. */
  readonly endMs: number;
}

/** Writes the world down as the service sees it. */
export function createLedger(world: World): Ledger {
  // Own events bring people of their own, who bought nothing here: the app keeps those the world was made with.
  const people = world.firstEventUser > 0 ? world.users.slice(0, world.firstEventUser) : world.users;
  const viewers = findPaywallViewers(world);
  const profiles = people.map((user, index): Profile => ({
    index,
    installedAtMs: user.installedAtMs,
    sawPaywall: viewers.has(index),
    attributes: toProfileAttributes(world, user),
    sales: [],
  }));
  const sales = world.subscriptions.flatMap((subscription) => {
    const profile = profiles[subscription.user];
    if (!profile) return [];
    const sale = toSale(subscription, profile, toSaleAttributes(subscription));
    profile.sales.push(sale);
    return [sale];
  });
  const installs = profiles.map((profile): ChartFact => ({ kind: 'INSTALLED', atMs: profile.installedAtMs, profile }));
  const factsByKind = Map.groupBy([...installs, ...sales.flatMap(toSaleFacts)], ({ kind }) => kind);
  return {
    profiles,
    sales,
    factsOf: (kinds) => kinds.flatMap((kind) => factsByKind.get(kind) ?? []),
    endMs: world.endMs,
  };
}

// Whoever bought saw a paywall, also where the events were replaced.
function findPaywallViewers({ events, subscriptions }: World): Set<number> {
  const viewers = new Set(subscriptions.map(({ user }) => user));
  const code = events.names.indexOf('paywall_view');
  events.name.forEach((name, event) => {
    if (name === code) viewers.add(events.user[event] ?? -1);
  });
  return viewers;
}
