import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runContest, type Contestant } from './contest.ts';
import { writeEvents } from './funnel/write-events.ts';
import { printStandings } from './print-standings.ts';
import { startProcess } from './processes.ts';
import { writeVisits } from './retention/write-visits.ts';

const ASK = join(import.meta.dirname, 'retention/ask-once.ts');
const ROUNDS = 5;
const SMALL = 1_000_000;
const LARGE = 10_000_000;

const FILES: readonly {
  readonly file: string;
  readonly title: string;
  readonly write: (path: string) => Promise<void>;
}[] = [
  { file: 'visits-1m.parquet', title: '1,000,000 events in visits of five', write: (path) => writeVisits(path, SMALL) },
  {
    file: 'visits-10m.parquet',
    title: '10,000,000 events in visits of five',
    write: (path) => writeVisits(path, LARGE),
  },
  { file: 'events-10m.parquet', title: '10,000,000 events, each by itself', write: (path) => writeEvents(path, LARGE) },
];

/** The first of each contest is what the others are compared with. */
const CONTESTS: readonly { readonly title: string; readonly works: readonly string[] }[] = [
  {
    title: 'retention of thirty days, 30 offsets',
    works: ['Tributary', 'Tributary, half of the memory', 'SQL by hand', 'ClickHouse, SQL by hand'],
  },
  {
    title: 'retention of one day, 30 offsets',
    works: ['Tributary, one day', 'SQL by hand, one day', 'retention of ClickHouse, one day'],
  },
  {
    title: 'users of each day',
    works: ['Tributary, users of each day', 'SQL by hand, users of each day', 'ClickHouse, users of each day'],
  },
];

const OTHER_QUESTIONS = {
  title: 'other questions',
  works: ['', ', any event', ', RECURRING', ', ROLLING', ', by country', ', days of Berlin', ', lifetime value'].map(
    (kind) => `Tributary${kind}`,
  ),
};

/**
 * How long retention and the users of each day take over events that lie at rest, beside SQL written by hand. Where `BENCH_CHDB` names a folder in which the npm
 * package `chdb` is installed, ClickHouse answers, too.
 */
export async function benchComputedRetention(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-retention-'));
  try {
    for (const { file, title, write } of FILES) {
      await write(join(folder, file));
      for (const contest of [...CONTESTS, ...(file === 'visits-10m.parquet' ? [OTHER_QUESTIONS] : [])]) {
        await runQuestions(`${title}: ${contest.title}`, contest.works, { folder, file });
      }
      rmSync(join(folder, file));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Events {
  readonly folder: string;
  readonly file: string;
}

async function runQuestions(title: string, works: readonly string[], events: Events): Promise<void> {
  const costs: Cost[] = [];
  const asked = works.filter((work) => !work.includes('ClickHouse') || hasClickHouse());
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

if (import.meta.main) await benchComputedRetention();
