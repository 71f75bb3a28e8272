import { existsSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Behaviour } from './fake-exports.ts';
import { fileOf, rowsOf, serve } from './fake-exports.ts';
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
    let isFetching = false;
    exports.provider.behave({
      download: () => {
        isFetching = true;
        return new Promise(() => undefined);
      },
    });
    // A call that does not end by itself ends with its deadline.
    exports.provider.behave({
      download: (content = Buffer.alloc(0), from) => {
        isFetching = true;
        const served = serve(content, from);
        served.body.pause();
        async function* read() {
          yield content.subarray(0, 100);
          await new Promise((_resolve, reject) => (rejectRead = reject));
        }
        const body = served.body.constructor as unknown as { from(of: unknown): typeof served.body };
        return { ...served, body: body.from(read()) };
      },
    });
    let rejectRead: (error: Error) => void = () => undefined;
    const id = await start('FETCHING');
    await exports.until(async () => isFetching);
    await exports.tasks.cancel(id, ANN);
    rejectRead(new Error('The caller left.'));
    expect(await exports.untilState(id)).toMatchObject({ state: 'CANCELLED' });
    // It is ready: there is nothing to cancel at the provider.
    expect(exports.provider.cancelled).toEqual([]);
  });
});
