import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll } from 'vitest';
import type { ColumnType } from '../../src/analytics/column-types.ts';
import type { ColumnSource, RowsLayout } from '../../src/analytics/exports.ts';
import { DEFAULT_CSV_OPTIONS } from '../../src/tabular/csv.ts';
import type { Conversion, ConvertedFile } from '../../src/warehouse/convert-parts.ts';
import { createWarehouse, type Warehouse } from '../../src/warehouse/warehouse.ts';

/** A warehouse in a folder of its own, both removed after the tests. */
export function startWarehouse(otherFolders: readonly string[] = []): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-warehouse-'));
  const warehouse = createWarehouse({ folder: join(folder, 'work'), folders: [folder, ...otherFolders] });
  afterAll(async () => {
    await warehouse.close();
    rmSync(folder, { recursive: true });
  });
  let parts = 0;
  const stage = (content: string | Buffer): string => {
    const path = join(folder, `part-${parts++}`);
    writeFileSync(path, content);
    return path;
  };
  const convert = async (conversion: Partial<Conversion> & Pick<Conversion, 'layout' | 'parts'>) => {
    const complete: Conversion = {
      format: 'CSV',
      compression: 'NONE',
      csv: DEFAULT_CSV_OPTIONS,
      folder: join(folder, 'files'),
      name: 'export',
      ...conversion,
    };
    const [file, ...others] = await warehouse.convert(complete, new AbortController().signal);
    if (!file || others.length > 0) throw new Error('A conversion writes one file');
    return file;
  };
  return {
    warehouse,
    folder,
    stage,
    stageGzip: (content) => stage(gzipSync(content)),
    convert,
    convertToText: async (conversion) => readFileSync((await convert(conversion)).path, 'utf8'),
  };
}

type Asked = Partial<Conversion> & Pick<Conversion, 'layout' | 'parts'>;

interface Bench {
  readonly warehouse: Warehouse;
  readonly folder: string;
  /** Write a part; returns its path. */
  stage(content: string | Buffer): string;
  stageGzip(content: string | Buffer): string;
  convert(conversion: Asked): Promise<ConvertedFile>;
  convertToText(conversion: Asked): Promise<string>;
}

/** A layout of comma-separated files with a header, each column as it is: `{ day: 'DATE' }`. */
export function layoutOf(types: Readonly<Record<string, ColumnType>>, nullTexts: readonly string[] = ['']): RowsLayout {
  const names = Object.keys(types);
  return {
    dialect: { delimiter: ',', header: names, columns: names, nullTexts },
    columns: Object.entries(types).map(([name, type]) => ({ name, type, source: { kind: 'AS_IS', column: name } })),
  };
}

/** A layout of one column, made by the source of files with these columns. */
export function layoutWith(columns: readonly string[], type: ColumnType, source: ColumnSource): RowsLayout {
  return {
    dialect: { delimiter: ',', header: columns, columns, nullTexts: [''] },
    columns: [{ name: 'made', type, source }],
  };
}
