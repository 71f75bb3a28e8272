import type { Value } from '../tables/table.ts';

/**
 * Writes a cell as the database does that the service seems to be built on: text is always quoted, numbers never. What is missing is not
 * documented: here a missing number is `\N`, and missing text an empty text.
 */
export function toCell(value: Value): string {
  if (value === null) return '\\N';
  if (typeof value === 'number') return String(value);
  return `"${value.includes('"') ? value.replaceAll('"', '""') : value}"`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** Writes a list into one text, `['one','two']`, with backslashes before what would end or break it. */
export function toList(items: readonly string[]): string {
  return `[${items.map((item) => `'${item.replace(/[\\'\n\r\t]/g, (found) => ESCAPES[found] ?? found)}'`).join(',')}]`;
}
