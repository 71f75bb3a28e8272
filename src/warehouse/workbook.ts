import { Readable } from 'node:stream';
import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { CellValue } from 'hucre';
import { writeXlsxStream } from 'hucre/xlsx';
import type { ColumnType } from '../analytics/column-types.ts';
import { toCellText, toTypedCell, type LayoutColumn } from './column-sql.ts';
import { ConversionError } from './conversion-error.ts';
import type { SourceRows } from './statements.ts';

/** What one cell holds, in UTF-16 code units; Excel takes no file with more. */
const MOST_CELL_LENGTH = 32_767;
/** Rows of one sheet, its header included. */
export const MOST_SHEET_ROWS = 1_048_576;
// 1900-03-01: before it, Excel counts a day that there was not, and before 1900 it has no days at all.
const FIRST_DAY_MS = -2_203_891_200_000;
const NUMBER_FORMATS: Partial<Record<ColumnType, string>> = { DATE: 'yyyy-mm-dd', DATETIME: 'yyyy-mm-dd hh:mm:ss' };

/** Given rows, return the query whose answer {@link toWorkbook} takes. */
export function toWorkbookQuery({ rows, layout }: SourceRows): string {
  const cells = layout.columns.flatMap((column) => {
    switch (column.type) {
      case 'NUMBER':
      case 'DURATION':
      case 'BOOLEAN':
        return [toTypedCell(column, layout, false)];
      // Excel knows no time zones: instants are those of UTC.
      case 'DATETIME':
        return [`strftime(${toTypedCell(column, layout, false)}, '%Y-%m-%dT%H:%M:%S.%gZ')`];
      default:
        return [toCellText(column, layout)];
    }
  });
  return `select ${cells.join(', ')} from ${rows}`;
}

/** How a workbook is written. */
export interface WorkbookOptions {
  readonly columns: readonly LayoutColumn[];
  /** Rows of a sheet, its header included; further rows go to further sheets. */
  readonly sheetRows: number;
  /** Called with each row that is written. */
  readonly onRow: () => void;
}

/** Given the answer to {@link toWorkbookQuery}, return the bytes of an Excel workbook, made as the rows arrive. */
export function toWorkbook(chunks: AsyncIterable<DuckDBDataChunk>, options: WorkbookOptions): Readable {
  const { columns, sheetRows } = options;
  const stream = writeXlsxStream(readRows(chunks, options), {
    name: 'Data',
    columns: columns.map(({ name, type }) => {
      const numFmt = NUMBER_FORMATS[type];
      return { header: toSafeText(name, { name, row: 0 }), ...(numFmt === undefined ? {} : { numFmt }) };
    }),
    freezePane: { rows: 1 },
    maxRowsPerSheet: sheetRows,
    // A sheet of a million rows may be larger than 4 GiB before it is compressed.
    zip64: true,
  });
  return Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0]);
}

async function* readRows(
  chunks: AsyncIterable<DuckDBDataChunk>,
  { columns, onRow }: WorkbookOptions,
): AsyncGenerator<CellValue[]> {
  let row = 0;
  for await (const chunk of chunks) {
    for (const cells of chunk.getRows()) {
      row += 1;
      yield columns.map((column, index) => toCell(cells[index], column, row));
      onRow();
    }
  }
}

function toCell(cell: unknown, { name, type }: LayoutColumn, row: number): CellValue {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null;
  if (typeof cell === 'boolean') return cell;
  if (typeof cell !== 'string') return null;
  if (type === 'DATE' || type === 'DATETIME') {
    const time = Date.parse(cell);
    return time >= FIRST_DAY_MS ? new Date(time) : cell;
  }
  // Excel's numbers have 15 digits, and ours beyond 2^53 would come out as other ones.
  if (type === 'INTEGER') return Number.isSafeInteger(Number(cell)) ? Number(cell) : cell;
  return toSafeText(cell, { name, row });
}

/** Throw where a cell is too long; what reads like an escape of the format is escaped, and what XML cannot hold written as one. */
function toSafeText(text: string, { name, row }: { name: string; row: number }): string {
  if (text.length > MOST_CELL_LENGTH) {
    const message = `Row ${row} has a text of ${text.length} characters, and a cell of a workbook holds ${MOST_CELL_LENGTH} at most`;
    throw new ConversionError('CELL_TOO_LONG', message, { column: name });
  }
  return text.replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_').replaceAll(/[\uFFFE\uFFFF]/g, toEscape);
}

function toEscape(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).toUpperCase()}_`;
}
