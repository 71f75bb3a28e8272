import type { CsvOptions } from '../tabular/csv.ts';

/** What stands between the cells of a row. */
export const DELIMITERS = { COMMA: ',', SEMICOLON: ';', TAB: '\t', PIPE: '|' } as const;

// What JavaScript calls white space, and what a formula starts with, in the words of DuckDB's regular expressions.
const WHITE_SPACE = String.raw`\t-\r \x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}`;
const SIGNS = String.raw`=+\-@＝＋－＠`;

/** A text that a spreadsheet runs. */
export const FORMULA = String.raw`^'*(?:[\t\r]|[${WHITE_SPACE}]*[${SIGNS}])`;

/** Characters of which one must be the first of a formula: no other text is one. */
export const FORMULA_STARTS = `'${WHITE_SPACE}${SIGNS}`;

/** Characters for which a text is put between quotes. */
export function toSpecials({ delimiter }: CsvOptions): string {
  return String.raw`"\r\n\x{FEFF}${DELIMITERS[delimiter]}`;
}
