import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runContest, type Contestant } from '../contest.ts';
import { printStandings } from '../print-standings.ts';
import { findFreePort, startProcess, stopProcess, waitUntilAnswered } from '../processes.ts';
import type { LoadOrder } from './load.ts';
import { toQuestion, type Shape } from './questions.ts';

const ROUNDS = 9;
const SHAPES: readonly Shape[] = [
  { title: '100 points', days: 100, fields: 'points { at value }', requests: 1500 },
  { title: '5,000 points', days: 5000, fields: 'points { at value }', requests: 40 },
  { title: '5,000 points as columns', days: 5000, fields: 'timestamps values', requests: 40 },
];
const HERE = import.meta.dirname;
const SERVER = join(HERE, '../../src/start.js');

/** How many metrics questions a second are answered over a provider that takes no time, beside a proxy written by hand. */
export async function benchHttp(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
  const running: ChildProcess[] = [];
  const start = async (file: string, env: Record<string, string> = {}): Promise<string> => {
    const port = await findFreePort();
    running.push(startProcess(file, { ...env, PORT: String(port), HOST: '127.0.0.1' }));
    return `http://127.0.0.1:${port}`;
  };
  try {
    const upstream = await start(join(HERE, 'upstream.ts'));
    const config = join(folder, 'bench.yaml');
    writeFileSync(config, toConfig(upstream));
    const urls = {
      'proxy by hand': await start(join(HERE, 'proxy.ts'), { UPSTREAM: upstream }),
      Tributary: await start(SERVER, {
        TRIBUTARY_CONFIG: config,
        TRIBUTARY_DATA: join(folder, 'quiet'),
        LOG_LEVEL: 'warn',
      }),
      'Tributary, logging every request (the default)': await start(SERVER, {
        TRIBUTARY_CONFIG: config,
        TRIBUTARY_DATA: join(folder, 'logging'),
      }),
    };
    const load = startProcess(join(HERE, 'load.ts'));
    running.push(load);
    for (const shape of SHAPES) await benchShape(shape, urls, load);
  } finally {
    for (const child of running) await stopProcess(child);
    rmSync(folder, { recursive: true });
  }
}

async function benchShape(shape: Shape, urls: Readonly<Record<string, string>>, load: ChildProcess): Promise<void> {
  await assertSameAnswers(Object.values(urls), shape);
  const contestants = Object.entries(urls).map(([name, url]): Contestant => ({
    name,
    measure: async () => {
      const order: LoadOrder = { url, shape };
      load.send(order);
      const [milliseconds] = (await once(load, 'message')) as [number];
      return (shape.requests / milliseconds) * 1000;
    },
  }));
  await runContest(contestants, 2);
  printStandings({ title: `Metrics, ${shape.title}`, unit: 'requests/s' }, await runContest(contestants, ROUNDS));
}

/** A contest between servers that answer different things would mean nothing. */
async function assertSameAnswers(urls: readonly string[], shape: Shape): Promise<void> {
  const answers: unknown[] = [];
  for (const url of urls) {
    const ask = () =>
      fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(toQuestion(shape, 'SE')),
      });
    await waitUntilAnswered(ask);
    answers.push(JSON.stringify(await (await ask()).json()));
  }
  if (new Set(answers).size !== 1) throw new Error(`The servers do not agree on the answer of ${shape.title}`);
}

function toConfig(upstream: string): string {
  return `dataSources:
  - key: bench
    provider: openpanel
    clientId: id
    clientSecret: secret
    projectId: shop
    baseUrl: ${upstream}
    requestsPer10Seconds: 1000000
`;
}
