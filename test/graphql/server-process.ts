import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { configure } from '../server/fake-openpanel.ts';

const START = join(import.meta.dirname, '../../src/start.js');

/** A server in a process of its own, started as `npm start` does. */
export interface ServerProcess {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Start a server of one data source that nobody answers. `nodeEnv`: what NODE_ENV says, null where it is not set. Libraries read it when they are
 * loaded, which in the process of the tests has happened long before: therefore another process.
 */
export async function startServerProcess({ nodeEnv }: { readonly nodeEnv: string | null }): Promise<ServerProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'server-process-'));
  writeFileSync(join(folder, 'tributary.config.yaml'), configure({ app: 'http://127.0.0.1:9' }));
  const child = spawn(process.execPath, [START], {
    cwd: folder,
    env: { PATH: process.env['PATH'], PORT: '0', TRIBUTARY_DATA: folder, ...(nodeEnv && { NODE_ENV: nodeEnv }) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const listening = new Promise<string>((resolve, reject) => {
    // Read to the end: what it goes on to say must not fill the pipe.
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [url] = /http:\/\/[\d.]+:\d+/.exec(line) ?? [];
      if (url !== undefined) resolve(url);
    });
    void ended.then(() => reject(new Error('The server ended before it listened')));
  });
  return { url: await listening, stop };
}
