import type { ColumnSource, RowsLayout } from '../analytics/exports.ts';
import { quoteText } from './sql-text.ts';

/** A column of an export. */
export type LayoutColumn = RowsLayout['columns'][number];

// What each type is called in the macros of cell-macros.ts; any text is a TEXT.
const TYPE_WORDS = {
  DATE: 'day',
  DATETIME: 'instant',
  TEXT: null,
  NUMBER: 'number',
  INTEGER: 'integer',
  BOOLEAN: 'boolean',
  DURATION: 'number',
  LIST: 'list',
  JSON: 'json',
} as const;

/** What cells are called that are not of their column's type before something is made of them. */
const SOURCE_WORDS: Readonly<Partial<Record<ColumnSource['kind'], string>>> = {
  QUOTED_LIST: 'quoted_list',
  WALL_CLOCK: 'wall_clock',
};

/** Given a column, return the SQL of its cells as texts of the house's grammar, before any quoting; null for null. */
export function toCellText({ type, source }: LayoutColumn, layout: RowsLayout): string {
  if (source.kind === 'WALL_CLOCK') return `wall_clock_text(${toRawCell(source, layout)})`;
  if (source.kind === 'QUOTED_LIST') return `to_json(quoted_list(${toRawCell(source, layout)}))::varchar`;
  if (source.kind === 'RATIO') return `number_text(${toRatio(source, layout)})`;
  const cell = toRawCell(source, layout);
  const word = TYPE_WORDS[type];
  return word ? `${word}_cell_text(${cell})` : cell;
}

/** Given a column, return the SQL of whether its cells are of its type. */
export function toCellCheck({ type, source }: LayoutColumn, layout: RowsLayout): string {
  if (source.kind === 'RATIO') {
    return `(is_number(${findColumn(source.part, layout)}) and is_number(${findColumn(source.whole, layout)}))`;
  }
  const word = SOURCE_WORDS[source.kind] ?? TYPE_WORDS[type];
  return word ? `(is_${word}(${toRawCell(source, layout)}))` : 'true';
}

/** Given a column of whole numbers, return the SQL of whether its cells fit into a type of SQL; of no meaning to cells that are none. */
export function toFit({ source }: LayoutColumn, layout: RowsLayout, sqlType: string): string {
  if (source.kind === 'RATIO') return 'true';
  const cell = toRawCell(source, layout);
  return `(${cell} is null or try_cast(${cell} as ${sqlType}) is not null)`;
}

/** Given a column of numbers, return the SQL of its cells as `DOUBLE`. */
export function toCellNumber({ source }: LayoutColumn, layout: RowsLayout): string {
  return source.kind === 'RATIO' ? toRatio(source, layout) : `number_value(${toRawCell(source, layout)})`;
}

/** Given a column of lists, return the SQL of its cells as `VARCHAR[]`. */
export function toCellList(column: LayoutColumn, layout: RowsLayout): string {
  return column.source.kind === 'QUOTED_LIST'
    ? `quoted_list(${toRawCell(column.source, layout)})`
    : `cast(${toCellText(column, layout)}::json as varchar[])`;
}

function toRatio({ part, whole }: Extract<ColumnSource, { kind: 'RATIO' }>, layout: RowsLayout): string {
  const [above, below] = [part, whole].map((name) => `number_value(${findColumn(name, layout)})`);
  return `finite_or_null(${above} / nullif(${below}, 0))`;
}

function toRawCell(source: Exclude<ColumnSource, { kind: 'RATIO' }>, layout: RowsLayout): string {
  const column = findColumn(source.column, layout);
  if (source.kind !== 'LOOK_UP') return column;
  // A word of an enum cannot hold U+0000: such a cell has no value beside it.
  const entries = Object.entries(source.values).filter(([key]) => !key.includes('\0'));
  if (entries.length === 0) return 'null::varchar';
  const keys = entries.map(([key]) => quoteText(key)).join(', ');
  const values = entries.map(([, value]) => quoteText(value)).join(', ');
  // An enum finds its words by hashing; a case or a map of thousands of countries and cities would be walked for each cell.
  return `[${values}][enum_code(try_cast(${column} as enum(${keys}))) + 1]`;
}

function findColumn(name: string, { dialect }: RowsLayout): string {
  const index = dialect.columns.indexOf(name);
  if (index < 0) throw new RangeError(`The layout uses column ${JSON.stringify(name)}, which its files do not have`);
  return `c${index}`;
}
