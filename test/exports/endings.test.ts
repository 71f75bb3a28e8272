import { existsSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fileOf, rowsOf, serveForever, type Behaviour } from './fake-exports.ts';
import { ANN, openExports, rowsRequest, type OpenedExports } from './open-exports.ts';

let exports: OpenedExports;

beforeAll(async () => (exports = await openExports([], { concurrency: 1 })));
afterAll(() => exports.close());
beforeEach(() => exports.provider.behave());

const DAY = rowsOf(Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 2));
const RUNNING: Partial<Behaviour> = { check: () => ({ state: 'RUNNING', progress: null }) };

async function start(phase?: string): Promise<string> {
  const { id } = await exports.tasks.create(rowsRequest(), ANN);
  if (phase !== undefined) {
    await exports.until(async () => (await exports.tasks.find(id, ANN))?.phase === phase);
  }
  return id;
}

describe('an export that is cancelled', () => {
  it('never begins while it is queued', async () => {
    exports.provider.behave(RUNNING);
    const first = await start('WAITING');
    const second = await start();
    expect(await exports.tasks.cancel(second, ANN)).toMatchObject({ state: 'CANCELLED' });
    await exports.tasks.cancel(first, ANN);
    await exports.untilState(first, 'CANCELLED');
    // The worker is free again, and has only been asked for this one and the first.
    exports.provider.behave();
    expect(await exports.run()).toMatchObject({ state: 'SUCCEEDED' });
    expect(exports.provider.asked).toHaveLength(1);
    expect(await exports.tasks.find(second, ANN)).toMatchObject({ state: 'CANCELLED', startedAt: null });
  });

  it('is cancelled at the provider while it waits', async () => {
    exports.provider.behave(RUNNING);
    const id = await start('WAITING');
    const cancelling = await exports.tasks.cancel(id, ANN);
    expect(cancelling.state).toBe('CANCELLING');
    const cancelled = await exports.untilState(id, 'CANCELLED');
    expect(cancelled).toMatchObject({ phase: null, failure: null });
    expect(cancelled.finishedAt).not.toBeNull();
    expect(exports.provider.cancelled).toEqual(exports.provider.asked.map((one) => one.id));
    expect(existsSync(exports.backend.artefacts.partPath(id, { chunk: 0, position: 0 }))).toBe(false);
  });

  it('ends whatever the provider says to it', async () => {
    const onCancel = () => {
      throw new Error('no');
    };
    exports.provider.behave({ ...RUNNING, onCancel });
    const id = await start('WAITING');
    await exports.tasks.cancel(id, ANN);
    expect(await exports.untilState(id)).toMatchObject({ state: 'CANCELLED' });
    expect(exports.log.lines.at(-1)).toContain('could not be cancelled');
  });

  it('stops while it is fetched', async () => {
    exports.provider.behave({
      download: (content = Buffer.alloc(0), from, deadline) => serveForever(content, from, deadline),
    });
    const id = await start('FETCHING');
    await exports.until(async () => exports.provider.downloads.length > 0);
    await exports.tasks.cancel(id, ANN);
    expect(await exports.untilState(id)).toMatchObject({ state: 'CANCELLED' });
    // It was ready: there is nothing to cancel at the provider.
    expect(exports.provider.cancelled).toEqual([]);
  });

  it('stops while its files are written', async () => {
    const period = { dates: { from: '2025-01-01', to: '2025-12-31' } };
    const request = rowsRequest({ format: 'XLSX' }, { period });
    const { id } = await exports.tasks.create(request, ANN);
    await exports.until(async () => (await exports.tasks.find(id, ANN))?.phase === 'CONVERTING');
    await exports.tasks.cancel(id, ANN);
    const task = await exports.untilState(id);
    expect(task.state).toBe('CANCELLED');
    expect(await exports.tasks.files(task)).toEqual([]);
    expect(existsSync(exports.backend.artefacts.outputPath(id))).toBe(false);
  });

  it('cannot be cancelled once it has ended', async () => {
    const { id } = await exports.run();
    await expect(exports.tasks.cancel(id, ANN)).rejects.toThrow(
      'input.id: the task is SUCCEEDED and cannot be cancelled any more',
    );
  });
});

describe('an export that is tried again', () => {
  it('begins from the start after it has failed', async () => {
    exports.provider.behave({ filesOf: () => ['nonsense'] });
    const failed = await exports.run();
    expect(failed.state).toBe('FAILED');
    exports.provider.behave();
    const queued = await exports.tasks.retry(failed.id, ANN);
    expect(queued).toMatchObject({ state: 'QUEUED', attempt: 2, failure: null, startedAt: null, finishedAt: null });
    const task = await exports.untilState(failed.id);
    expect(task).toMatchObject({ state: 'SUCCEEDED', attempt: 2, rowCount: 144 });
    expect((await exports.read(task)).bytes.toString()).toBe(fileOf(DAY));
    expect(exports.provider.asked).toHaveLength(1);
  });

  it('begins from the start after it was cancelled', async () => {
    exports.provider.behave(RUNNING);
    const id = await start('WAITING');
    await exports.tasks.cancel(id, ANN);
    await exports.untilState(id, 'CANCELLED');
    exports.provider.behave();
    await exports.tasks.retry(id, ANN);
    expect(await exports.untilState(id)).toMatchObject({ state: 'SUCCEEDED', attempt: 2 });
  });

  it('is tried once where it is asked twice', async () => {
    exports.provider.behave({ filesOf: () => ['nonsense'] });
    const { id } = await exports.run();
    exports.provider.behave();
    const [first, second] = await Promise.allSettled([exports.tasks.retry(id, ANN), exports.tasks.retry(id, ANN)]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'BAD_USER_INPUT' } });
    expect(await exports.untilState(id)).toMatchObject({ state: 'SUCCEEDED', attempt: 2 });
  });

  it('is refused while it runs and once it has succeeded', async () => {
    const { id } = await exports.run();
    await expect(exports.tasks.retry(id, ANN)).rejects.toThrow(
      'input.id: the task is SUCCEEDED; only FAILED and CANCELLED ones are tried again',
    );
  });
});

describe('an export that is removed', () => {
  it('is gone with its files', async () => {
    const task = await exports.run();
    const { name } = await exports.read(task);
    await exports.tasks.remove(task.id, ANN);
    expect(await exports.tasks.find(task.id, ANN)).toBeNull();
    expect(existsSync(exports.backend.artefacts.filePath(task.id, name))).toBe(false);
  });

  it('stays while it runs', async () => {
    exports.provider.behave(RUNNING);
    const id = await start('WAITING');
    await expect(exports.tasks.remove(id, ANN)).rejects.toThrow(
      'input.id: the task is RUNNING; cancel it before you delete it',
    );
    await exports.tasks.cancel(id, ANN);
    await exports.untilState(id, 'CANCELLED');
    await exports.tasks.remove(id, ANN);
    await expect(exports.tasks.remove(id, ANN)).rejects.toMatchObject({ code: 'EXPORT_TASK_NOT_FOUND' });
  });
});
