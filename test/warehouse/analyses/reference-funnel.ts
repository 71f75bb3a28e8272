import type { Filter } from '../../../src/analytics/filters.ts';
import { passes, type ReferenceRow } from './reference-metrics.ts';

/** Rows of one event that pass all filters. */
export interface ReferenceStep {
  readonly event: string;
  readonly filters: readonly Filter[];
}

/** What the reference is asked. */
export interface ReferenceFunnelQuestion {
  readonly steps: readonly ReferenceStep[];
  readonly excluding: readonly ReferenceStep[];
  readonly order: 'ORDERED' | 'STRICT' | 'UNORDERED';
  readonly windowMs: number;
  readonly key: 'user_id' | 'session_id';
  readonly filters: readonly Filter[];
  readonly breakdown: readonly string[];
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly end: number;
  /** Starts of buckets; null for one funnel. */
  readonly buckets: readonly number[] | null;
}

/** A step of the answer. */
export interface ReferenceStepCount {
  readonly count: number;
  readonly medianMs: number | null;
}

/** The funnel of one group in one bucket. */
export interface ReferenceGroup {
  readonly dimensions: readonly (string | null)[];
  /** Index of the bucket; null without buckets. */
  readonly bucket: number | null;
  readonly steps: readonly ReferenceStepCount[];
}

/** The funnel of everybody, and those of the groups and buckets that somebody entered. */
export interface ReferenceFunnelAnswer {
  readonly steps: readonly ReferenceStepCount[];
  readonly groups: readonly ReferenceGroup[];
}

/** A way through the steps: where it began, and when each step that it reached was done. */
interface Chain {
  readonly entry: ReferenceRow;
  readonly times: readonly number[];
}

/** A funnel, the slow way: every row sequence of every key is tried. For logs of a few rows a key. */
export function referenceFunnel(
  rows: readonly ReferenceRow[],
  question: ReferenceFunnelQuestion,
): ReferenceFunnelAnswer {
  const { key, start, end, buckets, breakdown } = question;
  const kept = rows.filter(
    (row) =>
      row.at.getTime() >= start &&
      row.at.getTime() < end &&
      row[key] !== null &&
      question.filters.every((filter) => passes(row, filter)),
  );
  const byKey = [...Map.groupBy(kept, (row) => row[key]).values()];
  const chains = byKey.map((own) => findChains(own, question));
  const overall = chains.flatMap((own) => pickBest(own, breakdown));
  const counted: { chain: Chain; bucket: number | null }[] =
    buckets === null
      ? overall.map((chain) => ({ chain, bucket: null }))
      : chains.flatMap((own) =>
          buckets.flatMap((_, bucket) => {
            const until = buckets[bucket + 1] ?? Infinity;
            const entered = own.filter(({ entry }) => isIn(entry, buckets[bucket] ?? Infinity, until));
            return pickBest(entered, breakdown).map((chain) => ({ chain, bucket }));
          }),
        );
  if (buckets === null && breakdown.length === 0) {
    return { steps: countSteps(overall, question.steps.length), groups: [] };
  }
  const groups = Map.groupBy(counted, ({ chain, bucket }) => JSON.stringify([bucket, valuesOf(chain, breakdown)]));
  return {
    steps: countSteps(overall, question.steps.length),
    groups: [...groups.values()].map((own): ReferenceGroup => {
      const [first] = own;
      return {
        dimensions: first ? valuesOf(first.chain, breakdown) : [],
        bucket: first?.bucket ?? null,
        steps: countSteps(
          own.map(({ chain }) => chain),
          question.steps.length,
        ),
      };
    }),
  };
}

function isIn({ at }: ReferenceRow, from: number, until: number): boolean {
  return at.getTime() >= from && at.getTime() < until;
}

function valuesOf({ entry }: Chain, breakdown: readonly string[]): (string | null)[] {
  return breakdown.map((dimension) => {
    const value = entry[dimension] ?? null;
    return value === null ? null : String(value);
  });
}

/** The farthest; of these the earliest; of these the one whose values come first, unknown ones last; of these the one that takes its steps first. One or none. */
function pickBest(chains: readonly Chain[], breakdown: readonly string[]): Chain[] {
  const sorted = chains.toSorted(
    (one, other) =>
      other.times.length - one.times.length ||
      one.entry.at.getTime() - other.entry.at.getTime() ||
      compareValues(valuesOf(one, breakdown), valuesOf(other, breakdown)) ||
      compareTimes(one.times, other.times),
  );
  return sorted.slice(0, 1);
}

