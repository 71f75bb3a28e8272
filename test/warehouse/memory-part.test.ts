import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createColumn } from '../../src/tabular/column-table.ts';
import { writeMemoryPart } from '../../src/warehouse/memory-part.ts';

const folder = mkdtempSync(join(tmpdir(), 'tributary-parts-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A table of so many rows. */
function tableOf(rowCount: number) {
  const values = Array.from({ length: rowCount }, (_, row) => (row % 3 === 0 ? null : `"${row}"\n,`));
  const columns = [
    createColumn({ name: 'text', type: 'TEXT', values }),
    createColumn({ name: 'n', type: 'INTEGER', values: values.map((_, row) => row) }),
  ];
  return { columns, rowCount };
}

describe('a part of a table in memory', () => {
  it.each([0, 1, 2, 3, 4, 6, 7])('of %i rows is the same in one piece and in several', async (rowCount) => {
    const [whole, pieces] = ['whole', 'pieces'].map((name) => join(folder, `${name}-${rowCount}`)) as [string, string];
    const layout = await writeMemoryPart(tableOf(rowCount), whole);
    expect(await writeMemoryPart(tableOf(rowCount), pieces, 3)).toEqual(layout);
    expect(readFileSync(pieces, 'utf8')).toBe(readFileSync(whole, 'utf8'));
    expect(readFileSync(pieces, 'utf8').match(/^row,/gm)).toHaveLength(1);
    expect(readFileSync(pieces, 'utf8').match(/,\d+$/gm) ?? []).toHaveLength(rowCount);
  });
});
