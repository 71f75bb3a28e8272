import type { SavedFunnel } from '../saved/funnels.ts';
import { toPeriodNumber, toPeriodStartMs } from '../facts/beijing-time.ts';
import { createBucketFinder } from '../facts/buckets.ts';
import type { Bucket, TimeRange } from '../facts/buckets.ts';
import type { Facts } from '../facts/facts.ts';
import type { TargetGroup } from '../facts/target-groups.ts';

/** What a funnel is asked for. */
export interface FunnelQuestion {
  /** Where every step has to happen. */
  readonly range: TimeRange;
  readonly windowDays: number;
}

/** How many people came to each step. */
export interface FunnelRow {
  readonly group: string;
  /** The day of the first step; absent means the whole range. */
  readonly bucket?: Bucket;
  readonly people: readonly number[];
}

/** Works out the rows of a funnel: each group's total, then the days with anybody in order, each with its groups. */
export function computeFunnel(facts: Facts, funnel: SavedFunnel, question: FunnelQuestion): FunnelRow[] {
  const journeys = findJourneys(facts, funnel, question);
  const days = [...Map.groupBy(journeys, ({ bucket }) => bucket.number).values()]
    .sort((a, b) => (a[0]?.bucket.number ?? 0) - (b[0]?.bucket.number ?? 0))
    .flatMap((some) => funnel.groups.map((group) => countDay(facts, some, { group, steps: funnel.steps.length })))
    .filter(({ people }) => (people[0] ?? 0) > 0);
  const total = { steps: funnel.steps.length, range: question.range };
  return [...funnel.groups.map((group) => countTotal(facts, journeys, { ...total, group })), ...days];
}

/** How far somebody came who began on a day. */
interface Journey {
  readonly user: number;
  readonly bucket: Bucket;
  /** Steps taken, at least one. */
  readonly depth: number;
}

interface Step {
  readonly atMs: number;
  readonly name: number;
}

// The first start of a day is the only one to look at: later ones have the same last day to finish on.
function findJourneys(facts: Facts, { steps }: SavedFunnel, { range, windowDays }: FunnelQuestion): Journey[] {
  const names = steps.map((step) => facts.world.events.names.indexOf(step));
  const journeys: Journey[] = [];
  for (const [user, taken] of collectSteps(facts, new Set(names), range)) {
    const bucketOf = createBucketFinder(range, 'day');
    let begunDay: number | undefined;
    for (const [index, { name, atMs }] of taken.entries()) {
      if (name !== names[0]) continue;
      const bucket = bucketOf(atMs);
      if (bucket.number === begunDay) continue;
      begunDay = bucket.number;
      const untilMs = toPeriodStartMs(toPeriodNumber(atMs, 'day') + windowDays, 'day');
      journeys.push({ user, bucket, depth: measureDepth(taken, names, { index, untilMs }) });
    }
  }
  return journeys;
}

// In the order of the table, so that of two events in one millisecond the first one counts as the earlier.
function collectSteps({ world, firstAtOrAfter }: Facts, names: Set<number>, range: TimeRange): Map<number, Step[]> {
  const { timeMs, name, user } = world.events;
  const taken = new Map<number, Step[]>();
  const until = firstAtOrAfter(range.endMs + 1);
  for (let event = firstAtOrAfter(range.startMs); event < until; event += 1) {
    const step = { atMs: timeMs[event] ?? 0, name: name[event] ?? 0 };
    if (!names.has(step.name)) continue;
    const who = user[event] ?? 0;
    const known = taken.get(who);
    if (known) known.push(step);
    else taken.set(who, [step]);
  }
  return taken;
}

function measureDepth(
  taken: readonly Step[],
  names: readonly number[],
  { index, untilMs }: { index: number; untilMs: number },
): number {
  let depth = 1;
  for (let next = index + 1; next < taken.length && depth < names.length; next += 1) {
    const step = taken[next];
    if (!step || step.atMs >= untilMs) break;
    if (step.name === names[depth]) depth += 1;
  }
  return depth;
}

interface DayQuestion {
  readonly group: TargetGroup;
  readonly steps: number;
}

function countDay(facts: Facts, journeys: readonly Journey[], { group, steps }: DayQuestion): FunnelRow {
  const depths = journeys.filter(({ user, bucket }) => admits(facts, group, user, bucket)).map(({ depth }) => depth);
  const [first] = journeys;
  return { group: group.name, ...(first && { bucket: first.bucket }), people: countReached(depths, steps) };
}

// Somebody who began on several days counts once, as far as the best of them led.
function countTotal(
  facts: Facts,
  journeys: readonly Journey[],
  { group, steps, range }: DayQuestion & { range: TimeRange },
): FunnelRow {
  const best = new Map<number, number>();
  for (const { user, depth } of journeys) {
    if (admits(facts, group, user, range)) best.set(user, Math.max(depth, best.get(user) ?? 0));
  }
  return { group: group.name, people: countReached([...best.values()], steps) };
}

function admits({ world }: Facts, group: TargetGroup, user: number, bucket: TimeRange): boolean {
  const person = world.users[user];
  return person !== undefined && group.admits(person, bucket);
}

function countReached(depths: readonly number[], steps: number): number[] {
  const counts = new Array<number>(steps).fill(0);
  for (const depth of depths) {
    for (let step = 0; step < depth; step += 1) counts[step] = (counts[step] ?? 0) + 1;
  }
  return counts;
}
