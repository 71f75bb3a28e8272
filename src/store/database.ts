import { openEmbeddedDatabase } from './embedded-database.ts';
import { openServerDatabase } from './server-database.ts';

/** Statements of SQL, one at a time. Numbers come back as numbers, JSON as objects, on either backend. */
export interface Statements {
  query<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
}

/** Statements that take effect together, or not at all. */
export interface Transaction extends Statements {
  /** Run several statements, separated by semicolons. */
  execute(script: string): Promise<void>;
}

/** Postgres, in this process or on a server: callers cannot tell. */
export interface Database extends Statements {
  /** Commit what `run` did, or nothing where it throws. Inside, ask the transaction, never the database. */
  transaction<T>(run: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** Run something that nobody else who uses this database runs under the same key at the same time. It may take long. */
  exclusively<T>(key: string, run: (statements: Statements) => Promise<T>): Promise<T>;
  /** What only the queue looks at: it has connections of its own. */
  readonly backend: Backend;
  close(): Promise<void>;
}

/** Where the database is. */
export type Backend =
  { readonly kind: 'SERVER'; readonly url: string } | { readonly kind: 'EMBEDDED'; readonly session: EmbeddedSession };

/** The one session of the embedded database, in the shape that pg-boss asks for. */
export interface EmbeddedSession {
  query<Row>(sql: string, params?: unknown[]): Promise<{ rows: Row[] }>;
  exec(script: string): Promise<{ rows: Record<string, unknown>[] }[]>;
  listen(channel: string, callback: (payload: string) => void): Promise<() => Promise<void>>;
}

/** Where lines about the database go; a pino logger fits. */
export interface StoreLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Given the address of a server, or null for Postgres in this process with its files in `folder`, return the database. */
export function openDatabase(options: {
  readonly url: string | null;
  readonly folder: string;
  readonly log: StoreLog;
}): Promise<Database> {
  const { url, folder, log } = options;
  return url === null ? openEmbeddedDatabase(folder) : openServerDatabase(url, log);
}
