import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UpstreamExport } from '../../src/analytics/exports.ts';
import { ProviderRejectedError } from '../../src/errors.ts';
import { cutIntoFiles, fileOf, rowsOf, serve, type Behaviour } from './fake-exports.ts';
import { ANN, openExports, rowsRequest, type OpenedExports } from './open-exports.ts';

let exports: OpenedExports;

beforeAll(async () => (exports = await openExports()));
afterAll(() => exports.close());

const HOUR_MS = 3_600_000;
const DAY = rowsOf(Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 2));

/** Export one day, and return what was told of its progress and of its bytes, in order. */
async function runAndWatch(behaviour: Partial<Behaviour>, meanwhile: () => Promise<void> = () => Promise.resolve()) {
  exports.provider.behave(behaviour);
  const { id } = await exports.tasks.create(rowsRequest(), ANN);
  const progress: (number | null)[] = [];
  const bytes: number[] = [];
  const watching = (async () => {
    for await (const task of exports.tasks.watch(id, ANN, new AbortController().signal)) {
      progress.push(task.progress);
      if (task.byteSize !== null) bytes.push(task.byteSize);
    }
  })();
  const ended = exports.untilState(id);
  await meanwhile();
  const task = await ended;
  await watching;
  expect(task).toMatchObject({ state: 'SUCCEEDED', attempt: 1, progress: 1 });
  expect((await exports.read(task)).bytes.toString()).toBe(fileOf(DAY));
  return { progress, bytes };
}

/** From null to 1, and never less than before; `least`: what it had come to before it could have fallen. */
function expectNeverBack(progress: readonly (number | null)[], least: number): void {
  const known = progress.filter((value) => value !== null);
  expect(progress.slice(progress.findIndex((value) => value !== null))).toEqual(known);
  expect(known).toEqual(known.toSorted((a, b) => a - b));
  expect(known.some((value) => value >= least && value < 0.9)).toBe(true);
}

const running = (progress: number): UpstreamExport => ({ state: 'RUNNING', progress });

describe('progress', () => {
  it('does not fall where a window is cut', async () => {
    const { progress } = await runAndWatch({
      // Far along, and then too large.
      check: ({ from, to, checks }, ready) => {
        if (checks < 3) return running(checks * 0.4);
        return to - from > 7 * HOUR_MS ? { state: 'TOO_LARGE', message: 'Too many rows.' } : ready();
      },
    });
    expectNeverBack(progress, 0.9 * 0.4);
  });

  it('does not fall where an export is asked for anew', async () => {
    const { progress } = await runAndWatch({
      check: ({ id, checks }, ready) => {
        if (checks < 3) return running(checks * 0.4);
        return id.endsWith('-1') ? { state: 'FAILED', message: 'Broken.', isRepeatable: true } : ready();
      },
    });
    expectNeverBack(progress, 0.9 * 0.4);
  });

  it('does not fall where what was fetched is lost with its link', async () => {
    const { progress } = await runAndWatch({
      filesOf: () => cutIntoFiles(DAY, 3),
      download: (content = Buffer.alloc(0), from) => {
        if (exports.provider.downloads.length === 3) throw new ProviderRejectedError('The link has ended.');
        return serve(content, from);
      },
    });
    // Two of three parts were there.
    expectNeverBack(progress, 0.9 * (0.5 + 1 / 3));
  });

  it('does not fall where another worker takes over', async () => {
    const { store } = exports.backend;
    let isReady = false;
    const { progress } = await runAndWatch(
      { check: ({ checks }, ready) => (isReady ? ready() : running(checks < 5 ? 0.8 : 0.1)) },
      async () => {
        const [task] = await exports.until(async () => {
          const { tasks } = await store.listTasks({ states: ['RUNNING'] }, { first: 1 });
          return (tasks[0]?.progress ?? 0) > 0.3 && tasks;
        });
        await store.requeueLost('ALL');
        await exports.until(async () => (await store.findTask(task?.id ?? ''))?.phase === 'WAITING');
        isReady = true;
      },
    );
    expectNeverBack(progress, 0.9 * 0.4);
  });

  it('counts the bytes of all windows', async () => {
    const { bytes } = await runAndWatch({
      check: ({ from, to }, ready) =>
        to - from > 13 * HOUR_MS ? { state: 'TOO_LARGE', message: 'Too many rows.' } : ready(),
    });
    expect(bytes.slice(0, -1)).toEqual(bytes.slice(0, -1).toSorted((a, b) => a - b));
    const half = fileOf(rowsOf(Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 1, 12))).length;
    expect(bytes).toContain(half);
  });
});
