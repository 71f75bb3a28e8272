import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const GIVE_UP_MS = 30_000;

/** Start a file of this repository in a process of its own. What it says to its standard error is shown. */
export function startProcess(file: string, env: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(process.execPath, [file], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

/** Resolve as soon as a server answers with success; how long that takes is what the start is measured by. */
export async function waitUntilAnswered(ask: () => Promise<Response>, server?: ChildProcess): Promise<void> {
  const giveUpAt = performance.now() + GIVE_UP_MS;
  while (performance.now() < giveUpAt && (server?.exitCode ?? null) === null) {
    const answer = await ask().catch(() => null);
    if (answer?.ok && !(await answer.text()).includes('"errors"')) return;
    await delay(5);
  }
  throw new Error('The server did not answer in time');
}

/** End a process and wait for it. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** A port that was free just now. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port is free');
  return address.port;
}
