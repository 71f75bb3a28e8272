import type { SavedRetention } from '../saved/retentions.ts';
import { toPeriodNumber, toPeriodStartMs } from '../facts/beijing-time.ts';
import type { Unit } from '../facts/beijing-time.ts';
import type { TimeRange } from '../facts/buckets.ts';
import type { Facts } from '../facts/facts.ts';

/** What a retention is asked for. */
export interface RetentionQuestion {
  readonly range: TimeRange;
  readonly unit: Unit;
  readonly nowMs: number;
}

/** A cohort and who of it came back. */
export interface RetentionRow {
  /** Empty where nothing is compared. */
  readonly compared: string;
  readonly behaviour: string;
  /** First instant of the cohort's period; absent for all cohorts together. */
  readonly startMs?: number;
  readonly size: number;
  /** By periods since the cohort's: who came back, and of how many. Ends with the range, or with now. */
  readonly returns: readonly { readonly people: number; readonly of: number }[];
}

interface Cohort {
  readonly period: number;
  readonly compared: string;
  size: number;
  /** For each behaviour, by periods since the cohort's. */
  readonly returned: readonly number[][];
}

interface Periods {
  readonly unit: Unit;
  readonly first: number;
  /** The last one of the range that has begun. */
  readonly last: number;
}

/** Works out the rows of a retention: totals where it has them, then cohorts in order of time. */
export function computeRetention(
  facts: Facts,
  saved: SavedRetention,
  { range, unit, nowMs }: RetentionQuestion,
): RetentionRow[] {
  // Cohorts are whole periods, also where the range begins or ends within one (retention/faq.md of growingio-docs-v3, 2024-08-26).
  const first = toPeriodNumber(range.startMs, unit);
  const last = Math.min(toPeriodNumber(range.endMs, unit), toPeriodNumber(nowMs, unit));
  const periods = { unit, first, last };
  const cohortsOf = saved.start === undefined ? findInstalls(facts, saved, periods) : findStarts(facts, saved, periods);
  for (const [index, { event }] of saved.behaviours.entries()) {
    addReturns(facts, cohortsOf, { index, periods, name: event });
  }
  const cohorts = [...new Set([...cohortsOf.values()].flat())].sort(
    (a, b) => a.period - b.period || (a.compared < b.compared ? -1 : 1),
  );
  const totals = saved.hasTotal ? toTotals(cohorts, saved) : [];
  return [...totals, ...cohorts.flatMap((cohort) => toRows(cohort, saved, unit))];
}

type CohortsOfUsers = Map<number, Cohort[]>;

// Own events come with people of their own, who stand behind the ones without any event.
function findInstalls({ world }: Facts, saved: SavedRetention, periods: Periods): CohortsOfUsers {
  const join = createRegister(world, saved, periods);
  for (let user = world.firstEventUser; user < world.users.length; user += 1) {
    join.add(user, world.users[user]?.installedAtMs ?? 0);
  }
  return join.cohortsOf;
}

function findStarts({ world }: Facts, saved: SavedRetention, periods: Periods): CohortsOfUsers {
  const { timeMs, name, user, names } = world.events;
  const join = createRegister(world, saved, periods);
  const start = names.indexOf(saved.start ?? '');
  for (let event = 0; event < timeMs.length; event += 1) {
    if (name[event] === start) join.add(user[event] ?? 0, timeMs[event] ?? 0);
  }
  return join.cohortsOf;
}

function createRegister({ users, contexts }: Facts['world'], saved: SavedRetention, { unit, first, last }: Periods) {
  const cohorts = new Map<string, Cohort>();
  const cohortsOf: CohortsOfUsers = new Map();
  const platformOf = (user: number): string => contexts[users[user]?.context ?? 0]?.platform || '不适用';
  return {
    cohortsOf,
    add(user: number, atMs: number) {
      const period = toPeriodNumber(atMs, unit);
      const joined = cohortsOf.get(user) ?? [];
      if (period < first || period > last || joined.at(-1)?.period === period) return;
      const compared = saved.comparesPlatforms ? platformOf(user) : '';
      const key = `${period} ${compared}`;
      const cohort = cohorts.get(key) ?? createCohort({ period, compared, behaviours: saved.behaviours.length, last });
      cohort.size += 1;
      cohorts.set(key, cohort);
      cohortsOf.set(user, [...joined, cohort]);
    },
  };
}

interface CohortPlace {
  readonly period: number;
  readonly compared: string;
  readonly behaviours: number;
  /** The last period there is a cell for. */
  readonly last: number;
}

function createCohort({ period, compared, behaviours, last }: CohortPlace): Cohort {
  const createCounts = (): number[] => new Array<number>(last - period + 1).fill(0);
  return { period, compared, size: 0, returned: Array.from({ length: behaviours }, createCounts) };
}

interface Returns {
  readonly index: number;
  readonly periods: Periods;
  /** The event that counts; undefined means any. */
  readonly name: string | undefined;
}

function addReturns(facts: Facts, cohortsOf: CohortsOfUsers, { index, periods, name }: Returns): void {
  const { unit, first, last } = periods;
  const { events, users } = facts.world;
  const wanted = events.names.indexOf(name ?? '');
  const isWanted = (event: number): boolean => name === undefined || events.name[event] === wanted;
  const lastSeen = new Int32Array(users.length).fill(first - 1);
  const until = facts.firstAtOrAfter(toPeriodStartMs(last + 1, unit));
  for (let event = facts.firstAtOrAfter(toPeriodStartMs(first, unit)); event < until; event += 1) {
    const user = events.user[event] ?? 0;
    const cohorts = cohortsOf.get(user);
    if (!cohorts || !isWanted(event)) continue;
    const period = toPeriodNumber(events.timeMs[event] ?? 0, unit);
    if (lastSeen[user] === period) continue;
    lastSeen[user] = period;
    for (const cohort of cohorts) addReturn(cohort, index, period - cohort.period);
  }
}

function addReturn({ returned }: Cohort, behaviour: number, offset: number): void {
  const counts = returned[behaviour];
  if (counts && offset >= 0) counts[offset] = (counts[offset] ?? 0) + 1;
}

function toRows({ period, compared, size, returned }: Cohort, saved: SavedRetention, unit: Unit): RetentionRow[] {
  return saved.behaviours.map(({ name }, index) => ({
    compared,
    behaviour: name,
    startMs: toPeriodStartMs(period, unit),
    size,
    returns: (returned[index] ?? []).map((people) => ({ people, of: size })),
  }));
}

// Sums, not distinct people; a rate is over the cohorts that have the period (retention/result.md of growingio-docs-v3, 2024-08-26).
function toTotals(cohorts: readonly Cohort[], saved: SavedRetention): RetentionRow[] {
  return [...Map.groupBy(cohorts, ({ compared }) => compared)].flatMap(([compared, some]) =>
    saved.behaviours.map(({ name }, index) => {
      const longest = Math.max(...some.map(({ returned }) => returned[index]?.length ?? 0));
      const returns = Array.from({ length: longest }, (_, offset) => {
        const old = some.filter(({ returned }) => (returned[index]?.length ?? 0) > offset);
        const people = old.reduce((sum, { returned }) => sum + (returned[index]?.[offset] ?? 0), 0);
        return { people, of: old.reduce((sum, { size }) => sum + size, 0) };
      });
      return { compared, behaviour: name, size: some.reduce((sum, { size }) => sum + size, 0), returns };
    }),
  );
}
