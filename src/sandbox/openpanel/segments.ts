import { DatabaseError } from './requests/api-error.ts';
import type { EventStore } from './events/event-store.ts';
import { toFloat } from './events/event-filters.ts';
import type { ChartEvent, Segment } from './requests/schemas.ts';

/** Adds up the events of one series by bucket. */
export interface Accumulator {
  /** Whether the event counts at all: a property segment leaves out events without the property. */
  accepts(event: number): boolean;
  add(event: number, bucket: number): void;
  /** The value of a bucket that has events; null where none of them holds a number. */
  valueOf(bucket: number): number | null;
}

/** Creates the accumulator of a chart's line; called once for each of its series. */
export function createAccumulatorFactory(
  { fields, world }: EventStore,
  { segment, property }: ChartEvent,
): () => Accumulator {
  if (segment === 'user') return () => createDistinct(fields.profileOf);
  if (segment === 'session') return () => createDistinct(world.events.session);
  if (segment === 'user_average') return () => createAverage(fields.profileOf);
  // Nobody in the world belongs to a group.
  if (segment === 'group') return () => ({ ...createCount(), accepts: () => false });
  if (!segment.startsWith('property_') || !property) return createCount;
  const field = fields.find(property);
  if (!field) throw new DatabaseError(`Unknown expression or function identifier \`${property}\` in scope SELECT`);
  const texts = Array.from({ length: field.entries }, (_, entry) => field.valuesOf(entry)[0] ?? '');
  const numbers = texts.map(toFloat);
  const entryOf = (event: number): number => field.entryOf[event] ?? 0;
  return () => ({
    ...createMeasure(segment, (event) => numbers[entryOf(event)] ?? null),
    accepts: (event) => texts[entryOf(event)] !== '',
  });
}

function createCount(): Accumulator {
  const counts: number[] = [];
  return {
    accepts: () => true,
    add(_, bucket) {
      counts[bucket] = (counts[bucket] ?? 0) + 1;
    },
    valueOf: (bucket) => counts[bucket] ?? 0,
  };
}

function createDistinct(keyOf: Int32Array): Accumulator {
  const keys: Set<number>[] = [];
  return {
    accepts: () => true,
    add(event, bucket) {
      (keys[bucket] ??= new Set()).add(keyOf[event] ?? 0);
    },
    valueOf: (bucket) => keys[bucket]?.size ?? 0,
  };
}

function createAverage(keyOf: Int32Array): Accumulator {
  const events = createCount();
  const people = createDistinct(keyOf);
  return {
    accepts: () => true,
    add(event, bucket) {
      events.add(event, bucket);
      people.add(event, bucket);
    },
    valueOf: (bucket) => (events.valueOf(bucket) ?? 0) / (people.valueOf(bucket) ?? 1),
  };
}

function createMeasure(segment: Segment, numberOf: (event: number) => number | null): Accumulator {
  const buckets: { sum: number; count: number; max: number; min: number }[] = [];
  return {
    accepts: () => true,
    add(event, bucket) {
      const number = numberOf(event);
      if (number === null) return;
      const total = (buckets[bucket] ??= { sum: 0, count: 0, max: -Infinity, min: Infinity });
      total.sum += number;
      total.count += 1;
      total.max = Math.max(total.max, number);
      total.min = Math.min(total.min, number);
    },
    valueOf(bucket) {
      const total = buckets[bucket];
      if (!total) return null;
      if (segment === 'property_max') return total.max;
      if (segment === 'property_min') return total.min;
      return segment === 'property_sum' ? total.sum : total.sum / total.count;
    },
  };
}
