import type { FileDialect } from '../analytics/exports.ts';
import { quoteText } from './sql-text.ts';

// A cell may be as large as this; the reader holds a buffer of twice that.
const MAX_LINE_BYTES = 8 * 2 ** 20;
// DuckDB wants one text for null, at least; this one stands in no file.
const NO_NULL_TEXT = '\u{F8FF}no null\u{F8FF}';

/** Files of one dialect, as they are to be read. */
export interface PartFiles {
  /** Absolute paths, in the order of their rows. */
  readonly paths: readonly string[];
  readonly dialect: FileDialect;
  /** Whether one file may be read by several threads. They guess where rows begin and fail where texts in quotes misled them. */
  readonly isParallel: boolean;
  readonly compression?: 'none' | 'gzip';
}

/** Given files, return the SQL table of their rows, every cell as text or null, in columns `c0`, `c1` and so on: names of files may be anything. */
export function toPartRows({ paths, dialect, isParallel, compression = 'none' }: PartFiles): string {
  const columns = dialect.columns.map((_name, index) => `c${index}: 'VARCHAR'`);
  if (paths.length === 0) {
    return `(select ${dialect.columns.map((_name, index) => `null::varchar as c${index}`).join(', ')} where false)`;
  }
  const nullTexts = dialect.nullTexts.length > 0 ? dialect.nullTexts : [NO_NULL_TEXT];
  const options = {
    auto_detect: 'false',
    columns: `{${columns.join(', ')}}`,
    header: String(dialect.header !== null),
    delim: quoteText(dialect.delimiter),
    quote: `'"'`,
    escape: `'"'`,
    nullstr: `[${nullTexts.map(quoteText).join(', ')}]`,
    allow_quoted_nulls: 'false',
    strict_mode: 'true',
    compression: quoteText(compression),
    maximum_line_size: String(MAX_LINE_BYTES),
    buffer_size: String(2 * MAX_LINE_BYTES),
    parallel: String(isParallel),
  };
  const list = Object.entries(options).map(([name, value]) => `${name} = ${value}`);
  return `read_csv([${paths.map(quoteText).join(', ')}], ${list.join(', ')})`;
}
