import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../src/store/database.ts';
import { StoreError } from '../../src/store/store-error.ts';
import { recordLog } from './backends.ts';
import { makeLaidOutFolder } from './laid-out-folder.ts';
import { PASSWORD, startPostgresServer, type PostgresServer } from './postgres-server.ts';

let folder: string;

beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'store-open-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (url: string | null) => openDatabase({ url, folder, log: recordLog() });

async function failureOf(promise: Promise<unknown>): Promise<StoreError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof StoreError) return error;
  throw new Error('that is no failure of the store', { cause: error });
}

describe('the embedded database', () => {
  let database: Database;
  let home: string;
  beforeAll(async () => {
    home = await makeLaidOutFolder();
    database = await openDatabase({ url: null, folder: home, log: recordLog() });
  });
  afterAll(async () => {
    await database.close();
    await rm(home, { recursive: true, force: true });
  });

  it('keeps what it has over a restart', async () => {
    await database.query('create table kept as select 1 as one');
    await database.close();
    database = await openDatabase({ url: null, folder: home, log: recordLog() });
    expect(await database.query('select one from kept')).toEqual([{ one: 1 }]);
  });

  it('refuses to wait for itself', async () => {
    const inside = database.transaction(() => database.query('select 1'));
    await expect(inside).rejects.toThrow('Inside a transaction, ask the transaction');
    // What a transaction left running may go on once it is over.
    let later: Promise<unknown> | undefined;
    const { promise: over, resolve: end } = Promise.withResolvers<void>();
    await database.transaction(async () => {
      later = over.then(() => database.query('select 2 as two'));
    });
    end();
    expect(await later).toEqual([{ two: 2 }]);
  });

  it('leaves nobody a broken transaction', async () => {
    if (database.backend.kind !== 'EMBEDDED') throw new Error('no server was asked for');
    const script = database.backend.session.exec('begin; select nonsense; commit');
    const neighbour = database.transaction((transaction) => transaction.query('select 1 as one'));
    await expect(script).rejects.toMatchObject({ code: '42703' });
    expect(await neighbour).toEqual([{ one: 1 }]);
  });

  it('says where it cannot be opened', async () => {
    const file = join(folder, 'file');
    await writeFile(file, 'not a folder');
    const { message } = await failureOf(openDatabase({ url: null, folder: file, log: recordLog() }));
    expect(message).toContain(`The embedded database in ${join(file, 'postgres')} cannot be opened: ENOTDIR`);
  });
});

describe('a server', () => {
  let server: PostgresServer;
  let url: string;
  beforeAll(async () => {
    server = await startPostgresServer();
    url = await server.createDatabase();
  });
  afterAll(() => server.stop());

  it('is named where nobody listens', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => probe.once('listening', resolve));
    const address = probe.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await new Promise((resolve) => probe.close(resolve));
    const error = await failureOf(open(`postgres://someone:${PASSWORD}@127.0.0.1:${port}/exports`));
    expect(error.message).toBe(
      `The database exports at 127.0.0.1:${port} cannot be used: connect ECONNREFUSED 127.0.0.1:${port}. Check DATABASE_URL.`,
    );
    expect(inspect(error, { depth: 9 })).not.toContain(PASSWORD);
  });

  it('is named where it refuses the password', async () => {
    const wrong = url.replace(PASSWORD, 'another-secret');
    const error = await failureOf(open(wrong));
    expect(error.message).toMatch(
      /^The database test_1 at 127\.0\.0\.1:\d+ cannot be used: password authentication failed/,
    );
    expect(inspect(error, { depth: 9 })).not.toContain('another-secret');
  });

  it.each(['mysql://someone:swordfish-83@host/name', 'host=db password=swordfish-83', 'postgres://a:swordfish-83@[/'])(
    'is not looked for at %s',
    async (address) => {
      const error = await failureOf(open(address));
      expect(error.message).toBe(
        'DATABASE_URL is not the address of a Postgres server: postgres://user:password@host:5432/name',
      );
      expect(inspect(error, { depth: 9 })).not.toContain(PASSWORD);
    },
  );

  it('may end connections that nobody uses', async () => {
    const log = recordLog();
    const database = await openDatabase({ url, folder, log });
    const other = await open(url);
    await other.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tributary' and pid <> pg_backend_pid()`,
    );
    await expect.poll(() => log.lines).toHaveLength(1);
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }]);
    await Promise.all([database.close(), other.close()]);
  });

  it('may end a connection inside a transaction', async () => {
    const database = await open(url);
    const cut = database.transaction((transaction) =>
      transaction.query('select pg_terminate_backend(pg_backend_pid())'),
    );
    await expect(cut).rejects.toMatchObject({ code: '57P01' });
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }]);
    await database.close();
  });
});
