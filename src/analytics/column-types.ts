/**
 * What the cells of a column are. `DATE` and `DATETIME` are ISO 8601 texts, `DURATION` is a number of seconds, `LIST` a list of texts (written as a
 * JSON array), `JSON` any JSON value.
 */
export const COLUMN_TYPES = [
  'DATE',
  'DATETIME',
  'TEXT',
  'NUMBER',
  'INTEGER',
  'BOOLEAN',
  'DURATION',
  'LIST',
  'JSON',
] as const;
/** One of {@link COLUMN_TYPES}. */
export type ColumnType = (typeof COLUMN_TYPES)[number];
