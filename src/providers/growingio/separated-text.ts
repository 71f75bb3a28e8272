import { CsvError, parse } from 'csv-parse/sync';

/** A text of rows whose cells are separated by tabs or commas. */
export interface SeparatedText {
  readonly delimiter: '\t' | ',';
  readonly header: readonly string[];
  /** In order, blank lines left out; a row may be shorter or longer than the header. */
  readonly rows: readonly (readonly string[])[];
}

/**
 * Given a text, return its rows; null where there is not even a header. Users of segments are documented with tabs; rules with tabs in
 * words and with commas in the example, so the header tells.
 */
export function parseSeparatedText(text: string): SeparatedText | null {
  const [firstLine = ''] = text
    .replace(/^\uFEFF/, '')
    .trimStart()
    .split(/[\r\n]/, 1);
  const delimiter = firstLine.includes('\t') ? '\t' : ',';
  const [header, ...rows] = parseRows(text, delimiter);
  if (!header) return null;
  // Header lines are documented with blanks at their end.
  const isBlankEnd = header.length > 1 && header.at(-1)?.trim() === '';
  const names = (isBlankEnd ? header.slice(0, -1) : header).map((name) => name.trim());
  return { delimiter, header: names, rows: rows.map((cells) => withoutBlankEnd(cells, names.length)) };
}

function parseRows(text: string, delimiter: string): string[][] {
  const options = {
    delimiter,
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
  };
  try {
    return parse(text, options);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // Whether texts are quoted is not documented: where a quote does not stand as RFC 4180 has it, all are characters like others.
    return parse(text, { ...options, quote: false });
  }
}

function withoutBlankEnd(cells: readonly string[], width: number): readonly string[] {
  return cells.length === width + 1 && cells.at(-1)?.trim() === '' ? cells.slice(0, -1) : cells;
}
