import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UpstreamExport } from '../../src/analytics/exports.ts';
import { ProviderRateLimitedError } from '../../src/errors.ts';
import { fileOf, rowsOf } from './fake-exports.ts';
import { ANN, openExports, rowsRequest, type OpenedExports } from './open-exports.ts';

let exports: OpenedExports;

beforeAll(async () => (exports = await openExports([], { concurrency: 4 })));
afterAll(() => exports.close());

const DAY = rowsOf(Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 2));
const RUNNING: UpstreamExport = { state: 'RUNNING', progress: 0.5 };

/** What the provider answers to each check, by the id of the export; ready where nothing is said. */
let answers: ((id: string) => UpstreamExport | null)[] = [];
let isReady = false;

beforeEach(() => {
  answers = [];
  isReady = false;
  exports.provider.behave({
    check: ({ id }, ready) => answers.shift()?.(id) ?? (isReady ? ready() : RUNNING),
  });
});

const start = async () => (await exports.tasks.create(rowsRequest(), ANN)).id;

async function startWaiting(): Promise<string> {
  const id = await start();
  await exports.until(async () => (await exports.tasks.find(id, ANN))?.phase === 'WAITING');
  return id;
}

async function finish(ids: readonly string[]): Promise<void> {
  isReady = true;
  for (const id of ids) {
    const task = await exports.untilState(id);
    expect(task).toMatchObject({ state: 'SUCCEEDED', failure: null });
    expect((await exports.read(task)).bytes.toString()).toBe(fileOf(DAY));
  }
}

const upstreamOf = async (id: string) => (await exports.backend.store.listChunks(id))[0]?.upstreamId;

describe('an export at the provider', () => {
  it('is shared while it is at most a minute old', async () => {
    const first = await startWaiting();
    await exports.clock.advance(50_000);
    const second = await startWaiting();
    expect(exports.provider.asked).toHaveLength(1);
    const [{ upstreamStartedAt } = { upstreamStartedAt: null }] = await exports.backend.store.listChunks(first);
    // Its age is what the provider is asked with, not that of who has joined.
    expect(await exports.backend.store.listChunks(second)).toMatchObject([{ upstreamStartedAt }]);
    await exports.clock.advance(20_000);
    const third = await startWaiting();
    expect(exports.provider.asked).toHaveLength(2);
    await finish([first, second, third]);
  });

  it('is not shared once it is ready', async () => {
    isReady = true;
    const first = await start();
    await exports.untilState(first);
    const second = await start();
    await finish([second]);
    expect(exports.provider.asked).toHaveLength(2);
  });

  it('is asked for once by two that wait for a place there', async () => {
    let tries = 0;
    exports.provider.behave({
      onStart: () => {
        if (++tries < 4) throw new ProviderRateLimitedError('The queue is full.', { retryAfterMs: 2_000 });
      },
      check: (_asked, ready) => (isReady ? ready() : RUNNING),
    });
    const ids = await Promise.all([startWaiting(), startWaiting()]);
    expect(tries).toBe(4);
    await finish(ids);
    expect(exports.provider.asked).toHaveLength(1);
  });

  it('is not waited for again by who was told that it has failed', async () => {
    const failed: UpstreamExport = { state: 'FAILED', message: 'Broken.', isRepeatable: true };
    const ids = [await startWaiting(), await startWaiting()];
    const [dead] = exports.provider.asked.map(({ id }) => id);
    // One of them learns it first: the other one still waits for the dead export.
    answers = [() => failed];
    await exports.until(() => Promise.resolve(exports.provider.asked.length === 2));
    const upstreams = await exports.until(async () => {
      const found = await Promise.all(ids.map(upstreamOf));
      return found.every(Boolean) && found;
    });
    expect(upstreams.filter((id) => id === dead)).toHaveLength(1);
    // Then the other one learns it, too, and waits for the new one.
    answers = Array.from({ length: 50 }, () => (id: string) => (id === dead ? failed : RUNNING));
    await exports.until(async () => new Set(await Promise.all(ids.map(upstreamOf))).size === 1);
    await finish(ids);
    expect(exports.provider.asked).toHaveLength(2);
    for (const id of ids) expect(await exports.backend.store.listChunks(id)).toMatchObject([{ restarts: 1 }]);
  });

  it('is not used by the next attempt of who failed with it', async () => {
    const ids = [await startWaiting(), await startWaiting()];
    answers = [() => ({ state: 'FAILED', message: 'No such app.', isRepeatable: false })];
    const failed = await exports.until(async () => {
      const tasks = await Promise.all(ids.map((id) => exports.tasks.find(id, ANN)));
      return tasks.find((task) => task?.state === 'FAILED');
    });
    expect(exports.provider.asked).toHaveLength(1);
    await exports.tasks.retry(failed.id, ANN);
    await exports.until(async () => (await exports.tasks.find(failed.id, ANN))?.phase === 'WAITING');
    expect(exports.provider.asked).toHaveLength(2);
    expect(new Set(await Promise.all(ids.map(upstreamOf))).size).toBe(2);
    await finish(ids);
  });

  it('is used by the next attempt of who was only cancelled', async () => {
    const ids = [await startWaiting(), await startWaiting()];
    const [left = ''] = ids;
    await exports.tasks.cancel(left, ANN);
    await exports.untilState(left, 'CANCELLED');
    await exports.tasks.retry(left, ANN);
    await exports.until(async () => (await exports.tasks.find(left, ANN))?.phase === 'WAITING');
    await finish(ids);
    expect(exports.provider.asked).toHaveLength(1);
    expect(exports.provider.cancelled).toEqual([]);
  });
});
