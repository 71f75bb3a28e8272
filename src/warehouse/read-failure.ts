import { ConversionError, type ConversionFailure } from './conversion-error.ts';
import { isDiskFull, toDiskFullError } from './disk-full.ts';
import { findLine, type CsvFile } from './records.ts';

/** What DuckDB says of files that it cannot read, and how we say it: its own words repeat the row. */
const FAILURES: readonly { says: RegExp; failure: ConversionFailure; message: (found: RegExpExecArray) => string }[] = [
  { says: /Invalid unicode/, failure: 'ENCODING', message: () => 'A row is not UTF-8' },
  {
    says: /Expected Number of Columns: (\d+) Found: (\d+)/,
    failure: 'ROW',
    message: ([, wanted, found]) => `A row has ${found} cells instead of ${wanted}`,
  },
  { says: /unterminated quote/i, failure: 'ROW', message: () => 'A row has quotes that do not close' },
  { says: /maximum line size/i, failure: 'ROW', message: () => 'A row is longer than can be read' },
  { says: /CSV Error|CSV Parser state machine/, failure: 'ROW', message: () => 'A row breaks the rules of CSV' },
];

/** Given why DuckDB could not read a part, from 0, return it as an error with part and line; what has nothing to do with the part, as it is. */
export async function explainReadFailure(
  error: unknown,
  { file, part }: { file: CsvFile; part: number },
): Promise<unknown> {
  if (isDiskFull(error)) return toDiskFullError();
  if (!(error instanceof Error)) return error;
  for (const { says, failure, message } of FAILURES) {
    const found = says.exec(error.message);
    if (!found) continue;
    // What DuckDB calls a line is a record.
    const record = /CSV Error on Line: (\d+)/.exec(error.message)?.[1];
    const place = record === undefined ? {} : { line: await findLine(file, { record: Number(record) }) };
    return new ConversionError(failure, message(found), { part: part + 1, ...place });
  }
  return error;
}
