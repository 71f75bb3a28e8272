import type { DimensionValue } from '../analytics/catalog.ts';
import { toDimensionNames, toUniqueNames } from './column-names.ts';
import {
  assertTableFits,
  createColumn,
  type Cell,
  type ColumnTable,
  type TableColumn,
  type TableRoom,
} from './column-table.ts';

/** A row of any report by cohort: those who entered together, and a cell for each offset. */
export interface CohortTableRow<C extends { readonly offset: number }> {
  readonly cohort: string | null;
  readonly isTotal: boolean;
  readonly dimensions: readonly DimensionValue[];
  readonly size: number | null;
  readonly cells: readonly C[];
}

/** A column of the cells, made from each of them. */
export type CellColumn<C> = Omit<TableColumn, 'values'> & { readonly cellOf: (cell: C) => Cell };

const FIXED_NAMES: ReadonlySet<string> = new Set([
  'cohort',
  'is_total',
  'size',
  'offset',
  'count',
  'rate',
  'value',
  'share',
  'is_complete',
  'lifetime_value',
  'acquisition_cost',
  'payback_offset',
]);

/** A column of the rows, made from each of them. */
export type RowColumn<R> = Omit<TableColumn, 'values'> & { readonly rowOf: (row: R) => Cell };

/** Given rows by cohort, return a table with a row for each cohort and offset. */
export function toTidyCohortTable<R extends CohortTableRow<C>, C extends { readonly offset: number }>(
  rows: readonly R[],
  breakdown: readonly string[],
  {
    cells: cellColumns,
    extra = [],
    room,
  }: { cells: readonly CellColumn<C>[]; extra?: readonly RowColumn<R>[]; room: TableRoom },
): ColumnTable {
  const cells = rows.flatMap((row) => row.cells.map((cell) => ({ row, cell })));
  assertTableFits(cells.length, FIXED_NAMES.size + breakdown.length, room);
  const columns = [
    ...rowColumns(
      cells.map(({ row }) => row),
      breakdown,
    ),
    ...extra.map(({ rowOf, ...column }) => createColumn({ ...column, values: cells.map(({ row }) => rowOf(row)) })),
    createColumn({ name: 'offset', type: 'INTEGER', values: cells.map(({ cell }) => cell.offset) }),
    ...cellColumns.map(({ cellOf, ...column }) =>
      createColumn({ ...column, values: cells.map(({ cell }) => cellOf(cell)) }),
    ),
  ];
  return { columns, rowCount: cells.length };
}

/** Given rows by cohort, return a table with a row for each cohort and a column for each offset, named by it. */
export function toWideCohortTable<R extends CohortTableRow<C>, C extends { readonly offset: number }>(
  rows: readonly R[],
  breakdown: readonly string[],
  { cell, extra = [], room }: { cell: CellColumn<C>; extra?: readonly RowColumn<R>[]; room: TableRoom },
): ColumnTable {
  const offsets = [...new Set(rows.flatMap((row) => row.cells.map(({ offset }) => offset)))].sort((a, b) => a - b);
  assertTableFits(rows.length, FIXED_NAMES.size + breakdown.length + offsets.length, room);
  const byOffset = rows.map((row) => new Map(row.cells.map((one) => [one.offset, one])));
  const { cellOf, ...column } = cell;
  const columns = [
    ...rowColumns(rows, breakdown),
    ...extra.map(({ rowOf, ...one }) => createColumn({ ...one, values: rows.map(rowOf) })),
    ...offsets.map((offset) =>
      createColumn({
        ...column,
        name: String(offset),
        values: byOffset.map((cells) => {
          const found = cells.get(offset);
          return found ? cellOf(found) : null;
        }),
      }),
    ),
  ];
  const names = toUniqueNames(columns.map(({ name }) => name));
  return { columns: columns.map((one, index) => ({ ...one, name: names[index] ?? one.name })), rowCount: rows.length };
}

function rowColumns(
  rows: readonly Pick<CohortTableRow<never>, 'cohort' | 'isTotal' | 'dimensions' | 'size'>[],
  breakdown: readonly string[],
): TableColumn[] {
  const names = toDimensionNames(breakdown, FIXED_NAMES);
  return [
    createColumn({ name: 'cohort', type: 'DATE', values: rows.map(({ cohort }) => cohort) }),
    // A sum over all rows would count everybody twice where the provider gives totals.
    createColumn({ name: 'is_total', type: 'BOOLEAN', values: rows.map(({ isTotal }) => isTotal) }),
    ...breakdown.map((key, index) =>
      createColumn({
        name: names[index] ?? key,
        type: 'TEXT',
        values: rows.map(({ dimensions }) => dimensions.find(({ dimension }) => dimension === key)?.value ?? null),
      }),
    ),
    createColumn({ name: 'size', type: 'INTEGER', unit: 'DISTINCT_COUNT', values: rows.map(({ size }) => size) }),
  ];
}
