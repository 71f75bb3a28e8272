import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OperationCancelledError, ProviderAuthError } from '../../src/errors.ts';
import type { Database } from '../../src/store/database.ts';
import { migrateDatabase } from '../../src/store/migrations.ts';
import { createSharedTokenStore } from '../../src/store/token-store.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { BACKENDS, startBackend, type Backend } from './backends.ts';

const HOUR_MS = 3_600_000;

describe.each(BACKENDS)('tokens in %s', (name) => {
  let backend: Backend;
  let database: Database;
  let clock: ManualClock;

  beforeAll(async () => (backend = await startBackend(name)));
  afterAll(() => backend.stop());
  beforeEach(async () => {
    database = await backend.openEmpty();
    clock = new ManualClock();
    await migrateDatabase(database, { now: clock.now() });
  });

  /** A provider that makes tokens 1, 2, 3, each for an hour. */
  function startProvider() {
    let count = 0;
    const exchange = (refused: string | null = null, before: () => Promise<unknown> = async () => undefined) => ({
      refused,
      mint: async () => {
        const token = `token ${(count += 1)}`;
        await before();
        return { token, expiresAt: clock.now() + HOUR_MS };
      },
    });
    return { exchange, count: () => count };
  }
  const replicas = async () => {
    const other = await backend.openAgain();
    return [createSharedTokenStore(database, clock), createSharedTokenStore(other, clock)] as const;
  };

  it('are kept until they end', async () => {
    const { exchange } = startProvider();
    const [store, other] = await replicas();
    expect(await store.obtain('a', exchange())).toBe('token 1');
    await clock.advance(HOUR_MS - 1);
    expect(await other.obtain('a', exchange())).toBe('token 1');
    expect(await other.obtain('b', exchange())).toBe('token 2');
    await clock.advance(1);
    expect(await store.obtain('a', exchange())).toBe('token 3');
  });

  it('are made anew where they are refused', async () => {
    const { exchange } = startProvider();
    const [store, other] = await replicas();
    await store.obtain('a', exchange());
    expect(await store.obtain('a', exchange('token 1'))).toBe('token 2');
    // Refused with the one before: somebody else has been faster.
    expect(await other.obtain('a', exchange('token 1'))).toBe('token 2');
  });

  it('are made once, however many ask', async () => {
    const { exchange, count } = startProvider();
    const [store, other] = await replicas();
    const slow = exchange(null, () => new Promise((resolve) => setImmediate(resolve)));
    const asked = Array.from({ length: 20 }, (_, index) => (index % 2 ? store : other).obtain('a', slow));
    expect(new Set(await Promise.all(asked))).toEqual(new Set(['token 1']));
    const refused = Array.from({ length: 20 }, (_, index) =>
      (index % 2 ? store : other).obtain('a', { ...slow, refused: 'token 1' }),
    );
    expect(new Set(await Promise.all(refused))).toEqual(new Set(['token 2']));
    expect(count()).toBe(2);
  });

  it('do not hold up the database while they are made', async () => {
    const { exchange } = startProvider();
    const [store, other] = await replicas();
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const first = store.obtain(
      'a',
      exchange(null, () => gate),
    );
    // Making one may ask the database itself.
    const second = other.obtain(
      'b',
      exchange(null, () => database.transaction((tx) => tx.query('select 1'))),
    );
    await expect(second).resolves.toMatch(/^token \d$/);
    open();
    await expect(first).resolves.toMatch(/^token \d$/);
  });

  it('are not kept where none is made', async () => {
    const { exchange } = startProvider();
    const [store, other] = await replicas();
    await store.obtain('a', exchange());
    const failure = new ProviderAuthError('wrong secret');
    const failing = exchange('token 1', () => Promise.reject(failure));
    const asked = [store.obtain('a', failing), store.obtain('a', failing)];
    for (const answer of asked) await expect(answer).rejects.toBe(failure);
    expect(await database.query('select * from tributary.tokens')).toEqual([]);
    expect(await other.obtain('a', exchange())).toBe('token 3');
  });

  it('are made by who joined, where who began left', async () => {
    const { exchange } = startProvider();
    const [store] = await replicas();
    const left = store.obtain(
      'a',
      exchange(null, () => Promise.reject(new OperationCancelledError('gone'))),
    );
    const joined = store.obtain('a', exchange());
    await expect(left).rejects.toThrow('gone');
    expect(await joined).toBe('token 2');
  });
});
