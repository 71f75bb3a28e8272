import type { MetricSeries, MetricsReport } from '../analytics/metrics.ts';
import type { Interval } from '../analytics/period.ts';
import type { TimeAxis } from '../analytics/time-axis.ts';
import { toUniqueNames } from './column-names.ts';
import {
  ANSWER_ROOM,
  assertTableFits,
  createColumn,
  type ColumnTable,
  type TableColumn,
  type TableRoom,
} from './column-table.ts';
import { toTimes, toValues, type SeriesColumn } from './metrics-columns.ts';
import { createNumberColumn } from './number-column.ts';
import { isWithinDay, timeColumnOf } from './time-column.ts';

/** What a wide table is made from: a metrics report, or any other whose series share axes. */
export type WideReport = Pick<MetricsReport, 'series' | 'interval' | 'breakdown' | 'hasComparison'>;

/** Given a metrics report, return a row per bucket with a column per series; a bucket that a series does not have is null. */
export function toWideMetricsTable(report: WideReport, room: TableRoom = ANSWER_ROOM): ColumnTable {
  const { series, interval, hasComparison } = report;
  const time = timeColumnOf(interval);
  const rows = joinBuckets(series, interval);
  const kinds: readonly SeriesColumn[] = hasComparison ? ['values', 'previous'] : ['values'];
  assertTableFits(rows.count, 1 + series.length * kinds.length, room);
  const names = columnNames(report, time ? [time.name] : []);
  const columns: TableColumn[] = time ? [createColumn({ ...time, values: rows.times })] : [];
  for (const one of series) {
    for (const kind of kinds) {
      const values = place(toValues(one, interval, kind), rows.of(one.axis), rows.count);
      columns.push(createNumberColumn(names[columns.length] ?? one.name, values, [one]));
    }
  }
  return { columns, rowCount: rows.count };
}

/** The rows of a wide table: when each is, and which rows an axis' buckets fall into. */
interface Rows {
  readonly count: number;
  readonly times: readonly (string | null)[];
  of(axis: TimeAxis): readonly number[];
}

/** The row of series that have one number and no time; before all others. */
const NO_TIME = '';

function joinBuckets(series: readonly MetricSeries[], interval: Interval): Rows {
  if (interval === 'TOTAL') return { count: Math.min(series.length, 1), times: [], of: () => [0] };
  // Series of data sources in different time zones share calendar days, but not the instants at which these begin.
  const keysOf = (axis: TimeAxis): readonly (string | number)[] =>
    isWithinDay(interval) && axis.interval !== 'TOTAL'
      ? axis.epochs
      : toTimes(axis, interval).map((time) => time ?? NO_TIME);
  const axes = new Set(series.map(({ axis }) => axis));
  const timeOf = new Map<string | number, string | null>();
  for (const axis of axes) {
    const times = toTimes(axis, interval);
    keysOf(axis).forEach((key, index) => {
      if (!timeOf.has(key)) timeOf.set(key, times[index] ?? null);
    });
  }
  const keys = [...timeOf.keys()].sort((a, b) => (a === NO_TIME || (b !== NO_TIME && a < b) ? -1 : 1));
  const rowOf = new Map(keys.map((key, row) => [key, row]));
  const rowsOf = new Map([...axes].map((axis) => [axis, keysOf(axis).map((key) => rowOf.get(key) ?? 0)]));
  return {
    count: keys.length,
    times: keys.map((key) => timeOf.get(key) ?? null),
    of: (axis) => rowsOf.get(axis) ?? [],
  };
}

function place(values: readonly (number | null)[], rows: readonly number[], rowCount: number): (number | null)[] {
  const placed = new Array<number | null>(rowCount).fill(null);
  rows.forEach((row, index) => {
    placed[row] = values[index] ?? null;
  });
  return placed;
}

function columnNames({ series, breakdown, hasComparison }: WideReport, timeNames: readonly string[]): string[] {
  const bare = series.map((one) => nameOf(one, breakdown));
  const sourcesOf = Map.groupBy(
    series.map(({ source }, index) => ({ key: source?.key ?? null, name: bare[index] })),
    ({ name }) => name,
  );
  const withSource = series.map(({ source }, index) => {
    const name = bare[index] ?? '';
    const namesakes = new Set(sourcesOf.get(name)?.map(({ key }) => key));
    return namesakes.size > 1 ? (source ? `${name} @ ${source.key}` : name) : name;
  });
  const names = toUniqueNames([...timeNames, ...withSource]);
  if (!hasComparison) return names;
  // Again, now that every series has a second column: a series may itself be called "… (previous)".
  return toUniqueNames(
    names.flatMap((name, index) => (index < timeNames.length ? [name] : [name, `${name} (previous)`])),
  );
}

function nameOf({ name, dimensions }: MetricSeries, breakdown: readonly string[]): string {
  if (dimensions.length === 0) return name;
  const values = breakdown.map((key) => dimensions.find(({ dimension }) => dimension === key)?.value ?? '(not set)');
  return `${name} [${values.join(', ')}]`;
}
