import { createEventTableBuilder } from './event-table.ts';
import type { EventTable, EventTableBuilder } from './event-table.ts';
import { DAY_MS, livelyInstant, weekdayFactor } from './period.ts';
import type { Period } from './period.ts';
import { createWeightedPicker } from './random.ts';
import type { Random } from './random.ts';
import { createSharedProperties, playFirstSession, playSession } from './session-events.ts';
import type { SharedProperties, Visitor } from './session-events.ts';
import { createSessionTableBuilder } from './session-table.ts';
import type { SessionTable, SessionTableBuilder } from './session-table.ts';
import { createSessionWriter } from './session-writer.ts';
import { toStoreEvents } from './store-events.ts';
import { createSubscription, PRODUCTS } from './subscriptions.ts';
import type { Product, Subscription } from './subscriptions.ts';
import type { EventContext, WorldUser } from './users.ts';

/** What people did. */
export interface Activity {
  readonly sessions: SessionTable;
  readonly events: EventTable;
  readonly subscriptions: readonly Subscription[];
}

interface People {
  readonly users: readonly WorldUser[];
  readonly contexts: readonly EventContext[];
}

/** What is being written, and the days it is about. */
interface Journal {
  readonly random: Random;
  readonly period: Period;
  readonly endMs: number;
  readonly events: EventTableBuilder;
  readonly shared: SharedProperties;
  readonly sessions: SessionTableBuilder;
  readonly subscriptions: Subscription[];
}

const pickProduct = createWeightedPicker([30, 38, 24, 8]);

// Share of the people who come back after so many days: steep at first, then long and flat.
const RETURN_CHANCE = Array.from({ length: 366 }, (_, day) => (day === 0 ? 0 : 0.27 * day ** -0.7));

/** Lives everybody's days: visits, what happened in them, and what the stores reported. */
export function createActivity(random: Random, period: Period, { users, contexts }: People): Activity {
  const events = createEventTableBuilder();
  const journal: Journal = {
    random,
    period,
    endMs: period.startMs + period.days * DAY_MS,
    events,
    shared: createSharedProperties(events),
    sessions: createSessionTableBuilder(),
    subscriptions: [],
  };
  users.forEach((user, index) => {
    livePerson(journal, { user, index, context: contexts[user.context] as EventContext });
  });
  return {
    sessions: journal.sessions.build(),
    events: events.build(),
    subscriptions: journal.subscriptions.sort((a, b) => a.startedAtMs - b.startedAtMs),
  };
}

interface Person {
  readonly user: WorldUser;
  readonly index: number;
  readonly context: EventContext;
}

function livePerson(journal: Journal, person: Person): void {
  const { random, period } = journal;
  const { user, index, context } = person;
  const visitor = createVisitor(journal, person);
  playFirstSession(random, visitor, user.installedAtMs);
  const installDay = Math.floor((user.installedAtMs - period.startMs) / DAY_MS);
  const loyalty = 0.35 + 1.8 * random.next() ** 2;
  for (let day = installDay + 1; day < period.days; day += 1) {
    const chance = (RETURN_CHANCE[day - installDay] ?? 0) * loyalty * weekdayFactor(period, day);
    if (random.next() >= chance) continue;
    playSession(random, visitor, livelyInstant(random, period.startMs + day * DAY_MS, context.place.utcOffsetMinutes));
  }
  playEdgesOfDay(journal, visitor, { index, installDay });
}

// Every day has a visit that starts exactly at 00:00:00.000 UTC and one that ends at 23:59:59.999, for off-by-one mistakes to show.
function playEdgesOfDay({ period }: Journal, { writer }: Visitor, at: { index: number; installDay: number }): void {
  const day = at.index % 179;
  if (day <= at.installDay || day >= period.days || at.index % 16 !== 0) return;
  const dayStartMs = period.startMs + day * DAY_MS;
  for (const startMs of [dayStartMs, dayStartMs + DAY_MS - 4000]) {
    writer.open(startMs);
    writer.emit('session_start', { path: '/' });
    writer.wait(3999);
    writer.emit('screen_view', { path: '/player' });
  }
}

function createVisitor(journal: Journal, { user, index, context }: Person): Visitor {
  const { random, endMs, events, sessions, shared, subscriptions } = journal;
  const writer = createSessionWriter({ user: index, context: user.context, endMs, events, sessions });
  let paidUntilMs = -Infinity;
  return {
    writer,
    shared,
    isAnonymous: user.isAnonymous,
    startsUnknown: !user.isAnonymous && index % 97 === 3,
    isPaying: () => writer.nowMs < paidUntilMs,
    subscribe(paywall, placement) {
      const atMs = writer.nowMs;
      if (atMs >= endMs) return;
      const product = PRODUCTS[pickProduct(random)] as Product;
      const id = `sub_${String(100_000 + subscriptions.length)}`;
      const offer = { id, user: index, context, product, paywall, placement, atMs };
      const subscription = createSubscription(random, offer, endMs);
      const end = subscription.steps.find(({ kind }) => kind === 'EXPIRED' || kind === 'REFUNDED');
      paidUntilMs = end?.timeMs ?? Infinity;
      subscriptions.push(subscription);
      toStoreEvents(subscription).forEach(({ name, timeMs, properties, revenueCents }, step) => {
        const details = { properties: events.addProperties(properties), revenueCents };
        if (step === 0) writer.emit(name, { ...details, path: '/paywall' });
        else writer.emitInBackground(name, timeMs, details);
      });
    },
  };
}
