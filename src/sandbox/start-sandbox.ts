import { readOwnEvents } from './own-events.ts';
import { DAY_MS } from './world/period.ts';
import { emulators } from './registry.generated.ts';
import { createWorld, parseDay } from './world.ts';
import type { World } from './world.ts';

/** What the sandbox is started with; everything but the clock has a default. */
export interface SandboxOptions {
  /** Which world; default 1. */
  readonly seed?: number;
  /** The UTC day the sandbox lives in, YYYY-MM-DD: the world ends the day before. Default the clock's day. */
  readonly today?: string;
  /** A file of own events that replaces the generated product events. */
  readonly eventsFile?: string;
  /** The time of day in milliseconds since 1970. */
  readonly clock: () => number;
}

/** A running sandbox. */
export interface Sandbox {
  readonly world: World;
  /** The sandbox's time of day in milliseconds since 1970: the given clock's, in the day the sandbox lives in. */
  readonly clock: () => number;
  /** One entry of the configuration for each emulator. */
  readonly dataSources: Record<string, unknown>[];
  /** Stops every emulator. */
  close(): Promise<void>;
}

/** Starts every emulator over one world, each on a loopback port of its own. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { seed, eventsFile, clock: outerClock } = options;
  const outerDayMs = Math.floor(outerClock() / DAY_MS) * DAY_MS;
  const today = options.today ?? new Date(outerDayMs).toISOString().slice(0, 10);
  // Where the day is pinned, the emulators live in it at the clock's time of day, so that "the last 7 days" holds events.
  const shiftMs = parseDay(today) - outerDayMs;
  const clock = (): number => outerClock() + shiftMs;
  const generated = createWorld({ today, ...(seed !== undefined && { seed }) });
  const world = eventsFile === undefined ? generated : await readOwnEvents(eventsFile, generated);
  const running = await Promise.all(emulators.map((emulator) => emulator.start({ world, clock })));
  return {
    world,
    clock,
    dataSources: running.map(({ dataSource }) => dataSource),
    async close() {
      await Promise.all(running.map((emulator) => emulator.close()));
    },
  };
}
