import instal from '../../src/providers/instal/index.ts';
import { startInstal, type InstalOptions } from '../../src/sandbox/instal/start-instal.ts';
import { connectProvider, SOURCE_KEY } from '../support/connect-provider.ts';
import type { CreateExportRequest } from '../../src/exports/request.ts';
import { DAY, world } from './emulated-mytracker.ts';
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
export function reportRequest(request: Partial<CreateExportRequest> = {}): CreateExportRequest {
  const period = { dates: { from: DAY, to: DAY } };
  return rowsRequest(request, { source: SOURCE_KEY, table: 'report', period });
}

/** Start the emulator, behind a relay, and exports over it. */
export async function openEmulatedInstal(options: Partial<InstalOptions> = {}): Promise<EmulatedInstal> {
  const clock = new FastClock(Date.UTC(2026, 10, 20, 12));
  const emulator = await startInstal({ world, clock: () => clock.now(), rateLimit: 1_000_000, ...options });
  const relay = await startLinkRelay(emulator.baseUrl);
  const { key: _key, name: _name, provider: _provider, ...config } = emulator.dataSource;
  const entry = { ...config, baseUrl: relay.url, downloadHosts: [], requestsPerSecond: 100 };
  const connected = connectProvider(instal, entry, clock);
  const exports = await openExports([connected.dataSource], { clock });
  return {
    exports,
    relay,
    async close() {
      await exports.close();
      await connected[Symbol.asyncDispose]();
      await relay.close();
      await emulator.close();
    },
  };
}
