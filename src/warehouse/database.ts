import { mkdir } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import type { DuckDBConnection, DuckDBDataChunk, DuckDBInstance } from '@duckdb/node-api';
import { CELL_MACROS } from './cell-macros.ts';
import { quoteText } from './sql-text.ts';

/** A DuckDB of its own, started at the first statement. */
export interface Database {
  /** Run a statement; resolves with the first cell of its answer as a number: how many rows were written, or what was counted. */
  run(sql: string, signal: AbortSignal): Promise<number>;
  /** Run a query; resolves with its rows. For small answers. */
  rows(sql: string, signal: AbortSignal): Promise<unknown[][]>;
  /** Run a query; yields its rows piece by piece as they are made. */
  stream(sql: string, signal: AbortSignal): AsyncGenerator<DuckDBDataChunk>;
  /** Resolves once no statement runs and all is given back; running ones are interrupted. Statements after that are refused. */
  close(): Promise<void>;
}

/** Where a database works, and with how much. */
export interface DatabaseOptions {
  /** For what does not fit into memory. */
  readonly temporaryFolder: string;
  /** The only folders, with all that is in them, whose files statements may read and write. */
  readonly folders: readonly string[];
  readonly memoryLimitMiB: number;
  readonly threads: number;
}

/** Given where it works, return a database in memory that reaches neither the network nor files outside of its folders. */
export function createDatabase(options: DatabaseOptions): Database {
  let instance: Promise<DuckDBInstance> | null = null;
  const closing = new AbortController();
  // Everything that has, or may yet get, a connection: native code does not survive that its database goes away.
  const running = new Set<Promise<unknown>>();

  async function connect(ended: AbortSignal): Promise<DuckDBConnection> {
    ended.throwIfAborted();
    instance ??= startInstance(options);
    const started = await instance;
    ended.throwIfAborted();
    return await started.connect();
  }

  async function readRows(sql: string, ended: AbortSignal): Promise<unknown[][]> {
    const connection = await connect(ended);
    try {
      const work = async (): Promise<unknown[][]> => (await connection.runAndReadAll(sql)).getRowsJS();
      return await interruptibly(connection, { ended, work });
    } finally {
      connection.closeSync();
    }
  }

  async function rows(sql: string, signal: AbortSignal): Promise<unknown[][]> {
    const work = readRows(sql, AbortSignal.any([signal, closing.signal]));
    running.add(work);
    try {
      return await work;
    } finally {
      running.delete(work);
    }
  }

  return {
    rows,
    run: async (sql, signal) => Number((await rows(sql, signal))[0]?.[0]),
    async *stream(sql, signal) {
      const ended = AbortSignal.any([signal, closing.signal]);
      const { promise, resolve: end } = Promise.withResolvers<void>();
      running.add(promise);
      let connection: DuckDBConnection | null = null;
      try {
        const own = (connection = await connect(ended));
        const result = await interruptibly(own, { ended, work: () => own.stream(sql) });
        for (;;) {
          const chunk = await interruptibly(own, { ended, work: () => result.fetchChunk() });
          if (!chunk || chunk.rowCount === 0) return;
          yield chunk;
        }
      } finally {
        connection?.closeSync();
        running.delete(promise);
        end();
      }
    },
    async close() {
      closing.abort(new Error('The warehouse is closed.'));
      await Promise.allSettled(running);
      const started = await instance?.catch(() => null);
      started?.closeSync();
    },
  };
}

/** Resolve with what the work resolves with; once the signal aborts, stop the work and reject with the signal's reason. */
async function interruptibly<T>(
  connection: DuckDBConnection,
  { ended, work }: { ended: AbortSignal; work: () => Promise<T> },
): Promise<T> {
  ended.throwIfAborted();
  let isDone = false;
  // Again and again, because an interruption that comes before the statement has begun is forgotten.
  const interrupt = (): void => {
    if (isDone) return;
    connection.interrupt();
    setImmediate(interrupt);
  };
  ended.addEventListener('abort', interrupt, { once: true });
  try {
    return await work();
  } catch (error) {
    ended.throwIfAborted();
    throw error;
  } finally {
    isDone = true;
    ended.removeEventListener('abort', interrupt);
  }
}

async function startInstance(options: DatabaseOptions): Promise<DuckDBInstance> {
  await mkdir(options.temporaryFolder, { recursive: true });
  // Native code of some dozen megabytes: loaded where it is used, so that a server without exports starts without it.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(options.threads),
    memory_limit: `${options.memoryLimitMiB}MiB`,
    temp_directory: resolve(options.temporaryFolder),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'true',
  });
  const connection = await instance.connect();
  try {
    for (const statement of [...CELL_MACROS, ...toLocks(options.folders)]) await connection.run(statement);
  } finally {
    connection.closeSync();
  }
  return instance;
}

function toLocks(folders: readonly string[]): string[] {
  const allowed = folders.map((folder) => quoteText(join(resolve(folder), sep)));
  return [
    "set timezone = 'UTC'",
    `set allowed_directories = [${allowed.join(', ')}]`,
    'set enable_external_access = false',
    'set lock_configuration = true',
  ];
}
