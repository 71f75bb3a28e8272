import type { ChartWindow } from './date-windows.ts';
import type { EventStore } from './events/event-store.ts';
import type { EventTest } from './events/event-filters.ts';

/** What is walked through. */
export interface FunnelQuery {
  /** One test for each step. */
  readonly steps: readonly EventTest[];
  readonly window: ChartWindow;
  /** Longest time from the first step to the last, inclusive. */
  readonly withinMs: number;
  /** Who walks: visits, or people across visits. */
  readonly groupBy: 'session_id' | 'profile_id';
}

interface Walker {
  /** For each step: when the chain that reached it last began, and when it reached the step. */
  readonly beganMs: Float64Array;
  readonly reachedMs: Float64Array;
}

/** Counts who reached each step, each one strictly later than the one before. */
export function computeFunnel(store: EventStore, { steps, window, withinMs, groupBy }: FunnelQuery): number[] {
  const { timeMs, session } = store.world.events;
  const keyOf = groupBy === 'session_id' ? session : store.fields.profileOf;
  const walkers = new Map<number, Walker>();
  const until = store.firstAtOrAfter(window.endMs + 1);
  let instant: Match[] = [];
  const flush = (): void => {
    // Later steps first: within one instant nobody may take two.
    instant.sort((a, b) => b.step - a.step);
    for (const match of instant) advance(walkers, match, { withinMs, steps: steps.length });
    instant = [];
  };
  for (let event = store.firstAtOrAfter(window.startMs); event < until; event += 1) {
    for (let step = 0; step < steps.length; step += 1) {
      if (!steps[step]?.(event)) continue;
      const now = timeMs[event] ?? 0;
      if (instant[0] && instant[0].now !== now) flush();
      instant.push({ step, key: keyOf[event] ?? 0, now });
    }
  }
  flush();
  return countReached(walkers, steps.length);
}

interface Match {
  readonly step: number;
  readonly key: number;
  readonly now: number;
}

interface Rules {
  readonly withinMs: number;
  readonly steps: number;
}

function advance(walkers: Map<number, Walker>, { step, key, now }: Match, { withinMs, steps }: Rules): void {
  let walker = walkers.get(key);
  if (step === 0) {
    if (!walker) {
      walker = { beganMs: new Float64Array(steps).fill(NaN), reachedMs: new Float64Array(steps).fill(NaN) };
      walkers.set(key, walker);
    }
    walker.beganMs[0] = now;
    walker.reachedMs[0] = now;
    return;
  }
  const beganMs = walker?.beganMs[step - 1] ?? NaN;
  if (!walker || Number.isNaN(beganMs) || now > beganMs + withinMs || (walker.reachedMs[step - 1] ?? now) >= now)
    return;
  walker.beganMs[step] = beganMs;
  walker.reachedMs[step] = now;
}

function countReached(walkers: Map<number, Walker>, steps: number): number[] {
  const counts = new Array<number>(steps).fill(0);
  for (const { reachedMs } of walkers.values()) {
    for (let step = 0; step < steps && !Number.isNaN(reachedMs[step]); step += 1)
      counts[step] = (counts[step] ?? 0) + 1;
  }
  return counts;
}
