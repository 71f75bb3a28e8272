import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Provider } from '../../src/analytics/provider.ts';
import { loadSettings, type Settings } from '../../src/config/settings.ts';
import { providers as ours } from '../../src/providers/registry.generated.ts';
import type { World } from '../../src/sandbox/world.ts';
import { startServer, type RunningServer } from '../../src/server.ts';
import { makeLaidOutFolder } from '../store/laid-out-folder.ts';
import { createMovingClock, type MovingClock } from './moving-clock.ts';

/** The day every tested sandbox lives in, a Tuesday: its world is the 120 days before. */
export const TODAY = '2026-06-16';

/** A GraphQL error as a caller gets it. */
export interface AnsweredError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: {
    readonly code: string;
    readonly source?: string;
    readonly provider?: string;
    readonly retryAfterMs?: number;
    readonly requestId?: string;
  };
}

/** The whole JSON of an answer. */
export interface Answer<Data> {
  readonly data: Data;
  readonly errors?: readonly AnsweredError[];
}

/** A server of its own process's making, reached over a real socket. */
export interface ServerUnderTest extends RunningServer {
  readonly clock: MovingClock;
  /** Everything that was logged, line by line. */
  readonly logged: readonly string[];
  /** The world behind the sandbox's data sources. */
  world(): World;
  /** Send an operation and return the whole answer. */
  ask<Data = Record<string, unknown>>(document: string, variables?: object): Promise<Answer<Data>>;
  /** Send an operation that must succeed and return its data. */
  query<Data>(document: string, variables?: object): Promise<Data>;
}

/** How a server under test is started. */
export interface StartOptions {
  /** Environment variables; PORT and SANDBOX_TODAY have defaults of their own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Text of the configuration file; the sandbox where left out. */
  readonly config?: string;
  /** What the configuration may name; ours where left out. */
  readonly providers?: readonly Provider[];
  /** What time it is at the start; noon of {@link TODAY} where left out. */
  readonly now?: string;
  /** Whether its data folder has a database from the start: laying one out takes seconds, in which a test of exports would wait. */
  readonly hasDatabase?: boolean;
}

/** Start a whole server on a free port. Close it after the tests. */
export async function startServerUnderTest(options: StartOptions = {}): Promise<ServerUnderTest> {
  const clock = createMovingClock(options.now ?? `${TODAY}T12:00:00Z`);
  const logged: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
  const env = { ...options.env, ...(options.hasDatabase && { TRIBUTARY_DATA: await makeDatabaseFolder() }) };
  const server = await startServer(readTestSettings({ ...options, env }), { log, clock });
  const ask = <Data>(document: string, variables?: object) => askAt<Data>(server.url, document, variables);
  return {
    ...server,
    clock,
    logged,
    ask,
    world() {
      if (!server.sandbox) throw new Error('This server has no sandbox');
      return server.sandbox.world;
    },
    async query<Data>(document: string, variables?: object) {
      const { data, errors } = await ask<Data>(document, variables);
      if (errors) throw new Error(`The operation failed: ${JSON.stringify(errors)}`);
      return data;
    },
  };
}

/** A data folder of its own for each server: one process owns one. Removed when the tests of a file end. */
function createDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-data-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function makeDatabaseFolder(): Promise<string> {
  const folder = await makeLaidOutFolder();
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The settings a server under test is started with. */
export function readTestSettings({ env, config, providers = ours }: StartOptions = {}): Settings {
  return loadSettings({
    env: { PORT: '0', SANDBOX_TODAY: TODAY, TRIBUTARY_DATA: createDataFolder(), ...env },
    providers,
    readFile: () => {
      if (config !== undefined) return config;
      throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    },
  });
}

async function askAt<Data>(url: string, query: string, variables: object = {}): Promise<Answer<Data>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer<Data>;
}
