import { resizeColumns, sortColumns, toTimeOrder } from './columns.ts';

/** Properties of an event; all values are text, as product analytics stores them. */
export type EventProperties = Readonly<Record<string, string>>;

/** Product events in columns, one entry of every column per event, ordered by time. Repeated text is kept once, in dictionaries. */
export interface EventTable {
  readonly length: number;
  /** When, in milliseconds since 1970 UTC. */
  readonly timeMs: Float64Array;
  /** Index into `names`. */
  readonly name: Uint16Array;
  /** Index into the world's users. */
  readonly user: Int32Array;
  /** Index into the world's sessions. */
  readonly session: Int32Array;
  /** Index into the world's contexts. */
  readonly context: Int32Array;
  /** Index into `paths`. */
  readonly path: Uint16Array;
  /** Index into `propertySets`. */
  readonly properties: Int32Array;
  /** Money taken by this event in US cents, 0 for most. */
  readonly revenueCents: Int32Array;
  /** 1 where it happened before the person signed in: providers then know the device only. */
  readonly anonymous: Uint8Array;
  /** Event names. */
  readonly names: readonly string[];
  /** Paths of the screens. */
  readonly paths: readonly string[];
  /** Property objects; entry 0 is the empty one. */
  readonly propertySets: readonly EventProperties[];
}

/** An event on its way into a table. */
export interface NewEvent {
  readonly timeMs: number;
  readonly name: string;
  readonly user: number;
  readonly session: number;
  readonly context: number;
  readonly path?: string;
  /** From `addProperties`; absent means none. */
  readonly properties?: number;
  readonly revenueCents?: number;
  readonly anonymous?: boolean;
}

/** Collects events in any order. */
export interface EventTableBuilder {
  /** Keeps a property object, to be shared by any number of events. */
  addProperties(properties: EventProperties): number;
  add(event: NewEvent): void;
  /** Sorts by time, equal times in the order of adding. */
  build(): EventTable;
}

interface Dictionary {
  readonly values: string[];
  indexOf(value: string): number;
}

function createDictionary(): Dictionary {
  const values: string[] = [];
  const indexes = new Map<string, number>();
  return {
    values,
    indexOf(value) {
      const known = indexes.get(value);
      if (known !== undefined) return known;
      indexes.set(value, values.length);
      return values.push(value) - 1;
    },
  };
}

/** Creates an empty builder. */
export function createEventTableBuilder(): EventTableBuilder {
  const names = createDictionary();
  const paths = createDictionary();
  const propertySets: EventProperties[] = [{}];
  let columns = createColumns(1 << 16);
  let length = 0;
  return {
    addProperties: (properties) => propertySets.push(properties) - 1,
    add(event) {
      if (length === columns.timeMs.length) columns = resizeColumns(columns, length * 2);
      columns.timeMs[length] = event.timeMs;
      columns.name[length] = names.indexOf(event.name);
      columns.user[length] = event.user;
      columns.session[length] = event.session;
      columns.context[length] = event.context;
      columns.path[length] = paths.indexOf(event.path ?? '');
      columns.properties[length] = event.properties ?? 0;
      columns.revenueCents[length] = event.revenueCents ?? 0;
      columns.anonymous[length] = event.anonymous === true ? 1 : 0;
      length += 1;
    },
    build() {
      const order = toTimeOrder(columns.timeMs.subarray(0, length));
      return { length, ...sortColumns(columns, order), names: names.values, paths: paths.values, propertySets };
    },
  };
}

function createColumns(length: number) {
  return {
    timeMs: new Float64Array(length),
    name: new Uint16Array(length),
    user: new Int32Array(length),
    session: new Int32Array(length),
    context: new Int32Array(length),
    path: new Uint16Array(length),
    properties: new Int32Array(length),
    revenueCents: new Int32Array(length),
    anonymous: new Uint8Array(length),
  };
}
