import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, type Database, type StoreLog } from '../../src/store/database.ts';
import { startPostgresServer } from './postgres-server.ts';

/** Where the same tests run. */
export const BACKENDS = ['the embedded database', 'a server'] as const;

/** One backend, for one file of tests. */
export interface Backend {
  /** A database in which nothing is, as one process has it. */
  openEmpty(): Promise<Database>;
  /** The database opened last, as another replica has it; in the embedded one there are no replicas, only other callers. */
  openAgain(): Promise<Database>;
  stop(): Promise<void>;
}

/** Lines that were logged at warn and above. */
export interface RecordedLog extends StoreLog {
  readonly lines: string[];
}

/** Return a log that keeps what tests may look for. */
export function recordLog(): RecordedLog {
  const lines: string[] = [];
  const record = (fields: object, message: string) => void lines.push(`${message} ${JSON.stringify(fields)}`);
  return { lines, info: () => undefined, warn: record, error: record };
}

/** Start a backend. */
export function startBackend(name: (typeof BACKENDS)[number]): Promise<Backend> {
  return name === 'a server' ? startServerBackend() : startEmbeddedBackend();
}

async function startServerBackend(): Promise<Backend> {
  const server = await startPostgresServer();
  const databases: Database[] = [];
  let url = '';
  const open = async () => {
    const database = await openDatabase({ url, folder: '', log: recordLog() });
    databases.push(database);
    return database;
  };
  return {
    openEmpty: async () => {
      url = await server.createDatabase();
      return open();
    },
    openAgain: open,
    stop: async () => {
      await Promise.all(databases.map((database) => database.close()));
      await server.stop();
    },
  };
}

// A new one takes seconds to lay out: the tests of a file share one, and each finds it empty.
async function startEmbeddedBackend(): Promise<Backend> {
  const folder = await mkdtemp(join(tmpdir(), 'store-embedded-'));
  const database = await openDatabase({ url: null, folder, log: recordLog() });
  return {
    openEmpty: async () => {
      await database.query('drop schema if exists tributary cascade');
      await database.query('drop schema if exists tributary_queue cascade');
      return database;
    },
    openAgain: () => Promise.resolve(database),
    stop: async () => {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
