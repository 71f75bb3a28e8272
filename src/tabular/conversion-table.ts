import { conversionRateOf, type ConversionReport } from '../analytics/conversions.ts';
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
import { toTimes, toValues } from './metrics-columns.ts';
import { toWideMetricsTable } from './metrics-wide-table.ts';
import { timeColumnOf } from './time-column.ts';

const FIXED_NAMES: ReadonlySet<string> = new Set(['date', 'at', 'from_count', 'to_count', 'rate', 'previous_rate']);

/** One line of the tidy table: the whole period, or one group in one bucket. */
interface ConversionLine {
  readonly time: string | null;
  readonly dimensionOf: (key: string) => string | null;
  readonly fromCount: number | null;
  readonly toCount: number | null;
  readonly rate: number | null;
  readonly previousRate: number | null;
}

/** Given a conversion report, return it as a table. TIDY: the whole period, then a row per group and bucket. WIDE: a row per bucket. */
export function toConversionTable(
  report: ConversionReport,
  layout: TableLayout,
  room: TableRoom = ANSWER_ROOM,
): ColumnTable {
  if (layout === 'WIDE' && report.series.length > 0) return toWideMetricsTable(report, room);
  const lines = [wholePeriod(report), ...report.series.flatMap((series) => seriesLines(report, series))];
  assertTableFits(lines.length, FIXED_NAMES.size + report.breakdown.length, room);
  const column = (of: Omit<TableColumn, 'values'>, cellOf: (line: ConversionLine) => Cell): TableColumn =>
    createColumn({ ...of, values: lines.map(cellOf) });
  const counts = { type: 'INTEGER', unit: 'DISTINCT_COUNT', currency: null } as const;
  const rates = { type: 'NUMBER', unit: 'FRACTION', currency: null } as const;
  const time = timeColumnOf(report.interval);
  const names = toDimensionNames(report.breakdown, FIXED_NAMES);
  const columns = [
    ...(time ? [column({ ...time, unit: null, currency: null }, (line) => line.time)] : []),
    ...report.breakdown.map((key, index) =>
      column({ name: names[index] ?? key, type: 'TEXT', unit: null, currency: null }, (line) => line.dimensionOf(key)),
    ),
    column({ name: 'from_count', ...counts }, ({ fromCount }) => fromCount),
    column({ name: 'to_count', ...counts }, ({ toCount }) => toCount),
    column({ name: 'rate', ...rates }, ({ rate }) => rate),
    ...(report.hasComparison ? [column({ name: 'previous_rate', ...rates }, (line) => line.previousRate)] : []),
  ];
  return { columns, rowCount: lines.length };
}

function wholePeriod(report: ConversionReport): ConversionLine {
  const { fromCount, toCount, previous } = report;
  return {
    time: null,
    dimensionOf: () => null,
    fromCount,
    toCount,
    rate: conversionRateOf(report),
    previousRate: previous && conversionRateOf(previous),
  };
}

function seriesLines({ interval }: ConversionReport, series: ConversionReport['series'][number]): ConversionLine[] {
  const times = toTimes(series.axis, interval);
  const rates = toValues(series, interval, 'values');
  const previous = toValues(series, interval, 'previous');
  const dimensionOf = (key: string) => series.dimensions.find(({ dimension }) => dimension === key)?.value ?? null;
  // How many started and ended is known of the whole period only.
  return rates.map((rate, index) => ({
    time: times[index] ?? null,
    dimensionOf,
    fromCount: null,
    toCount: null,
    rate,
    previousRate: previous[index] ?? null,
  }));
}
