import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimDataFolder } from '../../src/store/data-folder.ts';
import { openDatabase } from '../../src/store/database.ts';
import { recordLog } from './backends.ts';

const WRITER = join(import.meta.dirname, 'write-until-killed.ts');

let folder: string;
let children: ChildProcess[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-durability-'));
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function startWriter() {
  const child = spawn(process.execPath, [WRITER, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = () => {
    child.kill('SIGKILL');
    return ended;
  };
  return { child, ended, kill, lines: createInterface({ input: child.stdout }) };
}

/** Kill a writer some lines after its first one; returns the last number that it said was written. */
async function killAfter(lines: number): Promise<number> {
  const writer = startWriter();
  let written = 0;
  let seen = 0;
  for await (const line of writer.lines) {
    written = Number(line);
    if ((seen += 1) === lines) void writer.kill();
  }
  await writer.ended;
  return written;
}

describe('a process that is killed', () => {
  it('loses no write that was acknowledged', async () => {
    // The first one is killed while it lays out the files of the database, which the next one must not take for complete.
    const first = startWriter();
    await until(() => stat(join(folder, 'postgres.unfinished', 'global')));
    await first.kill();
    const counts = [1, 40, 150];
    let acknowledged = 0;
    for (const lines of counts) acknowledged = await killAfter(lines);

    const database = await openDatabase({ url: null, folder, log: recordLog() });
    const [found] = await database.query<{ count: number; last: number }>(
      'select count(*) as count, max(number) as last from numbers',
    );
    await database.close();
    expect(acknowledged).toBeGreaterThanOrEqual(1 + 40 + 150);
    // Every number is there once, and one more at most: written, and not acknowledged yet.
    expect(found?.count).toBe(found?.last);
    expect([acknowledged, acknowledged + 1]).toContain(found?.last);
  }, 60_000);

  it('lets go of the data folder', async () => {
    const writer = startWriter();
    await until(() => stat(join(folder, 'owner.pid')));
    expect(() => claimDataFolder(folder)).toThrow(
      `The data folder ${folder} is in use by process ${writer.child.pid}: one process owns it. ` +
        'Stop that one, or set TRIBUTARY_DATA to another folder.',
    );
    await writer.kill();
    claimDataFolder(folder).release();
  });
});

async function until(attempt: () => Promise<unknown>): Promise<void> {
  await expect
    .poll(
      () =>
        attempt().then(
          () => true,
          () => false,
        ),
      { interval: 5, timeout: 15_000 },
    )
    .toBe(true);
}
