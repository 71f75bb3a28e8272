import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createArtefacts, type Artefacts } from '../../src/exports/artefacts.ts';
import { createColumn, toRows } from '../../src/tabular/column-table.ts';

let folder: string;
let artefacts: Artefacts;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exports-artefacts-'));
  artefacts = createArtefacts(folder, 1_000);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const fileOf = (path: string) => ({
  name: 'export.csv',
  path,
  rowCount: 1,
  byteSize: 1,
  sha256: '',
  mediaType: 'text/csv',
});

async function writeOutput(text: string): Promise<string> {
  const output = artefacts.outputPath('task');
  await mkdir(output, { recursive: true });
  const path = join(output, 'export.csv');
  await writeFile(path, text);
  return path;
}

describe('artefacts', () => {
  it('keep the parts of a task apart', async () => {
    await artefacts.prepare('task');
    const paths = [0, 0.5, 1].flatMap((chunk) =>
      [0, 1].map((position) => artefacts.partPath('task', { chunk, position })),
    );
    expect(new Set(paths).size).toBe(6);
    for (const path of paths) await writeFile(path, 'x');
  });

  it('put files in their place, and again after a loss', async () => {
    await artefacts.publish('task', [fileOf(await writeOutput('first'))]);
    expect(await readFile(artefacts.filePath('task', 'export.csv'), 'utf8')).toBe('first');
    await artefacts.publish('task', [fileOf(await writeOutput('again'))]);
    expect(await readFile(artefacts.filePath('task', 'export.csv'), 'utf8')).toBe('again');
  });

  it('remove what was needed on the way only', async () => {
    await artefacts.prepare('task');
    await writeFile(artefacts.partPath('task', { chunk: 0, position: 0 }), 'x');
    await artefacts.publish('task', [fileOf(await writeOutput('kept'))]);
    await artefacts.removeStaging('task');
    expect(existsSync(artefacts.partPath('task', { chunk: 0, position: 0 }))).toBe(false);
    expect(existsSync(artefacts.outputPath('task'))).toBe(false);
    expect(await readFile(artefacts.filePath('task', 'export.csv'), 'utf8')).toBe('kept');
  });

  it('remember the first rows', async () => {
    await artefacts.prepare('task');
    const columns = [
      createColumn({ name: 'number', type: 'INTEGER', values: [1, 2, 3] }),
      createColumn({ name: 'text', type: 'TEXT', values: ['a', null, 'c'] }),
    ];
    await artefacts.keepPreview('task', { columns, rowCount: 3 });
    const preview = await artefacts.readPreview('task', 2);
    expect(preview && toRows(preview)).toEqual([
      [1, 'a'],
      [2, null],
    ]);
    expect(preview?.columns.map(({ name, type }) => `${name} ${type}`)).toEqual(['number INTEGER', 'text TEXT']);
    expect(await artefacts.readPreview('other', 2)).toBeNull();
  });

  it('are removed, one task or all others', async () => {
    for (const task of ['one', 'two', 'three']) await artefacts.prepare(task);
    await artefacts.remove('one');
    await artefacts.remove('never there');
    expect((await readdir(folder)).sort()).toEqual(['three', 'two']);
    await artefacts.removeOthers(new Set(['three']));
    expect(await readdir(folder)).toEqual(['three']);
  });

  it('are for their owner only', async () => {
    await artefacts.prepare('task');
    const { mode } = await import('node:fs').then(({ statSync }) => statSync(join(folder, 'task')));
    expect(mode & 0o077).toBe(0);
  });
});
