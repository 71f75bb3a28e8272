import type { DataSource } from '../../src/analytics/data-source.ts';
import type { Clock } from '../../src/analytics/deadline.ts';
import instal from '../../src/providers/instal/index.ts';
import { startInstal, type InstalOptions } from '../../src/sandbox/instal/start-instal.ts';
import { connectProvider, SOURCE_KEY } from '../support/connect-provider.ts';
import type { CreateExportRequest } from '../../src/exports/request.ts';
import { DAY, NOON, world } from './emulated-mytracker.ts';
import { FastClock } from './fast-clock.ts';
import { startLinkRelay, type LinkRelay } from './link-relay.ts';
import { openExports, rowsRequest, type OpenedExports } from './open-exports.ts';

/** Exports over the emulated Instal. */
export interface EmulatedInstal {
  readonly exports: OpenedExports;
  /** Hands out the links, and ends them. */
  readonly relay: LinkRelay;
  close(): Promise<void>;
}

/** A request for Instal's report of one day. */
export function reportRequest(request: Partial<CreateExportRequest> = {}, source = SOURCE_KEY): CreateExportRequest {
  const period = { dates: { from: DAY, to: DAY } };
  return rowsRequest(request, { source, table: 'report', period });
}

/** An emulated Instal behind a relay, before anybody exports anything of it. */
export interface StartedInstal extends Pick<EmulatedInstal, 'relay' | 'close'> {
  readonly dataSource: DataSource;
}

/** Start the emulator as a data source; `changed` is what differs from its entry of the configuration. */
export async function startEmulatedInstal(
  clock: Clock,
  options: Partial<InstalOptions> = {},
  { key = SOURCE_KEY, ...changed }: Readonly<Record<string, unknown>> & { readonly key?: string } = {},
): Promise<StartedInstal> {
  const emulator = await startInstal({ world, clock: () => clock.now(), rateLimit: 1_000_000, ...options });
  const relay = await startLinkRelay(emulator.baseUrl);
  const { key: _key, name: _name, provider: _provider, ...config } = emulator.dataSource;
  const entry = { ...config, baseUrl: relay.url, downloadHosts: [], requestsPerSecond: 100, ...changed };
  const connected = connectProvider(instal, entry, clock);
  return {
    dataSource: { ...connected.dataSource, key },
    relay,
    async close() {
      await connected[Symbol.asyncDispose]();
      await relay.close();
      await emulator.close();
    },
  };
}

/** Start the emulator, and exports over it. */
export async function openEmulatedInstal(options: Partial<InstalOptions> = {}): Promise<EmulatedInstal> {
  const clock = new FastClock(NOON);
  const { dataSource, ...started } = await startEmulatedInstal(clock, options);
  const exports = await openExports([dataSource], { clock });
  return {
    ...started,
    exports,
    async close() {
      await exports.close();
      await started.close();
    },
  };
}
