/**
 * Why rows could not become a file. All but `CELL_TOO_LONG` and `DISK_FULL` say that what the provider sent is not what was announced.
 * `HEADER`: other columns than announced. `ROW`: a row with too few or too many cells, or quotes that do not close. `ENCODING`: bytes that are not
 * UTF-8. `COMPRESSION`: gzip that is cut off or damaged. `CELL`: cells that are not of their column's type. `CELL_TOO_LONG`: a text that the format
 * cannot hold. `DISK_FULL`: no space left for the file, or for what is needed to make it.
 */
export type ConversionFailure = 'HEADER' | 'ROW' | 'ENCODING' | 'COMPRESSION' | 'CELL' | 'CELL_TOO_LONG' | 'DISK_FULL';

/** Where a conversion failed: absent where it is not known or means nothing. */
export interface ConversionPlace {
  /** 1 for the first part. */
  readonly part?: number;
  /** The line of that part in a text editor, 1 for the first; where a row has several lines, its first. */
  readonly line?: number;
  /** Name of the column of the export. */
  readonly column?: string;
  /** How many cells of the column are wrong, over all parts. */
  readonly count?: number;
}

/** Rows could not become a file. The message names the place and never a value: values are somebody's data. */
export class ConversionError extends Error {
  readonly failure: ConversionFailure;
  readonly place: ConversionPlace;

  constructor(failure: ConversionFailure, message: string, place: ConversionPlace = {}) {
    super(`${message}${describePlace(place)}`);
    this.name = 'ConversionError';
    this.failure = failure;
    this.place = place;
  }
}

function describePlace({ part, line, column }: ConversionPlace): string {
  const words = [
    ...(column === undefined ? [] : [`column ${JSON.stringify(column)}`]),
    ...(part === undefined ? [] : [`part ${part}`]),
    ...(line === undefined ? [] : [`line ${line}`]),
  ];
  return words.length > 0 ? ` (${words.join(', ')})` : '';
}
