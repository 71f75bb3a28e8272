import type { CohortCell } from '../analytics/cohort-analysis.ts';
import type { LifetimeValueReport, LifetimeValueRow } from '../analytics/lifetime-value.ts';
import { SHARE_COLUMNS, valueColumn } from './cohort-analysis-table.ts';
import { toTidyCohortTable, toWideCohortTable } from './cohort-rows.ts';
import type { ColumnTable, TableLayout } from './column-table.ts';

/** Given a lifetime value report, return it as a table. TIDY: a row per cohort and offset. WIDE: a row per cohort, a value per offset. */
export function toLifetimeValueTable(
  { rows, breakdown, currency }: LifetimeValueReport,
  layout: TableLayout,
): ColumnTable {
  const value = valueColumn({ unit: 'MONEY', currency });
  if (layout === 'TIDY') return toTidyCohortTable(rows, breakdown, [value, ...SHARE_COLUMNS]);
  return toWideCohortTable<LifetimeValueRow, CohortCell>(rows, breakdown, {
    cell: value,
    extra: [
      {
        name: 'lifetime_value',
        type: 'NUMBER',
        unit: 'MONEY',
        currency,
        rowOf: ({ lifetimeValue }) => lifetimeValue,
      },
    ],
  });
}
