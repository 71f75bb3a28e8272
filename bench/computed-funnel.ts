import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runContest, type Contestant } from './contest.ts';
import { writeEvents } from './funnel/write-events.ts';
import { printStandings } from './print-standings.ts';
import { startProcess } from './processes.ts';

const ASK = join(import.meta.dirname, 'funnel/ask-once.ts');
const ROUNDS = 5;

const OTHERS = ['joins by hand', 'ASOF joins by hand', 'windowFunnel of ClickHouse'];

/** The first of each contest is what the others are compared with. */
const CONTESTS: readonly { readonly title: string; readonly works: readonly string[]; readonly isLarge: boolean }[] = [
  { title: 'four steps, 40 % of the rows', works: ['Tributary', ...OTHERS], isLarge: false },
  {
    title: 'four steps, 40 % of the rows',
    works: ['Tributary', 'Tributary, half of the memory', ...OTHERS],
    isLarge: true,
  },
  {
    title: 'four steps, 65 % of the rows',
    works: ['Tributary, more rows', ...OTHERS.map((name) => `${name}, more rows`)],
    isLarge: true,
  },
  {
    title: 'other questions',
    works: ['', ', a step thrice', ', excluding', ', by day', ', by country', ', STRICT', ', UNORDERED'].map(
      (kind) => `Tributary${kind}`,
    ),
    isLarge: true,
  },
];

/**
 * How long a funnel takes over 1,000,000 and 10,000,000 events that lie at rest, beside SQL written by hand for the one question. Where `BENCH_CHDB` names a
 * folder in which the npm package `chdb` is installed, ClickHouse answers, too.
 */
export async function benchComputedFunnel(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-funnel-'));
  try {
    for (const rowCount of [1_000_000, 10_000_000]) {
      const file = `events-${rowCount}.parquet`;
      await writeEvents(join(folder, file), rowCount);
      for (const { title, works } of CONTESTS.filter(({ isLarge }) => isLarge === rowCount > 1_000_000)) {
        await runFunnels(`${rowCount.toLocaleString('en')} events, ${title}`, works, { folder, file });
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Events {
  readonly folder: string;
  readonly file: string;
}

async function runFunnels(title: string, works: readonly string[], events: Events): Promise<void> {
  const costs: Cost[] = [];
  const asked = works.filter((work) => !work.startsWith('windowFunnel') || hasClickHouse());
  const contestants = asked.map((work): Contestant => ({
    name: work,
    measure: async () => {
      const cost = await askOnce(work, events);
      costs.push(cost);
      return cost.ms;
    },
  }));
  printStandings({ title, unit: 'ms' }, await runContest(contestants, ROUNDS));
  printCosts(costs);
}

function hasClickHouse(): boolean {
  return existsSync(join(process.env['BENCH_CHDB'] ?? '', 'node_modules/chdb/index.mjs'));
}

interface Cost {
  readonly work: string;
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakMiB: number;
  readonly counts: readonly number[];
}

/** In a process of its own, so that its memory is that of one question. */
async function askOnce(work: string, { folder, file }: Events): Promise<Cost> {
  const child = startProcess(ASK, { BENCH_FOLDER: folder, BENCH_FILE: file, BENCH_WORK: work });
  const ended = once(child, 'exit');
  let cost: Omit<Cost, 'work'> | null = null;
  child.on('message', (message) => (cost = message as Omit<Cost, 'work'>));
  await ended;
  if (!cost) throw new Error(`${work} did not finish`);
  return { work, ...(cost as Omit<Cost, 'work'>) };
}

/** Time on the processors says more than time on the clock where others use them, too; and whoever asks the same must find the same. */
function printCosts(costs: readonly Cost[]): void {
  console.log(`\n| | median ms of processors | most MiB of memory | found |\n| --- | ---: | ---: | --- |`);
  for (const [work, all = []] of Map.groupBy(costs, (cost) => cost.work)) {
    const cpu = all.map(({ cpuMs }) => cpuMs).toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;
    const peak = Math.max(...all.map(({ peakMiB }) => peakMiB));
    const found = [...new Set(all.map(({ counts }) => counts.join(', ')))].join(' or ');
    console.log(`| ${work} | ${Math.round(cpu).toLocaleString('en')} | ${Math.round(peak)} | ${found} |`);
  }
}

if (import.meta.main) await benchComputedFunnel();
