import type { ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort, startProcess, stopProcess, waitUntilAnswered } from '../processes.ts';

const SERVER = join(import.meta.dirname, '../../src/start.js');
// Each look costs the server some milliseconds.
const LOOK_EVERY_MS = 100;
// What the kernel counts the time of processors in, on every system that Node runs on.
const TICK_MS = 10;

/** What an export took, from the question to the file that can be fetched. */
export interface WatchedExport {
  readonly rowCount: number;
  readonly byteSize: number;
  readonly ms: number;
  /** Until every part was there: with the waiting for the provider. */
  readonly fetchingMs: number;
  readonly convertingMs: number;
  /** Time of processors that the server took for it. */
  readonly convertingCpuMs: number;
  /** Most resident memory of the server meanwhile. */
  readonly peakMiB: number;
}

/** A server in a process of its own. */
export interface WatchedServer {
  /** Export to the end, and remove it. */
  run(input: Readonly<Record<string, unknown>>): Promise<WatchedExport>;
  /** Resident memory of the server, now. */
  residentMiB(): number;
  close(): Promise<void>;
}

/** Start a server over data sources, with a data folder of its own. */
export async function startWatchedServer(
  folder: string,
  dataSources: readonly Readonly<Record<string, unknown>>[],
): Promise<WatchedServer> {
  const config = join(folder, 'bench.yaml');
  // JSON is YAML, too.
  writeFileSync(config, JSON.stringify({ dataSources }));
  const port = await findFreePort();
  const server = startProcess(SERVER, {
    HOST: '127.0.0.1',
    PORT: String(port),
    LOG_LEVEL: 'warn',
    TRIBUTARY_CONFIG: config,
    TRIBUTARY_DATA: join(folder, 'data'),
  });
  const ask = (query: string, variables: unknown = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
  await waitUntilAnswered(() => ask('{ dataSources { key } }'), server);
  return {
    run: (input) => runExport(input, { server, ask }),
    residentMiB: () => readMiB(server, 'VmRSS'),
    close: () => stopProcess(server),
  };
}

interface Asked {
  readonly server: ChildProcess;
  readonly ask: (query: string, variables?: unknown) => Promise<Response>;
}

const CREATE = `mutation ($input: CreateExportInput!) {
  createExport(input: $input) { exportTask { id } userErrors { message } }
}`;
const LOOK = `query ($id: ID!) {
  exportTask(id: $id) { state phase rowCount error { message } files { byteSize } }
}`;
const DELETE = 'mutation ($id: ID!) { deleteExport(input: { id: $id }) { userErrors { message } } }';

interface Look {
  readonly state: string;
  readonly phase: string | null;
  readonly rowCount: number | null;
  readonly error: { readonly message: string } | null;
  readonly files: readonly { readonly byteSize: number }[];
}

async function runExport(input: unknown, { server, ask }: Asked): Promise<WatchedExport> {
  // The most that the process has had is counted anew from here.
  writeFileSync(`/proc/${server.pid}/clear_refs`, '5');
  const start = performance.now();
  const { createExport } = await answerOf<{
    createExport: { exportTask: { id: string } | null; userErrors: unknown[] };
  }>(ask(CREATE, { input }));
  const id = createExport.exportTask?.id;
  if (id === undefined) throw new Error(JSON.stringify(createExport.userErrors));
  let [converting, publishing] = [0, 0];
  let [cpuBefore, cpuAfter] = [0, 0];
  for (;;) {
    const { exportTask } = await answerOf<{ exportTask: Look }>(ask(LOOK, { id }));
    const { state, phase, rowCount, error, files } = exportTask;
    const now = performance.now();
    const isOver = state !== 'QUEUED' && state !== 'RUNNING';
    if (converting === 0 && (phase === 'CONVERTING' || phase === 'PUBLISHING' || isOver)) {
      [converting, cpuBefore] = [now, readCpuMs(server)];
    }
    if (publishing === 0 && (phase === 'PUBLISHING' || isOver)) [publishing, cpuAfter] = [now, readCpuMs(server)];
    if (!isOver) {
      await delay(LOOK_EVERY_MS);
      continue;
    }
    if (state !== 'SUCCEEDED') throw new Error(`The export is ${state}: ${error?.message}`);
    const peakMiB = readMiB(server, 'VmHWM');
    await ask(DELETE, { id });
    return {
      rowCount: rowCount ?? Number.NaN,
      byteSize: files.reduce((sum, { byteSize }) => sum + byteSize, 0),
      ms: now - start,
      fetchingMs: converting - start,
      convertingMs: publishing - converting,
      convertingCpuMs: cpuAfter - cpuBefore,
      peakMiB,
    };
  }
}

async function answerOf<T>(answer: Promise<Response>): Promise<T> {
  const { data, errors } = (await (await answer).json()) as { data: T; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

/** Time of processors of a process so far, its own and the system's for it. */
function readCpuMs({ pid }: ChildProcess): number {
  // Behind the name, which may hold anything.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return TICK_MS * (Number(fields[11]) + Number(fields[12]));
}

function readMiB({ pid }: ChildProcess, name: 'VmRSS' | 'VmHWM'): number {
  const kibibytes = new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kibibytes) / 1024;
}
