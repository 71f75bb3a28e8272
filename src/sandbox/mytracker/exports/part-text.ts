import { toCell } from '../columns/cells.ts';
import type { ExportRows } from './export-rows.ts';

/** Lines of an export that make one file. */
export interface PartText {
  readonly rows: ExportRows;
  readonly header: readonly string[];
  /** Number of the first line, from 0. */
  readonly firstLine: number;
  /** Number of the line after the last one. */
  readonly endLine: number;
  /** What ends a line; the document does not say. */
  readonly lineEnd: '\n' | '\r\n';
}

const CHUNK_LENGTH = 64 * 1024;

/** Writes a file piece by piece: the names of the selectors, then a line for each row. */
export function* writePart({ rows, header, firstLine, endLine, lineEnd }: PartText): Generator<string> {
  const { copies, columns } = rows;
  let text = header.join(',') + lineEnd;
  for (let line = firstLine; line < endLine; line += 1) {
    const row = rows.rows[Math.floor(line / copies)] ?? 0;
    const copy = line % copies;
    for (let index = 0; index < columns.length; index += 1) {
      if (index > 0) text += ',';
      text += toCell(columns[index]?.(row, copy) ?? null);
    }
    text += lineEnd;
    if (text.length < CHUNK_LENGTH) continue;
    yield text;
    text = '';
  }
  yield text;
}
