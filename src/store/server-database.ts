import pg from 'pg';
import type { Database, StoreLog, Transaction } from './database.ts';
import { reasonOf, StoreError } from './store-error.ts';

const CONNECT_TIMEOUT_MS = 10_000;
const BIGINT = 20;

/** Given the address of a Postgres server, return its database once it has answered. */
export async function openServerDatabase(url: string, log: StoreLog): Promise<Database> {
  const where = describe(url);
  const createPool = (max: number) => {
    const pool = new pg.Pool({
      connectionString: url,
      application_name: 'tributary',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      max,
      types: { getTypeParser },
    });
    // A connection that breaks while nobody uses it would otherwise end the process.
    // The error carries the whole connection, with the key that cancels its statements: only its words are logged.
    pool.on('error', (error) => {
      if (!pool.ending) log.warn({ reason: reasonOf(error) }, 'lost an idle connection to the database');
    });
    return pool;
  };
  const pool = createPool(10);
  // What holds a lock may ask the database meanwhile: with connections from the same pool, all of them could end up waiting.
  const locks = createPool(20);

  try {
    await pool.query('select 1');
  } catch (error) {
    await pool.end();
    throw new StoreError(`The database ${where} cannot be used: ${reasonOf(error)}. Check DATABASE_URL.`, {
      cause: error,
    });
  }
  return {
    query: async <Row>(sql: string, params: readonly unknown[] = []) =>
      (await pool.query(sql, [...params])).rows as Row[],
    transaction: (run) => inTransaction(pool, run),
    exclusively: (key, run) =>
      // A lock of the transaction, not of the session: it also holds behind a pooler that hands sessions around.
      inTransaction(locks, async (transaction) => {
        await transaction.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
        return run(transaction);
      }),
    backend: { kind: 'SERVER', url },
    close: async () => {
      await Promise.all([pool.end(), locks.end()]);
    },
  };
}

async function inTransaction<T>(pool: pg.Pool, run: (transaction: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // The pool does not listen while the connection is lent out.
  const onError = (error: Error) => (broken = error);
  client.on('error', onError);
  try {
    await client.query('begin');
    const result = await run({
      query: async <Row>(sql: string, params: readonly unknown[] = []) =>
        (await client.query(sql, [...params])).rows as Row[],
      execute: async (script) => void (await client.query(script)),
    });
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => (broken ??= failure));
    throw error;
  } finally {
    client.off('error', onError);
    // Who hands in an error has the connection thrown away.
    client.release(broken);
  }
}

/** The server's part of an address: no user, no password. */
function describe(url: string): string {
  const address = URL.parse(url);
  if (!address || !['postgres:', 'postgresql:'].includes(address.protocol)) {
    throw new StoreError(
      'DATABASE_URL is not the address of a Postgres server: postgres://user:password@host:5432/name',
    );
  }
  const host = address.hostname || (address.searchParams.get('host') ?? 'localhost');
  return `${address.pathname.slice(1) || 'postgres'} at ${host}:${address.port || '5432'}`;
}

// pg hands bigint out as text, because it may be larger than a number. Ours are milliseconds, bytes and rows.
function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === BIGINT) return Number;
  return pg.types.getTypeParser(oid, format) as (value: string) => unknown;
}
