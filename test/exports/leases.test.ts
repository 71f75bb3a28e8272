import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ANN, openExports, rowsRequest, type OpenedExports } from './open-exports.ts';

let exports: OpenedExports;

beforeAll(async () => (exports = await openExports()));
afterAll(() => exports.close());
beforeEach(() => exports.provider.behave({ check: () => ({ state: 'RUNNING', progress: null }) }));

async function startWaiting(): Promise<string> {
  const { id } = await exports.tasks.create(rowsRequest(), ANN);
  await exports.until(async () => (await exports.tasks.find(id, ANN))?.phase === 'WAITING');
  return id;
}

const checks = () => exports.provider.asked[0]?.checks ?? 0;

describe('a worker that has lost its task', () => {
  it('leaves it alone', async () => {
    const { store } = exports.backend;
    const id = await startWaiting();
    expect(await store.requeueLost('ALL')).toEqual([id]);
    const leaseUntil = exports.clock.now() + 10 * 60_000;
    await store.transition(id, { from: 'QUEUED', to: 'RUNNING' }, { workerId: 'another', leaseUntil });
    const before = checks();
    await exports.clock.advance(5_000);
    expect(checks()).toBeGreaterThan(before);
    // Its heart beats every ten seconds: then it learns that the task is another's.
    let last = -1;
    await exports.until(async () => {
      const isStill = last === checks();
      last = checks();
      await exports.clock.advance(60_000);
      return isStill && exports.clock.now() > leaseUntil - 6 * 60_000;
    });
    expect(await exports.tasks.find(id, ANN)).toMatchObject({ state: 'RUNNING' });
    expect(await store.renewLease(id, { workerId: 'another', leaseUntil })).toBe('RUNNING');

    // Nobody renews the other's lease: once it is over, the task goes on where it stands.
    exports.provider.behave();
    exports.provider.asked.length = 0;
    await exports.clock.advance(10 * 60_000);
    const task = await exports.untilState(id);
    expect(task).toMatchObject({ attempt: 1 });
  });
});

describe('a task whose worker is gone', () => {
  it('is taken up again and goes on where it stands', async () => {
    const id = await startWaiting();
    const { store } = exports.backend;
    const [chunk] = await store.listChunks(id);
    expect(chunk).toMatchObject({ state: 'STARTED' });
    await store.requeueLost('ALL');
    // As long as it is asked for, it is not ready: only the same export can become so.
    const known = exports.provider.asked.length;
    const { asked } = exports.provider;
    const ready = exports.until(async () => (await exports.tasks.find(id, ANN))?.phase === 'WAITING');
    await ready;
    expect(asked).toHaveLength(known);
    await exports.tasks.cancel(id, ANN);
    expect(await exports.untilState(id)).toMatchObject({ state: 'CANCELLED', attempt: 1 });
  });

  it('is cancelled where it was to be', async () => {
    const { store } = exports.backend;
    const { id } = await store
      .createTask(
        {
          id: 'lost',
          principal: ANN,
          source: 'fake',
          request: { what: { kind: 'ROWS' }, format: 'CSV', compression: 'NONE', csv: {} },
          requestHash: null,
        },
        null,
      )
      .then((created) => ('task' in created ? created.task : Promise.reject(new Error('a conflict'))));
    const lease = { workerId: 'gone', leaseUntil: exports.clock.now() + 1_000 };
    await store.transition(id, { from: 'QUEUED', to: 'RUNNING' }, lease);
    await store.transition(id, { from: 'RUNNING', to: 'CANCELLING' });
    await exports.clock.advance(1_000);
    expect(await exports.untilState(id)).toMatchObject({ state: 'CANCELLED' });
  });
});

describe('a question that cannot be asked any more', () => {
  it('fails with the reason', async () => {
    const { store, queue } = exports.backend;
    const rows = { source: 'removed', table: 'rows', period: { dates: { from: '2026-01-01', to: '2026-01-01' } } };
    const what = { kind: 'ROWS' as const, rows: { ...rows, filters: [] } };
    const request = { what, format: 'CSV', compression: 'NONE', csv: {} } as const;
    await store.createTask({ id: 'orphan', principal: ANN, source: 'removed', request, requestHash: null }, null);
    await queue.send('exports', 'orphan');
    expect(await exports.untilState('orphan')).toMatchObject({
      state: 'FAILED',
      failure: {
        code: 'BAD_USER_INPUT',
        message: 'input.source.rows.source: there is no data source "removed". Configured: fake.',
      },
    });
  });
});
