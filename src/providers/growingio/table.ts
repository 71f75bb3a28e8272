import type { DimensionValue } from '../../analytics/catalog.ts';
import { looksLikeTime, toNumber, toTime, type RowTime } from './cells.ts';
import { malformed } from './malformed.ts';
import type { GrowingioRow, GrowingioTableResponse } from './responses.ts';
import { toUniqueNames } from './unique-names.ts';
import { COMPARISON_VALUE, TIME_NAMES, toDimension, toDimensionValue, type NamedDimension } from './vocabulary.ts';

/** The rows of an answer, read by what `meta` says of their columns: the order of columns is not fixed. */
export interface Table {
  /** Whether its rows have times. */
  readonly hasTime: boolean;
  readonly metrics: readonly MetricColumn[];
  readonly rows: readonly TableRow[];
}

/** A column of numbers. */
export interface MetricColumn {
  /** Place in `meta`, and in each row. */
  readonly index: number;
  /** As GrowingIO or the user wrote it. */
  readonly word: string;
  /** The same, numbered where another column before it has it. */
  readonly name: string;
}

/** A row, its dimensions apart from its numbers. */
export interface TableRow {
  /** Null where the rows have no times. */
  readonly time: RowTime | null;
  readonly dimensions: readonly DimensionValue[];
  /** Equal for rows whose dimensions are equal. */
  readonly group: string;
  /** Where it stands in the answer, for messages. */
  readonly path: string;
  /** The number in a column; null where there is none. */
  numberIn(column: MetricColumn): number | null;
  /** Whether the row reaches as far as the column: those of young cohorts end early. */
  reaches(column: MetricColumn): boolean;
}

/** Given an answer, return its table; throws where a row does not fit the columns. */
export function readTable({ meta, data }: GrowingioTableResponse): Table {
  const columns = meta.map(({ name, metric }, index) => ({ index, word: name, isMetric: metric === true }));
  const metrics = columns.filter(({ isMetric }) => isMetric);
  const others = columns.filter(({ isMetric }) => !isMetric);
  const time = findTime(others, data);
  const dimensions = others.filter((column) => column !== time && !isIdle(column, data));
  const layout = {
    width: meta.length,
    // A row may leave out numbers at its end, but must say whose they are.
    leastLength: Math.max(0, ...others.map(({ index }) => index + 1)),
    time,
    dimensions: nameDimensions(dimensions),
    valuesOf: new Map<string, readonly DimensionValue[]>(),
  };
  const names = toUniqueNames(metrics.map(({ word }) => word));
  return {
    hasTime: time !== undefined,
    metrics: metrics.map(({ index, word }, place) => ({ index, word, name: names[place] ?? word })),
    rows: data.map((cells, index) => readRow(cells, `data[${index}]`, layout)),
  };
}

interface Column {
  readonly index: number;
  readonly word: string;
}

function findTime<C extends Column>(columns: readonly C[], data: readonly GrowingioRow[]): C | undefined {
  const named = columns.find(({ word }) => TIME_NAMES.has(word));
  if (named || data.length === 0) return named;
  const [only, ...more] = columns.filter(({ index }) => data.every((cells) => looksLikeTime(cells[index])));
  return more.length === 0 ? only : undefined;
}

/** A retention without a comparison has the column of it all the same. */
function isIdle({ index, word }: Column, data: readonly GrowingioRow[]): boolean {
  return word === COMPARISON_VALUE && data.every((cells) => (cells[index] ?? '') === '');
}

interface DimensionColumn extends Column, NamedDimension {}

function nameDimensions(columns: readonly Column[]): DimensionColumn[] {
  const names = toUniqueNames(columns.map(({ word }) => toDimension(word)));
  return columns.map((column, place) => ({ ...column, name: names[place] ?? column.word }));
}

interface Layout {
  readonly width: number;
  readonly leastLength: number;
  readonly time: Column | undefined;
  readonly dimensions: readonly DimensionColumn[];
  /** By group: the same few occur in every row. */
  readonly valuesOf: Map<string, readonly DimensionValue[]>;
}

function readRow(cells: GrowingioRow, path: string, layout: Layout): TableRow {
  const { width, leastLength, time, dimensions, valuesOf } = layout;
  if (cells.length > width) throw malformed(path, `expected at most ${width} cells, as many as there are columns`);
  if (cells.length < leastLength) throw malformed(path, `expected at least ${leastLength} cells, for its dimensions`);
  const group = JSON.stringify(dimensions.map(({ name, index }) => [name, cells[index]]));
  const values =
    valuesOf.get(group) ?? dimensions.map((dimension) => toDimensionValue(dimension, cells[dimension.index] ?? null));
  valuesOf.set(group, values);
  return {
    time: time ? toTime(cells[time.index], `${path}[${time.index}]`) : null,
    dimensions: values,
    group,
    path,
    numberIn: ({ index }) => toNumber(cells[index], `${path}[${index}]`),
    reaches: ({ index }) => index < cells.length,
  };
}
