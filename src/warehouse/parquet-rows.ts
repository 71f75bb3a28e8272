import type { RowsLayout } from '../analytics/exports.ts';
import { quoteName, quoteText } from './sql-text.ts';

const TYPES: Readonly<Partial<Record<RowsLayout['columns'][number]['type'], string>>> = {
  NUMBER: 'double',
  DURATION: 'double',
  INTEGER: 'bigint',
  BOOLEAN: 'boolean',
  DATETIME: 'timestamp',
  DATE: 'date',
  LIST: 'varchar[]',
};

/** Given Parquet files of the same columns, return the table expression of their rows; a table without rows where there are no files. */
export function toParquetRows(paths: readonly string[], columns: RowsLayout['columns']): string {
  if (paths.length > 0) return `read_parquet([${paths.map(quoteText).join(', ')}])`;
  const cells = columns.map(({ name, type }) => `null::${TYPES[type] ?? 'varchar'} as ${quoteName(name)}`);
  return `(select ${cells.join(', ')} where false)`;
}
