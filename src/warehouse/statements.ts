import type { RowsLayout } from '../analytics/exports.ts';
import type { CsvOptions } from '../tabular/csv.ts';
import { toCellText, toTypedCell } from './column-sql.ts';
import type { TextColumn } from './csv-cell.ts';
import { toCsvHeader, toCsvLines } from './csv-line.ts';
import { toJsonLine } from './json-line.ts';
import { quoteName, quoteText } from './sql-text.ts';

export { toTypedCell } from './column-sql.ts';

/** Rows to be written: the SQL table they come from, in the columns of {@link toPartRows}, and what is made of them. */
export interface SourceRows {
  readonly rows: string;
  readonly layout: RowsLayout;
}

/** A statement that writes a file, and what must be put before what it wrote. */
export interface FileStatement {
  readonly sql: string;
  readonly textBefore: string;
}

/** Given rows and a path, return the statement that writes them as CSV, byte for byte as src/tabular/csv.ts does. */
export function toCsvStatement(source: SourceRows, path: string, options: CsvOptions): FileStatement {
  const lineEnding = options.lineEnding === 'CRLF' ? '\r\n' : '\n';
  const names = source.layout.columns.map(({ name }) => name);
  const header = toCsvHeader(names, options);
  // The name of the only column of lines is the header. Not every header can be a name.
  const name = options.header ? quoteName(header) : null;
  const lines = toCsvLines(source, options, name ?? 'line');
  const sql = toLinesStatement(lines, path, { lineEnding, hasHeader: name !== null });
  return { sql, textBefore: name !== null ? '' : options.header ? header + lineEnding : header };
}

/** Given rows and a path, return the statement that writes them as lines of JSON. */
export function toJsonLinesStatement(source: SourceRows, path: string): FileStatement {
  const lines = `select ${toJsonLine(toTextColumns(source.layout))} from ${toTextRows(source)}`;
  return { sql: toLinesStatement(lines, path, { lineEnding: '\n', hasHeader: false }), textBefore: '' };
}

/**
 * Given rows and a path, return the statement that writes them as Parquet. `wideColumns`: indexes of the columns of whole numbers that do not all fit
 * into 64 bits; they become `DECIMAL(38, 0)`, the others `BIGINT`.
 */
export function toParquetStatement(source: SourceRows, path: string, wideColumns: ReadonlySet<number>): FileStatement {
  const { layout, rows } = source;
  const columns = layout.columns.map((column, index) => {
    const name = quoteName(column.name.replaceAll('\0', '\uFFFD')) ?? `"column ${index + 1}"`;
    return `${toTypedCell(column, layout, wideColumns.has(index))} as ${name}`;
  });
  const options = 'format parquet, compression zstd';
  return { sql: `copy (select ${columns.join(', ')} from ${rows}) to ${quoteText(path)} (${options})`, textBefore: '' };
}

/** Given rows, return the query of their cells as texts of the house's grammar, in columns `t0`, `t1` and so on. */
export function toTextRows({ rows, layout }: SourceRows): string {
  const cells = layout.columns.map((column, index) => `${toCellText(column, layout)} as t${index}`);
  return `(select ${cells.join(', ')} from ${rows})`;
}

function toTextColumns({ columns }: RowsLayout): TextColumn[] {
  return columns.map(({ name, type }, index) => ({ sql: `t${index}`, name, type }));
}

function toLinesStatement(
  lines: string,
  path: string,
  { lineEnding, hasHeader }: { lineEnding: string; hasHeader: boolean },
): string {
  // Without a quote, DuckDB writes a line as it is; told nothing of compression, it goes by the name of the file.
  const plain = `format csv, compression none, quote '', escape '', delimiter '\n'`;
  const options = `${plain}, new_line ${quoteText(lineEnding)}, header ${hasHeader}`;
  return `copy (${lines}) to ${quoteText(path)} (${options})`;
}
