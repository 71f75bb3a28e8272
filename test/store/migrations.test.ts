import { readdirSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/store/database.ts';
import { migrateDatabase } from '../../src/store/migrations.ts';
import { StoreError } from '../../src/store/store-error.ts';
import { BACKENDS, startBackend, type Backend } from './backends.ts';

const OWN = join(import.meta.dirname, '../../src/store/migrations');
const NAMES = readdirSync(OWN).sort();
const FIRST = '0001-export-tasks.sql';
/** Every migration of this release, run at that time. */
const own = (at: number) => NAMES.map((name) => ({ number: parseInt(name), name, at }));
const TABLES = [
  'export_chunks',
  'export_files',
  'export_parts',
  'export_tasks',
  'idempotency_keys',
  'migrations',
  'tokens',
];

describe.each(BACKENDS)('migrations of %s', (name) => {
  let backend: Backend;
  let database: Database;
  let folder: string;

  beforeAll(async () => (backend = await startBackend(name)));
  afterAll(() => backend.stop());
  beforeEach(async () => {
    database = await backend.openEmpty();
    folder = await mkdtemp(join(tmpdir(), 'store-migrations-'));
    await cp(OWN, folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const tables = async () =>
    (
      await database.query<{ name: string }>(
        `select table_name as name from information_schema.tables where table_schema = 'tributary' order by 1`,
      )
    ).map((table) => table.name);
  const applied = () =>
    database.query('select number, name, applied_at as at from tributary.migrations order by number');
  const failure = (promise: Promise<void>) =>
    promise.then(
      () => undefined,
      (error: unknown) => error,
    );

  it('make every table from nothing', async () => {
    await migrateDatabase(database, { now: 5 });
    expect(await tables()).toEqual(TABLES);
    expect(await applied()).toEqual(own(5));
  });

  it('run once', async () => {
    await migrateDatabase(database, { now: 5 });
    await database.query(`insert into tributary.tokens values ('a', 'b', 1)`);
    await migrateDatabase(database, { now: 6 });
    expect(await applied()).toEqual(own(5));
    expect(await database.query('select token from tributary.tokens')).toEqual([{ token: 'b' }]);
  });

  it('run once for replicas that start together', async () => {
    const other = await backend.openAgain();
    await Promise.all([database, other, database, other].map((replica) => migrateDatabase(replica, { now: 5 })));
    expect(await applied()).toEqual(own(5));
  });

  it('go on in order where they ended', async () => {
    await migrateDatabase(database, { now: 5, folder });
    await writeFile(join(folder, '9010-late.sql'), 'alter table tributary.early add column late int;');
    await writeFile(
      join(folder, '9002-early.sql'),
      'create table tributary.early (id int); create index on tributary.early (id);',
    );
    await migrateDatabase(database, { now: 6, folder });
    expect(await applied()).toEqual([
      ...own(5),
      { number: 9002, name: '9002-early.sql', at: 6 },
      { number: 9010, name: '9010-late.sql', at: 6 },
    ]);
  });

  it('leave nothing of a release that fails', async () => {
    await migrateDatabase(database, { now: 5, folder });
    await writeFile(join(folder, '9002-good.sql'), 'create table tributary.good (id int);');
    await writeFile(join(folder, '9003-bad.sql'), 'create table tributary.bad (id nonsense);');
    await expect(migrateDatabase(database, { now: 6, folder })).rejects.toMatchObject({ code: '42704' });
    expect(await tables()).toEqual(TABLES);
    expect(await applied()).toEqual(own(5));
  });

  it('refuse a database of a newer release', async () => {
    await writeFile(join(folder, '9002-newer.sql'), 'create table tributary.newer (id int);');
    await migrateDatabase(database, { now: 5, folder });
    const error = await failure(migrateDatabase(database, { now: 6 }));
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({
      message: `The database is of a newer release: it has migration 9002-newer.sql, this release ends with ${NAMES.at(-1)}. Start the newer release again, or restore a backup from before it.`,
    });
  });

  it('notice one that was changed', async () => {
    await migrateDatabase(database, { now: 5, folder });
    const script = await readFile(join(folder, FIRST), 'utf8');
    await writeFile(join(folder, FIRST), script.replaceAll('\n', '\r\n'));
    await migrateDatabase(database, { now: 6, folder });
    await writeFile(join(folder, FIRST), script.replace('attempt integer', 'attempt bigint'));
    const error = await failure(migrateDatabase(database, { now: 7, folder }));
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({ message: expect.stringContaining(`Migration ${FIRST} is not the one`) });
  });
});
