import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExportStore } from '../../src/store/export-store.ts';
import { ANN, openExports, rowsRequest, type OpenedExports } from './open-exports.ts';

let exports: OpenedExports;

beforeEach(async () => {
  exports = await openExports();
  exports.provider.behave({ check: () => ({ state: 'RUNNING', progress: null }) });
});
afterEach(() => exports.close());

const GONE = 'gone';
const FIRST = { chunk: 0, position: 0 };

/** Make a task look as a worker has left it that was at its export `up-1`, with something on disk; returns that folder. */
async function leave(id: string, store: ExportStore): Promise<string> {
  const { source } = rowsRequest();
  const rows = { ...('rows' in source && source.rows), timezone: 'UTC' };
  const request = { what: { kind: 'ROWS', rows }, format: 'CSV', compression: 'NONE', csv: {} } as const;
  await store.createTask({ id, principal: ANN, source: 'fake', request, requestHash: null }, null);
  const now = exports.clock.now();
  const lease = { workerId: GONE, leaseUntil: now + 60_000, startedAt: now };
  await store.transition(id, { from: 'QUEUED', to: 'RUNNING' }, lease);
  await store.planChunks(id, [{ from: Date.UTC(2026, 0, 1), to: Date.UTC(2026, 0, 2) }]);
  await store.markStarted({ taskId: id, position: 0 }, { id: `up of ${id}`, startedAt: now });
  const part = exports.backend.artefacts.partPath(id, FIRST);
  await mkdir(dirname(part), { recursive: true });
  await writeFile(part, 'rows');
  return dirname(dirname(part));
}

describe('a task that is cancelled after its worker was lost', () => {
  it('is ended by whoever finds it, at the provider too, and leaves nothing', async () => {
    const { store } = exports.backend;
    const folder = await leave('task', store);
    expect(await exports.tasks.cancel('task', ANN)).toMatchObject({ state: 'CANCELLING' });
    // As long as the lease lasts, its worker may still be there.
    await exports.clock.advance(40_000);
    expect(await store.findTask('task')).toMatchObject({ state: 'CANCELLING' });
    expect(exports.provider.cancelled).toEqual([]);
    expect(await exports.untilState('task')).toMatchObject({ state: 'CANCELLED', phase: null });
    expect(exports.provider.cancelled).toEqual(['up of task']);
    expect(existsSync(folder)).toBe(false);
    expect(await store.listChunks('task')).toMatchObject([{ state: 'PLANNED', upstreamId: null }]);
  });

  it('is ended as well where it was queued again before', async () => {
    const { store } = exports.backend;
    const folder = await leave('task', store);
    await store.transition('task', { from: 'RUNNING', to: 'QUEUED' });
    expect(await exports.tasks.cancel('task', ANN)).toMatchObject({ state: 'CANCELLING' });
    expect(await exports.untilState('task')).toMatchObject({ state: 'CANCELLED' });
    expect(exports.provider.cancelled).toEqual(['up of task']);
    expect(existsSync(folder)).toBe(false);
  });

  it('is ended whatever the provider says to it', async () => {
    exports.provider.behave({
      onCancel: () => {
        throw new Error('no');
      },
    });
    const folder = await leave('task', exports.backend.store);
    await exports.tasks.cancel('task', ANN);
    expect(await exports.untilState('task')).toMatchObject({ state: 'CANCELLED' });
    expect(existsSync(folder)).toBe(false);
    expect(exports.log.lines.at(-1)).toContain('could not be cancelled');
  });

  it('is ended by the next process, which also removes what those before have left', async () => {
    const { store } = exports.backend;
    const folders = await Promise.all(['cancelling', 'cancelled'].map((id) => leave(id, store)));
    await exports.tasks.cancel('cancelling', ANN);
    // As a process has left it that ended before it had removed anything.
    await store.transition('cancelled', { from: 'RUNNING', to: 'CANCELLING' });
    await store.transition('cancelled', { from: 'CANCELLING', to: 'CANCELLED' });
    expect(folders.map((path) => existsSync(path))).toEqual([true, true]);
    await exports.reopen();
    // At once, though the lease of the process before would last for a while.
    const looks: string[] = [];
    await exports.until(async () => {
      const task = await exports.tasks.find('cancelling', ANN);
      return looks.push(task?.state ?? '') > 10 || task?.state === 'CANCELLED';
    });
    expect(looks.at(-1)).toBe('CANCELLED');
    expect(exports.provider.cancelled).toEqual(['up of cancelling']);
    expect(folders.map((path) => existsSync(path))).toEqual([false, false]);
  });
});
