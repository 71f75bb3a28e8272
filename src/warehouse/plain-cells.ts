import type { ColumnType } from '../analytics/column-types.ts';
import type { CsvOptions } from '../tabular/csv.ts';
import { writeCell } from './csv-cell.ts';
import { FORMULA_STARTS, toSpecials } from './csv-characters.ts';
import { isReady, type LayoutColumn } from './column-sql.ts';
import { quoteText } from './sql-text.ts';

/**
 * Cells that are looked at together with their neighbours, once they are joined to a line. `sql`: the cell as it was made, or as it is written where
 * that costs nothing. `pattern`: of cells that are right, and need nothing; no text that matches holds a delimiter.
 */
export interface PlainCells {
  readonly sql: string;
  readonly pattern: string;
}

// Matches no pattern: it stands for cells that must be looked at by themselves.
const SUSPECT = '\u0001';

// Only what is most common must match: a number that is longer, a day before 1000 or the 29th of February is looked at by itself.
const MONTH_AND_DAY = [
  '(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])',
  '(?:0[13-9]|1[0-2])-(?:29|30)',
  '(?:0[13578]|1[02])-31',
].join('|');
const DAY = `[1-9][0-9]{3}-(?:${MONTH_AND_DAY})`;
const TIME = String.raw`(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?`;
const NUMBER = String.raw`-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?`;
const PATTERNS: Readonly<Partial<Record<ColumnType, string>>> = {
  DATE: DAY,
  DATETIME: `${DAY}T${TIME}(?:Z|[+-](?:0[0-9]|1[0-2])(?::?[0-5][0-9])?)`,
  NUMBER,
  DURATION: NUMBER,
  INTEGER: '0|-?[1-9][0-9]*',
  BOOLEAN: 'true|false',
};

/** Given a column and the SQL of its cells as they were made, return them as plain cells; null where they must be looked at one by one. */
export function toPlainCells({ type, source }: LayoutColumn, made: string, options: CsvOptions): PlainCells | null {
  const { nullText } = options;
  const isText = type === 'TEXT';
  const pattern = isText ? toTextPattern(options) : PATTERNS[type];
  if (pattern === undefined) return null;
  // With a delimiter or quotes in it, lines would not tell where their cells end.
  if (writeCell(null, options) !== nullText || nullText.includes(SUSPECT)) return null;
  const isNumber = (type === 'NUMBER' || type === 'DURATION') && !isReady(source);
  // A number that matches is written as it stands where it has 15 digits at most, or is the shortest text of itself. One that ends in a zero, as many
  // amounts of money do, would keep its neighbours from matching.
  const isShortest = `(strlen(${made}) <= 15 or try_cast(${made} as double)::varchar = ${made})`;
  const endsInZero = `(contains(${made}, '.') and ends_with(${made}, '0'))`;
  const asItIs = `when ${made} is null then null when ${isShortest} and not ${endsInZero} then ${made}`;
  const cell = isNumber ? `case ${asItIs} else number_cell_text(${made}) end` : made;
  const suspect = quoteText(SUSPECT);
  if (nullText !== '') {
    const sql = `case when ${made} is null then ${quoteText(nullText)} when ${made} = ${quoteText(nullText)} then ${suspect} else ${cell} end`;
    return { sql, pattern: `${toLiteral(nullText)}|${pattern}` };
  }
  // An empty text is written with quotes, and null as nothing. Two quotes that were there before are not taken for it.
  if (isText) {
    const sql = `case when ${made} = '' then '""' when ${made} = '""' then ${suspect} else ${made} end`;
    return { sql, pattern: `(?:""|${pattern})?` };
  }
  return { sql: `if(${made} = '', ${suspect}, ${cell})`, pattern: `(?:${pattern})?` };
}

function toTextPattern(options: CsvOptions): string {
  const rest = toSpecials(options) + SUSPECT;
  const start = options.formulas === 'ESCAPE' ? rest + FORMULA_STARTS : rest;
  const some = `[^${start}][^${rest}]*`;
  return options.nullText === '' ? some : `(?:${some})?`;
}

/** Given a text, return the regular expression that matches nothing but it. */
function toLiteral(text: string): string {
  return Array.from(text, (character) => `\\x{${character.codePointAt(0)?.toString(16)}}`).join('');
}
