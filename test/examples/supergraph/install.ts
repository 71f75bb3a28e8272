import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import { outsideEnvironment } from './process.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** Where the example lies. */
export const SUPERGRAPH_FOLDER = join(ROOT, 'examples/supergraph');

const lockfile = z.object({
  packages: z.record(z.string(), z.object({ version: z.string().optional(), optional: z.boolean().optional() })),
});

/**
 * Install what the example depends on, which the house itself does not: only where it is missing or not what is locked, and once,
 * however many processes want it.
 */
export async function installSupergraph(): Promise<void> {
  if (isInstalled()) return;
  const release = await lock(join(ROOT, 'node_modules/.supergraph-install'));
  try {
    if (!isInstalled()) await install();
  } finally {
    release();
  }
}

/** Run the example's own compiler over it, and return what it complains of; nothing where all is well. */
export async function checkTypes(): Promise<string> {
  const compiler = join(SUPERGRAPH_FOLDER, 'node_modules/typescript/bin/tsc');
  const run = promisify(execFile)(process.execPath, [compiler, '--pretty', 'false'], { cwd: SUPERGRAPH_FOLDER });
  return run.then(
    ({ stdout }) => stdout,
    (error: unknown) => (error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error)),
  );
}

/** Whether npm's own list of what it has installed is what is locked. */
function isInstalled(): boolean {
  const locked = readPackages('package-lock.json');
  const installed = readPackages('node_modules/.package-lock.json');
  return (
    installed !== null &&
    Object.entries(locked ?? {}).every(([path, { version, optional }]) => {
      const found = installed[path];
      return path === '' || (found === undefined ? optional === true : found.version === version);
    })
  );
}

function readPackages(file: string): z.infer<typeof lockfile>['packages'] | null {
  try {
    return lockfile.parse(JSON.parse(readFileSync(join(SUPERGRAPH_FOLDER, file), 'utf8'))).packages;
  } catch {
    // Nothing has been installed, or not to its end.
    return null;
  }
}

async function install(): Promise<void> {
  const flags = ['--prefix', SUPERGRAPH_FOLDER, '--prefer-offline', '--no-audit', '--no-fund'];
  try {
    await promisify(execFile)('npm', ['ci', ...flags], { cwd: SUPERGRAPH_FOLDER, env: outsideEnvironment() });
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : '';
    const errors = said.split('\n').filter((line) => line.startsWith('npm error'));
    throw new Error(
      'The gateways of examples/supergraph are not installed, and "npm ci" there failed. It needs the network, once. It says:\n' +
        errors.slice(0, 6).join('\n'),
      { cause },
    );
  }
}

const BUSY = 5;

/** Wait until nobody else has the lock. The system takes it from a process that ends, however it ends. */
async function lock(path: string): Promise<() => void> {
  for (;;) {
    const database = new DatabaseSync(path, { timeout: 0 });
    try {
      database.exec('begin exclusive');
      return () => database.close();
    } catch (error) {
      database.close();
      if (!(error instanceof Error && 'errcode' in error && error.errcode === BUSY)) throw error;
      await delay(250);
    }
  }
}
