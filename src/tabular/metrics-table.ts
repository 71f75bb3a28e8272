import type { MetricSeries, MetricsReport } from '../analytics/metrics.ts';
import { toDimensionNames } from './column-names.ts';
import {
  ANSWER_ROOM,
  assertTableFits,
  createColumn,
  type Cell,
  type ColumnTable,
  type TableColumn,
  type TableLayout,
  type TableRoom,
} from './column-table.ts';
import { toTimes, toValues, type SeriesColumn } from './metrics-columns.ts';
import { toWideMetricsTable } from './metrics-wide-table.ts';
import { createNumberColumn } from './number-column.ts';
import { timeColumnOf } from './time-column.ts';

const FIXED_NAMES: ReadonlySet<string> = new Set([
  'date',
  'at',
  'source',
  'metric',
  'value',
  'previous',
  'unit',
  'currency',
]);

/** Given a metrics report, return it as a table. TIDY: a row per series and bucket. WIDE: a row per bucket, a column per series. */
export function toMetricsTable(report: MetricsReport, layout: TableLayout, room: TableRoom = ANSWER_ROOM): ColumnTable {
  return layout === 'WIDE' ? toWideMetricsTable(report, room) : toTidyMetricsTable(report, room);
}

function toTidyMetricsTable(report: MetricsReport, room: TableRoom): ColumnTable {
  const { series, interval, breakdown, hasComparison } = report;
  const lengths = series.map((one) => toTimes(one.axis, interval).length);
  const rowCount = lengths.reduce((sum, length) => sum + length, 0);
  assertTableFits(rowCount, FIXED_NAMES.size + breakdown.length, room);
  const text = (name: string, cellOf: (one: MetricSeries) => string | null): TableColumn =>
    createColumn({ name, type: 'TEXT', values: repeat(series.map(cellOf), lengths) });
  const numbers = (name: string, column: SeriesColumn): TableColumn =>
    createNumberColumn(
      name,
      series.flatMap((one) => toValues(one, interval, column)),
      series,
    );
  const time = timeColumnOf(interval);
  const dimensionNames = toDimensionNames(breakdown, FIXED_NAMES);
  const columns = [
    ...(time ? [createColumn({ ...time, values: series.flatMap(({ axis }) => toTimes(axis, interval)) })] : []),
    text('source', ({ source }) => source?.key ?? null),
    text('metric', ({ name }) => name),
    ...breakdown.map((key, index) => text(dimensionNames[index] ?? key, (one) => dimensionValue(one, key))),
    numbers('value', 'values'),
    ...(hasComparison ? [numbers('previous', 'previous')] : []),
    text('unit', ({ unit }) => unit),
    text('currency', ({ currency }) => currency),
  ];
  return { columns, rowCount };
}

function dimensionValue({ dimensions }: MetricSeries, key: string): string | null {
  return dimensions.find(({ dimension }) => dimension === key)?.value ?? null;
}

function repeat(cells: readonly Cell[], lengths: readonly number[]): Cell[] {
  const repeated: Cell[] = [];
  cells.forEach((cell, index) => {
    for (let left = lengths[index] ?? 0; left > 0; left--) repeated.push(cell);
  });
  return repeated;
}
