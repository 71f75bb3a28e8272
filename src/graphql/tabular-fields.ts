import { DEFAULT_CSV_OPTIONS, toCsv, type CsvOptions } from '../tabular/csv.ts';
import { toRows, type ColumnTable, type TableColumn, type TableLayout } from '../tabular/column-table.ts';

/** The `table` field's value. */
export interface TableValue {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly unknown[])[];
  readonly rowCount: number;
}

/** Given what makes a report's table, return the resolvers of its `table` and `csv`: pure functions of the report. */
export function tabularFields<Report>(toTable: (report: Report, layout: TableLayout) => ColumnTable) {
  return {
    table: (report: Report, { layout }: { readonly layout: TableLayout }): TableValue => {
      const table = toTable(report, layout);
      return { columns: table.columns, rows: toRows(table), rowCount: table.rowCount };
    },
    csv: (report: Report, { options }: { readonly options?: Partial<CsvOptions> | null | undefined }): string => {
      const wanted = { ...DEFAULT_CSV_OPTIONS, ...options };
      return toCsv(toTable(report, wanted.layout), wanted);
    },
  };
}
