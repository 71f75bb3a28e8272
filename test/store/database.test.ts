import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/store/database.ts';
import { BACKENDS, startBackend, type Backend } from './backends.ts';

describe.each(BACKENDS)('statements in %s', (name) => {
  let backend: Backend;
  let database: Database;

  beforeAll(async () => (backend = await startBackend(name)));
  afterAll(() => backend.stop());
  beforeEach(async () => {
    database = await backend.openEmpty();
    await database.query('create schema tributary');
    await database.query('create table tributary.notes (id int primary key, text text)');
  });

  const texts = async () =>
    (await database.query<{ text: string }>('select text from tributary.notes order by id')).map(({ text }) => text);

  it('give numbers, texts and JSON back as they are', async () => {
    const json = { name: 'Ünïcödé \u0000 \ud800', list: [1, null], at: 1.5 };
    const [row] = await database.query(
      `select $1::bigint as big, $2::double precision as double, $3::json as json, $4::text as text, $5::bigint as missing,
              count(*) as count, $6 = any($7::text[]) as "isIn" from tributary.notes`,
      [1_767_225_600_123, 0.1, JSON.stringify(json), '7', null, 'b', ['a', 'b, "c"', 'b']],
    );
    expect(row).toEqual({
      big: 1_767_225_600_123,
      double: 0.1,
      json,
      text: '7',
      missing: null,
      count: 0,
      isIn: true,
    });
  });

  it('take effect together in a transaction', async () => {
    const answer = await database.transaction(async (transaction) => {
      await transaction.execute(
        `insert into tributary.notes values (1, 'a'); insert into tributary.notes values (2, 'b');`,
      );
      return transaction.query<{ id: number }>('select id from tributary.notes order by id');
    });
    expect(answer).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await texts()).toEqual(['a', 'b']);
  });

  it('leave nothing of a transaction that fails', async () => {
    const failure = new Error('changed my mind');
    const failing = database.transaction(async (transaction) => {
      await transaction.query(`insert into tributary.notes values (1, 'a')`);
      throw failure;
    });
    await expect(failing).rejects.toBe(failure);
    const broken = database.transaction((transaction) =>
      transaction.execute(`insert into tributary.notes values (2, 'b'); select nonsense`),
    );
    await expect(broken).rejects.toMatchObject({ code: '42703' });
    expect(await texts()).toEqual([]);
  });

  it('do not mix with other transactions', async () => {
    const add = (id: number) =>
      database.transaction(async (transaction) => {
        await transaction.query('lock table tributary.notes');
        const [count] = await transaction.query<{ count: number }>('select count(*) as count from tributary.notes');
        await new Promise((resolve) => setImmediate(resolve));
        await transaction.query('insert into tributary.notes values ($1, $2)', [id, `after ${count?.count}`]);
      });
    const outside = Array.from({ length: 8 }, () => database.query('select 1'));
    await Promise.all([...[1, 2, 3, 4, 5, 6, 7, 8].map(add), ...outside]);
    expect((await texts()).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((count) => `after ${count}`));
  });

  it('run alone under a key, beside other keys', async () => {
    const other = await backend.openAgain();
    const events: string[] = [];
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const first = database.exclusively('a', async (statements) => {
      events.push('a begins');
      await statements.query(`insert into tributary.notes values (1, 'from a')`);
      await gate;
      events.push('a ends');
    });
    await expect.poll(() => events).toEqual(['a begins']);
    const second = other.exclusively('a', async () => void events.push('next a'));
    await other.exclusively('b', async () => {
      events.push('b');
      // What holds a lock may use the database meanwhile.
      await other.query('select 1');
    });
    open();
    await Promise.all([first, second]);
    expect(events).toEqual(['a begins', 'b', 'a ends', 'next a']);
    expect(await texts()).toEqual(['from a']);
  });
});
