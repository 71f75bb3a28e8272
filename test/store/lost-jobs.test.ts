import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { createQueue } from '../../src/store/queue.ts';
import { recordLog } from './backends.ts';
import { makeLaidOutFolder } from './laid-out-folder.ts';
import { startPostgresServer } from './postgres-server.ts';

const WORKER = join(import.meta.dirname, 'work-until-killed.ts');

/** Kill a process that is at the job `left behind`. */
async function leaveJobBehind(url: string, folder: string): Promise<void> {
  const child = spawn(process.execPath, [WORKER, url, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  expect(line.toString()).toBe('left behind\n');
  child.kill('SIGKILL');
  await once(child, 'exit');
}

it('the next owner of an embedded database takes over what was running', async () => {
  const folder = await makeLaidOutFolder();
  await leaveJobBehind('', folder);
  const log = recordLog();
  const database = await openDatabase({ url: null, folder, log });
  const queue = await createQueue(database, { log });
  const taken: string[] = [];
  await queue.work('exports', { concurrency: 1 }, async (id) => void taken.push(id));
  await expect.poll(() => taken, { timeout: 10_000 }).toEqual(['left behind']);
  await queue.close();
  await database.close();
  expect(log.lines).toEqual([]);
  await rm(folder, { recursive: true, force: true });
});

it('a replica takes over what another one was at when it died', async () => {
  const server = await startPostgresServer();
  const url = await server.createDatabase();
  await leaveJobBehind(url, '');
  const log = recordLog();
  const database = await openDatabase({ url, folder: '', log });
  const queue = await createQueue(database, { log, lookForLostSeconds: 1 });
  const taken: string[] = [];
  await queue.work('exports', { concurrency: 1 }, async (id) => void taken.push(id));
  // Nothing is taken from a process that may be alive: a minute must pass, which it does here in the books of the queue.
  expect(taken).toEqual([]);
  await database.query(`update tributary_queue.job set heartbeat_on = heartbeat_on - interval '1 minute'`);
  await expect.poll(() => taken, { timeout: 10_000 }).toEqual(['left behind']);
  await queue.close();
  await database.close();
  await server.stop();
  expect(log.lines).toEqual([]);
});
