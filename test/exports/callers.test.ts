import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ExportTask } from '../../src/exports/task.ts';
import type { Behaviour } from './fake-exports.ts';
import { ANN, openExports, rowsRequest, type OpenedExports } from './open-exports.ts';

let exports: OpenedExports;

beforeAll(async () => (exports = await openExports()));
afterAll(() => exports.close());
beforeEach(async () => {
  for (const { id } of (await exports.backend.store.listTasks({}, { first: 100 })).tasks) {
    await exports.tasks.cancel(id, ANN).catch(() => undefined);
    await exports.untilState(id);
    await exports.backend.store.deleteTask(id);
  }
  exports.provider.behave(RUNNING);
});

const RUNNING: Partial<Behaviour> = { check: () => ({ state: 'RUNNING', progress: null }) };

describe('an idempotency key', () => {
  it('finds its task again', async () => {
    const first = await exports.tasks.create(rowsRequest({ idempotencyKey: 'monday' }), ANN);
    const again = await exports.tasks.create(rowsRequest({ idempotencyKey: 'monday' }), ANN);
    expect(again.id).toBe(first.id);
    expect((await exports.tasks.list({ first: 10, after: null }, ANN)).totalCount).toBe(1);
  });

  it('does not mind the order of options', async () => {
    const csv = { delimiter: ';', header: true };
    const first = await exports.tasks.create(rowsRequest({ idempotencyKey: 'order', csv }), ANN);
    const turned = { header: true, delimiter: ';' };
    expect((await exports.tasks.create(rowsRequest({ idempotencyKey: 'order', csv: turned }), ANN)).id).toBe(first.id);
  });

  it('is refused with another input', async () => {
    await exports.tasks.create(rowsRequest({ idempotencyKey: 'monday' }), ANN);
    await expect(exports.tasks.create(rowsRequest({ idempotencyKey: 'monday', format: 'TSV' }), ANN)).rejects.toThrow(
      'input.idempotencyKey: was used with another input within the last 24 hours',
    );
  });

  it('is of one caller', async () => {
    const first = await exports.tasks.create(rowsRequest({ idempotencyKey: 'monday' }), ANN);
    const other = await exports.tasks.create(rowsRequest({ idempotencyKey: 'monday' }), 'bob');
    expect(other.id).not.toBe(first.id);
    await exports.tasks.cancel(other.id, 'bob');
  });

  it('finds its task at the limit, too', async () => {
    const limited = exports.withLimits({ perPrincipal: 1 });
    const first = await limited.create(rowsRequest({ idempotencyKey: 'monday' }), ANN);
    expect((await limited.create(rowsRequest({ idempotencyKey: 'monday' }), ANN)).id).toBe(first.id);
  });
});

describe('limits', () => {
  it('hold for each caller', async () => {
    const limited = exports.withLimits({ perPrincipal: 2 });
    const { id } = await limited.create(rowsRequest(), ANN);
    await limited.create(rowsRequest(), ANN);
    await expect(limited.create(rowsRequest(), ANN)).rejects.toMatchObject({
      code: 'QUERY_NOT_SUPPORTED',
      message: 'input: you have 2 unfinished exports, and may have 2. Wait for one, or cancel one',
    });
    expect((await limited.list({ first: 10, after: null }, ANN)).totalCount).toBe(2);
    const bobs = await limited.create(rowsRequest(), 'bob');
    await limited.cancel(bobs.id, 'bob');
    await limited.cancel(id, ANN);
    await exports.untilState(id);
    await limited.create(rowsRequest(), ANN);
  });

  it('hold for all together', async () => {
    const limited = exports.withLimits({ inTotal: 1 });
    const { id } = await limited.create(rowsRequest(), 'bob');
    await expect(limited.create(rowsRequest(), ANN)).rejects.toMatchObject({
      code: 'QUERY_NOT_SUPPORTED',
      message: 'input: this server has 1 unfinished exports, and takes 1. Try again later',
    });
    await limited.cancel(id, 'bob');
  });

  it('hold for those that are tried again', async () => {
    const limited = exports.withLimits({ perPrincipal: 1 });
    const { id } = await limited.create(rowsRequest(), ANN);
    await limited.cancel(id, ANN);
    await exports.untilState(id);
    await limited.create(rowsRequest(), ANN);
    await expect(limited.retry(id, ANN)).rejects.toMatchObject({ code: 'QUERY_NOT_SUPPORTED' });
  });
});

