import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { NewTask } from '../../src/store/export-tasks.ts';
import type { ExportStore } from '../../src/store/export-store.ts';
import { BACKENDS, startBackend, type Backend } from './backends.ts';
import { NOON, openStore, type StoreUnderTest } from './store-under-test.ts';

const WINDOWS = [
  { from: 0, to: 100 },
  { from: 100, to: 200 },
];

describe.each(BACKENDS)('exports of providers in %s', (name) => {
  let backend: Backend;
  let store: ExportStore;
  let other: ExportStore;
  let startTask: StoreUnderTest['startTask'];

  beforeAll(async () => (backend = await startBackend(name)));
  afterAll(() => backend.stop());
  beforeEach(async () => {
    ({ store, other, startTask } = await openStore(backend));
    await begin('own');
    await begin('other', { principal: 'bob' });
  });

  const chunk = (taskId: string, position = 0) => ({ taskId, position });
  const begin = async (id: string, task: Partial<NewTask> = {}, windows: readonly object[] = WINDOWS) => {
    await startTask(id, task);
    await store.planChunks(id, windows as typeof WINDOWS);
  };
  const find = (since = NOON, position = 0) => store.findUnfinishedUpstream(chunk('own', position), since);

  it('are found by another task while they are unfinished', async () => {
    expect(await find()).toBeNull();
    await other.markStarted(chunk('other'), { id: 'up-1', startedAt: NOON });
    expect(await find()).toEqual({ id: 'up-1', startedAt: NOON });
    expect(await store.findUnfinishedUpstream(chunk('other'), NOON)).toBeNull();
    await other.markReady(chunk('other'));
    expect(await find()).toBeNull();
  });

  it('are found for the same window only', async () => {
    await other.markStarted(chunk('other', 1), { id: 'up-1', startedAt: NOON });
    expect(await find(NOON, 0)).toBeNull();
    expect(await find(NOON, 1)).toMatchObject({ id: 'up-1' });
  });

  it('are found while they are young, the youngest first', async () => {
    await begin('third');
    await other.markStarted(chunk('other'), { id: 'up-1', startedAt: NOON - 5 });
    await other.markStarted(chunk('third'), { id: 'up-2', startedAt: NOON - 3 });
    expect(await find(NOON - 10)).toEqual({ id: 'up-2', startedAt: NOON - 3 });
    await other.markReady(chunk('third'));
    expect(await find(NOON - 5)).toEqual({ id: 'up-1', startedAt: NOON - 5 });
    expect(await find(NOON - 4)).toBeNull();
  });

  it.each<[string, Partial<NewTask>]>([
    ['of another data source', { source: 'other' }],
    ['of another request', { requestHash: 'other' }],
    ['of a request that is not shared', { requestHash: null }],
  ])('are not found where they are %s', async (_what, task) => {
    await begin('third', task);
    await store.markStarted(chunk('third'), { id: 'up-1', startedAt: NOON });
    expect(await find()).toBeNull();
  });

  it('are not found without a window, or where there is nothing to wait for', async () => {
    const nothing = [{ from: null, to: null }];
    await begin('one', { requestHash: 'pages' }, nothing);
    await begin('two', { requestHash: 'pages' }, nothing);
    await store.markStarted(chunk('two'), { id: 'up-1', startedAt: NOON });
    expect(await store.findUnfinishedUpstream(chunk('one'), NOON)).toBeNull();
    await store.markStarted(chunk('other'), { id: '', startedAt: NOON });
    expect(await find()).toBeNull();
  });

  it('are not found of tasks that have ended or are to end', async () => {
    await store.markStarted(chunk('other'), { id: 'up-1', startedAt: NOON });
    // Its worker is lost, and another one will go on with it.
    await store.transition('other', { from: 'RUNNING', to: 'QUEUED' });
    expect(await find()).toMatchObject({ id: 'up-1' });
    await store.cancelTask('other');
    expect(await find()).toBeNull();
    await begin('failed');
    await store.markStarted(chunk('failed'), { id: 'up-2', startedAt: NOON });
    await store.transition('failed', { from: 'RUNNING', to: 'FAILED' });
    expect(await find()).toBeNull();
  });

  it('are never found again by what was given up with them', async () => {
    await begin('third');
    await store.markStarted(chunk('other'), { id: 'up-1', startedAt: NOON });
    await store.markStarted(chunk('own'), { id: 'up-1', startedAt: NOON });
    await store.restartChunk(chunk('own'));
    expect(await find()).toBeNull();
    expect(await store.findUnfinishedUpstream(chunk('third'), NOON)).toMatchObject({ id: 'up-1' });
    await store.restartChunk(chunk('other'));
    await store.markStarted(chunk('other'), { id: 'up-2', startedAt: NOON });
    expect(await find()).toMatchObject({ id: 'up-2' });
    // The same for all chunks of a task that begins anew.
    await store.markStarted(chunk('own'), { id: 'up-2', startedAt: NOON });
    await store.resetChunks('own');
    await store.resetChunks('own');
    expect(await find()).toBeNull();
  });

  it('are shared as long as somebody else needs them', async () => {
    const isShared = () => store.isUpstreamShared(chunk('own'));
    for (const id of ['own', 'other']) await store.markStarted(chunk(id), { id: 'up-1', startedAt: NOON });
    expect(await isShared()).toBe(true);
    await store.markReady(chunk('other'));
    expect(await isShared()).toBe(true);
    // Of two that are to end, the first leaves it to the other.
    await store.cancelTask('other');
    expect(await isShared()).toBe(true);
    await store.transition('other', { from: 'CANCELLING', to: 'CANCELLED' });
    expect(await isShared()).toBe(false);
  });

  it('are not shared with who has all of them, nor with another data source', async () => {
    await begin('third', { source: 'other' });
    for (const id of ['own', 'other', 'third']) await store.markStarted(chunk(id), { id: 'up-1', startedAt: NOON });
    await store.markReady(chunk('other'));
    await store.markFetched(chunk('other'));
    expect(await store.isUpstreamShared(chunk('own'))).toBe(false);
  });

  it('are forgotten while they are waited for', async () => {
    expect(await store.forgetUpstream(chunk('own'))).toBe(false);
    await store.markStarted(chunk('own'), { id: 'up-1', startedAt: NOON });
    expect(await store.forgetUpstream(chunk('own'))).toBe(true);
    expect((await store.listChunks('own'))[0]).toMatchObject({ state: 'PLANNED', upstreamId: null, restarts: 0 });
    await store.markStarted(chunk('own'), { id: 'up-2', startedAt: NOON });
    await store.markReady(chunk('own'));
    expect(await store.forgetUpstream(chunk('own'))).toBe(false);
  });

  it('are decided about one after the other, for the same question', async () => {
    const steps: string[] = [];
    const take = (of: ExportStore, id: string) =>
      of.inUpstreamTurn(chunk(id), async () => {
        steps.push(`${id} begins`);
        // Time for the other to begin, if it can.
        for (let looks = 0; looks < 5; looks++) await of.listChunks(id);
        steps.push(`${id} ends`);
        return id;
      });
    expect(await Promise.all([take(store, 'own'), take(other, 'other')])).toEqual(['own', 'other']);
    const [first = '', second, third = '', fourth] = steps;
    expect([second, fourth]).toEqual([first, third].map((step) => step.replace('begins', 'ends')));
  });

  it('are decided about at the same time for other questions', async () => {
    await begin('third', { requestHash: 'other' });
    const { promise: allHaveBegun, resolve } = Promise.withResolvers<void>();
    let begun = 0;
    const take = (of: ExportStore, id: string, position = 0) =>
      of.inUpstreamTurn(chunk(id, position), async () => {
        if (++begun === 3) resolve();
        await allHaveBegun;
      });
    await Promise.all([take(store, 'own'), take(other, 'other', 1), take(store, 'third')]);
    expect(begun).toBe(3);
  });

  it('leave the turn to the next where one fails', async () => {
    const failing = store.inUpstreamTurn(chunk('own'), () => Promise.reject(new Error('full')));
    await expect(failing).rejects.toThrow('full');
    expect(await other.inUpstreamTurn(chunk('other'), () => Promise.resolve('next'))).toBe('next');
  });
});
