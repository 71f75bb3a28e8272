import { existsSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fileOf, rowsOf, serve } from './fake-exports.ts';
import { openExports, type OpenedExports } from './open-exports.ts';

let exports: OpenedExports;

beforeAll(async () => (exports = await openExports()));
afterAll(() => exports.close());
beforeEach(() => exports.provider.behave());

const DAY = rowsOf(Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 2));
const GZIP = gzipSync(fileOf(DAY));

const NOT_AS_ANNOUNCED = 'The rows of the export are not as announced: ';

/** What is wrong, the file that has it, and what the task fails with. */
const WRONG: readonly (readonly [string, string | Buffer, string])[] = [
  ['gzip that is cut off', GZIP.subarray(0, GZIP.length - 20), 'A part is no whole gzip file (part 1)'],
  [
    'another header',
    fileOf(DAY).replace('share', 'price'),
    'A part has other columns than announced: without "share" and with "price" (part 1, line 1)',
  ],
  [
    'a text for a number',
    fileOf([...DAY, '2026-01-01T00:00:00.000Z,many,x,1']),
    '1 cell is no INTEGER (column "number", part 1, line 146)',
  ],
  [
    'a cell too few',
    fileOf([...DAY, '2026-01-01T00:00:00.000Z,1,x']),
    'A row has 3 cells instead of 4 (part 1, line 146)',
  ],
];

describe('rows that are not as announced', () => {
  it.each(WRONG)('fail by name: %s', async (_what, content, message) => {
    exports.provider.behave({ filesOf: () => [content] });
    const task = await exports.run();
    expect(task).toMatchObject({
      state: 'FAILED',
      failure: { code: 'PROVIDER_RESPONSE_INVALID', message: NOT_AS_ANNOUNCED + message, isRetryable: false },
    });
    expect(await exports.tasks.files(task)).toEqual([]);
  });

  it('fail where there are more or fewer than were counted', async () => {
    exports.provider.behave({ announce: () => 150 });
    const task = await exports.run();
    expect(task).toMatchObject({
      state: 'FAILED',
      failure: {
        code: 'PROVIDER_RESPONSE_INVALID',
        message: 'The provider announced 150 rows and delivered 144. Nothing of it is kept.',
      },
    });
    expect(await exports.tasks.files(task)).toEqual([]);
    const { artefacts } = exports.backend;
    await exports.until(async () => !existsSync(artefacts.outputPath(task.id)));
    expect(existsSync(artefacts.filePath(task.id, 'export.csv'))).toBe(false);
  });

  it('are right in whole gzip', async () => {
    exports.provider.behave({ filesOf: () => [GZIP] });
    expect((await exports.read(await exports.run())).bytes.toString()).toBe(fileOf(DAY));
  });
});

describe('a disk that is full', () => {
  const FULL = {
    state: 'FAILED',
    failure: { code: 'EXPORT_TASK_FAILED', message: 'The disk of the server is full.', isRetryable: false },
  };

  /** The folder of the only unfinished task. */
  async function folderOfTask(): Promise<string> {
    const { tasks } = await exports.backend.store.listTasks({ states: ['RUNNING'] }, { first: 1 });
    return dirname(exports.backend.artefacts.outputPath(tasks[0]?.id ?? ''));
  }

  it('fails by name while rows are fetched', async () => {
    exports.provider.behave({
      download: async (content = Buffer.alloc(0), from) => {
        // A device that has no space left, in the place of the file that is written next.
        await symlink('/dev/full', join(await folderOfTask(), 'staging/0-0.validator'));
        return serve(content, from);
      },
    });
    expect(await exports.run()).toMatchObject(FULL);
  });

  it('fails by name while the files are published', async () => {
    exports.provider.behave({
      download: async (content = Buffer.alloc(0), from) => {
        await symlink('/dev/full', join(await folderOfTask(), 'preview.json'));
        return serve(content, from);
      },
    });
    const task = await exports.run();
    expect(task).toMatchObject(FULL);
    expect(await exports.tasks.files(task)).toEqual([]);
    // What it took is given back, so that there is space again.
    await exports.until(async () => !existsSync(dirname(exports.backend.artefacts.outputPath(task.id))));
  });
});
