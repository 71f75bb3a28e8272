import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';

/** A program that runs beside the tests, as its users start it. */
export interface RunningProcess {
  /** Everything that it has written. */
  output(): string;
  /** End it and all that it has started. */
  stop(): Promise<void>;
}

/** What is started, and where. */
export interface ProcessOptions {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The environment without what the test runner has put there, so that programs run as outside of it. */
export function outsideEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(NODE_ENV|NODE_OPTIONS|VITEST.*|TEST|DEV|PROD|SSR)$/.test(name)),
  );
}

/** Start a program and wait until it has written all of this; fails, with what it wrote, where it ends before. */
export async function startProcess(options: ProcessOptions, ...awaited: readonly RegExp[]): Promise<RunningProcess> {
  const child = spawn(options.command, options.arguments, {
    cwd: options.folder,
    env: { ...outsideEnvironment(), ...options.env },
    // A group of its own: npx has children that would outlive it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = new Promise<void>((resolve) => child.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      output += chunk.toString();
      if (awaited.every((pattern) => pattern.test(output))) resolve();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', reject);
    void ended.then(() => reject(new Error(`${options.command} ${options.arguments.join(' ')} has ended:\n${output}`)));
  });
  return {
    output: () => output,
    async stop() {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(-child.pid);
      await ended;
    },
  };
}

/** A port that nobody listens on, for programs that do not tell which one they got. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
