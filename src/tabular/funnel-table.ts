import { conversionRate, type FunnelGroup, type FunnelReport, type FunnelStep } from '../analytics/funnels.ts';
import { toDimensionNames, toUniqueNames } from './column-names.ts';
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
import { isWithinDay, timeColumnOf } from './time-column.ts';

const FIXED_NAMES: ReadonlySet<string> = new Set([
  'date',
  'at',
  'step',
  'name',
  'count',
  'from_start',
  'from_previous',
  'drop_off',
  'median_seconds_from_previous',
  'conversion_rate',
]);

/** Given a funnel report, return it as a table. TIDY: a row per group and step. WIDE: a row per group, a column per step. */
export function toFunnelTable(report: FunnelReport, layout: TableLayout, room: TableRoom = ANSWER_ROOM): ColumnTable {
  // Everybody first: the row whose dimensions and time are null.
  const groups = [{ dimensions: [], at: null, steps: report.steps }, ...report.groups];
  return layout === 'WIDE' ? toWideFunnelTable(report, groups, room) : toTidyFunnelTable(report, groups, room);
}

function toTidyFunnelTable(report: FunnelReport, groups: readonly FunnelGroup[], room: TableRoom): ColumnTable {
  const steps = groups.flatMap((group) => group.steps);
  const groupOfEach = groups.flatMap((group) => group.steps.map(() => group));
  assertTableFits(steps.length, FIXED_NAMES.size + report.breakdown.length, room);
  const cells = (cellOf: (step: FunnelStep) => Cell): Cell[] => steps.map(cellOf);
  const columns = [
    ...groupColumns(report, groupOfEach),
    createColumn({ name: 'step', type: 'INTEGER', values: cells(({ index }) => index) }),
    createColumn({ name: 'name', type: 'TEXT', values: cells(({ name }) => name) }),
    countColumn(
      'count',
      cells(({ count }) => count),
    ),
    rateColumn(
      'from_start',
      cells(({ fromStart }) => fromStart),
    ),
    rateColumn(
      'from_previous',
      cells(({ fromPrevious }) => fromPrevious),
    ),
    countColumn(
      'drop_off',
      cells(({ dropOff }) => dropOff),
    ),
    createColumn({
      name: 'median_seconds_from_previous',
      type: 'DURATION',
      unit: 'DURATION',
      values: cells(({ medianTimeFromPreviousMs: ms }) => (ms === null ? null : ms / 1000)),
    }),
  ];
  return { columns, rowCount: steps.length };
}

function toWideFunnelTable(report: FunnelReport, groups: readonly FunnelGroup[], room: TableRoom): ColumnTable {
  const longest = groups.reduce((a, b) => (b.steps.length > a.steps.length ? b : a)).steps;
  const stepless = longest.length === 0;
  assertTableFits(groups.length, FIXED_NAMES.size + report.breakdown.length + longest.length, room);
  const rows = stepless ? [] : groups;
  const columns = [
    ...groupColumns(report, rows),
    ...longest.map(({ index, name }, position) =>
      countColumn(
        `${index}. ${name}`,
        rows.map(({ steps }) => steps[position]?.count ?? null),
      ),
    ),
    rateColumn(
      'conversion_rate',
      rows.map(({ steps }) => conversionRate(steps)),
    ),
  ];
  const names = toUniqueNames(columns.map(({ name }) => name));
  return {
    columns: columns.map((column, index) => ({ ...column, name: names[index] ?? column.name })),
    rowCount: rows.length,
  };
}

function groupColumns({ interval, breakdown }: FunnelReport, groups: readonly FunnelGroup[]): TableColumn[] {
  const time = timeColumnOf(interval);
  // `at` carries the offset of its own day, so its first ten characters are that day.
  const timeOf = ({ at }: FunnelGroup): string | null => (isWithinDay(interval) ? at : (at?.slice(0, 10) ?? null));
  const names = toDimensionNames(breakdown, FIXED_NAMES);
  const valueOf = ({ dimensions }: FunnelGroup, key: string): string | null =>
    dimensions.find(({ dimension }) => dimension === key)?.value ?? null;
  return [
    ...(time ? [createColumn({ ...time, values: groups.map(timeOf) })] : []),
    ...breakdown.map((key, index) =>
      createColumn({ name: names[index] ?? key, type: 'TEXT', values: groups.map((group) => valueOf(group, key)) }),
    ),
  ];
}

function countColumn(name: string, values: readonly Cell[]): TableColumn {
  return createColumn({ name, type: 'INTEGER', unit: 'DISTINCT_COUNT', values });
}

function rateColumn(name: string, values: readonly Cell[]): TableColumn {
  return createColumn({ name, type: 'NUMBER', unit: 'FRACTION', values });
}
