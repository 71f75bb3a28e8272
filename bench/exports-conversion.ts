import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runContest, type Contestant } from './contest.ts';
import { convertInProcess, type Cost } from './exports/convert-in-process.ts';
import { writeStagedRows } from './exports/staged-rows.ts';
import { printStandings } from './print-standings.ts';
import { keepStagedParts } from './exports/staged-parts.ts';

interface Contest {
  readonly rowCount: number;
  readonly rounds: number;
  /** The first one of each is what the others are compared with. */
  readonly works: readonly (readonly string[])[];
}

/** How long the rows of a part take to become a file, beside what DuckDB does with the same part when nothing is asked of it. */
export async function benchExports(): Promise<void> {
  const works = [
    ['DuckDB COPY to CSV, as text', 'DuckDB COPY to CSV, in types', 'CSV', 'JSONL', 'CSV, gzip'],
    ['DuckDB COPY to Parquet, in types', 'PARQUET'],
  ];
  await runConversions({ rowCount: 1_000_000, rounds: 7, works });
  await runConversions({ rowCount: 1_000_000, rounds: 1, works: [['XLSX']] });
}

/** The same with ten times the rows, once: it takes minutes, and shows whether memory grows with them. */
export async function benchLargeExports(): Promise<void> {
  const works = [
    ['DuckDB COPY to CSV, as text', 'DuckDB COPY to CSV, in types', 'CSV'],
    ['DuckDB COPY to Parquet, in types', 'PARQUET'],
  ];
  await runConversions({ rowCount: 10_000_000, rounds: 1, works });
}

async function runConversions({ rowCount, rounds, works }: Contest): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
  try {
    await keepStagedParts(folder, await writeStagedRows(join(folder, 'staged.csv'), rowCount));
    const title = `${rowCount.toLocaleString('en')} rows x 15 columns`;
    const costs: Cost[] = [];
    for (const names of works) {
      const contestants = names.map((work): Contestant => ({
        name: work,
        measure: async () => {
          const cost = await convertInProcess(folder, work);
          costs.push(cost);
          return cost.ms;
        },
      }));
      printStandings({ title: `Export of ${title}`, unit: 'ms' }, await runContest(contestants, rounds));
    }
    printCosts(`What an export of ${title} costs`, costs);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Time on the processors says more than time on the clock where others use them, too. */
function printCosts(title: string, costs: readonly Cost[]): void {
  console.log(`\n### ${title}\n\n| | median ms of processors | most MiB of memory |\n| --- | ---: | ---: |`);
  for (const [work, all = []] of Map.groupBy(costs, (cost) => cost.work)) {
    const cpu = all.map(({ cpuMs }) => cpuMs).toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;
    const peak = Math.max(...all.map(({ peakMiB }) => peakMiB));
    console.log(`| ${work} | ${Math.round(cpu).toLocaleString('en')} | ${Math.round(peak)} |`);
  }
}
