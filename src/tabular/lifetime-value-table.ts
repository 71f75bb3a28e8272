import type { LifetimeValueReport, LifetimeValueRow } from '../analytics/lifetime-value.ts';
import { SHARE_COLUMNS, valueColumn } from './cohort-analysis-table.ts';
import { toTidyCohortTable, toWideCohortTable, type RowColumn } from './cohort-rows.ts';
import { ANSWER_ROOM, type ColumnTable, type TableLayout, type TableRoom } from './column-table.ts';

/** Given a lifetime value report, return it as a table. TIDY: a row per cohort and offset. WIDE: a row per cohort, a value per offset. */
export function toLifetimeValueTable(
  { rows, breakdown, currency }: LifetimeValueReport,
  layout: TableLayout,
  room: TableRoom = ANSWER_ROOM,
): ColumnTable {
  const value = valueColumn({ unit: 'MONEY', currency });
  const extra: readonly RowColumn<LifetimeValueRow>[] = [
    { name: 'lifetime_value', type: 'NUMBER', unit: 'MONEY', currency, rowOf: ({ lifetimeValue }) => lifetimeValue },
  ];
  return layout === 'WIDE'
    ? toWideCohortTable(rows, breakdown, { cell: value, extra, room })
    : toTidyCohortTable(rows, breakdown, { cells: [value, ...SHARE_COLUMNS], extra, room });
}
