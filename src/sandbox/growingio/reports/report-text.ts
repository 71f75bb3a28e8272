/** A column of a report. */
export interface ReportColumn {
  readonly name: string;
  readonly kind: 'dimension' | 'metric';
}

/** A cell: text, a time in milliseconds, or a number. */
export type Cell = string | number;

/** A report before it is written. */
export interface Report {
  /** What stands before the table, in this order. */
  readonly head: Readonly<Record<string, unknown>>;
  readonly columns: readonly ReportColumn[];
  /** A row may be shorter than the columns. */
  readonly rows: readonly (readonly Cell[])[];
  /** Whether a whole number of a metric is written as `12.0`. */
  readonly writesDecimals: boolean;
}

/** Writes a report as JSON. */
export function toReportText({ head, columns, rows, writesDecimals }: Report): string {
  const meta = columns.map(({ name, kind }) => ({ name, [kind]: true }));
  if (!writesDecimals) return JSON.stringify({ ...head, meta, data: rows });
  // JSON.stringify cannot write 12.0, which is how the numbers of charts mostly came to a client in 2019.
  const toText = (cell: Cell, index: number): string =>
    columns[index]?.kind === 'metric' && Number.isInteger(cell) ? `${cell}.0` : JSON.stringify(cell);
  const data = rows.map((row) => `[${row.map(toText).join(',')}]`).join(',');
  return `${JSON.stringify({ ...head, meta }).slice(0, -1)},"data":[${data}]}`;
}
