import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { layoutOf, startWarehouse } from './staged-parts.ts';

const { warehouse, folder, stage } = startWarehouse();

const signal = new AbortController().signal;
const toDay = (day: number): string => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
const listDays = (count: number): string[] => Array.from({ length: count }, (_, day) => toDay(day));

/** The numbers of a day's rows, in order. */
async function numbersOf(paths: readonly string[]): Promise<number[]> {
  const files = paths.map((path) => `'${path}'`).join(', ');
  const rows = await warehouse.database.rows(`select number from read_parquet([${files}]) order by 1`, signal);
  return rows.map(([number]) => Number(number));
}

describe('rows of more days than are written at once', () => {
  const layout = layoutOf({ at: 'DATETIME', number: 'INTEGER' });

  it('each come to their own day, from its first moment to its last', async () => {
    const days = listDays(100);
    const rows = days.flatMap((day, index) => [
      `${day}T23:59:59.999Z,${2 * index + 1}`,
      `${day}T00:00:00Z,${2 * index}`,
    ]);
    const parts = [rows.slice(0, 60), rows.slice(60)].map((some) => stage(['at,number', ...some, ''].join('\n')));
    const written = await warehouse.writeDayFiles({ parts, layout, days, folder: join(folder, 'all') }, signal);
    expect(written.map(({ day, rowCount }) => ({ day, rowCount }))).toEqual(days.map((day) => ({ day, rowCount: 2 })));
    for (const [index, { paths }] of written.entries()) {
      expect(await numbersOf(paths)).toEqual([2 * index, 2 * index + 1]);
    }
  });

  it('are written whatever day they are of, and if they do not say which', async () => {
    const part = stage(`at,number\n${toDay(-9)}T10:00:00Z,1\n,2\n${toDay(140)}T10:00:00Z,3\n`);
    const writing = { parts: [part], layout, days: listDays(100), folder: join(folder, 'odd') };
    const written = await warehouse.writeDayFiles(writing, signal);
    const found = await Promise.all(written.map(async ({ day, paths }) => [day, await numbersOf(paths)]));
    expect(found).toHaveLength(3);
    expect(found).toEqual(
      expect.arrayContaining([
        [toDay(-9), [1]],
        [null, [2]],
        [toDay(140), [3]],
      ]),
    );
  });

  it('leave no folder where there are none', async () => {
    const writing = { parts: [stage('at,number\n')], layout, days: listDays(100), folder: join(folder, 'none') };
    expect(await warehouse.writeDayFiles(writing, signal)).toEqual([]);
  });
});

describe('few rows of many days and columns', () => {
  it('need no memory for all days at once', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `text_${index}`);
    const layout = layoutOf({ at: 'DATETIME', ...Object.fromEntries(names.map((name) => [name, 'TEXT' as const])) });
    const days = listDays(540);
    const rows = Array.from({ length: 30_000 }, (_, row) => {
      return [`${toDay(row % 540)}T12:00:00Z`, ...names.map((name) => `${name} of ${row}`)].join();
    });
    const part = stage([['at', ...names].join(), ...rows, ''].join('\n'));
    const written = await warehouse.writeDayFiles(
      { parts: [part], layout, days, folder: join(folder, 'many') },
      signal,
    );
    expect(written).toHaveLength(540);
    expect(written.reduce((sum, { rowCount }) => sum + rowCount, 0)).toBe(30_000);
  });
});
