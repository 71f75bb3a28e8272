import type { SavedChart } from '../saved/charts.ts';
import type { Unit } from '../facts/beijing-time.ts';
import { createBucketFinder } from '../facts/buckets.ts';
import type { Bucket, TimeRange } from '../facts/buckets.ts';
import type { Facts } from '../facts/facts.ts';
import { toFieldCodes } from '../facts/fields.ts';
import type { FieldCodes, FieldName } from '../facts/fields.ts';
import type { Tally } from '../facts/measures.ts';
import type { TargetGroup } from '../facts/target-groups.ts';

/** What a chart is asked for. */
export interface ChartQuestion {
  readonly range: TimeRange;
  /** Width of the buckets of a chart that has times. */
  readonly unit: Unit;
}

/** One row of a chart. */
export interface ChartRow {
  readonly group: string;
  /** The whole range where the chart has no times. */
  readonly bucket: Bucket;
  /** Values of the chart's fields, in their order. */
  readonly values: readonly string[];
  /** Values of the chart's metrics. */
  readonly metrics: readonly number[];
}

/** Works out the rows of a chart: by time, then by group, then the greatest first. What counts nothing has no row. */
export function computeChart(facts: Facts, chart: SavedChart, { range, unit }: ChartQuestion): ChartRow[] {
  const hasTime = chart.dimensions.includes('时间');
  const codes = toFieldCodes(facts.world, listFields(chart), chart.unknown);
  const whole: Bucket = { ...range, number: 0 };
  return chart.groups
    .flatMap((group) => {
      const bucketOf = hasTime ? createBucketFinder(range, unit) : () => whole;
      return computeGroup(facts, chart, { group, range, bucketOf, codes });
    })
    .sort((a, b) => a.bucket.number - b.bucket.number);
}

/** The fields a chart is split by. */
export function listFields({ dimensions }: SavedChart): FieldName[] {
  return dimensions.filter((dimension) => dimension !== '目标用户' && dimension !== '时间');
}

interface GroupQuestion {
  readonly group: TargetGroup;
  readonly range: TimeRange;
  readonly bucketOf: (ms: number) => Bucket;
  readonly codes: FieldCodes;
}

interface OpenRow {
  readonly bucket: Bucket;
  readonly code: number;
  readonly tallies: readonly Tally[];
}

function computeGroup(facts: Facts, chart: SavedChart, question: GroupQuestion): ChartRow[] {
  const { events, users } = facts.world;
  const { group, range, bucketOf, codes } = question;
  const measures = chart.metrics.map(({ measure }) => measure);
  const open = new Map<number, OpenRow>();
  const until = facts.firstAtOrAfter(range.endMs + 1);
  for (let event = facts.firstAtOrAfter(range.startMs); event < until; event += 1) {
    const bucket = bucketOf(events.timeMs[event] ?? 0);
    const user = users[events.user[event] ?? 0];
    if (!user || !group.admits(user, bucket)) continue;
    const code = codes.codeOf[events.context[event] ?? 0] ?? 0;
    const key = bucket.number * codes.values.length + code;
    for (const [index, measure] of measures.entries()) {
      if (!measure.counts(facts, event)) continue;
      let row = open.get(key);
      if (!row) open.set(key, (row = { bucket, code, tallies: measures.map((each) => each.createTally(facts)) }));
      row.tallies[index]?.add(event);
    }
  }
  return [...open.values()]
    .map(({ bucket, code, tallies }) => ({
      group: group.name,
      bucket,
      values: codes.values[code] ?? [],
      metrics: tallies.map(({ value }) => value),
    }))
    .sort((a, b) => (b.metrics[0] ?? 0) - (a.metrics[0] ?? 0) || compare(a.values, b.values));
}

function compare(a: readonly string[], b: readonly string[]): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
