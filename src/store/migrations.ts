import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database, Transaction } from './database.ts';
import { StoreError } from './store-error.ts';

const MIGRATIONS = join(import.meta.dirname, 'migrations');
// Any number will do, as long as every release takes the same one.
const LOCK = 7_411_066;

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly script: string;
  readonly checksum: string;
}

interface AppliedMigration {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
}

/**
 * Bring the tables to the state that this release wants: in one transaction, by one replica, the others wait. Throws a
 * {@link StoreError} where the database is of a newer release, or a migration was changed after it ran.
 */
export async function migrateDatabase(
  database: Database,
  { now, folder = MIGRATIONS }: { readonly now: number; readonly folder?: string },
): Promise<void> {
  const migrations = await readMigrations(folder);
  await database.transaction(async (transaction) => {
    await transaction.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await transaction.execute(`
      create schema if not exists tributary;
      create table if not exists tributary.migrations (
        number integer primary key, name text not null, checksum text not null, applied_at bigint not null
      );`);
    const applied = await transaction.query<AppliedMigration>(
      'select number, name, checksum from tributary.migrations order by number',
    );
    assertSameHistory(applied, migrations);
    for (const migration of migrations.slice(applied.length)) await apply(transaction, migration, now);
  });
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      // A checkout on Windows may have other line ends; the migration is the same.
      const script = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
      return { number: parseInt(name), name, script, checksum: createHash('sha256').update(script).digest('hex') };
    }),
  );
}

function assertSameHistory(applied: readonly AppliedMigration[], known: readonly Migration[]): void {
  for (const [index, { number, name, checksum }] of applied.entries()) {
    const own = known[index];
    if (!own) {
      throw new StoreError(
        `The database is of a newer release: it has migration ${name}, this release ends with ${known.at(-1)?.name ?? 'none'}. ` +
          'Start the newer release again, or restore a backup from before it.',
      );
    }
    if (own.number !== number || own.checksum !== checksum) {
      throw new StoreError(
        `Migration ${own.name} is not the one that the database has run as ${name}: a migration is never changed once it ran.`,
      );
    }
  }
}

async function apply(transaction: Transaction, { number, name, script, checksum }: Migration, now: number) {
  await transaction.execute(script);
  await transaction.query(
    'insert into tributary.migrations (number, name, checksum, applied_at) values ($1, $2, $3, $4)',
    [number, name, checksum, now],
  );
}
