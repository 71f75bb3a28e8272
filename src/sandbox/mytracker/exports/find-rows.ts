import { createColumn } from '../columns/create-column.ts';
import type { ColumnSource } from '../columns/create-column.ts';
import { toSegment } from '../dictionaries/segments.ts';
import type { ExportRequest, Span } from '../requests/export-request.ts';
import { LIST_FILTERS, VALUE_FILTERS } from '../requests/filters.ts';

type RowTest = (row: number) => boolean;

/** Finds the rows of a table that are asked for and were there at a second, in the order of the table. */
export function findRows(source: ColumnSource, request: ExportRequest, atSecond: number): Int32Array {
  const { table, arrivals } = source;
  const tests = [...createTimeTests(source, request), ...createFilterTests(source, request)];
  const found = new Int32Array(table.length);
  let count = 0;
  for (let row = 0; row < table.length; row += 1) {
    if (!table.has(row) || arrivals.secondOf(table, row) > atSecond) continue;
    if (!tests.every((test) => test(row))) continue;
    found[count] = row;
    count += 1;
  }
  return found.slice(0, count);
}

function createTimeTests({ table, arrivals, dayOf }: ColumnSource, request: ExportRequest): RowTest[] {
  const { days, seconds, arrivals: arrived } = request;
  const tests: RowTest[] = [];
  if (isBounded(seconds)) tests.push((row) => isIn(seconds, Math.floor(table.timeMs(row) / 1000)));
  if (isBounded(days)) tests.push((row) => isIn(days, dayOf(table.timeMs(row))));
  if (isBounded(arrived)) tests.push((row) => isIn(arrived, arrivals.secondOf(table, row)));
  return tests;
}

function isBounded({ from, to }: Span<unknown>): boolean {
  return from !== undefined || to !== undefined;
}

function isIn<Bound extends string | number>({ from, to }: Span<Bound>, value: Bound): boolean {
  return (from === undefined || value >= from) && (to === undefined || value <= to);
}

function createFilterTests(source: ColumnSource, { filters }: ExportRequest): RowTest[] {
  const { lists, values, eventNames, isInverted } = filters;
  const tests = LIST_FILTERS.flatMap((name) => {
    // The two that find apps are one filter: what one of them finds is found.
    if (name === 'idApp') return createAppTest(source, filters) ?? [];
    return createListTest(source, name, lists[name]) ?? [];
  });
  for (const name of VALUE_FILTERS) {
    const value = values[name];
    if (value === undefined) continue;
    tests.push(
      name === 'idSegment' ? createSegmentTest(source, value) : createTest(source, name, (cell) => cell === `${value}`),
    );
  }
  if (eventNames) tests.push(createTest(source, 'eventName', (cell) => eventNames.has(cell) !== isInverted));
  return tests;
}

function createAppTest(source: ColumnSource, { lists }: ExportRequest['filters']): RowTest | undefined {
  const byId = createListTest(source, 'idApp', lists.idApp);
  const byKey = createListTest(source, 'SDKKey', lists.SDKKey);
  return byId && byKey ? (row) => byId(row) || byKey(row) : (byId ?? byKey);
}

function createListTest(source: ColumnSource, name: string, wanted: ReadonlySet<string> | undefined) {
  return wanted && createTest(source, name, (cell) => wanted.has(cell));
}

function createTest(source: ColumnSource, selector: string, test: (cell: string) => boolean): RowTest {
  const column = createColumn(source, selector);
  return (row) => test(String(column(row, 0)));
}

function createSegmentTest({ world, table }: ColumnSource, id: number): RowTest {
  const segment = toSegment(world, id);
  return (row) => segment.has(table.user(row));
}
