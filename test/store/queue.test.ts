import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/store/database.ts';
import { migrateDatabase } from '../../src/store/migrations.ts';
import { createQueue, type Queue } from '../../src/store/queue.ts';
import { BACKENDS, recordLog, startBackend, type Backend, type RecordedLog } from './backends.ts';

const ONE = { concurrency: 1 };

/** A handler that holds every job until it is let go, or its signal aborts. */
function createGate() {
  const events: string[] = [];
  const open = new Map<string, () => void>();
  const reasons: unknown[] = [];
  return {
    events,
    reasons,
    let: (id: string) => open.get(id)?.(),
    handler: async (id: string, signal: AbortSignal) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      open.set(id, resolve);
      signal.addEventListener('abort', () => {
        reasons.push(signal.reason);
        resolve();
      });
      events.push(`${id} begins`);
      await promise;
      await setImmediate();
      events.push(`${id} ends`);
    },
  };
}

describe.each(BACKENDS)('the queue in %s', (name) => {
  let backend: Backend;
  let database: Database;
  let queues: Queue[];
  let log: RecordedLog;

  beforeAll(async () => (backend = await startBackend(name)));
  afterAll(() => backend.stop());
  beforeEach(async () => {
    database = await backend.openEmpty();
    queues = [];
    log = recordLog();
  });
  afterEach(async () => {
    for (const queue of queues) await queue.close({ withinMs: 1_000 });
  });

  const start = async (of = database) => {
    const queue = await createQueue(of, { log });
    queues.push(queue);
    return queue;
  };
  const seen = <T>(list: T[]) => expect.poll(() => list, { timeout: 10_000 });

  it('hands out each id once, however often it was sent', async () => {
    const queue = await start();
    for (const id of ['a', 'a', 'b', 'a']) await queue.send('exports', id);
    await queue.send('other', 'c');
    const handled: string[] = [];
    await queue.work('exports', ONE, async (id) => void handled.push(id));
    await seen(handled).toEqual(['a', 'b']);
    await queue.send('exports', 'a');
    await seen(handled).toEqual(['a', 'b', 'a']);
    expect(log.lines).toEqual([]);
  });

  it('runs as many at a time as it may', async () => {
    const queue = await start();
    const gate = createGate();
    await queue.work('exports', { concurrency: 2 }, gate.handler);
    for (const id of ['a', 'b', 'c']) await queue.send('exports', id);
    await seen(gate.events).toHaveLength(2);
    expect(gate.events.toSorted()).toEqual(['a begins', 'b begins']);
    gate.let('a');
    await seen(gate.events).toContain('c begins');
    expect(gate.events.slice(2)).toEqual(['a ends', 'c begins']);
  });

  it('never runs an id twice at a time', async () => {
    const queue = await start();
    const gate = createGate();
    await queue.work('exports', { concurrency: 2 }, gate.handler);
    await queue.send('exports', 'a');
    await seen(gate.events).toEqual(['a begins']);
    await queue.send('exports', 'a');
    await queue.send('exports', 'b');
    await expect
      .poll(() => database.query(`select from tributary_queue.job where state = 'active'`), { timeout: 10_000 })
      .toHaveLength(2);
    expect(gate.events).toEqual(['a begins']);
    gate.let('a');
    await seen(gate.events).toContain('b begins');
    expect(gate.events.filter((event) => event.startsWith('a'))).toEqual(['a begins', 'a ends', 'a begins']);
  });

  it('says so where a handler fails, and goes on', async () => {
    const queue = await start();
    const handled: string[] = [];
    await queue.work('exports', ONE, async (id) => {
      handled.push(id);
      if (id === 'a') throw new Error('out of luck');
    });
    for (const id of ['a', 'b']) await queue.send('exports', id);
    await seen(handled).toEqual(['a', 'b']);
    expect(log.lines).toEqual(['a job failed {"err":{},"queue":"exports","id":"a"}']);
    // Whether it is tried again is not the queue's to decide.
    expect(await database.query(`select from tributary_queue.job where state in ('created', 'retry')`)).toEqual([]);
  });

  it('forgets what is cancelled', async () => {
    const queue = await start();
    const gate = createGate();
    for (const id of ['running', 'waiting', 'next']) await queue.send('exports', id);
    await queue.work('exports', ONE, gate.handler);
    await seen(gate.events).toEqual(['running begins']);
    await queue.cancel('exports', 'waiting');
    await queue.cancel('exports', 'nobody knows');
    await queue.cancel('exports', 'running');
    await seen(gate.events).toEqual(['running begins', 'running ends', 'next begins']);
    expect(gate.reasons).toMatchObject([{ name: 'JobInterruptedError', why: 'CANCELLED' }]);
    expect(log.lines).toEqual([]);
  });

  it('leaves to the next process what it closes upon', async () => {
    const queue = await start();
    const gate = createGate();
    await queue.work('exports', ONE, gate.handler);
    for (const id of ['a', 'b']) await queue.send('exports', id);
    await seen(gate.events).toEqual(['a begins']);
    await queue.close();
    expect(gate.events).toEqual(['a begins', 'a ends']);
    expect(gate.reasons).toMatchObject([{ name: 'JobInterruptedError', why: 'CLOSED' }]);

    const next = await start(await backend.openAgain());
    const handled: string[] = [];
    await next.work('exports', ONE, async (id) => void handled.push(id));
    await expect.poll(() => handled.toSorted(), { timeout: 10_000 }).toEqual(['a', 'b']);
    expect(log.lines).toEqual([]);
  });

  it('does not wait for ever when it closes', async () => {
    const queue = await start();
    const events: string[] = [];
    await queue.work('exports', ONE, async (id) => {
      events.push(id);
      await new Promise(() => undefined);
    });
    await queue.send('exports', 'a');
    await seen(events).toEqual(['a']);
    await queue.close({ withinMs: 1_000 });
    expect(await database.query(`select state from tributary_queue.job`)).toEqual([{ state: 'retry' }]);
  });

  it('is started by replicas together', async () => {
    const other = await backend.openAgain();
    const [first, second] = await Promise.all([start(), start(other)]);
    await Promise.all([first.send('exports', 'a'), second.send('exports', 'a')]);
    const handled: string[] = [];
    await second.work('exports', ONE, async (id) => void handled.push(id));
    await seen(handled).toEqual(['a']);
    expect(log.lines).toEqual([]);
  });

  it('leaves the database to others while it works', async () => {
    const queue = await start();
    await migrateDatabase(database, { now: 0 });
    const handled: string[] = [];
    await queue.work('exports', { concurrency: 3 }, async (id) => {
      await database.transaction(async (transaction) => {
        await transaction.query('insert into tributary.tokens values ($1, $1, 0)', [id]);
        await setImmediate();
      });
      handled.push(id);
    });
    const ids = Array.from({ length: 10 }, (_, index) => `task ${index}`);
    await Promise.all(ids.map((id) => queue.send('exports', id)));
    await expect.poll(() => handled.toSorted(), { timeout: 20_000 }).toEqual(ids);
    const [kept] = await database.query<{ count: number }>('select count(*) as count from tributary.tokens');
    expect(kept?.count).toBe(10);
    expect(log.lines).toEqual([]);
  });
});
