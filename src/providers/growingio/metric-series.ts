import type { DimensionValue, Unit } from '../../analytics/catalog.ts';
import type { MetricsQuery, ProviderSeries } from '../../analytics/metrics.ts';
import type { Period } from '../../analytics/period.ts';
import type { TimeAxis } from '../../analytics/time-axis.ts';
import { toNumber } from './cells.ts';
import type { GrowingioConfig } from './config.ts';
import { malformed } from './malformed.ts';
import { unitOf } from './metric-units.ts';
import type { GrowingioChartResponse } from './responses.ts';
import { readTable, type MetricColumn, type Table, type TableRow } from './table.ts';
import { createBucketIndex } from './time-range.ts';

/** What one selection was answered, for the period and for the one it is compared with. */
export interface ChartAnswers {
  readonly selection: number;
  readonly current: GrowingioChartResponse;
  readonly previous: GrowingioChartResponse | null;
}

/** Given the answers of a chart, return a series for each of its metrics and each of its groups. */
export function toProviderSeries(
  { selection, current, previous }: ChartAnswers,
  { period, axis, comparison }: MetricsQuery,
  rates: GrowingioConfig['rates'],
): ProviderSeries[] {
  const now = hasGroups(current, previous) ? readSeries(current, { period, axis }) : NO_SERIES;
  const before =
    previous && comparison ? (hasGroups(previous, current) ? readSeries(previous, comparison) : NO_SERIES) : null;
  return [...new Map([...(before ?? []), ...now])].toSorted(byPlace([...now.keys()])).map(([key, series]) => {
    const { name, unit, dimensions, isTimeless } = series;
    const scale = unit === 'FRACTION' && rates === 'percent' ? 100 : 1;
    const one = now.get(key) ?? withoutNumbers(series, axis);
    const columns = { total: scaleBy(one.total, scale), values: one.values.map((value) => scaleBy(value, scale)) };
    const head = { selection, name, dimensions, unit, currency: null, ...(isTimeless && { isTimeless }), ...columns };
    if (!before || !comparison) return { ...head, previousTotal: null, previous: null };
    const earlier = before.get(key) ?? withoutNumbers(series, comparison.axis);
    const preceding = comparison.isPrecedingPeriod ? one.precedingTotal : null;
    return {
      ...head,
      previousTotal: scaleBy(preceding ?? earlier.total, scale),
      previous: earlier.values.map((value) => scaleBy(value, scale)),
    };
  });
}

const NO_SERIES: ReadonlyMap<string, Series> = new Map();

/** Whether an answer has groups of its own: one without a row has those of the answer beside it, if that has any. */
function hasGroups({ data }: GrowingioChartResponse, other: GrowingioChartResponse | null): boolean {
  return data.length > 0 || (other?.data.length ?? 0) === 0;
}

function scaleBy(value: number | null, scale: number): number | null {
  return value === null ? null : value / scale;
}

/** A group that only the other period has is missing in this one, which is not zero. */
function withoutNumbers(series: Series, { epochs }: TimeAxis): Series {
  return {
    ...series,
    total: null,
    precedingTotal: null,
    values: series.isTimeless ? [] : epochs.map(() => null),
  };
}

/** Those of the period first, in its order; then those that only the comparison has. */
function byPlace(keys: readonly string[]): (a: readonly [string, unknown], b: readonly [string, unknown]) => number {
  const places = new Map(keys.map((key, place) => [key, place]));
  const placeOf = (key: string) => places.get(key) ?? keys.length;
  return ([a], [b]) => placeOf(a) - placeOf(b);
}

interface Series {
  readonly name: string;
  readonly unit: Unit;
  readonly dimensions: readonly DimensionValue[];
  readonly isTimeless: boolean;
  /** GrowingIO's own number for all times together; null where it gives none. */
  readonly total: number | null;
  /** The same for the period before, which only a big number has. */
  readonly precedingTotal: number | null;
  /** One value a bucket; empty where there is no time. */
  readonly values: readonly (number | null)[];
}

interface AskedFor {
  readonly period: Period;
  readonly axis: TimeAxis;
}

function readSeries(response: GrowingioChartResponse, asked: AskedFor): ReadonlyMap<string, Series> {
  const table = readTable(response);
  const groups = groupRows(table);
  const indexOf = createBucketIndex(asked.axis, asked.period);
  const isOnly = table.metrics.length === 1 && groups.size === 1;
  const [total, precedingTotal] = isOnly ? readAggregator(response) : [null, null];
  const entries = table.metrics.flatMap((column) =>
    [...groups].map(([group, rows]): [string, Series] => {
      const numbers = readNumbers({ column, rows }, asked, indexOf);
      const series = {
        name: column.name,
        // Not by the name that may have been numbered.
        unit: unitOf(column.word),
        dimensions: rows[0]?.dimensions ?? [],
        isTimeless: !table.hasTime,
        total: total ?? numbers.total,
        precedingTotal,
        values: table.hasTime ? numbers.values : [],
      };
      return [JSON.stringify([column.name, group]), series];
    }),
  );
  return new Map(entries);
}

/** Without a row there still is one group: of nobody known. */
function groupRows({ rows }: Table): ReadonlyMap<string, readonly TableRow[]> {
  const groups = Map.groupBy(rows, ({ group }) => group);
  return groups.size > 0 ? groups : new Map([['', []]]);
}

/** The whole period and the one before, which cannot be worked out of the rows: users of two days may be the same. */
function readAggregator({ aggregator }: GrowingioChartResponse): readonly [number | null, number | null] {
  const [total, preceding] = aggregator?.values ?? [];
  return [toNumber(total, 'aggregator.values[0]'), toNumber(preceding, 'aggregator.values[1]')];
}

interface Numbers {
  readonly total: number | null;
  readonly values: readonly (number | null)[];
}

function readNumbers(
  { column, rows }: { readonly column: MetricColumn; readonly rows: readonly TableRow[] },
  { axis }: AskedFor,
  indexOf: (time: number, path: string) => number,
): Numbers {
  const values = new Array<number | null>(axis.epochs.length).fill(null);
  const seen = new Set<number | 'TOTAL'>();
  let total: number | null = null;
  for (const row of rows) {
    const time = row.time ?? 'TOTAL';
    // Asked for all times together, GrowingIO answers with those of each day as well.
    if (time !== 'TOTAL' && axis.interval === 'TOTAL') continue;
    const place = time === 'TOTAL' ? time : indexOf(time, row.path);
    if (seen.has(place)) throw malformed(row.path, 'expected one row for each time and each group');
    seen.add(place);
    const number = row.numberIn(column);
    if (place === 'TOTAL') total = number;
    else values[place] = number;
  }
  return { total, values };
}
