import type { Unit } from '../analytics/catalog.ts';
import type { CohortAnalysisReport, CohortCell } from '../analytics/cohort-analysis.ts';
import { toTidyCohortTable, toWideCohortTable, type CellColumn } from './cohort-rows.ts';
import { ANSWER_ROOM, type ColumnTable, type TableLayout, type TableRoom } from './column-table.ts';

/** Given a cohort analysis, return it as a table. TIDY: a row per cohort and offset. WIDE: a row per cohort, a value per offset. */
export function toCohortAnalysisTable(
  report: CohortAnalysisReport,
  layout: TableLayout,
  room: TableRoom = ANSWER_ROOM,
): ColumnTable {
  const { rows, breakdown } = report;
  const value = valueColumn(report);
  return layout === 'WIDE'
    ? toWideCohortTable(rows, breakdown, { cell: value, room })
    : toTidyCohortTable(rows, breakdown, { cells: [value, ...SHARE_COLUMNS], room });
}

/** Given what a report's values measure, return the column of them. */
export function valueColumn({ unit, currency }: { unit: Unit; currency: string | null }): CellColumn<CohortCell> {
  const isCount = unit === 'COUNT' || unit === 'DISTINCT_COUNT';
  return { name: 'value', type: isCount ? 'INTEGER' : 'NUMBER', unit, currency, cellOf: ({ value }) => value };
}

/** The columns of a cohort's cells behind the value. */
export const SHARE_COLUMNS: readonly CellColumn<CohortCell>[] = [
  { name: 'share', type: 'NUMBER', unit: 'FRACTION', currency: null, cellOf: ({ share }) => share },
  { name: 'is_complete', type: 'BOOLEAN', unit: null, currency: null, cellOf: ({ isComplete }) => isComplete },
];
