import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createWorld, DAY_MS } from '../../src/sandbox/world.ts';
import { startOpenpanelClient, toQuery } from './openpanel-client.ts';
import type { Json, OpenpanelClient } from './openpanel-client.ts';
import { toRawEvents } from './raw-events.ts';
import type { RawEvent } from './raw-events.ts';

const world = createWorld({ today: '2024-05-01' });
const raw = toRawEvents(world);
const window = { startDate: '2024-04-01', endDate: '2024-04-15' };
let openpanel: OpenpanelClient;
let old: OpenpanelClient;

beforeAll(async () => {
  const options = { world, clock: () => Date.UTC(2024, 4, 1, 12) };
  openpanel = await startOpenpanelClient(options);
  old = await startOpenpanelClient({ ...options, apiVersion: '2024' });
});
afterAll(() => Promise.all([openpanel.close(), old.close()]));

/** How far somebody gets: every start is tried, and every later event that fits is taken as early as possible. */
function depthOf(events: readonly RawEvent[], steps: readonly string[], withinMs: number): number {
  let deepest = 0;
  for (const first of events.filter(({ name }) => name === steps[0])) {
    let reached = first.timeMs;
    let depth = 1;
    for (const step of steps.slice(1)) {
      const next = events.find((e) => e.name === step && e.timeMs > reached && e.timeMs <= first.timeMs + withinMs);
      if (!next) break;
      reached = next.timeMs;
      depth += 1;
    }
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function countSlowly(steps: readonly string[], by: 'session' | 'profile', withinMs: number): number[] {
  const [from, until] = [Date.parse(`${window.startDate}T00:00Z`), Date.parse(`${window.endDate}T00:00Z`)];
  const groups = new Map<unknown, RawEvent[]>();
  for (const event of raw) {
    if (event.timeMs < from || event.timeMs > until || !steps.includes(event.name)) continue;
    groups.set(event[by], [...(groups.get(event[by]) ?? []), event]);
  }
  const depths = [...groups.values()].map((events) => depthOf(events, steps, withinMs));
  return steps.map((_, step) => depths.filter((depth) => depth > step).length);
}

const signUp = ['session_start', 'screen_view', 'sign_up', 'onboarding_complete', 'trial_start'];

describe('the funnel of OpenPanel', () => {
  it.each<[string[], 'session' | 'profile', number]>([
    [signUp, 'session', 24],
    [signUp, 'profile', 24],
    [['trial_start', 'purchase'], 'profile', 24],
    [['trial_start', 'purchase'], 'profile', 720],
    [['screen_view', 'screen_view', 'screen_view'], 'session', 1],
    [['search', 'level_complete', 'add_to_cart'], 'profile', 72],
  ])('%j by %s within %i hours', async (steps, by, windowHours) => {
    const query = toQuery({ steps, windowHours, groupBy: `${by}_id`, ...window });
    const { body } = await openpanel.get(`/insights/sandbox-app/funnel?${query}`);
    const counts = countSlowly(steps, by, windowHours * 3_600_000);
    expect(body.steps.map(({ users }: Json) => users)).toEqual(counts);
    expect(body.totalUsers).toBe(counts[0]);
    expect(body.completedUsers).toBe(counts.at(-1));
  });

  it('loses towards the next step', async () => {
    const { body } = await openpanel.get(`/insights/sandbox-app/funnel?${toQuery({ steps: signUp, ...window })}`);
    const counts = body.steps.map(({ users }: Json) => users);
    body.steps.forEach((step: Json, index: number) => {
      expect(step.step).toBe(index + 1);
      expect(step.eventName).toBe(signUp[index]);
      expect(step.conversionRateFromStart).toBeCloseTo((counts[index] / counts[0]) * 100, 9);
      if (index < 4) expect(step.dropoffPercent).toBeCloseTo(100 - (counts[index + 1] / counts[index]) * 100, 9);
      else expect(step.dropoffPercent).toBeNull();
    });
    expect(body.steps.filter(({ isHighestDropoff }: Json) => isHighestDropoff)).toHaveLength(1);
    expect(body.overallConversionRate).toBeCloseTo((counts[4] / counts[0]) * 100, 9);
  });

  it('takes steps as repeats and numbers as text', async () => {
    const { body } = await openpanel.get('/insights/sandbox-app/funnel?steps=session_start&steps=%22404%22&range=30d');
    expect(body.steps.map(({ eventName }: Json) => eventName)).toEqual(['session_start', '404']);
    expect(body.completedUsers).toBeGreaterThan(0);
  });

  it('of 2024 counts visits and loses from the step before', async () => {
    const events = [{ name: 'session_start' }, { name: 'screen_view' }, { name: 'sign_up', displayName: 'Joined' }];
    const query = toQuery({ projectId: 'sandbox-app', events, ...window });
    const { body } = await old.get(`/export/funnel?${query}`);
    const [sessions = 0, views = 0, joined = 0] = countSlowly(
      events.map(({ name }) => name),
      'session',
      DAY_MS,
    );
    expect(body.totalSessions).toBe(sessions);
    expect(body.steps).toEqual([
      {
        event: { name: 'session_start', displayName: 'session_start', filters: [], segment: 'event' },
        count: sessions,
        percent: 100,
        dropoffCount: 0,
        dropoffPercent: 0,
        previousCount: sessions,
      },
      expect.objectContaining({ count: views, previousCount: sessions, dropoffCount: sessions - views }),
      {
        event: { name: 'sign_up', displayName: 'Joined', filters: [], segment: 'event' },
        count: joined,
        percent: (joined / sessions) * 100,
        dropoffCount: views - joined,
        dropoffPercent: expect.closeTo(100 - (joined / views) * 100, 9),
        previousCount: views,
      },
    ]);
  });

  it('of 2024 has no share of nobody', async () => {
    const query = toQuery({ projectId: 'sandbox-app', events: [{ name: 'nope' }, { name: 'nada' }] });
    const { body } = await old.get(`/export/funnel?${query}`);
    expect(body.totalSessions).toBe(0);
    expect(body.steps.map(({ percent, dropoffPercent }: Json) => [percent, dropoffPercent])).toEqual([
      [null, 0],
      [null, null],
    ]);
    expect((await old.get('/export/funnel?projectId=sandbox-app')).body).toEqual({ totalSessions: 0, steps: [] });
  });
});
