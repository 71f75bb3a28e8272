import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimDataFolder } from '../../src/store/data-folder.ts';
import { StoreError } from '../../src/store/store-error.ts';

let parent: string;

beforeEach(async () => (parent = await mkdtemp(join(tmpdir(), 'store-folder-'))));
afterEach(() => rm(parent, { recursive: true, force: true }));

describe('the data folder', () => {
  it('is made for its user alone', async () => {
    const { path, release } = claimDataFolder(join(parent, 'a', 'data'));
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    release();
  });

  it('has one owner at a time', () => {
    const first = claimDataFolder(parent);
    expect(() => claimDataFolder(parent)).toThrow(StoreError);
    expect(() => claimDataFolder(parent)).toThrow(`${parent} is in use by process ${process.pid}`);
    first.release();
    const second = claimDataFolder(parent);
    // Released twice, it is still the second one's.
    first.release();
    expect(() => claimDataFolder(parent)).toThrow(StoreError);
    second.release();
  });

  it('is not held by the number of a process that runs', async () => {
    // Left by an owner that was killed, whose number another process got since: this one.
    await writeFile(join(parent, 'owner.lock'), '');
    await writeFile(join(parent, 'owner.pid'), `${process.pid}\n`);
    claimDataFolder(parent).release();
  });

  it('says what stands in the way', async () => {
    const file = join(parent, 'file');
    await writeFile(file, '');
    expect(() => claimDataFolder(join(file, 'data'))).toThrow(StoreError);
    expect(() => claimDataFolder(join(file, 'data'))).toThrow(
      `The data folder ${file}/data cannot be written: ENOTDIR`,
    );
  });
});
