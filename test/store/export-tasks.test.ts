import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ExportStore } from '../../src/store/export-store.ts';
import type { ManualClock } from '../support/manual-clock.ts';
import { BACKENDS, startBackend, type Backend } from './backends.ts';
import { newTask, NOON, openStore, type StoreUnderTest } from './store-under-test.ts';

const DAY_MS = 86_400_000;

describe.each(BACKENDS)('export tasks in %s', (name) => {
  let backend: Backend;
  let store: ExportStore;
  let other: ExportStore;
  let clock: ManualClock;
  let startTask: StoreUnderTest['startTask'];

  beforeAll(async () => (backend = await startBackend(name)));
  afterAll(() => backend.stop());
  beforeEach(async () => ({ store, other, clock, startTask } = await openStore(backend)));

  const create = (id: string, changed = {}) => store.createTask(newTask(id, changed), null);
  const stateOf = async (id: string) => (await store.findTask(id))?.state;

  it('begin queued, with everything that was asked', async () => {
    const created = await create('1');
    const task = {
      id: '1',
      principal: 'ann',
      state: 'QUEUED',
      phase: null,
      attempt: 1,
      request: newTask('1').request,
      source: 'sandbox-instal',
      progress: null,
      rowCount: null,
      expectedRowCount: null,
      byteSize: null,
      completeness: null,
      failure: null,
      createdAt: NOON,
      startedAt: null,
      finishedAt: null,
      expiresAt: null,
    };
    expect(created).toEqual({ outcome: 'CREATED', task });
    expect(await other.findTask('1')).toEqual(task);
    expect(await store.findTask('2')).toBeNull();
  });

  it('are found several at once, in the order of the ids', async () => {
    await create('1');
    await create('2', { principal: 'bob' });
    const found = await store.findTasks(['2', 'none', '1', '\0', '2', "1' or '1'='1"]);
    expect(found.map((task) => task?.id ?? null)).toEqual(['2', null, '1', null, '2', null]);
    expect(await store.findTasks([])).toEqual([]);
    expect(await store.findTask('\0')).toBeNull();
  });

  it('are made once for each idempotency key', async () => {
    const key = { key: 'nightly', inputHash: 'h1' };
    const first = await store.createTask(newTask('1'), key);
    expect(first.outcome).toBe('CREATED');
    expect(await store.createTask(newTask('2'), key)).toEqual({ ...first, outcome: 'EXISTING' });
    expect(await store.createTask(newTask('3'), { ...key, inputHash: 'h2' })).toEqual({
      outcome: 'CONFLICT',
      taskId: '1',
    });
    expect((await store.createTask(newTask('4', { principal: 'bob' }), key)).outcome).toBe('CREATED');
    expect((await store.createTask(newTask('5'), { ...key, key: 'hourly' })).outcome).toBe('CREATED');
    expect((await store.listTasks({}, { first: 9 })).totalCount).toBe(3);
  });

  it('are made once where many ask with one key', async () => {
    const key = { key: 'nightly', inputHash: 'h1' };
    const ids = ['1', '2', '3', '4', '5', '6', '7', '8'];
    const made = await Promise.all(ids.map((id, index) => (index % 2 ? store : other).createTask(newTask(id), key)));
    expect(made.filter(({ outcome }) => outcome === 'CREATED')).toHaveLength(1);
    expect(made.filter(({ outcome }) => outcome === 'EXISTING')).toHaveLength(7);
    expect(new Set(made.map((one) => 'task' in one && one.task.id)).size).toBe(1);
  });

  it('free their key after a day, or when they are deleted', async () => {
    const key = { key: 'nightly', inputHash: 'h1' };
    await store.createTask(newTask('1'), key);
    await clock.advance(DAY_MS - 1);
    expect((await store.createTask(newTask('2'), { ...key, inputHash: 'h2' })).outcome).toBe('CONFLICT');
    await clock.advance(1);
    expect((await store.createTask(newTask('2'), { ...key, inputHash: 'h2' })).outcome).toBe('CREATED');
    // The first task no longer has the key: deleting it frees nothing.
    expect(await store.deleteTask('1')).toBe('DELETED');
    expect((await store.createTask(newTask('3'), { ...key, inputHash: 'h2' })).outcome).toBe('EXISTING');
    expect(await store.deleteTask('2')).toBe('DELETED');
    expect((await store.createTask(newTask('3'), { ...key, inputHash: 'h3' })).outcome).toBe('CREATED');
  });

  it('change state only from the state that was seen', async () => {
    await create('1');
    const claims = await Promise.all(
      ['worker-1', 'worker-2', 'worker-3', 'worker-4'].map((workerId, index) =>
        (index % 2 ? store : other).transition(
          '1',
          { from: 'QUEUED', to: 'RUNNING' },
          {
            workerId,
            leaseUntil: NOON + 60_000,
            startedAt: NOON,
            phase: 'STARTING',
          },
        ),
      ),
    );
    const won = claims.filter((claim) => claim !== null);
    expect(won).toHaveLength(1);
    expect(won[0]).toMatchObject({ state: 'RUNNING', phase: 'STARTING', startedAt: NOON });
    expect(await store.transition('1', { from: 'QUEUED', to: 'CANCELLED' })).toBeNull();
    expect(await store.transition('2', { from: 'QUEUED', to: 'RUNNING' })).toBeNull();
    expect(await stateOf('1')).toBe('RUNNING');
  });

  it('change what a patch names, and nothing else', async () => {
    await startTask('1');
    await store.updateProgress('1', { progress: 0.25, rowCount: 5_000_000_000, byteSize: 12, phase: 'FETCHING' });
    const failure = { code: 'PROVIDER_TIMEOUT', message: 'no answer \u0000', isRetryable: true };
    const failed = await store.transition(
      '1',
      { from: 'RUNNING', to: 'FAILED' },
      { failure, finishedAt: NOON + 9, completeness: 'PARTIAL', byteSize: null },
    );
    expect(failed).toMatchObject({
      state: 'FAILED',
      phase: null,
      failure,
      completeness: 'PARTIAL',
      progress: 0.25,
      rowCount: 5_000_000_000,
      byteSize: null,
      startedAt: NOON,
      finishedAt: NOON + 9,
    });
    const again = { failure: null, finishedAt: null, attempt: 2, phase: 'STARTING' } as const;
    const retried = await store.transition('1', { from: 'FAILED', to: 'QUEUED' }, again);
    expect(retried).toMatchObject({ state: 'QUEUED', failure: null, attempt: 2, phase: null });
  });

  it('obey only the worker that holds them', async () => {
    await startTask('1');
    expect(await store.updateProgress('1', { progress: 0.5, heldBy: 'worker-2' })).toBeNull();
    expect(await store.updateProgress('1', { progress: 0.5, heldBy: 'worker-1' })).toMatchObject({ progress: 0.5 });
    expect(await store.transition('1', { from: 'RUNNING', to: 'FAILED', heldBy: 'worker-2' })).toBeNull();
    expect(await store.transition('1', { from: 'RUNNING', to: 'CANCELLING', heldBy: 'worker-1' })).not.toBeNull();
    expect(await store.updateProgress('1', { progress: 0.75, heldBy: 'worker-1' })).toMatchObject({
      state: 'CANCELLING',
    });
    await store.transition('1', { from: 'CANCELLING', to: 'CANCELLED' });
    expect(await store.updateProgress('1', { progress: 1 })).toBeNull();
    expect(await store.findTask('1')).toMatchObject({ progress: 0.75, state: 'CANCELLED' });
  });

  it('tell their worker whether it still has them', async () => {
    await startTask('1');
    const renew = (workerId: string) => store.renewLease('1', { workerId, leaseUntil: NOON + 120_000 });
    expect(await renew('worker-1')).toBe('RUNNING');
    expect(await renew('worker-2')).toBeNull();
    await store.transition('1', { from: 'RUNNING', to: 'CANCELLING' });
    expect(await renew('worker-1')).toBe('CANCELLING');
    await store.transition('1', { from: 'CANCELLING', to: 'CANCELLED' });
    expect(await renew('worker-1')).toBeNull();
  });

  it('are taken from workers that are gone', async () => {
    await startTask('lost');
    await startTask('leaving');
    await store.transition('leaving', { from: 'RUNNING', to: 'CANCELLING' });
    await startTask('kept');
    await create('waiting');
    const lease = () => ({ workerId: 'worker-2', leaseUntil: clock.now() + 60_000 });
    await clock.advance(59_999);
    expect(await store.requeueLost('LEASE_OVER')).toEqual([]);
    expect(await store.takeLostCancels('LEASE_OVER', lease())).toEqual([]);
    await store.renewLease('kept', { workerId: 'worker-1', leaseUntil: NOON + 90_000 });
    await clock.advance(1);
    expect(await store.requeueLost('LEASE_OVER')).toEqual(['lost']);
    expect(await store.findTask('lost')).toMatchObject({ state: 'QUEUED', startedAt: NOON, attempt: 1 });
    expect(await store.renewLease('lost', { workerId: 'worker-1', leaseUntil: NOON + 90_000 })).toBeNull();
    // Of two that look at the same time, one has it.
    const taken = await Promise.all([store, other].map((one) => one.takeLostCancels('LEASE_OVER', lease())));
    expect(taken.toSorted((a, b) => a.length - b.length)).toEqual([[], ['leaving']]);
    expect(await store.renewLease('leaving', lease())).toBe('CANCELLING');
    expect(await store.findTask('leaving')).toMatchObject({ state: 'CANCELLING', finishedAt: null });
    expect(await store.takeLostCancels('ALL', lease())).toEqual(['leaving']);
    expect(await store.findQueued()).toEqual(['lost', 'waiting']);
    expect(await store.requeueLost('ALL')).toEqual(['kept']);
  });

  it('have something on disk until they end without it', async () => {
    for (const id of ['running', 'leaving', 'failed', 'left', 'done']) await startTask(id);
    await create('waiting');
    await store.transition('leaving', { from: 'RUNNING', to: 'CANCELLING' });
    await store.transition('failed', { from: 'RUNNING', to: 'FAILED' });
    await store.transition('left', { from: 'RUNNING', to: 'CANCELLING' });
    await store.transition('left', { from: 'CANCELLING', to: 'CANCELLED' });
    await store.publish('done', [], { expiresAt: NOON });
    const withFiles = async () => (await store.listIdsWithFiles()).toSorted();
    expect(await withFiles()).toEqual(['done', 'leaving', 'running', 'waiting']);
    await store.expire('done');
    expect(await withFiles()).toEqual(['leaving', 'running', 'waiting']);
  });

  it('are cancelled at once only where nobody has begun them', async () => {
    await create('waiting');
    expect(await store.cancelTask('waiting')).toMatchObject({ state: 'CANCELLED', finishedAt: NOON });
    await startTask('running');
    expect(await store.cancelTask('running')).toMatchObject({ state: 'CANCELLING', finishedAt: null });
    expect(await store.renewLease('running', { workerId: 'worker-1', leaseUntil: NOON })).toBe('CANCELLING');
    await startTask('lost');
    await store.requeueLost('ALL');
    expect(await store.cancelTask('lost')).toMatchObject({ state: 'CANCELLING', finishedAt: null, startedAt: NOON });
    for (const id of ['waiting', 'running', 'lost', 'unknown']) expect(await store.cancelTask(id)).toBeNull();
  });

  it('never tell less of their progress than before', async () => {
    await startTask('1');
    const told = async (progress: number | null) => (await store.updateProgress('1', { progress }))?.progress;
    expect(await told(null)).toBeNull();
    expect(await told(0.5)).toBe(0.5);
    expect(await told(0.25)).toBe(0.5);
    expect(await told(null)).toBe(0.5);
    expect((await store.updateProgress('1', { phase: 'WAITING' }))?.progress).toBe(0.5);
    expect(await told(0.75)).toBe(0.75);
  });

  it('are listed newest first, page by page', async () => {
    for (const id of ['b', 'a', 'c']) await create(id);
    await clock.advance(10);
    await create('d');
    await clock.advance(10);
    await create('e');
    const pages: string[][] = [];
    let after: { createdAt: number; id: string } | undefined;
    for (let hasMore = true; hasMore;) {
      const page = await store.listTasks({}, { first: 2, ...(after && { after }) });
      expect(page.totalCount).toBe(5);
      pages.push(page.tasks.map(({ id }) => id));
      hasMore = page.hasMore;
      after = page.tasks.at(-1);
    }
    expect(pages).toEqual([['e', 'd'], ['c', 'b'], ['a']]);
  });

  it('are listed as the filter says', async () => {
    await create('1', { principal: 'bob' });
    await create('2', { source: 'other' });
    await clock.advance(10);
    await startTask('3');
    await create('4', { source: null });
    const list = async (filter: Parameters<ExportStore['listTasks']>[0]) => {
      const { tasks, totalCount } = await store.listTasks(filter, { first: 10 });
      expect(totalCount).toBe(tasks.length);
      return tasks.map(({ id }) => id);
    };
    expect(await list({ states: ['RUNNING', 'FAILED'] })).toEqual(['3']);
    expect(await list({ states: [] })).toEqual([]);
    expect(await list({ sources: ['other', 'sandbox-instal'] })).toEqual(['3', '2', '1']);
    expect(await list({ principal: 'ann' })).toEqual(['4', '3', '2']);
    expect(await list({ createdAfter: NOON + 10 })).toEqual(['4', '3']);
    expect(await list({ createdBefore: NOON + 10 })).toEqual(['2', '1']);
    expect(await list({ createdBefore: NOON + 10, principal: 'ann', sources: ['other'] })).toEqual(['2']);
  });

  it('are counted while they are active', async () => {
    await startTask('1');
    await startTask('2');
    await store.transition('2', { from: 'RUNNING', to: 'CANCELLING' });
    await create('3', { principal: 'bob' });
    await create('4');
    await store.transition('4', { from: 'QUEUED', to: 'CANCELLED' });
    expect(await store.countActive('ann')).toBe(2);
    expect(await store.countActive('bob')).toBe(1);
    expect(await store.countActive(null)).toBe(3);
  });

  it('are not deleted while somebody works on them', async () => {
    await startTask('1');
    expect(await store.deleteTask('1')).toBe('BUSY');
    await store.transition('1', { from: 'RUNNING', to: 'CANCELLING' });
    expect(await store.deleteTask('1')).toBe('BUSY');
    await store.transition('1', { from: 'CANCELLING', to: 'CANCELLED' });
    expect(await store.deleteTask('1')).toBe('DELETED');
    expect(await store.deleteTask('1')).toBe('NOT_FOUND');
    expect(await store.findTask('1')).toBeNull();
  });
});
