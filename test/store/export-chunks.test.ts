import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ExportStore } from '../../src/store/export-store.ts';
import type { ManualClock } from '../support/manual-clock.ts';
import { BACKENDS, startBackend, type Backend } from './backends.ts';
import { NOON, openStore, type StoreUnderTest } from './store-under-test.ts';

const WINDOWS = [
  { from: 0, to: 100 },
  { from: 100, to: 200 },
  { from: 200, to: 300 },
];
const PLANNED = { state: 'PLANNED', upstreamId: null, upstreamStartedAt: null, restarts: 0 };

describe.each(BACKENDS)('chunks in %s', (name) => {
  let backend: Backend;
  let store: ExportStore;
  let other: ExportStore;
  let clock: ManualClock;
  let startTask: StoreUnderTest['startTask'];

  beforeAll(async () => (backend = await startBackend(name)));
  afterAll(() => backend.stop());
  beforeEach(async () => {
    ({ store, other, clock, startTask } = await openStore(backend));
    await startTask('1');
  });

  const chunk = (position: number, taskId = '1') => ({ taskId, position });
  const windows = async () => (await store.listChunks('1')).map(({ from, to }) => [from, to]);

  it('are planned once', async () => {
    const plans = await Promise.all([store.planChunks('1', WINDOWS), other.planChunks('1', WINDOWS.slice(1))]);
    expect(plans[0]).toEqual(plans[1]);
    const kept = await store.planChunks('1', []);
    expect([WINDOWS, WINDOWS.slice(1)]).toContainEqual(kept.map(({ from, to }) => ({ from, to })));
  });

  it('are in the order of their plan', async () => {
    const planned = await store.planChunks('1', WINDOWS);
    expect(planned).toEqual(WINDOWS.map((window, position) => ({ taskId: '1', position, ...window, ...PLANNED })));
    expect(await store.listChunks('1')).toEqual(planned);
    expect(await store.listChunks('2')).toEqual([]);
  });

  it('may have no window', async () => {
    expect(await store.planChunks('1', [{ from: null, to: null }])).toMatchObject([{ from: null, to: null }]);
  });

  it('go forward, each step once', async () => {
    await store.planChunks('1', WINDOWS);
    expect(await store.markStarted(chunk(1), { id: 'up-1', startedAt: NOON - 5 })).toBe(true);
    expect(await store.markStarted(chunk(1), { id: 'up-2', startedAt: NOON })).toBe(false);
    expect(await store.markReady(chunk(1))).toBe(true);
    expect(await store.markReady(chunk(1))).toBe(false);
    expect(await store.markFetched(chunk(1))).toBe(true);
    expect(await store.markFetched(chunk(1))).toBe(false);
    expect(await store.markReady(chunk(7))).toBe(false);
    expect((await store.listChunks('1')).map(({ state }) => state)).toEqual(['PLANNED', 'FETCHED', 'PLANNED']);
    expect((await store.listChunks('1'))[1]).toMatchObject({ upstreamId: 'up-1', upstreamStartedAt: NOON - 5 });
  });

  it('are cut in two, in the place of the whole', async () => {
    await store.planChunks('1', WINDOWS);
    await store.markStarted(chunk(1), { id: 'up-1', startedAt: NOON });
    await store.expectParts(chunk(1), [{ position: 0, upstream: 'https://…' }]);
    const halves = await store.splitChunk(chunk(1), 150);
    expect(halves).toMatchObject([
      { from: 100, to: 150, position: 1, ...PLANNED },
      { from: 150, to: 200, ...PLANNED },
    ]);
    expect(await store.listParts('1')).toEqual([]);
    await store.splitChunk(chunk(halves?.[1].position ?? NaN), 175);
    await store.splitChunk(chunk(1), 125);
    await store.splitChunk(chunk(2), 250);
    expect(await windows()).toEqual([
      [0, 100],
      [100, 125],
      [125, 150],
      [150, 175],
      [175, 200],
      [200, 250],
      [250, 300],
    ]);
  });

  it('keep their order down to a second', async () => {
    await store.planChunks('1', [
      { from: 0, to: 2 ** 20 },
      { from: 2 ** 20, to: 2 ** 21 },
    ]);
    // The second half again and again, then the first half of what is left.
    let position = 0;
    for (let at = 2 ** 19; at < 2 ** 20; at += (2 ** 20 - at) / 2) {
      const halves = await store.splitChunk(chunk(position), Math.floor(at));
      if (!halves) break;
      position = halves[1].position;
    }
    const found = await windows();
    expect(found).toHaveLength(22);
    expect(found.map(([from]) => from).slice(1)).toEqual(found.map(([, to]) => to).slice(0, -1));
  });

  it('are cut only where that makes two', async () => {
    await store.planChunks('1', [...WINDOWS, { from: null, to: null }]);
    await store.markFetched(chunk(2));
    const cuts = [store.splitChunk(chunk(0), 0), store.splitChunk(chunk(0), 100), store.splitChunk(chunk(3), 50)];
    expect(await Promise.all([...cuts, store.splitChunk(chunk(2), 250), store.splitChunk(chunk(9), 1)])).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(await windows()).toHaveLength(4);
  });

  it('are asked for anew one by one, or all', async () => {
    await store.planChunks('1', WINDOWS);
    for (const position of [0, 1, 2]) {
      await store.markStarted(chunk(position), { id: `up-${position}`, startedAt: NOON });
      await store.expectParts(chunk(position), [{ position: 0, upstream: 'https://…' }]);
    }
    await store.markFetched(chunk(2));
    expect(await store.restartChunk(chunk(1))).toBe(true);
    expect(await store.restartChunk(chunk(2))).toBe(false);
    expect((await store.listChunks('1'))[1]).toEqual({ ...chunk(1), from: 100, to: 200, ...PLANNED, restarts: 1 });
    expect((await store.listParts('1')).map((part) => part.chunk)).toEqual([0, 2]);
    await store.resetChunks('1');
    expect(await store.listChunks('1')).toEqual(
      WINDOWS.map((window, index) => ({ ...chunk(index), ...window, ...PLANNED })),
    );
    expect(await store.listParts('1')).toEqual([]);
  });

  it('have parts, each stored once', async () => {
    await store.planChunks('1', WINDOWS);
    await store.expectParts(
      chunk(1),
      [0, 1, 10].map((position) => ({ position, upstream: `https://old/${position}` })),
    );
    await store.expectParts(chunk(0), [{ position: 0, upstream: 'https://old/first' }]);
    const stored = { byteSize: 6_000_000_000, sha256: 'ab', rowCount: null };
    const part = { taskId: '1', chunk: 1, position: 1 };
    expect(await store.storePart(part, stored)).toBe(true);
    expect(await store.storePart(part, { ...stored, sha256: 'cd' })).toBe(false);
    expect(await store.storePart({ ...part, position: 2 }, stored)).toBe(false);
    await store.expectParts(
      chunk(1),
      [0, 1].map((position) => ({ position, upstream: `https://new/${position}` })),
    );
    const expected = { taskId: '1', state: 'EXPECTED', byteSize: null, sha256: null, rowCount: null };
    expect(await store.listParts('1')).toEqual([
      { ...expected, chunk: 0, position: 0, upstream: 'https://old/first' },
      { ...expected, chunk: 1, position: 0, upstream: 'https://new/0' },
      { ...expected, ...stored, chunk: 1, position: 1, upstream: 'https://old/1', state: 'STORED' },
      { ...expected, chunk: 1, position: 10, upstream: 'https://old/10' },
    ]);
  });

  it('may have other parts than were expected, until they are fetched', async () => {
    await store.planChunks('1', WINDOWS);
    const old = [0, 1, 2].map((position) => ({ position, upstream: `https://old/${position}` }));
    for (const position of [0, 1]) await store.expectParts(chunk(position), old);
    await store.storePart({ taskId: '1', chunk: 1, position: 0 }, { byteSize: 5, sha256: 'ab', rowCount: 7 });
    expect(await store.replaceParts(chunk(1), [{ position: 0, upstream: 'https://new/0' }])).toBe(true);
    const listed = async () => (await store.listParts('1')).map(({ upstream, state }) => `${upstream} ${state}`);
    const expected = [...old.map(({ upstream }) => `${upstream} EXPECTED`), 'https://new/0 EXPECTED'];
    expect(await listed()).toEqual(expected);
    await store.markFetched(chunk(1));
    expect(await store.replaceParts(chunk(1), [])).toBe(false);
    expect(await store.replaceParts(chunk(7), old)).toBe(false);
    expect(await listed()).toEqual(expected);
  });

  it('go with their task', async () => {
    await store.planChunks('1', WINDOWS);
    await store.expectParts(chunk(0), [{ position: 0, upstream: 'https://…' }]);
    await store.transition('1', { from: 'RUNNING', to: 'FAILED' });
    expect(await store.deleteTask('1')).toBe('DELETED');
    expect(await store.listChunks('1')).toEqual([]);
    expect(await store.listParts('1')).toEqual([]);
  });

  describe('files', () => {
    const FILES = ['b', 'a'].map((letter) => ({
      name: `${letter}.csv`,
      rowCount: letter === 'a' ? null : 3,
      byteSize: 7_000_000_000,
      sha256: letter.repeat(64),
      mediaType: 'text/csv',
    }));
    const outcome = { rowCount: 3, finishedAt: NOON + 5, expiresAt: NOON + 1_000, completeness: 'COMPLETE' } as const;

    it('appear with the success of their task', async () => {
      const published = await store.publish('1', FILES, { ...outcome, heldBy: 'worker-1' });
      expect(published).toMatchObject({ state: 'SUCCEEDED', phase: null, ...outcome });
      expect(await store.listFiles('1')).toEqual(FILES);
      expect(await store.publish('1', FILES, outcome)).toBeNull();
      expect(await store.listFiles('1')).toEqual(FILES);
    });

    it('are published by one worker only', async () => {
      await clock.advance(60_000);
      await store.requeueLost('LEASE_OVER');
      const lease = { workerId: 'worker-2', leaseUntil: clock.now() + 60_000 };
      await store.transition('1', { from: 'QUEUED', to: 'RUNNING' }, lease);
      const both = ['worker-1', 'worker-2'].map((heldBy) => other.publish('1', FILES, { ...outcome, heldBy }));
      expect((await Promise.all(both)).map((task) => task?.state)).toEqual([undefined, 'SUCCEEDED']);
      expect(await store.listFiles('1')).toEqual(FILES);
    });

    it('appear where it was too late to cancel', async () => {
      await store.transition('1', { from: 'RUNNING', to: 'CANCELLING' });
      expect(await store.publish('1', FILES, outcome)).toMatchObject({ state: 'SUCCEEDED' });
    });

    it('are all there or none', async () => {
      const twice = [...FILES, ...FILES.slice(0, 1)];
      await expect(store.publish('1', twice, outcome)).rejects.toMatchObject({ code: '23505' });
      expect(await store.findTask('1')).toMatchObject({ state: 'RUNNING', rowCount: null });
      expect(await store.listFiles('1')).toEqual([]);
    });

    it('go when their time is over', async () => {
      await store.publish('1', FILES, outcome);
      await startTask('2');
      await store.publish('2', FILES, { ...outcome, expiresAt: NOON + 900 });
      await startTask('3');
      await store.publish('3', FILES, { ...outcome, expiresAt: NOON + 1_001 });
      await clock.advance(1_000);
      expect(await store.findExpired()).toEqual(['2', '1']);
      expect(await store.expire('2')).toMatchObject({ state: 'EXPIRED', expiresAt: NOON + 900 });
      expect(await store.expire('2')).toBeNull();
      expect(await store.listFiles('2')).toEqual([]);
      expect(await store.findExpired()).toEqual(['1']);
      expect(await store.listFiles('1')).toEqual(FILES);
    });
  });
});
