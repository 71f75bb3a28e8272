import { AsyncLocalStorage } from 'node:async_hooks';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PGlite, Transaction as EmbeddedTransaction } from '@electric-sql/pglite';
import type { Database, EmbeddedSession, Transaction } from './database.ts';
import { reasonOf, StoreError } from './store-error.ts';
import { createTurns } from './turns.ts';

/** Given the data folder, which this process must own, return the Postgres that runs in this process and keeps its files there. */
export async function openEmbeddedDatabase(folder: string): Promise<Database> {
  const files = join(folder, 'postgres');
  try {
    return toDatabase(await openFiles(files));
  } catch (error) {
    throw new StoreError(`The embedded database in ${files} cannot be opened: ${reasonOf(error)}`, { cause: error });
  }
}

async function openFiles(files: string): Promise<PGlite> {
  // Loaded only here: it takes some 350 MB of memory, which nobody should pay who has a server.
  const { PGlite } = await import('@electric-sql/pglite');
  if (!existsSync(files)) {
    // A process that is killed while it lays the files out leaves half of them: only whole ones get the final name.
    const unfinished = `${files}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    await (await PGlite.create(unfinished)).close();
    await rename(unfinished, files);
  }
  return PGlite.create(files);
}

function toDatabase(pglite: PGlite): Database {
  // PGlite has one session. Whatever uses it takes its turn, so that nobody meets a transaction that another one left aborted.
  const turns = createTurns();
  const openTransaction = new AsyncLocalStorage<{ isOpen: boolean }>();

  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    if (openTransaction.getStore()?.isOpen) {
      // It would wait for the transaction that waits for it.
      return Promise.reject(
        new Error('Inside a transaction, ask the transaction: the embedded database has one session.'),
      );
    }
    return turns.take('session', run);
  };
  const session = createSession(pglite, inTurn);

  const database: Database = {
    query: async <Row>(sql: string, params: readonly unknown[] = []) =>
      (await session.query<Row>(sql, [...params])).rows,
    transaction: (run) =>
      inTurn(() => {
        const state = { isOpen: true };
        return openTransaction
          .run(state, () => pglite.transaction((transaction) => run(toTransaction(transaction))))
          .finally(() => (state.isOpen = false));
      }),
    // Nobody else has this database, so turns in this process are enough; a lock of Postgres would hold up its only session.
    exclusively: (key, run) => turns.take(`key ${key}`, () => run(database)),
    backend: { kind: 'EMBEDDED', session },
    close: () => turns.take('session', () => pglite.close()),
  };
  return database;
}

function toTransaction(transaction: EmbeddedTransaction): Transaction {
  return {
    query: async <Row>(sql: string, params: readonly unknown[] = []) =>
      (await transaction.query<Row>(sql, [...params])).rows,
    execute: async (script) => void (await transaction.exec(script)),
  };
}

function createSession(pglite: PGlite, inTurn: <T>(run: () => Promise<T>) => Promise<T>): EmbeddedSession {
  return {
    query: (sql, params) => inTurn(() => pglite.query(sql, params)),
    exec: (script) =>
      inTurn(async () => {
        try {
          return await pglite.exec(script);
        } catch (error) {
          // A script that fails after its own BEGIN leaves the session in an aborted transaction. pg-boss rolls it back too,
          // but in a turn of its own: whoever came in between would fail.
          await pglite.exec('ROLLBACK');
          throw error;
        }
      }),
    listen: (channel, callback) =>
      inTurn(async () => {
        const stop = await pglite.listen(channel, callback);
        return () => inTurn(() => stop());
      }),
  };
}
