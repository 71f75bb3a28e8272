import type { DataSource } from '../../src/analytics/data-source.ts';
import type { Clock } from '../../src/analytics/deadline.ts';
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

/** When the emulators of these tests start. */
export const NOON = Date.UTC(2026, 10, 20, 12);

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

/** An emulated MyTracker behind a relay, before anybody exports anything of it. */
export interface StartedMytracker extends Pick<EmulatedMytracker, 'relay' | 'countAsked' | 'close'> {
  readonly dataSource: DataSource;
}

/** Start the emulator as a data source; `changed` is what differs from its entry of the configuration. */
export async function startEmulatedMytracker(
  clock: Clock,
  options: Partial<MytrackerOptions> = {},
  { key = SOURCE_KEY, ...changed }: Readonly<Record<string, unknown>> & { readonly key?: string } = {},
): Promise<StartedMytracker> {
  const emulator = await startMytracker({ world, clock: () => clock.now(), ...options });
  const relay = await startLinkRelay(emulator.baseUrl);
  const { key: _key, name: _name, provider: _provider, ...config } = { ...emulator.dataSource, ...changed };
  const entry = { ...config, baseUrl: relay.url, downloadHosts: [new URL(relay.url).host] };
  const connected = connectProvider(mytracker, entry, clock);
  return {
    dataSource: { ...connected.dataSource, key },
    relay,
    countAsked: (method) => relay.asked.filter((path) => path.endsWith(`/${method}`)).length,
    async close() {
      await connected[Symbol.asyncDispose]();
      await relay.close();
      await emulator.close();
    },
  };
}

/** Start the emulator, and exports over it. */
export async function openEmulatedMytracker(options: Partial<MytrackerOptions> = {}): Promise<EmulatedMytracker> {
  const clock = new FastClock(NOON);
  const { dataSource, ...started } = await startEmulatedMytracker(clock, options);
  const exports = await openExports([dataSource], { clock, concurrency: 4 });
  return {
    ...started,
    exports,
    async close() {
      await exports.close();
      await started.close();
    },
  };
}
