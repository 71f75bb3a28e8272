import type { Variable } from './environment.ts';
import { anyText, wholeNumber } from './environment.ts';

/** Where exports are kept, and how much they may take. */
export interface ExportsSettings {
  /** The data folder, as it was written. */
  readonly folder: string;
  /** Null for Postgres in this process, in the data folder. */
  readonly databaseUrl: string | null;
  /** How many tasks are worked on at the same time. */
  readonly concurrency: number;
  /** How many tasks may be unfinished. */
  readonly limits: { readonly perPrincipal: number; readonly inTotal: number };
  /** How long files are kept, in milliseconds. */
  readonly keepMs: number;
  /** How long a link to a file opens it, in milliseconds. */
  readonly lifetimeMs: number;
  /** Longest time without success before a failure that may pass is final, in milliseconds. */
  readonly patienceMs: number;
  /** What DuckDB may use. */
  readonly memoryLimitMiB: number;
  /** What days of tables that questions are answered from may take on disk, in bytes. */
  readonly datasetBytes: number;
  /** What links are signed with; null for a key that the data folder keeps. */
  readonly signingKey: string | null;
}

const DATABASE_URL: Variable<string> = {
  name: 'DATABASE_URL',
  allowed: 'the address of a Postgres server, postgres://user:password@host:5432/name',
  isSecret: true,
  parse: (text) => (isPostgresUrl(text) ? text : undefined),
};

const SHORTEST_KEY = 32;
const SIGNING_KEY: Variable<string> = {
  name: 'SIGNING_KEY',
  allowed: `a random text of at least ${SHORTEST_KEY} characters`,
  isSecret: true,
  parse: (text) => (text.length >= SHORTEST_KEY ? text : undefined),
};

const MIB = 2 ** 20;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const WEEK_MINUTES = 7 * 24 * 60;

/** Given what reads a variable, return what the environment says of exports. */
export function readExportsSettings(read: <T, F>(variable: Variable<T>, fallback: F) => T | F): ExportsSettings {
  return {
    folder: read(anyText('TRIBUTARY_DATA'), './data'),
    databaseUrl: read(DATABASE_URL, null),
    concurrency: read(wholeNumber('EXPORT_CONCURRENCY', 1, 32), 2),
    limits: {
      perPrincipal: read(wholeNumber('EXPORTS_PER_CALLER', 1, 100_000), 20),
      inTotal: read(wholeNumber('EXPORTS_IN_TOTAL', 1, 100_000), 200),
    },
    keepMs: read(wholeNumber('EXPORT_KEEP_HOURS', 1, 8784), 72) * HOUR_MS,
    lifetimeMs: read(wholeNumber('EXPORT_LINK_MINUTES', 1, WEEK_MINUTES), 60) * MINUTE_MS,
    patienceMs: read(wholeNumber('EXPORT_PATIENCE_MINUTES', 1, WEEK_MINUTES), 360) * MINUTE_MS,
    memoryLimitMiB: read(wholeNumber('EXPORT_MEMORY_MIB', 64, 1_048_576), 256),
    datasetBytes: read(wholeNumber('DATASETS_MAX_MIB', 16, 1_073_741_824), 20_480) * MIB,
    signingKey: read(SIGNING_KEY, null),
  };
}

function isPostgresUrl(text: string): boolean {
  const { protocol, username = '', password = '' } = URL.parse(text) ?? {};
  if (protocol !== 'postgres:' && protocol !== 'postgresql:') return false;
  try {
    // What Postgres's client does with them, and fails at.
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}
