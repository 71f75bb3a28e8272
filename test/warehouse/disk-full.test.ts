import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RowsLayout } from '../../src/analytics/exports.ts';
import { startWarehouse } from './staged-parts.ts';

const { folder, stage, convert } = startWarehouse(['/dev']);

const layout: RowsLayout = {
  dialect: { delimiter: ',', header: ['n'], columns: ['n'], nullTexts: [''] },
  columns: [{ name: 'n', type: 'INTEGER', source: { kind: 'AS_IS', column: 'n' } }],
};

describe('a disk that is full', () => {
  it.each(['CSV', 'JSONL', 'PARQUET'] as const)('while DuckDB writes %s is named', async (format) => {
    // A device of the system that has room for nothing stands where the file is to be.
    const target = join(folder, `full-${format}`);
    mkdirSync(target);
    symlinkSync('/dev/full', join(target, `export.${format.toLowerCase()}`));
    const part = stage(['n', ...Array.from({ length: 200_000 }, (_, row) => row), ''].join('\n'));
    await expect(convert({ parts: [part], layout, format, folder: target })).rejects.toMatchObject({
      name: 'ConversionError',
      failure: 'DISK_FULL',
      message: 'The disk of the server is full.',
    });
  });
});
