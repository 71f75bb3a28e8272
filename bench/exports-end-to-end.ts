import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { medianOf, runContest } from './contest.ts';
import { convertInProcess, type Cost } from './exports/convert-in-process.ts';
import type { EmulatedMytracker } from './exports/emulated-mytracker.ts';
import { COLUMNS, fetchParts } from './exports/fetch-parts.ts';
import { keepStagedParts } from './exports/staged-parts.ts';
import { startWatchedServer, type WatchedExport, type WatchedServer } from './exports/watched-server.ts';
import { printStandings } from './print-standings.ts';
import { startProcess, stopProcess } from './processes.ts';

const EMULATOR = join(import.meta.dirname, 'exports/emulated-mytracker.ts');
const FORMATS = ['CSV', 'PARQUET'] as const;
type Format = (typeof FORMATS)[number];
const COPIES: Readonly<Record<Format, string>> = {
  CSV: 'DuckDB COPY to CSV, as text',
  PARQUET: 'DuckDB COPY to Parquet, in types',
};

/** How long rows of a provider take to become a file that can be fetched, through the whole server, and what that takes of memory. */
export async function benchExportsEndToEnd(): Promise<void> {
  await runEndToEnd({ rowCount: 1_000_000, rounds: 5 });
}

/** The same with ten times the rows, once after one of a million: it takes many minutes, and shows how time and memory grow. */
export async function benchLargeExportsEndToEnd(): Promise<void> {
  await runEndToEnd({ rowCount: 1_000_000, rounds: 1 });
  await runEndToEnd({ rowCount: 10_000_000, rounds: 1 });
}

interface Size {
  readonly rowCount: number;
  readonly rounds: number;
}

async function runEndToEnd({ rowCount, rounds }: Size): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tributary-bench-'));
  const emulator = startProcess(EMULATOR, { BENCH_ROWS: String(rowCount) });
  try {
    const [mytracker] = (await once(emulator, 'message')) as [EmulatedMytracker];
    await mkdir(join(folder, 'staged'));
    await keepStagedParts(join(folder, 'staged'), await fetchParts(join(folder, 'staged'), mytracker));
    const start = (): Promise<WatchedServer> => startWatchedServer(folder, [mytracker.dataSource]);
    await benchServer(start, { mytracker, staged: join(folder, 'staged'), rounds });
    if (rounds > 1) await benchStaged(join(folder, 'staged'), rounds);
  } finally {
    await stopProcess(emulator);
    await rm(folder, { recursive: true });
  }
}

interface Watched extends WatchedExport {
  readonly format: Format;
  /** A COPY of the same parts, right before or after. */
  readonly copy: Cost;
}

interface Bench {
  readonly mytracker: EmulatedMytracker;
  readonly staged: string;
  readonly rounds: number;
}

/** The same server twice: the first lays its database out, which takes memory that no later start does. */
async function benchServer(start: () => Promise<WatchedServer>, bench: Bench): Promise<void> {
  const first = await start();
  const freshMiB = first.residentMiB();
  try {
    await runSmall(first, bench);
  } finally {
    await first.close();
  }
  const server = await start();
  try {
    const idleMiB = await settle(server);
    await runSmall(server, bench);
    print(await runAll(server, bench), { freshMiB, idleMiB });
  } finally {
    await server.close();
  }
}

async function runSmall(server: WatchedServer, { mytracker }: Bench): Promise<void> {
  const hour = { from: '2026-11-19T12:00:00Z', to: '2026-11-19T13:00:00Z' };
  for (const format of FORMATS) await server.run(toInput(format, mytracker, hour));
}

/** Export and copy in turn, so that both meet the same weather. */
async function runAll(server: WatchedServer, { mytracker, staged, rounds }: Bench): Promise<Watched[]> {
  const all: Watched[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const format of FORMATS) {
      const copy = (): Promise<Cost> => convertInProcess(staged, COPIES[format]);
      const before = round % 2 === 0 ? await copy() : null;
      const watched = await server.run(toInput(format, mytracker, mytracker.period));
      all.push({ format, ...watched, copy: before ?? (await copy()) });
    }
  }
  return all;
}

/** What a server holds that has its database open and nothing to do. */
async function settle(server: WatchedServer): Promise<number> {
  let before = server.residentMiB();
  for (let calm = 0; calm < 20; calm++) {
    await delay(1_000);
    const now = server.residentMiB();
    if (Math.abs(now - before) > 5) calm = 0;
    before = now;
  }
  return before;
}

function toInput(format: Format, { dataSource }: EmulatedMytracker, instants: EmulatedMytracker['period']) {
  const rows = { source: dataSource.key, table: 'customEvents', columns: COLUMNS, period: { instants } };
  return { source: { rows }, format };
}

/** The conversions alone, each in a process of its own, beside those of DuckDB. */
async function benchStaged(staged: string, rounds: number): Promise<void> {
  for (const format of FORMATS) {
    const contestants = [COPIES[format], format].map((name) => ({
      name,
      measure: async () => (await convertInProcess(staged, name)).ms,
    }));
    printStandings({ title: `The same parts as ${format}, alone`, unit: 'ms' }, await runContest(contestants, rounds));
  }
}

function print(all: readonly Watched[], { freshMiB, idleMiB }: { freshMiB: number; idleMiB: number }): void {
  const [{ rowCount = 0 } = {}] = all;
  console.log(`\n### Exports of ${rowCount.toLocaleString('en')} rows x ${COLUMNS.length} columns, end to end\n`);
  console.log(
    `Server: ${Math.round(freshMiB)} MiB without a database, ${Math.round(idleMiB)} MiB idle with it open.\n`,
  );
  const heads = [
    's',
    'rows/s',
    's to fetch',
    's to convert',
    'times COPY',
    's of processors',
    'times COPY',
    'MiB of file',
  ];
  console.log(`| | ${[...heads, 'most MiB above idle'].join(' | ')} |\n| --- |${' ---: |'.repeat(heads.length + 1)}`);
  for (const [format, runs = []] of Map.groupBy(all, (one) => one.format)) {
    const median = (figureOf: (run: Watched) => number): number => medianOf(runs.map(figureOf));
    const cells = [
      seconds(median(({ ms }) => ms)),
      Math.round(median((run) => (1000 * run.rowCount) / run.ms)).toLocaleString('en'),
      seconds(median(({ fetchingMs }) => fetchingMs)),
      seconds(median(({ convertingMs }) => convertingMs)),
      median(({ convertingMs, copy }) => convertingMs / copy.ms).toFixed(2),
      seconds(median(({ convertingCpuMs }) => convertingCpuMs)),
      median(({ convertingCpuMs, copy }) => convertingCpuMs / copy.cpuMs).toFixed(2),
      Math.round(median(({ byteSize }) => byteSize / 2 ** 20)),
      Math.round(Math.max(...runs.map(({ peakMiB }) => peakMiB)) - idleMiB),
    ];
    console.log(`| ${format} | ${cells.join(' | ')} |`);
  }
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(2);
}
