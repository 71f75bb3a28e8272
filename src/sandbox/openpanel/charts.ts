import { toBuckets } from './date-windows.ts';
import type { Bucket, ChartWindow } from './date-windows.ts';
import { UNKNOWN_COUNTRY } from './events/event-fields.ts';
import type { EventField } from './events/event-fields.ts';
import type { EventStore } from './events/event-store.ts';
import { createAccumulatorFactory } from './segments.ts';
import type { Accumulator } from './segments.ts';
import type { ChartEvent, Interval } from './requests/schemas.ts';

/** What is drawn. */
export interface ChartQuery {
  readonly events: readonly ChartEvent[];
  /** Names of fields; unknown ones are dropped. */
  readonly breakdowns: readonly string[];
  readonly interval: Interval;
  readonly window: ChartWindow;
  readonly timeZone: string;
}

/** One line of a chart, before it is dressed for an answer. */
export interface Line {
  /** Position of its event in the query. */
  readonly event: number;
  readonly name: string;
  /** The event's name and the breakdown values, without empty ones. */
  readonly labels: readonly string[];
  /** Breakdown field to value; empty where there is none. */
  readonly breakdowns: Readonly<Record<string, string>>;
  readonly points: readonly { readonly bucket: Bucket; readonly value: number | null }[];
  /** Distinct people in the whole window; undefined where the service does not say. */
  readonly people: number | undefined;
}

interface Group {
  readonly labels: readonly string[];
  readonly breakdowns: Readonly<Record<string, string>>;
  readonly total: Accumulator;
  readonly people: Set<number>;
}

/** Computes every line of a chart. */
export function computeLines(store: EventStore, query: ChartQuery): Line[] {
  const buckets = toBuckets(query.window, query.interval, query.timeZone);
  return query.events.flatMap((event, index) => computeEventLines(store, query, { event, index, buckets }));
}

interface EventPart {
  readonly event: ChartEvent;
  readonly index: number;
  readonly buckets: readonly Bucket[];
}

function computeEventLines(store: EventStore, query: ChartQuery, { event, index, buckets }: EventPart): Line[] {
  const groups = createGroups(store, query, event);
  const hasRows = new Uint8Array(buckets.length);
  for (const [found, bucket] of findEvents(store, query.window, { event, buckets })) {
    const group = groups.of(found);
    if (!group.total.accepts(found)) continue;
    group.total.add(found, bucket);
    group.people.add(store.fields.profileOf[found] ?? 0);
    hasRows[bucket] = 1;
  }
  const shown = [...buckets.keys()].filter((bucket) => hasRows[bucket] === 1 || buckets[bucket]?.isFilled);
  const lines: Line[] = groups.all().map(({ labels, breakdowns, total, people }) => ({
    event: index,
    name: event.name,
    labels,
    breakdowns,
    people: event.segment === 'one_event_per_user' ? undefined : people.size,
    points: shown.map((at) => ({ bucket: buckets[at] as Bucket, value: hasRows[at] ? total.valueOf(at) : 0 })),
  }));
  const wasFilled = shown.some((bucket) => hasRows[bucket] === 0);
  const phantom = groups.phantomLabels;
  if (!wasFilled || phantom.length === 0) return lines;
  // The database fills a missing bucket with a row of defaults, and the default of a country is two zero bytes.
  const points = shown.map((at) => ({ bucket: buckets[at] as Bucket, value: 0 }));
  return [...lines, { event: index, name: event.name, labels: phantom, breakdowns: {}, people: undefined, points }];
}

function* findEvents(
  store: EventStore,
  { startMs, endMs }: ChartWindow,
  { event, buckets }: Omit<EventPart, 'index'>,
): Generator<[event: number, bucket: number]> {
  const { timeMs } = store.world.events;
  const from = store.firstAtOrAfter(startMs);
  // Times have milliseconds, the end has seconds: an event exactly at the end belongs, one a millisecond later does not.
  const until = store.firstAtOrAfter(endMs + 1);
  const test = store.createTest(event.name, event.filters);
  const isLast = event.segment === 'one_event_per_user' ? createLastOfPerson(store, { from, until, test }) : test;
  let bucket = 0;
  for (let found = from; found < until; found += 1) {
    while ((buckets[bucket + 1]?.startMs ?? Infinity) <= (timeMs[found] ?? 0)) bucket += 1;
    if (isLast(found)) yield [found, bucket];
  }
}

interface Span {
  readonly from: number;
  readonly until: number;
  readonly test: (event: number) => boolean;
}

function createLastOfPerson(store: EventStore, { from, until, test }: Span): (event: number) => boolean {
  const seen = new Set<number>();
  const last = new Set<number>();
  for (let event = until - 1; event >= from; event -= 1) {
    const profile = store.fields.profileOf[event] ?? 0;
    if (seen.has(profile) || !test(event)) continue;
    seen.add(profile);
    last.add(event);
  }
  return (event) => last.has(event);
}

interface Groups {
  /** The group an event belongs to. */
  of(event: number): Group;
  /** Groups with at least one counted event, in order of appearance. */
  all(): Group[];
  readonly phantomLabels: readonly string[];
}

function createGroups(store: EventStore, query: ChartQuery, event: ChartEvent): Groups {
  const createAccumulator = createAccumulatorFactory(store, event);
  const columns = query.breakdowns.flatMap((name) => {
    const field = store.fields.find(name);
    return field ? { name, ...encode(field) } : [];
  });
  const groups = new Map<string, Group>();
  const byCode = new Map<number, Group>();
  const create = (found: number): Group => {
    const values = columns.map(({ name, codeOf, values: texts }) => [name, texts[codeOf(found)] ?? ''] as const);
    const present = values.filter(([, value]) => value !== '');
    const key = JSON.stringify(present.map(([, value]) => value));
    const labels = [event.name, ...present.map(([, value]) => value)];
    const breakdowns = Object.fromEntries(present);
    const group = groups.get(key) ?? { labels, breakdowns, total: createAccumulator(), people: new Set<number>() };
    groups.set(key, group);
    return group;
  };
  return {
    of(found) {
      let code = 0;
      for (const { codeOf, values } of columns) code = code * values.length + codeOf(found);
      let group = byCode.get(code);
      if (!group) byCode.set(code, (group = create(found)));
      return group;
    },
    all: () => [...groups.values()].filter(({ people }) => people.size > 0),
    phantomLabels: columns.filter(({ name }) => name === 'country').map(() => UNKNOWN_COUNTRY),
  };
}

function encode(field: EventField): { codeOf: (event: number) => number; values: string[] } {
  const codes = new Map<string, number>();
  const codeOfEntry = Int32Array.from({ length: field.entries }, (_, entry) => {
    const value = field.valuesOf(entry)[0] ?? '';
    const code = codes.get(value) ?? codes.size;
    codes.set(value, code);
    return code;
  });
  return { codeOf: (event) => codeOfEntry[field.entryOf[event] ?? 0] ?? 0, values: [...codes.keys()] };
}
