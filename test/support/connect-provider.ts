import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { DataSources, type DataSource } from '../../src/analytics/data-source.ts';
import { createDeadline, type Clock, type Deadline } from '../../src/analytics/deadline.ts';
import type { Provider } from '../../src/analytics/provider.ts';
import { createHttpClientFactory } from '../../src/http/http-client.ts';
import { createTokenStore } from '../../src/http/token-store.ts';
import { createEventNames } from '../../src/reports/event-names.ts';
import { createReports, type Reports } from '../../src/reports/reports.ts';
import { systemClock } from '../../src/system-clock.ts';
import { toTestFolder } from './fixture.ts';

/** The key of the data source under test. */
export const SOURCE_KEY = 'sample';

/** Given where the API is, a valid entry of the configuration, without `key`, `name` and `provider`. */
export type SampleConfig = (baseUrl: string) => Readonly<Record<string, unknown>>;

/** One operation: how long it may take, and what ends it earlier. */
export interface Operation {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** A provider, connected as the server would connect it. */
export interface ConnectedProvider extends AsyncDisposable {
  readonly dataSource: DataSource;
  readonly clock: Clock;
  /** The deadline of one operation that begins now. */
  deadline(operation?: Operation): Deadline;
  /** What answers one operation's questions. */
  begin(operation?: Operation): Reports;
  /** Everything that was logged, as text. */
  readonly log: readonly string[];
}

/** Given a provider, its entry of the configuration and the time of day to begin with, connect it to real sockets. */
export function connectProvider(
  provider: Provider,
  config: Readonly<Record<string, unknown>>,
  now: string | Clock = '2026-11-15T12:00:00Z',
): ConnectedProvider {
  const log: string[] = [];
  const write = (fields: object, message: string) => void log.push(`${message} ${inspect(fields, { depth: 10 })}`);
  const clock = typeof now === 'string' ? clockFrom(now) : now;
  const factory = createHttpClientFactory({ clock, log: { debug: write, warn: write } });
  const origin = { source: SOURCE_KEY, provider: provider.id };
  const services = { createHttpClient: factory(origin), clock, tokens: createTokenStore(clock) };
  const connection = provider.connect(provider.config.parse(config), services);
  const dataSource = { key: SOURCE_KEY, name: 'Sample', provider, connection };
  const shared = {
    dataSources: new DataSources([dataSource]),
    eventNames: createEventNames(clock),
    clock,
    log: { error: write },
  };
  const deadline: ConnectedProvider['deadline'] = ({ timeoutMs = 10_000, signal } = {}) =>
    createDeadline(clock, timeoutMs, signal);
  return {
    dataSource,
    log,
    clock,
    deadline,
    begin: (operation) => createReports(shared, deadline(operation)),
    [Symbol.asyncDispose]: () => factory.close(),
  };
}

/** The sample configuration of a provider's tests; undefined where there is none. */
export async function readSampleConfig(providerId: string): Promise<SampleConfig | undefined> {
  const path = join(toTestFolder(providerId), 'sample-config.ts');
  if (!existsSync(path)) return undefined;
  const module = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as { sampleConfig?: SampleConfig };
  return module.sampleConfig;
}

/** A clock that runs as ours does, from another moment on. */
function clockFrom(now: string): Clock {
  const ahead = Date.parse(now) - Date.now();
  return { ...systemClock, now: () => Date.now() + ahead };
}
