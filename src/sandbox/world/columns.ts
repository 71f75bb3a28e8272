type Column = Float64Array | Int32Array | Uint16Array | Uint8Array;

/** Columns of one length, by name. */
export type Columns = Readonly<Record<string, Column>>;

/** Copies columns into ones of another length, which starts with the rows that fit. */
export function resizeColumns<Table extends Columns>(columns: Table, length: number): Table {
  return mapColumns(columns, (column) => {
    const resized = createLike(column, length);
    resized.set(column.subarray(0, length));
    return resized;
  });
}

/** Copies columns, their rows in the given order. */
export function sortColumns<Table extends Columns>(columns: Table, order: Int32Array): Table {
  return mapColumns(columns, (column) => {
    const sorted = createLike(column, order.length);
    for (let index = 0; index < order.length; index += 1) sorted[index] = column[order[index] ?? 0] ?? 0;
    return sorted;
  });
}

function createLike(column: Column, length: number): Column {
  if (column instanceof Float64Array) return new Float64Array(length);
  if (column instanceof Int32Array) return new Int32Array(length);
  return column instanceof Uint16Array ? new Uint16Array(length) : new Uint8Array(length);
}

function mapColumns<Table extends Columns>(columns: Table, change: (column: Column) => Column): Table {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, change(column)])) as Table;
}

/** Row numbers ordered by time, ties in the order of the rows. */
export function toTimeOrder(timesMs: Float64Array): Int32Array {
  const order = new Int32Array(timesMs.length);
  let first = Infinity;
  let last = -Infinity;
  for (const timeMs of timesMs) {
    if (timeMs < first) first = timeMs;
    if (timeMs > last) last = timeMs;
  }
  const places = 2 ** Math.ceil(Math.log2(timesMs.length + 1));
  if ((last - first + 1) * places > Number.MAX_SAFE_INTEGER) {
    for (let row = 0; row < order.length; row += 1) order[row] = row;
    return order.sort((a, b) => (timesMs[a] ?? 0) - (timesMs[b] ?? 0) || a - b);
  }
  // Time and row number packed into one number: the engine sorts plain numbers several times faster than it calls a comparator.
  const keys = new Float64Array(timesMs.length);
  for (let row = 0; row < keys.length; row += 1) keys[row] = ((timesMs[row] ?? 0) - first) * places + row;
  keys.sort();
  for (let at = 0; at < keys.length; at += 1) order[at] = (keys[at] ?? 0) % places;
  return order;
}
