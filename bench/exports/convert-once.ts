import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { DEFAULT_CSV_OPTIONS } from '../../src/tabular/csv.ts';
import type { FileFormat } from '../../src/warehouse/convert-parts.ts';
import { createWarehouse } from '../../src/warehouse/warehouse.ts';
import { STAGED_COLUMNS, STAGED_LAYOUT } from './staged-rows.ts';

// A process of its own: converts the staged rows once, and tells how long it took and what it cost.
const { BENCH_FOLDER: folder = '', BENCH_WORK: work = '' } = process.env;
const part = join(folder, 'staged.csv');

async function copy(format: 'csv' | 'parquet', areTyped: boolean): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: '256MiB',
    temp_directory: join(folder, 'duckdb'),
  });
  const connection = await instance.connect();
  const columns = STAGED_COLUMNS.map(({ name, sql }) => `"${name}": '${areTyped ? sql : 'VARCHAR'}'`);
  const rows = `read_csv('${part}', auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', columns = {${columns.join(', ')}})`;
  const options = format === 'csv' ? 'format csv, header' : 'format parquet, compression zstd';
  await connection.run(`copy (select * from ${rows}) to '${join(folder, `copy.${format}`)}' (${options})`);
}

async function convert(format: FileFormat, compression: 'NONE' | 'GZIP'): Promise<void> {
  const warehouse = createWarehouse({ folder: join(folder, 'work'), folders: [folder] });
  const conversion = { parts: [part], layout: STAGED_LAYOUT, format, compression, csv: DEFAULT_CSV_OPTIONS };
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
