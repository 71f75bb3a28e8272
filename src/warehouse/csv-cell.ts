import type { ColumnType } from '../analytics/column-types.ts';
import { createColumn } from '../tabular/column-table.ts';
import { toCsv, type CsvOptions } from '../tabular/csv.ts';
import { FORMULA, toSpecials } from './csv-characters.ts';
import { quoteText } from './sql-text.ts';

/** A column whose texts are ready but for quoting: its SQL, and what the texts are. */
export interface TextColumn {
  readonly sql: string;
  readonly name: string;
  readonly type: ColumnType;
}

/** Given a column, return the SQL of its cells as src/tabular/csv.ts writes them. */
export function toCsvCell({ sql, type }: TextColumn, options: CsvOptions): string {
  const isFree = type === 'TEXT' || type === 'JSON' || type === 'LIST';
  return toNullable(isFree ? toFreeText(sql, options) : toPlainText(sql, options), options);
}

/** Given a cell of texts, return it as src/tabular/csv.ts writes it. */
export function writeCell(cell: string | null, options: CsvOptions): string {
  const column = createColumn({ name: '', type: 'TEXT', values: [cell] });
  const bare = { ...options, header: false, byteOrderMark: false, lineEnding: 'LF' } as const;
  return toCsv({ columns: [column], rowCount: 1 }, bare).slice(0, -1);
}

/** A text that may hold anything. */
function toFreeText(sql: string, options: CsvOptions): string {
  const { nullText, formulas } = options;
  // A text that reads like the one for null once it is written, perhaps with an apostrophe.
  const alike = [nullText, nullText.slice(1)].filter((text) => writeCell(text, options) === `"${nullText}"`);
  const needsQuotes = [
    ...new Set(alike.map((text) => `${sql} = ${quoteText(text)}`)),
    `regexp_matches(${sql}, ${quoteText(`[${toSpecials(options)}]`)})`,
  ].join(' or ');
  // Null meets none of the conditions.
  const written = `if(${needsQuotes}, ${toQuoted(sql)}, ${sql})`;
  if (formulas === 'RAW') return written;
  const escaped = `concat('''', ${sql})`;
  return `if(regexp_matches(${sql}, ${quoteText(FORMULA)}), if(${needsQuotes}, ${toQuoted(escaped)}, ${escaped}), ${written})`;
}

/** A text that holds nothing which needs quotes, and is no formula. */
function toPlainText(sql: string, { nullText }: CsvOptions): string {
  // None of them is empty.
  return nullText === '' ? sql : `if(${sql} = ${quoteText(nullText)}, ${quoteText(`"${nullText}"`)}, ${sql})`;
}

function toQuoted(sql: string): string {
  return `concat('"', replace(${sql}, '"', '""'), '"')`;
}

/** Given the SQL of cells as they are written, return it with null as it is written; where that is nothing, null stays, which is joined as nothing. */
export function toNullable(written: string, options: CsvOptions): string {
  const nullCell = writeCell(null, options);
  return nullCell === '' ? written : `coalesce(${written}, ${quoteText(nullCell)})`;
}
