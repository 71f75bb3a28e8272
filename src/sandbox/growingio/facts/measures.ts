import type { Facts } from './facts.ts';

/** Adds up the events of one cell. */
export interface Tally {
  add(event: number): void;
  readonly value: number;
}

/** What is counted of which events. */
export interface Measure {
  /** Whether an event is counted at all. */
  counts(facts: Facts, event: number): boolean;
  /** Creates an empty cell. */
  createTally(facts: Facts): Tally;
}

const countsAll = (): boolean => true;
const countsVisits: Measure['counts'] = ({ beginsVisit }, event) => beginsVisit[event] === 1;
const countsPayments: Measure['counts'] = ({ world }, event) => (world.events.revenueCents[event] ?? 0) > 0;

/** What the saved charts count. */
export const MEASURES = {
  /** People with any event. */
  users: { counts: countsAll, createTally: createDistinctUsers },
  visits: { counts: countsVisits, createTally: createCount },
  pageViews: { counts: ({ isPageView }, event) => isPageView[event] === 1, createTally: createCount },
  /** Visits with less than two views among all visits, from 0 to 1. */
  bounceRate: { counts: countsVisits, createTally: createBounceRate },
  /** US dollars. */
  revenue: { counts: countsPayments, createTally: createDollars },
  payers: { counts: countsPayments, createTally: createDistinctUsers },
} as const satisfies Record<string, Measure>;

/** Counts the events of a name. */
export function countEvents(name: string): Measure {
  return {
    counts: ({ world: { events } }, event) => events.names[events.name[event] ?? 0] === name,
    createTally: createCount,
  };
}

function createCount(): Tally {
  let count = 0;
  return {
    add() {
      count += 1;
    },
    get value() {
      return count;
    },
  };
}

function createDistinctUsers({ world: { events } }: Facts): Tally {
  const users = new Set<number>();
  return {
    add(event) {
      users.add(events.user[event] ?? 0);
    },
    get value() {
      return users.size;
    },
  };
}

function createDollars({ world: { events } }: Facts): Tally {
  let cents = 0;
  return {
    add(event) {
      cents += events.revenueCents[event] ?? 0;
    },
    get value() {
      return cents / 100;
    },
  };
}

function createBounceRate({ world: { events }, isBounced }: Facts): Tally {
  let visits = 0;
  let bounces = 0;
  return {
    add(event) {
      visits += 1;
      bounces += isBounced[events.session[event] ?? 0] ?? 0;
    },
    get value() {
      return bounces / visits;
    },
  };
}
