import type { ColumnType } from '../analytics/column-types.ts';
import { createColumn } from '../tabular/column-table.ts';
import { toCsv, type CsvOptions } from '../tabular/csv.ts';
import { quoteText } from './sql-text.ts';

const DELIMITERS = { COMMA: ',', SEMICOLON: ';', TAB: '\t', PIPE: '|' } as const;
// What JavaScript calls white space, and what a formula starts with, in the words of DuckDB's regular expressions.
const WHITE_SPACE = String.raw`\t-\r \x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}`;
const SIGNS = String.raw`=+\-@＝＋－＠`;
const FORMULA = String.raw`^'*(?:[\t\r]|[${WHITE_SPACE}]*[${SIGNS}])`;
// Stands between the texts of a row where they are searched together; one within a text only makes the row look suspect.
const SEPARATOR = '\u0001';

/** A column whose texts are ready but for quoting: an SQL identifier, and what the texts are. */
export interface TextColumn {
  readonly sql: string;
  readonly name: string;
  readonly type: ColumnType;
}

/**
 * Given the columns of a row, return the SQL of its line, without the line ending, as {@link toCsv} writes it. Cells are looked at one by one only in
 * rows in which some text may need it: one search over all texts of a row tells, which is what makes this about as fast as DuckDB's own writer.
 */
export function toCsvLine(columns: readonly TextColumn[], options: CsvOptions): string {
  const suspect = toSuspicion(columns, options);
  const careful = joinCells(
    columns.map((column) => toCell(column, options)),
    options,
  );
  if (suspect === null) return careful;
  const plain = joinCells(
    columns.map(({ sql }) => toNullable(sql, sql, options)),
    options,
  );
  return `case when ${suspect} then ${careful} else ${plain} end`;
}

/** Given the columns, return what stands before the rows, without the last line ending: byte order mark and header, if they are asked for. */
export function toCsvHeader(columns: readonly TextColumn[], options: CsvOptions): string {
  const table = columns.map(({ name }) => createColumn({ name, type: 'TEXT', values: [] }));
  const text = toCsv({ columns: table, rowCount: 0 }, { ...options, lineEnding: 'LF' });
  return options.header ? text.slice(0, -1) : text;
}

function joinCells(cells: readonly string[], { delimiter }: CsvOptions): string {
  return `concat(${cells.join(`, ${quoteText(DELIMITERS[delimiter])}, `)})`;
}

/** Whether some cell of a row may need an apostrophe or quotes; null where none ever does. */
function toSuspicion(columns: readonly TextColumn[], options: CsvOptions): string | null {
  const free = columns.filter(isFree);
  const starts = [
    ...(options.formulas === 'ESCAPE' ? [`['${WHITE_SPACE}${SIGNS}]`] : []),
    // An empty text reads like null where null is written as nothing.
    ...(options.nullText === '' ? [SEPARATOR, '$'] : []),
  ];
  const start = starts.length > 0 ? `|(?:^|${SEPARATOR})(?:${starts.join('|')})` : '';
  const texts = free.map(({ sql }) => sql).join(', ');
  const pattern = quoteText(`[${toSpecials(options)}]${start}`);
  const tests = free.length > 0 ? [`regexp_matches(concat_ws('${SEPARATOR}', ${texts}), ${pattern})`] : [];
  // Any cell may read like another null text, numbers too.
  if (options.nullText !== '') {
    tests.push(...columns.map(({ sql }) => `coalesce(${sql} = ${quoteText(options.nullText)}, false)`));
  }
  return tests.length > 0 ? tests.join(' or ') : null;
}

function toCell(column: TextColumn, options: CsvOptions): string {
  const { sql } = column;
  const isAlike = (text: string): string => `${text} = ${quoteText(options.nullText)}`;
  const quoted = (text: string): string => `concat('"', replace(${text}, '"', '""'), '"')`;
  if (!isFree(column)) return toNullable(sql, `if(${isAlike(sql)}, ${quoted(sql)}, ${sql})`, options);
  const isSpecial = `regexp_matches(${sql}, ${quoteText(`[${toSpecials(options)}]`)})`;
  const written = (text: string): string => `if(${isAlike(text)} or ${isSpecial}, ${quoted(text)}, ${text})`;
  if (options.formulas === 'RAW') return toNullable(sql, written(sql), options);
  const isFormula = `regexp_matches(${sql}, ${quoteText(FORMULA)})`;
  return toNullable(sql, `if(${isFormula}, ${written(`concat('''', ${sql})`)}, ${written(sql)})`, options);
}

function toNullable(sql: string, written: string, options: CsvOptions): string {
  const nullCell = toCsv(
    { columns: [createColumn({ name: '', type: 'TEXT', values: [null] })], rowCount: 1 },
    { ...options, header: false, byteOrderMark: false, lineEnding: 'LF' },
  ).slice(0, -1);
  // `concat` writes nothing for null by itself.
  if (nullCell === '') return written === sql ? sql : `if(${sql} is null, '', ${written})`;
  return `if(${sql} is null, ${quoteText(nullCell)}, ${written})`;
}

/** Whether the texts of a column may be anything: those of the others hold nothing that needs quotes or starts a formula. */
function isFree({ type }: TextColumn): boolean {
  return type === 'TEXT' || type === 'JSON' || type === 'LIST';
}

function toSpecials({ delimiter }: CsvOptions): string {
  return String.raw`"\r\n\x{FEFF}${DELIMITERS[delimiter]}`;
}
