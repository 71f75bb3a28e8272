import mytracker from '../../src/providers/mytracker/index.ts';
import { startMytracker, type MytrackerOptions } from '../../src/sandbox/mytracker/start-mytracker.ts';
import { createWorld } from '../../src/sandbox/world.ts';
import type { CreateExportRequest } from '../../src/exports/request.ts';
import { connectProvider, SOURCE_KEY } from '../support/connect-provider.ts';
import { FastClock } from './fast-clock.ts';
import { openExports, rowsRequest, type OpenedExports } from './open-exports.ts';
import { startLinkRelay, type LinkRelay } from './link-relay.ts';

/** Exports over the emulated MyTracker. */
export interface EmulatedMytracker {
  readonly exports: OpenedExports;
  /** Hands out the links, and ends them. */
  readonly relay: LinkRelay;
  /** How often a method was asked for since the relay began anew, such as `create.json`. */
  countAsked(method: string): number;
  close(): Promise<void>;
}

/** The world of these tests, which ends ten days after {@link DAY}. */
export const world = createWorld({ today: '2026-11-20' });
/** The day that is exported. */
export const DAY = '2026-11-10';

const NOON = Date.UTC(2026, 10, 20, 12);

/** A request for the custom events of {@link DAY}, with what the test says otherwise. */
export function eventsRequest(
  request: Partial<CreateExportRequest> = {},
  rows: Parameters<typeof rowsRequest>[1] = {},
): CreateExportRequest {
  const asked = { source: SOURCE_KEY, table: 'customEvents', columns: ['tsEvent', 'eventName', 'idProfile'] };
  const period = { dates: { from: DAY, to: DAY } };
  return rowsRequest(request, { ...asked, period, timezone: 'UTC', ...rows });
}

/** How many custom events the world has on {@link DAY}. */
export function countEvents(): number {
  const { events, users } = world;
  const from = Date.parse(`${DAY}T00:00:00Z`);
  let count = 0;
  for (let index = 0; index < events.length; index++) {
    const at = events.timeMs[index] ?? 0;
    if (at >= from && at < from + 86_400_000 && users[events.user[index] ?? -1] !== undefined) count += 1;
  }
  return count;
}

/** Start the emulator, behind a relay, and exports over it. */
export async function openEmulatedMytracker(options: Partial<MytrackerOptions> = {}): Promise<EmulatedMytracker> {
  const clock = new FastClock(NOON);
  const emulator = await startMytracker({ world, clock: () => clock.now(), ...options });
  const relay = await startLinkRelay(emulator.baseUrl);
  const { key: _key, name: _name, provider: _provider, ...config } = emulator.dataSource;
  const entry = { ...config, baseUrl: relay.url, downloadHosts: [new URL(relay.url).host] };
  const connected = connectProvider(mytracker, entry, clock);
  const exports = await openExports([connected.dataSource], { clock, concurrency: 4 });
  return {
    exports,
    relay,
    countAsked: (method) => relay.asked.filter((path) => path.endsWith(`/${method}`)).length,
    async close() {
      await exports.close();
      await connected[Symbol.asyncDispose]();
      await relay.close();
      await emulator.close();
    },
  };
}
