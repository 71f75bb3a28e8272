import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runContest, type Contestant } from './contest.ts';
import { printStandings } from './print-standings.ts';
import { findFreePort, startProcess, stopProcess, waitUntilAnswered } from './processes.ts';

const ROUNDS = 7;
const SERVER = join(import.meta.dirname, '../src/start.js');
const QUESTION = `{
  metrics(query: { select: [{ source: "sandbox-openpanel", metric: { key: "events" } }], period: { preset: LAST_7_DAYS } }) {
    csv
  }
}`;

/** How long it takes from the start of the process to the first answer of the sandbox, its world included. */
export async function benchStart(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
  let fresh = 0;
  const contestants: Contestant[] = [
    { name: 'second start', measure: () => measureStart(join(folder, 'kept')) },
    { name: 'first start: nothing compiled yet', measure: () => measureStart(join(folder, `fresh-${fresh++}`)) },
  ];
  try {
    await runContest(contestants, 1);
    const standings = await runContest(contestants, ROUNDS);
    printStandings({ title: 'Start to first answer of the sandbox', unit: 'ms' }, standings);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measureStart(compileCache: string): Promise<number> {
  const port = await findFreePort();
  const start = performance.now();
  const server = startProcess(SERVER, {
    HOST: '127.0.0.1',
    PORT: String(port),
    LOG_LEVEL: 'warn',
    NODE_COMPILE_CACHE: compileCache,
  });
  try {
    const ask = () =>
      fetch(`http://127.0.0.1:${port}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: QUESTION }),
      });
    await waitUntilAnswered(ask, server);
    return performance.now() - start;
  } finally {
    await stopProcess(server);
  }
}
