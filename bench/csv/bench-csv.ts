import papaparse from 'papaparse';
import { toRows } from '../../src/tabular/column-table.ts';
import { DEFAULT_CSV_OPTIONS, toCsv } from '../../src/tabular/csv.ts';
import { runContest, type Contestant } from '../contest.ts';
import { printStandings } from '../print-standings.ts';
import { createSampleTable } from './sample-table.ts';

const ROWS = 100_000;
const ROUNDS = 15;

/** How long it takes to write a table as CSV text, beside papaparse, which is handed its rows ready-made. */
export async function benchCsv(): Promise<void> {
  const table = createSampleTable(ROWS);
  const fields = table.columns.map(({ name }) => name);
  const rows = toRows(table);

  const ours = (formulas: 'ESCAPE' | 'RAW') => () => toCsv(table, { ...DEFAULT_CSV_OPTIONS, formulas });
  const theirs = (escapeFormulae: boolean) => () => papaparse.unparse({ fields, data: rows }, { escapeFormulae });
  // Ours ends the last line, papaparse does not.
  if (ours('RAW')() !== `${theirs(false)()}\r\n`) throw new Error('The writers do not agree on the text');

  const contestants = [
    timed('papaparse', theirs(false)),
    timed('csv field, formulas RAW', ours('RAW')),
    timed('papaparse, escapeFormulae', theirs(true)),
    timed('csv field, formulas ESCAPE (the default)', ours('ESCAPE')),
  ];
  await runContest(contestants, 2);
  const title = `CSV of ${ROWS.toLocaleString('en')} rows x ${fields.length} columns`;
  printStandings({ title, unit: 'ms' }, await runContest(contestants, ROUNDS));
}

function timed(name: string, write: () => string): Contestant {
  return {
    name,
    measure: () => {
      const start = performance.now();
      if (write().length === 0) throw new Error(`${name} wrote nothing`);
      return performance.now() - start;
    },
  };
}
