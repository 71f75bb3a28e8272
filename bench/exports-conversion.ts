import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runContest, type Contestant } from './contest.ts';
import { writeStagedRows } from './exports/staged-rows.ts';
import { printStandings } from './print-standings.ts';
import { startProcess } from './processes.ts';

const CONVERT = join(import.meta.dirname, 'exports/convert-once.ts');

interface Contest {
  readonly rowCount: number;
  readonly rounds: number;
  /** The first one of each is what the others are compared with. */
  readonly works: readonly (readonly string[])[];
}

/** How long the rows of a part take to become a file, beside what DuckDB does with the same part when nothing is asked of it. */
export async function benchExports(): Promise<void> {
  const works = [['DuckDB COPY to CSV', 'CSV', 'CSV, gzip', 'JSONL'], ['DuckDB COPY to Parquet', 'PARQUET'], ['XLSX']];
  await runConversions({ rowCount: 1_000_000, rounds: 5, works });
}

/** The same with ten times the rows, once: it takes minutes, and shows whether memory grows with them. */
export async function benchLargeExports(): Promise<void> {
  const works = [
    ['DuckDB COPY to CSV', 'CSV'],
    ['DuckDB COPY to Parquet', 'PARQUET'],
  ];
  await runConversions({ rowCount: 10_000_000, rounds: 1, works });
}

async function runConversions({ rowCount, rounds, works }: Contest): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
  try {
    await writeStagedRows(join(folder, 'staged.csv'), rowCount);
    const title = `${rowCount.toLocaleString('en')} rows x 15 columns`;
    const peaks = new Map<string, number[]>();
    for (const names of works) {
      const contestants = names.map((work): Contestant => ({
        name: work,
        measure: async () => {
          const { ms, peakMiB } = await convertOnce(folder, work);
          peaks.set(work, [...(peaks.get(work) ?? []), peakMiB]);
          return ms;
        },
      }));
      printStandings({ title: `Export of ${title}`, unit: 'ms' }, await runContest(contestants, rounds));
    }
    printPeaks(`Memory for an export of ${title}`, peaks);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Measured {
  readonly ms: number;
  readonly peakMiB: number;
}

/** In a process of its own, so that its memory is that of one conversion. */
async function convertOnce(folder: string, work: string): Promise<Measured> {
  const child = startProcess(CONVERT, { BENCH_FOLDER: folder, BENCH_WORK: work });
  const ended = once(child, 'exit');
  let measured: Measured | null = null;
  child.on('message', (message) => (measured = message as Measured));
  await ended;
  if (!measured) throw new Error(`${work} did not finish`);
  return measured;
}

function printPeaks(title: string, peaks: ReadonlyMap<string, readonly number[]>): void {
  console.log(`\n### ${title}\n\n| | peak MiB, most of all rounds |\n| --- | ---: |`);
  for (const [work, all] of peaks) console.log(`| ${work} | ${Math.round(Math.max(...all))} |`);
}
