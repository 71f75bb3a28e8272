import { createReadStream } from 'node:fs';

const [QUOTE, LINE_FEED, CARRIAGE_RETURN] = [0x22, 0x0a, 0x0d];

/** Which row of a file is meant: the n-th one after the header that is not empty, or the n-th record, header and empty lines included. From 1. */
export type RowOfFile = { readonly row: number; readonly hasHeader: boolean } | { readonly record: number };

/** Given the path of a CSV file and a row of it, return the line on which the row starts, from 1. Texts in quotes may have lines of their own. */
export async function findLine(path: string, wanted: RowOfFile): Promise<number> {
  const isRecord = 'record' in wanted;
  const target = isRecord ? wanted.record : wanted.row + (wanted.hasHeader ? 1 : 0);
  let [line, start, found] = [1, 1, 0];
  let [isQuoted, isEmpty] = [false, true];
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) {
    for (const byte of chunk as Buffer) {
      if (byte === QUOTE) isQuoted = !isQuoted;
      if (byte !== LINE_FEED) {
        isEmpty &&= byte === CARRIAGE_RETURN;
        continue;
      }
      line += 1;
      if (isQuoted) continue;
      if (isRecord || !isEmpty) found += 1;
      if (found === target) return start;
      [start, isEmpty] = [line, true];
    }
  }
  return start;
}
