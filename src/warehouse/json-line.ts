import type { ColumnType } from '../analytics/column-types.ts';
import type { TextColumn } from './csv-cell.ts';
import { quoteText } from './sql-text.ts';

/** Given the columns of a row, return the SQL of its line of JSON, without the line ending: an object of all columns, null for null. */
export function toJsonLine(columns: readonly TextColumn[]): string {
  const members = columns.flatMap(({ name, sql, type }, index) => {
    const before = `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`;
    return [quoteText(before), `if(${sql} is null, 'null', ${toValue(sql, type)})`];
  });
  return `concat(${members.join(', ')}, '}')`;
}

function toValue(sql: string, type: ColumnType): string {
  switch (type) {
    case 'NUMBER':
    case 'INTEGER':
    case 'DURATION':
    case 'BOOLEAN':
      return sql;
    // As it is written, so that its numbers keep their digits; line breaks can only stand between its parts.
    case 'JSON':
    case 'LIST':
      return `replace(replace(${sql}, chr(13), ' '), chr(10), ' ')`;
    case 'DATE':
    case 'DATETIME':
    case 'TEXT':
      return `to_json(${sql})::varchar`;
  }
}
