import type { RetentionCell, RetentionReport } from '../analytics/retention.ts';
import { toTidyCohortTable, toWideCohortTable, type CellColumn } from './cohort-rows.ts';
import { ANSWER_ROOM, type ColumnTable, type TableLayout, type TableRoom } from './column-table.ts';

const RATE: CellColumn<RetentionCell> = {
  name: 'rate',
  type: 'NUMBER',
  unit: 'FRACTION',
  currency: null,
  cellOf: ({ rate }) => rate,
};

const CELL_COLUMNS: readonly CellColumn<RetentionCell>[] = [
  { name: 'count', type: 'INTEGER', unit: 'DISTINCT_COUNT', currency: null, cellOf: ({ count }) => count },
  RATE,
  { name: 'is_complete', type: 'BOOLEAN', unit: null, currency: null, cellOf: ({ isComplete }) => isComplete },
];

/** Given a retention report, return it as a table. TIDY: a row per cohort and offset. WIDE: a row per cohort, a rate per offset. */
export function toRetentionTable(
  { rows, breakdown }: RetentionReport,
  layout: TableLayout,
  room: TableRoom = ANSWER_ROOM,
): ColumnTable {
  return layout === 'WIDE'
    ? toWideCohortTable(rows, breakdown, { cell: RATE, room })
    : toTidyCohortTable(rows, breakdown, { cells: CELL_COLUMNS, room });
}
