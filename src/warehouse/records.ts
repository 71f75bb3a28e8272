import { createReadStream } from 'node:fs';

const [QUOTE, LINE_FEED, CARRIAGE_RETURN] = [0x22, 0x0a, 0x0d];
const BYTE_ORDER_MARK = '\uFEFF';

/** A CSV file that is not compressed. */
export interface CsvFile {
  readonly path: string;
  readonly delimiter: string;
  readonly hasHeader: boolean;
}

/** Which record of a file is meant: the n-th row of data, empty lines left out, or the n-th record of any kind. From 1. */
export type WantedRecord = { readonly row: number } | { readonly record: number };

/** Given a file and a record of it, return the line on which the record starts, from 1. Texts in quotes may have lines of their own. */
export async function findLine(file: CsvFile, wanted: WantedRecord): Promise<number> {
  const isRecord = 'record' in wanted;
  const target = isRecord ? wanted.record : wanted.row + (file.hasHeader ? 1 : 0);
  let [found, line] = [0, 1];
  await scanRecords(file, (record) => {
    if (isRecord || !record.isEmpty) found += 1;
    line = record.line;
    return found === target;
  });
  return line;
}

/** Given a file, return the line of the record that the file ends in the middle of, because its quotes do not close; null where there is none. */
export async function findOpenRecord(file: CsvFile): Promise<number | null> {
  let line: number | null = null;
  await scanRecords(file, (record) => {
    if (record.isOpen) line = record.line;
    return false;
  });
  return line;
}

interface ScannedRecord {
  /** The line it starts on. */
  readonly line: number;
  /** Whether its line has nothing. */
  readonly isEmpty: boolean;
  /** Whether it ends with the file, within quotes. */
  readonly isOpen: boolean;
}

/** Call back with each record, until the answer is true. */
async function scanRecords({ path, delimiter }: CsvFile, onRecord: (record: ScannedRecord) => boolean): Promise<void> {
  const separator = delimiter.charCodeAt(0);
  const place: Place = { isQuoted: false, wasClosed: false, isCellStart: true };
  let [line, start, isEmpty, isFirst] = [1, 1, true, true];
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) {
    const bytes = chunk as Buffer;
    for (const byte of isFirst && bytes.indexOf(BYTE_ORDER_MARK) === 0 ? bytes.subarray(3) : bytes) {
      if (byte === LINE_FEED) line += 1;
      if (!endsRecord(place, byte, separator)) {
        isEmpty &&= byte === CARRIAGE_RETURN;
        continue;
      }
      if (onRecord({ line: start, isEmpty, isOpen: false })) return;
      [start, isEmpty] = [line, true];
    }
    isFirst = false;
  }
  if (!isEmpty) onRecord({ line: start, isEmpty, isOpen: place.isQuoted });
}

/** Where a byte stands: within quotes, right after quotes that closed, or as the first of a cell. */
interface Place {
  isQuoted: boolean;
  wasClosed: boolean;
  isCellStart: boolean;
}

/** Given the place of a byte, move on to the next one; whether the record ends here. */
function endsRecord(place: Place, byte: number, separator: number): boolean {
  const isEnd = byte === LINE_FEED && !place.isQuoted;
  // Quotes mean something at the start of a cell only; two of them within quotes are one.
  const opensOrCloses = byte === QUOTE && (place.isQuoted || place.isCellStart || place.wasClosed);
  place.wasClosed = opensOrCloses && place.isQuoted;
  if (opensOrCloses) place.isQuoted = !place.isQuoted;
  place.isCellStart = isEnd || (byte === separator && !place.isQuoted);
  return isEnd;
}