describe("other callers' exports", () => {
  it('are as if they were not there', async () => {
    const { id } = await exports.tasks.create(rowsRequest(), ANN);
    expect(await exports.tasks.find(id, 'bob')).toBeNull();
    expect(await exports.tasks.list({ first: 10, after: null }, 'bob')).toMatchObject({
      tasks: [],
      hasMore: false,
      totalCount: 0,
    });
    for (const act of ['cancel', 'retry', 'remove'] as const) {
      await expect(exports.tasks[act](id, 'bob')).rejects.toMatchObject({
        code: 'EXPORT_TASK_NOT_FOUND',
        message: 'input.id: there is no export task of this id.',
      });
    }
    const seen: ExportTask[] = [];
    for await (const task of exports.tasks.watch(id, 'bob', new AbortController().signal)) seen.push(task);
    expect(seen).toEqual([]);
  });
});

describe('the list of exports', () => {
  it('is read page by page, the newest first', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 3; count++) {
      ids.unshift((await exports.tasks.create(rowsRequest(), ANN)).id);
      await exports.clock.advance(1);
    }
    const page = await exports.tasks.list({ first: 2, after: null }, ANN);
    expect(page).toMatchObject({ hasMore: true, totalCount: 3 });
    const rest = await exports.tasks.list({ first: 2, after: page.tasks[1] ?? null }, ANN);
    expect(rest).toMatchObject({ hasMore: false, totalCount: 3 });
    expect([...page.tasks, ...rest.tasks].map(({ id }) => id)).toEqual(ids);
  });

  it('is filtered by state, source and time', async () => {
    const { id, createdAt } = await exports.tasks.create(rowsRequest(), ANN);
    await exports.tasks.cancel(id, ANN);
    await exports.untilState(id);
    const count = async (filter: object) =>
      (await exports.tasks.list({ first: 10, after: null, ...filter }, ANN)).totalCount;
    expect(await count({ states: ['CANCELLED'] })).toBe(1);
    expect(await count({ states: ['SUCCEEDED'] })).toBe(0);
    expect(await count({ sources: ['fake'] })).toBe(1);
    expect(await count({ sources: ['other'] })).toBe(0);
    expect(await count({ createdFrom: createdAt })).toBe(1);
    expect(await count({ createdBefore: createdAt })).toBe(0);
  });
});

describe('watching an export', () => {
  it('shows each change once and ends with the task', async () => {
    exports.provider.behave();
    const { id } = await exports.tasks.create(rowsRequest(), ANN);
    const seen: string[] = [];
    const states: string[] = [];
    const watching = (async () => {
      for await (const task of exports.tasks.watch(id, ANN, new AbortController().signal)) {
        seen.push(JSON.stringify(task));
        states.push(task.state);
      }
    })();
    await exports.untilState(id);
    await watching;
    expect(new Set(seen).size).toBe(seen.length);
    expect(states[0]).toBe('QUEUED');
    expect(states.at(-1)).toBe('SUCCEEDED');
    expect(states.filter((state) => state === 'SUCCEEDED')).toHaveLength(1);
  });

  it('ends when the watcher leaves', async () => {
    const { id } = await exports.tasks.create(rowsRequest(), ANN);
    const leaving = new AbortController();
    let count = 0;
    for await (const _task of exports.tasks.watch(id, ANN, leaving.signal)) {
      count += 1;
      leaving.abort();
    }
    expect(count).toBe(1);
  });

  it('shows an ended task once', async () => {
    exports.provider.behave();
    const { id } = await exports.run();
    const seen: string[] = [];
    for await (const { state } of exports.tasks.watch(id, ANN, new AbortController().signal)) seen.push(state);
    expect(seen).toEqual(['SUCCEEDED']);
  });
});
