import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { ColumnType } from '../../src/analytics/column-types.ts';
import { DEFAULT_CSV_OPTIONS } from '../../src/tabular/csv.ts';
import type { FileFormat } from '../../src/warehouse/convert-parts.ts';
import { quoteText } from '../../src/warehouse/sql-text.ts';
import { createWarehouse } from '../../src/warehouse/warehouse.ts';
import { readStagedParts } from './staged-parts.ts';

// A process of its own: converts the staged parts once, and tells how long it took and what it cost.
const { BENCH_FOLDER: folder = '', BENCH_WORK: work = '' } = process.env;
const { parts, isGzip, layout } = await readStagedParts(folder);

// What DuckDB itself would read a column as; texts for all others.
const SQL_TYPES: Partial<Record<ColumnType, string>> = {
  DATE: 'DATE',
  DATETIME: 'TIMESTAMPTZ',
  INTEGER: 'BIGINT',
  NUMBER: 'DOUBLE',
  DURATION: 'DOUBLE',
  BOOLEAN: 'BOOLEAN',
};

/** Every column of the parts as it is, with no question asked. */
async function copy(format: 'csv' | 'parquet', areTyped: boolean): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: '256MiB',
    temp_directory: join(folder, 'duckdb'),
  });
  const connection = await instance.connect();
  const columns = layout.dialect.columns.map((name) => {
    const column = layout.columns.find(({ source }) => source.kind === 'AS_IS' && source.column === name);
    return `${quoteText(name)}: '${(areTyped && column && SQL_TYPES[column.type]) || 'VARCHAR'}'`;
  });
  const options = [
    'auto_detect = false',
    `header = ${layout.dialect.header !== null}`,
    `delim = ${quoteText(layout.dialect.delimiter)}`,
    `quote = '"', escape = '"'`,
    `nullstr = [${layout.dialect.nullTexts.map(quoteText).join(', ')}]`,
    `compression = '${isGzip ? 'gzip' : 'none'}'`,
    `columns = {${columns.join(', ')}}`,
  ];
  const rows = `read_csv([${parts.map(quoteText).join(', ')}], ${options.join(', ')})`;
  const target = format === 'csv' ? 'format csv, header' : 'format parquet, compression zstd';
  await connection.run(`copy (select * from ${rows}) to ${quoteText(join(folder, `copy.${format}`))} (${target})`);
}

async function convert(format: FileFormat, compression: 'NONE' | 'GZIP'): Promise<void> {
  const folders = [folder, ...new Set(parts.map((part) => dirname(part)))];
  const warehouse = createWarehouse({ folder: join(folder, 'work'), folders });
  const conversion = { parts, layout, format, compression, csv: DEFAULT_CSV_OPTIONS };
  await warehouse.convert({ ...conversion, folder, name: 'export' }, new AbortController().signal);
  await warehouse.close();
}

const WORKS: Readonly<Record<string, () => Promise<void>>> = {
  'DuckDB COPY to CSV, as text': () => copy('csv', false),
  'DuckDB COPY to CSV, in types': () => copy('csv', true),
  'DuckDB COPY to Parquet, in types': () => copy('parquet', true),
  CSV: () => convert('CSV', 'NONE'),
  'CSV, gzip': () => convert('CSV', 'GZIP'),
  JSONL: () => convert('JSONL', 'NONE'),
  PARQUET: () => convert('PARQUET', 'NONE'),
  XLSX: () => convert('XLSX', 'NONE'),
};

const start = performance.now();
const cpu = process.cpuUsage();
await WORKS[work]?.();
const { user, system } = process.cpuUsage(cpu);
process.send?.({ ms: performance.now() - start, cpuMs: (user + system) / 1000, peakMiB: peakMiB() });

/** Most memory that this process has had, by what the kernel says. */
function peakMiB(): number {
  const kibibytes = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(kibibytes) / 1024;
}
