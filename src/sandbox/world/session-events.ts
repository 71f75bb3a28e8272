import type { EventTableBuilder } from './event-table.ts';
import { SCREENS, SEARCH_TEXTS } from './odd-values.ts';
import type { Random } from './random.ts';
import type { SessionWriter } from './session-writer.ts';

/** Property objects that many events share. */
export interface SharedProperties {
  readonly screens: readonly number[];
  readonly searches: readonly number[];
  readonly signUps: readonly number[];
  readonly levels: readonly number[];
  readonly carts: readonly number[];
  readonly paywalls: readonly { readonly paywall: string; readonly placement: string; readonly properties: number }[];
  readonly notFound: number;
  readonly invites: readonly number[];
}

/** Somebody in the middle of a visit. */
export interface Visitor {
  readonly writer: SessionWriter;
  readonly shared: SharedProperties;
  /** Can never sign up or pay. */
  readonly isAnonymous: boolean;
  /** Whether the events before the sign-up are known by device only. */
  readonly startsUnknown: boolean;
  /** Whether something is being paid for now. */
  isPaying(): boolean;
  /** Accepts the offer of a paywall now. */
  subscribe(paywall: string, placement: string): void;
}

/** Keeps the shared property objects in the table. */
export function createSharedProperties(events: EventTableBuilder): SharedProperties {
  const each = <T>(items: readonly T[], toProperties: (item: T, index: number) => Record<string, string>): number[] =>
    items.map((item, index) => events.addProperties(toProperties(item, index)));
  const offers = ['onboarding', 'settings', 'level end, bonus'].flatMap((placement) =>
    ['classic', 'video "v2"', '黑色星期五'].map((paywall) => ({ paywall, placement })),
  );
  return {
    screens: each(SCREENS, ([, title]) => ({ __title: title })),
    searches: each(SEARCH_TEXTS, (query, index) => ({ query, results: String((index * 7) % 23) })),
    signUps: each(['email', 'google', 'apple'], (method) => ({ method })),
    levels: each(Array.from({ length: 40 }), (_, index) => ({
      level: String((index % 20) + 1),
      // One score in ten is a word, as it happens when clients disagree about a property's type.
      score: index % 10 === 9 ? 'n/a' : String(12.5 * (index + 1)),
      'items.0.name': `reward ${index % 3}`,
    })),
    carts: each(['mat', 'bottle, blue', 'strap'], (item, index) => ({
      item,
      price: (9.9 + index * 5).toFixed(2),
      quantity: String(index + 1),
    })),
    paywalls: offers.map((offer) => ({ ...offer, properties: events.addProperties(offer) })),
    notFound: events.addProperties({ url: '/old-page?ref=a,b', status: '404' }),
    invites: each(['sms', 'e-mail', 'link'], (channel) => ({ channel, 'Invited by': 'friend' })),
  };
}

/** The visit of the install: sign-up, onboarding, the first offer. Every step loses some. */
export function playFirstSession(random: Random, visitor: Visitor, startMs: number): boolean {
  const { writer, shared, startsUnknown } = visitor;
  const anonymous = startsUnknown;
  begin(random, visitor, { startMs, anonymous });
  viewScreens(random, visitor, { count: 1 + random.below(2), anonymous });
  if (visitor.isAnonymous || !random.chance(0.62)) return false;
  writer.wait(5000 + random.below(60_000));
  writer.emit('sign_up', { path: '/sign-up', properties: random.pick(shared.signUps) });
  if (!random.chance(0.77)) return true;
  writer.wait(20_000 + random.below(120_000));
  writer.emit('onboarding_complete', { path: '/onboarding' });
  if (random.chance(0.8)) meetPaywall(random, visitor, { acceptance: 0.2, placement: 'onboarding' });
  return true;
}

/** Any later visit. */
export function playSession(random: Random, visitor: Visitor, startMs: number): void {
  const { writer, shared } = visitor;
  begin(random, visitor, { startMs, anonymous: false });
  viewScreens(random, visitor, { count: random.below(3), anonymous: false });
  const act = (chance: number, name: string, properties: number): void => {
    if (!random.chance(chance)) return;
    writer.wait(1000 + random.below(40_000));
    writer.emit(name, { path: '/player', properties });
  };
  act(0.24, 'search', random.pick(shared.searches));
  act(0.22, 'level_complete', random.pick(shared.levels));
  act(0.1, 'add_to_cart', random.pick(shared.carts));
  act(0.015, '404', shared.notFound);
  act(0.02, 'Invite Friend', random.pick(shared.invites));
  act(0.008, 'share, "quoted"\nand broken', 0);
  if (!visitor.isAnonymous && !visitor.isPaying() && random.chance(0.14)) {
    meetPaywall(random, visitor, { acceptance: 0.13, placement: 'settings' });
  }
}

function begin(random: Random, { writer }: Visitor, visit: { startMs: number; anonymous: boolean }): void {
  writer.open(visit.startMs);
  writer.emit('session_start', { path: '/', anonymous: visit.anonymous });
  // One visit in eight reports its first screen in the very millisecond of its start.
  if (!random.chance(0.125)) writer.wait(120 + random.below(2500));
}

function viewScreens(random: Random, { writer, shared }: Visitor, views: { count: number; anonymous: boolean }): void {
  for (let view = 0; view <= views.count; view += 1) {
    if (view > 0) writer.wait(2000 + random.below(90_000));
    const screen = view === 0 ? 0 : random.below(SCREENS.length);
    const path = SCREENS[screen]?.[0] ?? '';
    writer.emit('screen_view', { path, properties: shared.screens[screen] ?? 0, anonymous: views.anonymous });
  }
}

function meetPaywall(random: Random, visitor: Visitor, meeting: { acceptance: number; placement: string }): void {
  const { writer, shared } = visitor;
  const offer = random.pick(shared.paywalls.filter(({ placement }) => placement === meeting.placement));
  writer.wait(1500 + random.below(30_000));
  writer.emit('paywall_view', { path: '/paywall', properties: offer.properties });
  if (!random.chance(meeting.acceptance)) return;
  writer.wait(random.below(45_000));
  visitor.subscribe(offer.paywall, offer.placement);
}
