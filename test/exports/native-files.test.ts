import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/analytics/global-id.ts';
import type { NativeFiles } from '../../src/analytics/native-files.ts';
import { ProviderRejectedError, ProviderUnavailableError } from '../../src/errors.ts';
import type { ExportTask } from '../../src/exports/task.ts';
import { dataSourceOf, openExports, type OpenedExports } from './open-exports.ts';

// A byte order mark, a byte that no UTF-8 has, and line ends of both kinds.
const FIRST = Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0x2c, 0xff, 0x0d, 0x0a, 0x31, 0x2c, 0x32, 0x0a]);
const SECOND = Buffer.from([0x1f, 0x8b, 0x08, 0x00]);
const ROW_LIMIT = 3;

type Download = NativeFiles<string>['download'];

const asked: string[] = [];
let list: () => readonly string[] | null;
let download: (name: string) => ReturnType<Download> | Awaited<ReturnType<Download>>;

const nativeFiles: NativeFiles<string> = {
  maxRows: ROW_LIMIT,
  list: async (cohortId) => list()?.map((name) => `${cohortId}/${name}`) ?? null,
  download: async (name) => {
    asked.push(name);
    return download(name);
  },
};

const none = () => Promise.reject(new Error('Nobody lists or reads them'));
const source = dataSourceOf('natives', { cohorts: { listCohorts: none, readMembers: none, nativeFiles } });
let exports: OpenedExports;

beforeAll(async () => (exports = await openExports([source])));
afterAll(() => exports.close());
beforeEach(() => {
  asked.length = 0;
  list = () => ['one', 'two'];
  download = (name) => bodyOf(name === 'c1/one' ? FIRST : SECOND);
});

const bodyOf = (content: Buffer, size: number | null = content.length) => ({ body: Readable.from([content]), size });

const run = (): Promise<ExportTask> =>
  exports.run({ source: { cohortMembers: toGlobalId('Cohort', 'natives', 'c1') }, format: 'PROVIDER_NATIVE' });

async function readAll(task: ExportTask): Promise<(readonly [string, string, Buffer])[]> {
  const files = await exports.tasks.files(task);
  return Promise.all(
    files.map(async ({ name, mediaType }) => {
      const bytes = await readFile(exports.backend.artefacts.filePath(task.id, name));
      return [name, mediaType, bytes] as const;
    }),
  );
}

const WHOLE = [
  ['part-00001.csv', 'text/csv', FIRST],
  ['part-00002.csv.gz', 'application/gzip', SECOND],
];

describe("the provider's own files", () => {
  it('are handed on byte by byte, each as what it is', async () => {
    const task = await run();
    expect(task).toMatchObject({ state: 'SUCCEEDED', source: 'natives', rowCount: null, completeness: 'COMPLETE' });
    expect(await readAll(task)).toEqual(WHOLE);
    expect(asked).toEqual(['c1/one', 'c1/two']);
    expect(await exports.tasks.preview(task, 5)).toBeNull();
  });

  it('are waited for while the provider prepares them', async () => {
    let looks = 0;
    list = () => (++looks < 3 ? null : ['one', 'two']);
    expect(await readAll(await run())).toEqual(WHOLE);
    expect(looks).toBe(3);
  });

  it('begin anew where one breaks off', async () => {
    let tries = 0;
    download = (name) => {
      if (name !== 'c1/one') return bodyOf(SECOND);
      tries += 1;
      if (tries === 1) return { ...bodyOf(FIRST), body: Readable.from(brokenOff()) };
      // Fewer bytes than announced.
      return tries === 2 ? bodyOf(FIRST.subarray(0, 5), FIRST.length) : bodyOf(FIRST, null);
    };
    expect(await readAll(await run())).toEqual(WHOLE);
    expect(asked).toEqual(['c1/one', 'c1/one', 'c1/one', 'c1/two']);
  });

  it('are TRUNCATED where one has as many rows as there may be', async () => {
    list = () => ['one'];
    const completenessOf = async (text: string) => {
      download = () => bodyOf(Buffer.from(text));
      return (await run()).completeness;
    };
    expect(await completenessOf('id\n1\n2\n')).toBe('COMPLETE');
    expect(await completenessOf('id\n1\n2\n3\n')).toBe('TRUNCATED');
    expect(await completenessOf('id\n1\n2\n3')).toBe('TRUNCATED');
  });

  it('are refused for good where the refused one is all there is', async () => {
    download = () => {
      throw new ProviderRejectedError('No such chart.');
    };
    const { state, failure } = await run();
    expect(state).toBe('FAILED');
    expect(failure).toEqual({ code: 'PROVIDER_REJECTED', message: 'No such chart.', isRetryable: false });
    expect(asked).toEqual(['c1/one']);
  });

  it('are fetched by another link where one has ended', async () => {
    let links = ['old', 'gone'];
    list = () => links;
    download = (name) => {
      if (name === 'c1/old') return bodyOf(FIRST);
      if (name === 'c1/two') return bodyOf(SECOND);
      links = ['one', 'two'];
      throw new ProviderRejectedError('The link has ended.');
    };
    expect(await readAll(await run())).toEqual(WHOLE);
    // What is on disk is not fetched again.
    expect(asked).toEqual(['c1/old', 'c1/gone', 'c1/two']);
  });
});

async function* brokenOff() {
  yield FIRST.subarray(0, 7);
  await Promise.resolve();
  throw new ProviderUnavailableError('The connection was lost.');
}
