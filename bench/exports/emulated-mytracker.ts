import { createTables } from '../../src/sandbox/mytracker/tables/create-tables.ts';
import { startMytracker } from '../../src/sandbox/mytracker/start-mytracker.ts';
import { createWorld } from '../../src/sandbox/world.ts';

/** What the emulator says once it listens. */
export interface EmulatedMytracker {
  /** The data source entry for the configuration. */
  readonly dataSource: Readonly<Record<string, unknown>>;
  /** The moments, ISO 8601, in which as many rows happened as were asked for, or a few more. */
  readonly period: { readonly from: string; readonly to: string };
}

// A process of its own, so that the memory of the server is the server's: custom events, each repeated until there are as many as asked for.
const TODAY = '2026-11-20';
const LIKELY_EVENTS = 250_000;
const MANY = Number.MAX_SAFE_INTEGER;

async function start(rowCount: number): Promise<EmulatedMytracker> {
  const world = createWorld({ today: TODAY });
  const { customEvents } = createTables(world);
  const times = Array.from({ length: customEvents.length }, (_, row) => customEvents.timeMs(row)).sort((a, b) => b - a);
  const repeat = Math.ceil(rowCount / LIKELY_EVENTS);
  const first = times[Math.ceil(rowCount / repeat) - 1] ?? 0;
  const { dataSource } = await startMytracker({
    world,
    clock: Date.now,
    repeat,
    maxLines: MANY,
    preparationMs: 0,
    hasLateArrivals: false,
    quotas: { ip: [], user: [], errors: [] },
  });
  const second = Math.floor(first / 1000) * 1000;
  return {
    dataSource: {
      ...dataSource,
      requestsPerSecond: MANY,
      requestsPerMinute: MANY,
      requestsPerHour: MANY,
      refusalsPerMinute: MANY,
    },
    period: { from: new Date(second).toISOString(), to: `${TODAY}T00:00:00Z` },
  };
}

process.send?.(await start(Number(process.env.BENCH_ROWS)));
