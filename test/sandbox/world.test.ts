import { describe, expect, it } from 'vitest';

import { AD_CAMPAIGNS, createWorld, DAY_MS, toAdDays } from '../../src/sandbox/world.ts';
import type { World } from '../../src/sandbox/world.ts';

const world = createWorld({ seed: 7, today: '2026-03-01' });

function countEvents(name: string, from: World = world): number {
  const code = from.events.names.indexOf(name);
  return from.events.name.filter((found) => found === code).length;
}

function countSteps(...kinds: string[]): number {
  return world.subscriptions.flatMap(({ steps }) => steps).filter(({ kind }) => kinds.includes(kind)).length;
}

describe('the world', () => {
  it('is the same for the same seed', () => {
    expect(createWorld({ seed: 7, today: '2026-03-01' })).toEqual(world);
    expect(createWorld({ seed: 8, today: '2026-03-01' }).events.timeMs).not.toEqual(world.events.timeMs);
  });

  it('moves by whole days with its end', () => {
    const weekLater = createWorld({ seed: 7, today: '2026-03-08' });
    expect(weekLater.events.timeMs).toEqual(world.events.timeMs.map((ms) => ms + 7 * DAY_MS));
    expect(weekLater.events.name).toEqual(world.events.name);
  });

  it('holds enough people and events to matter', () => {
    expect(world.users.length).toBeGreaterThanOrEqual(20_000);
    expect(world.events.length).toBeGreaterThan(250_000);
    expect(world.events.length).toBeLessThan(400_000);
  });

  it('ends the day before its today', () => {
    const times = world.events.timeMs;
    expect(new Date(world.endMs).toISOString()).toBe('2026-03-01T00:00:00.000Z');
    expect(times[0]).toBeGreaterThanOrEqual(world.startMs);
    expect(times.at(-1)).toBe(world.endMs - 1);
    expect(times.every((ms, event) => event === 0 || ms >= (times[event - 1] ?? 0))).toBe(true);
  });

  it('has events on both edges of days', () => {
    const ofDay = Array.from(world.events.timeMs, (ms) => ms % DAY_MS);
    expect(ofDay.filter((ms) => ms === 0).length).toBeGreaterThan(50);
    expect(ofDay.filter((ms) => ms === DAY_MS - 1).length).toBeGreaterThan(50);
  });

  it.each([
    ['TRIAL_STARTED', 'trial_start'],
    ['RENEWED', 'subscription_renewed'],
    ['REFUNDED', 'refund'],
    ['BILLING_ISSUE', 'billing_issue'],
    ['CANCELLED', 'subscription_cancelled'],
  ])('tells of every %s step once', (kind, name) => {
    expect(countSteps(kind)).toBeGreaterThan(20);
    expect(countEvents(name)).toBe(countSteps(kind));
  });

  it('takes the same money in events and subscriptions', () => {
    expect(countEvents('purchase')).toBe(countSteps('PURCHASED', 'TRIAL_CONVERTED'));
    const paid = world.subscriptions.flatMap(({ steps }) => steps).filter(({ amountUsdCents }) => amountUsdCents > 0);
    const revenue = world.events.revenueCents.reduce((sum, cents) => sum + cents, 0);
    expect(revenue).toBe(paid.reduce((sum, { amountUsdCents }) => sum + amountUsdCents, 0));
  });

  it('has a click for every attributed install', () => {
    const clickers = new Map<number, number>();
    world.adClicks.user.forEach((user, click) => {
      if (user !== -1) clickers.set(user, world.adClicks.timeMs[click] ?? 0);
    });
    const attributed = [...world.users.entries()].filter(([, { attribution }]) => attribution);
    expect(clickers.size).toBe(attributed.length);
    for (const [user, { installedAtMs, attribution }] of attributed) {
      expect(clickers.get(user)).toBe(attribution?.clickMs);
      expect(attribution?.clickMs).toBeLessThanOrEqual(installedAtMs);
    }
  });

  it('sums clicks by day without losing any', () => {
    const days = toAdDays(world);
    expect(days.reduce((sum, { clicks }) => sum + clicks, 0)).toBe(world.adClicks.length);
    expect(days.reduce((sum, { installs }) => sum + installs, 0)).toBe(
      world.users.filter(({ attribution }) => attribution).length,
    );
    expect(new Set(days.map(({ campaign }) => campaign)).size).toBe(AD_CAMPAIGNS.length);
  });

  it('holds every kind of odd value', () => {
    const { names, name, propertySets, properties } = world.events;
    expect(new Set(name).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(['404', 'Invite Friend', 'share, "quoted"\nand broken']));
    const used = new Set(Array.from(properties, (set) => propertySets[set] ?? {}).flatMap((set) => Object.values(set)));
    const values = [...used];
    const oddities = [
      /^$/,
      /,/,
      /"/,
      /\n/,
      /\p{Emoji_Presentation}/u,
      /\p{Script=Han}/u,
      /^=/,
      /^.{4000,}$/s,
      /^00123$/,
    ];
    for (const oddity of oddities)
      expect(
        values.some((value) => oddity.test(value)),
        String(oddity),
      ).toBe(true);
  });

  it('holds every kind of person', () => {
    const ids = world.users.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => /^\d+$/.test(id)).length).toBeGreaterThan(100);
    expect(
      world.users.filter(({ isAnonymous, id, deviceId }) => isAnonymous && id === deviceId).length,
    ).toBeGreaterThan(100);
    expect(world.contexts.filter(({ place }) => place.country === '').length).toBeGreaterThan(100);
    expect(world.events.anonymous.filter(Boolean).length).toBeGreaterThan(100);
  });

  it('loses people at every step and over time', () => {
    const counts = ['session_start', 'sign_up', 'onboarding_complete', 'trial_start'].map((name) => countEvents(name));
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    const returning = (day: number): number => {
      const back = new Set<number>();
      world.events.user.forEach((user, event) => {
        const since = (world.events.timeMs[event] ?? 0) - (world.users[user]?.installedAtMs ?? 0);
        if (Math.floor(since / DAY_MS) === day) back.add(user);
      });
      return back.size;
    };
    expect(returning(1)).toBeGreaterThan(2 * returning(10));
    expect(returning(10)).toBeGreaterThan(returning(60));
  });

  it('refuses what is not a calendar day', () => {
    for (const today of ['2026-02-30', '20260301', '']) {
      expect(() => createWorld({ today })).toThrow('expected YYYY-MM-DD');
    }
  });
});
