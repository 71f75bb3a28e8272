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
export function toCellText(column: LayoutColumn, layout: RowsLayout): string {
  return toCheckedText(column, toMadeCell(column.source, layout));
}

/** Given a column and the SQL of its cells as {@link toMadeCell} returns it, return the SQL of their texts, which fails for cells of another type. */
export function toCheckedText({ type, source }: LayoutColumn, made: string): string {
  const word = isReady(source) ? null : TYPE_WORDS[type];
  return word ? `${word}_cell_text(${made})` : made;
}

/**
 * Given what a column is made of, return the SQL of its cells as they are made. Lists, ratios and times of day are then texts of the house's grammar; the
 * others have not been looked at, and may be of another type than their column.
 */
export function toMadeCell(source: ColumnSource, layout: RowsLayout): string {
  if (source.kind === 'RATIO') return `number_text(${toRatio(source, layout)})`;
  const cell = toRawCell(source, layout);
  return isReady(source) ? `${SOURCE_WORDS[source.kind]}_text(${cell})` : cell;
}

/** Whether cells are made into texts of the house's grammar, so that nothing is left to be checked. */
export function isReady({ kind }: ColumnSource): boolean {
  return kind === 'RATIO' || kind in SOURCE_WORDS;
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

/** Given a column, return the SQL of its cells in the type that Parquet keeps them in; whole numbers as `DECIMAL(38, 0)` if they are wide. */
export function toTypedCell({ type, source }: LayoutColumn, layout: RowsLayout, isWide: boolean): string {
  if (source.kind === 'RATIO') return toRatio(source, layout);
  const cell = toRawCell(source, layout);
  if (source.kind === 'QUOTED_LIST') return `quoted_list(${cell})`;
  if (source.kind === 'WALL_CLOCK') return `wall_clock_text(${cell})::timestamptz`;
  if (type === 'INTEGER' && isWide) return `integer_cell_text(${cell})::decimal(38, 0)`;
  const word = TYPE_WORDS[type];
  return word ? `${word}_typed(${cell})` : cell;
}

function toRatio({ part, whole }: Extract<ColumnSource, { kind: 'RATIO' }>, layout: RowsLayout): string {
  const [above, below] = [part, whole].map((name) => `number_typed(${findColumn(name, layout)})`);
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
