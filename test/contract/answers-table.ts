import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = join(import.meta.dirname, '../../docs/answers.md');

/** What the page of answers says: a row for each provider's name in each table, and in it a cell for each capability's words. */
export function readAnswers(): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const answers = new Map<string, Map<string, string>>();
  for (const [header, , ...rows] of readTables()) {
    const [, ...names] = header ?? [];
    for (const [provider = '', ...cells] of rows) {
      const row = answers.get(provider) ?? new Map<string, string>();
      names.forEach((name, index) => row.set(name, cells[index] ?? ''));
      answers.set(provider, row);
    }
  }
  return answers;
}

/** The cells of each table of the page, line by line: the names of the columns, a line of dashes, the rows. */
function readTables(): string[][][] {
  return readFileSync(PAGE, 'utf8')
    .split(/\n\n+/)
    .filter((block) => block.startsWith('|'))
    .map((block) => block.trim().split('\n').map(toCells));
}

function toCells(line: string): string[] {
  return line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
}
