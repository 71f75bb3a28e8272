import type { RowsLayout } from '../analytics/exports.ts';
import { createColumn } from '../tabular/column-table.ts';
import { toCsv, type CsvOptions } from '../tabular/csv.ts';
import { toCheckedText, toMadeCell, type LayoutColumn } from './column-sql.ts';
import { toCsvCell, toNullable, writeCell } from './csv-cell.ts';
import { DELIMITERS } from './csv-characters.ts';
import { toPlainCells, type PlainCells } from './plain-cells.ts';
import { quoteText } from './sql-text.ts';

// With more, one cell that needs quotes would make more of its neighbours be looked at; with fewer, there would be more searches.
const MOST_PLAIN_CELLS = 8;

/** The cells of a column, in SQL. */
interface Cells {
  /** What they are made by, once for all that is done with them. */
  readonly made: string;
  /** As they are written, out of `m` and the index of the column. */
  readonly careful: string;
  /** Null where they are always written carefully. */
  readonly plain: PlainCells | null;
}

/**
 * Given rows, return the query of their lines, without line endings, as src/tabular/csv.ts writes them. Most cells are right as they are and need
 * nothing: so neighbours are joined first, and one search over the joined text tells whether that is so. Cells are looked at one by one only where it is
 * not.
 */
export function toCsvLines(
  { rows, layout }: { readonly rows: string; readonly layout: RowsLayout },
  options: CsvOptions,
  name: string,
): string {
  const columns = layout.columns.map((column, index) => toCells(column, index, { layout, options }));
  const delimiter = DELIMITERS[options.delimiter];
  const join = (cells: readonly string[]): string => `concat(${cells.join(`, ${quoteText(delimiter)}, `)})`;
  const pieces = toPieces(columns).map((cells, index) => {
    const careful = join(cells.map((cell) => cell.careful));
    const plain = cells.flatMap((cell) => cell.plain ?? []);
    if (plain.length === 0) return { joined: careful, written: `p${index}` };
    const pattern = plain.map((cell) => `(?:${cell.pattern})`).join(`[${delimiter}]`);
    return {
      joined: join(plain.map(({ sql }) => sql)),
      written: `if(regexp_full_match(p${index}, ${quoteText(pattern)}), p${index}, ${careful})`,
    };
  });
  const made = columns.map((column, index) => `${column.made} as m${index}`);
  const joined = pieces.map((piece, index) => `${piece.joined} as p${index}`);
  const from = `(select *, ${joined.join(', ')} from (select ${made.join(', ')} from ${rows}))`;
  return `select ${join(pieces.map(({ written }) => written))} as ${name} from ${from}`;
}

/** Given the columns, return what stands before the rows, without the last line ending: byte order mark and header, if they are asked for. */
export function toCsvHeader(names: readonly string[], options: CsvOptions): string {
  const columns = names.map((name) => createColumn({ name, type: 'TEXT', values: [] }));
  const text = toCsv({ columns, rowCount: 0 }, { ...options, lineEnding: 'LF' });
  return options.header ? text.slice(0, -1) : text;
}

function toCells(
  column: LayoutColumn,
  index: number,
  { layout, options }: { layout: RowsLayout; options: CsvOptions },
): Cells {
  const sql = `m${index}`;
  const { source } = column;
  if (source.kind === 'QUOTED_LIST' && writeCell('[]', options) === '[]') {
    const made = `quoted_list_csv(${toMadeCell({ kind: 'AS_IS', column: source.column }, layout)})`;
    return { made, careful: toNullable(sql, options), plain: null };
  }
  return {
    made: toMadeCell(source, layout),
    careful: toCsvCell({ ...column, sql: toCheckedText(column, sql) }, options),
    plain: toPlainCells(column, sql, options),
  };
}

/** Neighbours that are looked at together; the others are alone. */
function toPieces(columns: readonly Cells[]): Cells[][] {
  const pieces: Cells[][] = [];
  for (const cells of columns) {
    const last = pieces.at(-1);
    if (cells.plain && last?.[0]?.plain && last.length < MOST_PLAIN_CELLS) last.push(cells);
    else pieces.push([cells]);
  }
  return pieces;
}
