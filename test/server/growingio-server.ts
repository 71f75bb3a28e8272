import { startGrowingio, type GrowingioOptions } from '../../src/sandbox/growingio/start-growingio.ts';
import { createWorld, type World } from '../../src/sandbox/world.ts';
import { startRelay, type Relay } from './growingio-relay.ts';
import { startServerUnderTest, TODAY, type ServerUnderTest, type StartOptions } from './running-server.ts';

/** A server with two data sources at GrowingIO: `today`, through the exporter, and `older`, which is answered at once. */
export interface GrowingioUnderTest extends ServerUnderTest {
  /** What stands between the server and each emulator. */
  readonly relays: Readonly<Record<GrowingioKey, Relay>>;
}

/** One of the two data sources. */
export type GrowingioKey = 'today' | 'older';

/** What differs from the sandbox. */
export interface GrowingioStart extends Pick<StartOptions, 'now' | 'env'> {
  /** Options of both emulators. */
  readonly emulator?: Partial<GrowingioOptions>;
  /** Fields of both data sources. */
  readonly fields?: object;
  /** Further data sources. */
  readonly more?: readonly object[];
}

// So that a test of numbers does not wait: how two a second are kept is a test of its own.
const HURRY = { emulator: { rateLimit: 10_000, preparationMs: 0 }, fields: { requestsPerSecond: 10_000 } };

/** The world behind every tested sandbox. */
export function readWorld(): World {
  return createWorld({ today: TODAY });
}

/** Start both emulators and a server that asks them as fast as it can. Close it after the tests. */
export async function startGrowingioUnderTest(world: World, start: GrowingioStart = {}): Promise<GrowingioUnderTest> {
  const running: { server?: ServerUnderTest } = {};
  const now = start.now ?? `${TODAY}T12:00:00Z`;
  const clock = (): number => running.server?.clock.now() ?? Date.parse(now);
  const emulate = async (apiVersion: string) => {
    const emulator = await startGrowingio({ world, clock, apiVersion, ...HURRY.emulator, ...start.emulator });
    return { ...emulator, relay: await startRelay(emulator.baseUrl) };
  };
  const [today, older] = await Promise.all([emulate('2026'), emulate('2024')]);
  const toSource = (key: GrowingioKey, { dataSource, relay }: typeof today) => ({
    ...dataSource,
    ...HURRY.fields,
    ...start.fields,
    key,
    name: key,
    baseUrl: relay.url,
  });
  const dataSources = [toSource('today', today), toSource('older', older), ...(start.more ?? [])];
  const config = JSON.stringify({ dataSources });
  const server = await startServerUnderTest({ config, now, ...(start.env && { env: start.env }) });
  running.server = server;
  return {
    ...server,
    relays: { today: today.relay, older: older.relay },
    async close() {
      await server.close();
      await Promise.all([today, older].flatMap((one) => [one.relay.close(), one.close()]));
    },
  };
}