function compareTimes(one: readonly number[], other: readonly number[]): number {
  return one.map((time, step) => time - (other[step] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

function compareValues(one: readonly (string | null)[], other: readonly (string | null)[]): number {
  for (const [index, value] of one.entries()) {
    const against = other[index] ?? null;
    if (value === against) continue;
    if (value === null || against === null) return value === null ? 1 : -1;
    return value < against ? -1 : 1;
  }
  return 0;
}

function countSteps(chains: readonly Chain[], stepCount: number): ReferenceStepCount[] {
  return Array.from({ length: stepCount }, (_, step) => {
    const reached = chains.filter(({ times }) => times.length > step);
    const waits = reached.map(({ times }) => (times[step] ?? NaN) - (times[step - 1] ?? NaN));
    return { count: reached.length, medianMs: step === 0 ? null : medianOf(waits) };
  });
}

function medianOf(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

function findChains(rows: readonly ReferenceRow[], question: ReferenceFunnelQuestion): Chain[] {
  return rows.flatMap((entry) =>
    question.order === 'UNORDERED' ? findUnordered(entry, rows, question) : findOrdered(entry, rows, question),
  );
}

function isStep(row: ReferenceRow, step: ReferenceStep | undefined): boolean {
  return step !== undefined && row['name'] === step.event && step.filters.every((filter) => passes(row, filter));
}

function isExcludedBetween(
  rows: readonly ReferenceRow[],
  { excluding }: ReferenceFunnelQuestion,
  [from, to]: readonly [number, number],
): boolean {
  return rows.some(
    (row) => row.at.getTime() > from && row.at.getTime() < to && excluding.some((step) => isStep(row, step)),
  );
}

function findOrdered(entry: ReferenceRow, rows: readonly ReferenceRow[], question: ReferenceFunnelQuestion): Chain[] {
  const { steps, windowMs, order } = question;
  if (!isStep(entry, steps[0])) return [];
  const start = entry.at.getTime();
  const times = [start];
  // Which rows stand for the steps so far: with ties there may be several ways.
  let ways: ReferenceRow[][] = [[entry]];
  for (const step of steps.slice(1)) {
    const longer = ways.flatMap((way) =>
      rows
        .filter((row) => !way.includes(row) && isStep(row, step) && row.at.getTime() >= (times.at(-1) ?? 0))
        .map((row) => [...way, row]),
    );
    const earliest = Math.min(...longer.map((way) => way.at(-1)?.at.getTime() ?? Infinity));
    ways = longer.filter((way) => way.at(-1)?.at.getTime() === earliest);
    const isTooLate = earliest - start > windowMs || isExcludedBetween(rows, question, [start, earliest]);
    if (ways.length === 0 || isTooLate) break;
    // Rows at the first and at the last moment may stand before and behind the chain: a tie is in its favour.
    const between = rows.filter(({ at }) => at.getTime() > start && at.getTime() < earliest);
    if (order === 'STRICT' && ways.every((way) => between.some((row) => !way.includes(row)))) break;
    times.push(earliest);
  }
  return [{ entry, times }];
}

/** Every set that begins with the entry, whatever step the entry is. */
function findUnordered(entry: ReferenceRow, rows: readonly ReferenceRow[], question: ReferenceFunnelQuestion): Chain[] {
  const start = entry.at.getTime();
  const later = rows.filter(({ at }) => at.getTime() >= start);
  const times: number[] = [];
  let reach = 0;
  for (let count = 1; count <= question.steps.length; count += 1) {
    const sets = listSets(later, question.steps.slice(0, count)).map((set) => ({
      set,
      end: Math.max(...set.map(({ at }) => at.getTime())),
    }));
    times.push(Math.min(...sets.map(({ end }) => end)));
    const isReached = sets.some(
      ({ set, end }) =>
        set.includes(entry) && end - start <= question.windowMs && !isExcludedBetween(rows, question, [start, end]),
    );
    if (isReached) reach = count;
  }
  return reach === 0 ? [] : [{ entry, times: times.slice(0, reach) }];
}

function listSets(rows: readonly ReferenceRow[], steps: readonly ReferenceStep[]): ReferenceRow[][] {
  return steps.reduce<ReferenceRow[][]>(
    (sets, step) =>
      sets.flatMap((set) => rows.filter((row) => !set.includes(row) && isStep(row, step)).map((row) => [...set, row])),
    [[]],
  );
}
