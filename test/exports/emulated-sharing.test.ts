import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'csv-parse/sync';
import type { CreateExportRequest } from '../../src/exports/request.ts';
import type { ExportTask } from '../../src/exports/task.ts';
import { countEvents, eventsRequest, openEmulatedMytracker, type EmulatedMytracker } from './emulated-mytracker.ts';
import type { OpenedExports } from './open-exports.ts';

let emulated: EmulatedMytracker;
let exports: OpenedExports;

/** Exports of the emulator that end in an error, by id. */
const interrupted: string[] = [];
const PREPARATION_MS = 15_000;

beforeAll(async () => {
  emulated = await openEmulatedMytracker({
    preparationMs: PREPARATION_MS,
    linesPerPart: 1_000,
    maxLines: 2 * countEvents(),
    faults: { interruptedExports: interrupted },
  });
  ({ exports } = emulated);
}, 30_000);
afterAll(() => emulated.close());
beforeEach(() => emulated.relay.behave());

const asked = (method: string) => emulated.countAsked(method);

/** Make tasks at the same moment, each of a caller of its own, and return their ids. */
async function createAll(requests: readonly CreateExportRequest[]): Promise<string[]> {
  const created = await Promise.all(requests.map((request, index) => exports.tasks.create(request, `caller ${index}`)));
  return created.map(({ id }) => id);
}

async function rowsOf(task: ExportTask): Promise<string[]> {
  expect(task).toMatchObject({ state: 'SUCCEEDED', failure: null });
  return parse((await exports.read(task)).bytes) as unknown as string[];
}

const untilWaiting = (id: string) =>
  exports.until(async () => (await exports.backend.store.findTask(id))?.phase === 'WAITING');

describe('tasks that ask MyTracker the same', () => {
  it('have one export, whoever they are of and in whatever format', async () => {
    const requests = [eventsRequest(), eventsRequest({ format: 'TSV', csv: null }), eventsRequest({ format: 'JSONL' })];
    const [first = '', ...others] = await createAll(requests);
    const rows = await rowsOf(await exports.untilState(first));
    expect(rows.length - 1).toBe(countEvents());
    for (const id of others) {
      expect(await exports.untilState(id)).toMatchObject({ state: 'SUCCEEDED', rowCount: rows.length - 1 });
    }
    expect(asked('create.json')).toBe(1);
    expect(asked('cancel.json')).toBe(0);
  });

  it('go on where one of them is cancelled, and MyTracker is not told', async () => {
    const [left = '', stays = ''] = await createAll([eventsRequest(), eventsRequest()]);
    await Promise.all([left, stays].map(untilWaiting));
    await exports.tasks.cancel(left, 'caller 0');
    expect(await exports.untilState(left)).toMatchObject({ state: 'CANCELLED' });
    expect((await rowsOf(await exports.untilState(stays))).length - 1).toBe(countEvents());
    expect([asked('create.json'), asked('cancel.json')]).toEqual([1, 0]);
  });

  it('end it with the last of them, once', async () => {
    const ids = await createAll([eventsRequest(), eventsRequest()]);
    await Promise.all(ids.map(untilWaiting));
    await Promise.all(ids.map((id, index) => exports.tasks.cancel(id, `caller ${index}`)));
    for (const id of ids) expect(await exports.untilState(id)).toMatchObject({ state: 'CANCELLED' });
    expect([asked('create.json'), asked('cancel.json')]).toEqual([1, 1]);
    // One that was ended is nobody's any more.
    const [next = ''] = await createAll([eventsRequest()]);
    expect(await exports.untilState(next)).toMatchObject({ state: 'SUCCEEDED' });
    expect(asked('create.json')).toBe(2);
  });

  it('share the next one where it is interrupted', async () => {
    // The emulator counts its exports from 1.
    const [probe = ''] = await createAll([eventsRequest()]);
    await untilWaiting(probe);
    const [{ upstreamId } = { upstreamId: null }] = await exports.backend.store.listChunks(probe);
    await exports.untilState(probe);
    interrupted.push(String(Number(upstreamId) + 1));
    emulated.relay.behave();
    const ids = await createAll([eventsRequest(), eventsRequest()]);
    for (const id of ids) expect((await rowsOf(await exports.untilState(id))).length - 1).toBe(countEvents());
    expect(asked('create.json')).toBe(2);
    for (const id of ids) expect(await exports.backend.store.listChunks(id)).toMatchObject([{ restarts: 1 }]);
  });

  it('share each half of a window that is too large', async () => {
    const period = { dates: { from: '2026-11-09', to: '2026-11-12' } };
    const requests = [eventsRequest({}, { period }), eventsRequest({}, { period })];
    const [first = '', second = ''] = await createAll(requests);
    const rows = await rowsOf(await exports.untilState(first));
    expect(await rowsOf(await exports.untilState(second))).toEqual(rows);
    const chunks = await exports.backend.store.listChunks(first);
    expect(chunks.length).toBeGreaterThan(1);
    // Halves of halves: a tree of two has one leaf more than it has forks.
    expect(asked('create.json')).toBe(2 * chunks.length - 1);
  });

  it.each([
    ['columns', { columns: ['tsEvent'] }],
    ['days', { period: { dates: { from: '2026-11-11', to: '2026-11-11' } } }],
    ['filters', { filters: [{ dimension: 'eventName', operator: 'IS' as const, values: ['sign_up'] }] }],
    ['a time zone', { timezone: 'Europe/Moscow' }],
    ['options', { options: { byTimestamps: true } }],
  ])('have one each with other %s', async (_what, rows) => {
    const ids = await createAll([eventsRequest(), eventsRequest({}, rows)]);
    for (const id of ids) expect(await exports.untilState(id)).toMatchObject({ state: 'SUCCEEDED' });
    expect(asked('create.json')).toBe(2);
  });
});
