import { afterEach, describe, expect, it } from 'vitest';

import { COLLEAGUE, NOON, RAW, startMytrackerClient, WHOLE, world } from './mytracker-client.ts';
import type { MytrackerClient } from './mytracker-client.ts';

const DAY = { event: 'installs', selectors: 'tsEvent', dateFrom: '2026-11-18', dateTo: '2026-11-18' };
const PREPARED = { preparationMs: 2000 };

let mytracker: MytrackerClient;

afterEach(() => mytracker.close());

const cancel = (id: string) => mytracker.ask(`${RAW}/cancel.json?idRawExport=${id}`);

describe('an export of the emulated MyTracker', () => {
  it('rises to its end', async () => {
    mytracker = await startMytrackerClient(PREPARED);
    const id = await mytracker.queue(DAY);
    const running = { idRawExport: id, status: 'In progress' };
    expect(await mytracker.stateOf(id)).toEqual({ ...running, progress: '0%', isCancellable: true });
    mytracker.advance(1290);
    expect(await mytracker.stateOf(id)).toEqual({ ...running, progress: '64%', isCancellable: false });
    mytracker.advance(709);
    expect(await mytracker.stateOf(id)).toEqual({ ...running, progress: '99%', isCancellable: false });
    mytracker.advance(1);
    expect(await mytracker.stateOf(id)).toEqual({
      idRawExport: id,
      status: 'Success!',
      files: [
        {
          link: expect.stringMatching(
            new RegExp(
              `^http://127\\.0\\.0\\.1:\\d+/storage/download/raw/${id}\\.installs\\.[0-9a-f]{32}\\.0\\.csv\\.gz$`,
            ),
          ),
          timestampExpires: String((NOON + 2000) / 1000 + 86_400),
        },
      ],
    });
  });

  it('takes two seconds unless told otherwise', async () => {
    mytracker = await startMytrackerClient({}, {});
    const id = await mytracker.queue(DAY);
    mytracker.advance(1999);
    expect((await mytracker.stateOf(id)).status).toBe('In progress');
    mytracker.advance(1);
    expect((await mytracker.stateOf(id)).status).toBe('Success!');
  });

  it('can be cancelled while it is young', async () => {
    mytracker = await startMytrackerClient(PREPARED);
    const id = await mytracker.queue(DAY);
    const { status, body } = await cancel(id);
    expect([status, body]).toEqual([200, { code: 200, message: 'Ok', data: { idRawExport: id, info: 'Canceled' } }]);
    mytracker.advance(5000);
    expect(await mytracker.stateOf(id)).toEqual({ idRawExport: id, status: 'Canceled by user' });
  });

  it.each([
    [1500, 'This RawExport can not be cancel'],
    [2000, "This RawExport can not be cancel (it's completed)"],
  ])('cannot be cancelled after %i ms', async (ms, detail) => {
    mytracker = await startMytrackerClient(PREPARED);
    const id = await mytracker.queue(DAY);
    mytracker.advance(ms);
    const { status, body } = await cancel(id);
    expect([status, body]).toEqual([400, { code: 400, message: 'Bad Request', data: { error: { detail } } }]);
  });

  it('belongs to who asked for it', async () => {
    mytracker = await startMytrackerClient();
    const id = await mytracker.queue(DAY);
    const { status } = await mytracker.ask(`${RAW}/get.json?idRawExport=${id}`, { signer: COLLEAGUE });
    expect(status).toBe(404);
  });

  it.each([
    [99, 'User error occurred'],
    [100, 'Success!'],
  ])('of a hundred lines, where %i are allowed, ends in: %s', async (maxLines, status) => {
    // The hundredth and the hundred and first person came in different seconds.
    const [first, last] = [world.users[0], world.users[99]].map((user) => Math.floor(user!.installedAtMs / 1000));
    expect(Math.floor(world.users[100]!.installedAtMs / 1000)).toBeGreaterThan(last!);
    mytracker = await startMytrackerClient({ maxLines });
    const query = { event: 'installs', selectors: 'tsEvent', tsFrom: first!, tsTo: last! };
    const state = await mytracker.stateOf(await mytracker.queue(query));
    expect(state.status).toBe(status);
    expect(state.errorMessage).toBe(maxLines === 99 ? 'Too many lines in export' : undefined);
  });

  it('is too long when it is of everything', async () => {
    mytracker = await startMytrackerClient({ preparationMs: 0 }, {});
    const id = await mytracker.queue({ event: 'customEvents', selectors: 'tsEvent', ...WHOLE });
    expect(await mytracker.stateOf(id)).toEqual({
      idRawExport: id,
      status: 'User error occurred',
      errorMessage: 'Too many lines in export',
    });
  });

  it('can be too large', async () => {
    mytracker = await startMytrackerClient({ maxCells: 100 });
    const id = await mytracker.queue(DAY);
    expect((await mytracker.stateOf(id)).errorMessage).toBe('Too much export data');
  });

  it('can be interrupted', async () => {
    mytracker = await startMytrackerClient({ faults: { interruptedExports: ['1'] } });
    const [first, second] = [await mytracker.queue(DAY), await mytracker.queue(DAY)];
    expect(await mytracker.stateOf(first)).toEqual({ idRawExport: first, status: 'Error occurred' });
    expect((await mytracker.stateOf(second)).status).toBe('Success!');
  });

  it('can fail to be asked after', async () => {
    mytracker = await startMytrackerClient({
      faults: { failureOf: ({ path, count }) => (path.endsWith('/get.json') && count === 2 ? 503 : undefined) },
    });
    const id = await mytracker.queue(DAY);
    const statuses = [];
    for (let index = 0; index < 3; index += 1) {
      statuses.push((await mytracker.ask(`${RAW}/get.json?idRawExport=${id}`)).status);
    }
    expect(statuses).toEqual([200, 503, 200]);
  });
});

describe('the queue of the emulated MyTracker', () => {
  it('holds five exports of a user', async () => {
    mytracker = await startMytrackerClient(PREPARED);
    const ids = [];
    for (let index = 0; index < 5; index += 1) ids.push(await mytracker.queue(DAY));
    const { status, body } = await mytracker.create(DAY);
    expect([status, body]).toEqual([
      400,
      {
        code: 400,
        message: 'Bad Request',
        data: {
          error: {
            detail:
              'Maximum number of simultaneous requests reached. Wait until there is space available in the queue.',
            info: { exports: ids.map((idRawExport) => ({ idRawExport })) },
          },
        },
      },
    ]);
    expect((await mytracker.create(DAY, COLLEAGUE)).status).toBe(200);
  });

  it('has room again when one is cancelled, or all are done', async () => {
    mytracker = await startMytrackerClient({ ...PREPARED, queueSize: 2 });
    const id = await mytracker.queue(DAY);
    await mytracker.queue(DAY);
    expect((await mytracker.create(DAY)).status).toBe(400);
    await cancel(id);
    expect((await mytracker.create(DAY)).status).toBe(200);
    expect((await mytracker.create(DAY)).status).toBe(400);
    mytracker.advance(2000);
    expect((await mytracker.create(DAY)).status).toBe(200);
  });

  it('says what is wrong with a request before it says that it is full', async () => {
    mytracker = await startMytrackerClient({ ...PREPARED, queueSize: 0 });
    const { body } = await mytracker.create({ ...DAY, selectors: 'nothing' });
    expect(body.data.error.detail).toBe("Argument 'selectors' is invalid");
  });
});
