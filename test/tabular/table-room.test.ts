import { describe, expect, it } from 'vitest';
import { ResultTooLargeError } from '../../src/errors.ts';
import { toCohortAnalysisTable } from '../../src/tabular/cohort-analysis-table.ts';
import {
  assertTableFits,
  FILE_ROOM,
  TABLE_LAYOUTS,
  type ColumnTable,
  type TableLayout,
  type TableRoom,
} from '../../src/tabular/column-table.ts';
import { toConversionTable } from '../../src/tabular/conversion-table.ts';
import { toEventsTable } from '../../src/tabular/events-table.ts';
import { toFunnelTable } from '../../src/tabular/funnel-table.ts';
import { toLifetimeValueTable } from '../../src/tabular/lifetime-value-table.ts';
import { toCohortMembersTable } from '../../src/tabular/listing-tables.ts';
import { toMetricsTable } from '../../src/tabular/metrics-table.ts';
import { toRetentionTable } from '../../src/tabular/retention-table.ts';
import {
  cohortAnalysisReport,
  cohortRow,
  conversionReport,
  event,
  funnelReport,
  lifetimeValueReport,
  metricsReport,
  retentionReport,
  retentionRow,
  series,
  steps,
} from './reports.ts';

type ToTable = (layout: TableLayout, room?: TableRoom) => ColumnTable;

const group = { dimensions: [], at: '2026-01-01T00:00:00Z', steps: steps(1) };
const rates = series({ unit: 'FRACTION', values: [0.5, 0.25] });
const members = [1, 2].map((id) => ({ userId: `user ${id}`, attributes: [] }));

/** Tables of two rows at least, in either layout. */
const TABLES: Readonly<Record<string, ToTable>> = {
  metrics: (...as) => toMetricsTable(metricsReport([series()]), ...as),
  funnel: (...as) => toFunnelTable(funnelReport({ interval: 'DAY', groups: [group] }), ...as),
  conversion: (...as) => toConversionTable(conversionReport({ series: [rates] }), ...as),
  retention: (...as) => toRetentionTable(retentionReport([retentionRow({}, 5, 4), retentionRow({}, 3)]), ...as),
  'cohort analysis': (...as) =>
    toCohortAnalysisTable(cohortAnalysisReport([cohortRow({}, 5), cohortRow({}, 4)]), ...as),
  'lifetime value': (...as) => {
    const rows = [cohortRow({}, 5), cohortRow({}, 4)].map((row) => ({ ...row, lifetimeValue: 1 }));
    return toLifetimeValueTable(lifetimeValueReport(rows), ...as);
  },
  events: (...as) => toEventsTable({ events: [event(), event()] }, ...as),
  'cohort members': (...as) => toCohortMembersTable({ members, attributeNames: [] }, ...as),
};

describe.each(Object.entries(TABLES))('the table of %s', (_name, toTable) => {
  it.each(TABLE_LAYOUTS)('keeps to the room it is given, %s', (layout) => {
    expect(() => toTable(layout, { maxRows: 1, maxCells: 1_000 })).toThrow(ResultTooLargeError);
    expect(() => toTable(layout, { maxRows: 1_000, maxCells: 1 })).toThrow(ResultTooLargeError);
    expect(toTable(layout, { maxRows: 1_000, maxCells: 1_000 })).toEqual(toTable(layout));
  });
});

describe('the room of a file', () => {
  const events = Array.from({ length: 100_001 }, () => event());

  it('is larger than that of an answer', () => {
    expect(() => toEventsTable({ events }, 'TIDY')).toThrow('100001 rows are more than the 100000 rows');
    expect(toEventsTable({ events }, 'TIDY', FILE_ROOM).rowCount).toBe(100_001);
  });

  it('ends at five million rows or fifty million cells', () => {
    expect(() => assertTableFits(5_000_000, 10, FILE_ROOM)).not.toThrow();
    expect(() => assertTableFits(5_000_001, 1, FILE_ROOM)).toThrow('5000001 rows are more than the 5000000 rows');
    expect(() => assertTableFits(5_000_000, 11, FILE_ROOM)).toThrow('more than the 50000000 cells');
  });
});
