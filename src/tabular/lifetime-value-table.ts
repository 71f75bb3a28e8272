import type { LifetimeValueReport, LifetimeValueRow } from '../analytics/lifetime-value.ts';
import { SHARE_COLUMNS, valueColumn } from './cohort-analysis-table.ts';
import { toTidyCohortTable, toWideCohortTable, type RowColumn } from './cohort-rows.ts';
import { ANSWER_ROOM, type ColumnTable, type TableLayout, type TableRoom } from './column-table.ts';

/** Given a lifetime value report, return it as a table. TIDY: a row per cohort and offset. WIDE: a row per cohort, a value per offset. */
export function toLifetimeValueTable(
  { rows, breakdown, currency, hasAcquisitionCost }: LifetimeValueReport,
  layout: TableLayout,
  room: TableRoom = ANSWER_ROOM,
): ColumnTable {
  const money = { type: 'NUMBER', unit: 'MONEY', currency } as const;
  const value = valueColumn({ unit: 'MONEY', currency });
  const extra: readonly RowColumn<LifetimeValueRow>[] = [
    { name: 'lifetime_value', ...money, rowOf: ({ lifetimeValue }) => lifetimeValue },
    ...(hasAcquisitionCost
      ? [
          { name: 'acquisition_cost', ...money, rowOf: (row: LifetimeValueRow) => row.acquisitionCost ?? null },
          {
            name: 'payback_offset',
            type: 'INTEGER' as const,
            unit: null,
            currency: null,
            rowOf: (row: LifetimeValueRow) => row.paybackOffset ?? null,
          },
        ]
      : []),
  ];
  return layout === 'WIDE'
    ? toWideCohortTable(rows, breakdown, { cell: value, extra, room })
    : toTidyCohortTable(rows, breakdown, { cells: [value, ...SHARE_COLUMNS], extra, room });
}
