import { rm } from 'node:fs/promises';
import { openDatabase, type Database, type StoreLog } from '../../src/store/database.ts';
import { makeLaidOutFolder } from './laid-out-folder.ts';
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
  const url = await server.createDatabase();
  const databases: Database[] = [];
  const open = async () => {
    const database = await openDatabase({ url, folder: '', log: recordLog() });
    databases.push(database);
    return database;
  };
  const database = await open();
  return {
    openEmpty: () => empty(database),
    openAgain: open,
    stop: async () => {
      await Promise.all(databases.map((opened) => opened.close()));
      await server.stop();
    },
  };
}

async function startEmbeddedBackend(): Promise<Backend> {
  const folder = await makeLaidOutFolder();
  const database = await openDatabase({ url: null, folder, log: recordLog() });
  return {
    openEmpty: () => empty(database),
    openAgain: () => Promise.resolve(database),
    stop: async () => {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

// The tests of a file share one, because opening takes time, and each finds it empty.
async function empty(database: Database): Promise<Database> {
  await database.query('drop schema if exists tributary cascade');
  await database.query('drop schema if exists tributary_queue cascade');
  return database;
}
