import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audience, bucketsOf, EVERYBODY, type AskedDimension } from './growingio-charts.ts';
import { dayAfter, inDays, readFacts, type Fact } from './growingio-facts.ts';
import { readWorld, startGrowingioUnderTest, type GrowingioUnderTest } from './growingio-server.ts';
import { dates } from './metrics-question.ts';

const world = readWorld();
const [FROM, TO] = ['2026-05-01', '2026-05-28'];
const DAYS = bucketsOf(FROM, TO, 'DAY');
const asked = inDays(readFacts(world), FROM, TO);
const SIGNED_IN = audience('all signed-in users', '全部登录用户');
let server: GrowingioUnderTest;

beforeAll(async () => {
  server = await startGrowingioUnderTest(world);
});
afterAll(() => server.close());

interface Step {
  readonly index: number;
  readonly name: string;
  readonly nativeName: string | null;
  readonly count: number | null;
  readonly fromStart: number | null;
  readonly fromPrevious: number | null;
  readonly dropOff: number | null;
}

interface Funnel {
  readonly conversionWindow: string;
  readonly conversionRate: number | null;
  readonly steps: readonly Step[];
  readonly groups: readonly {
    readonly at: string | null;
    readonly dimensions: readonly AskedDimension[];
    readonly steps: readonly Step[];
  }[];
  readonly freshness: { readonly completeness: string; readonly isSettled: boolean };
  readonly tidy: string;
  readonly wide: string;
}

const STEP = 'index name nativeName count fromStart fromPrevious dropOff';
const OPERATION = `query ($query: FunnelQuery!) { funnel(query: $query) {
  conversionWindow conversionRate steps { ${STEP} }
  groups { at dimensions { dimension value nativeDimension nativeValue } steps { ${STEP} } }
  freshness { completeness isSettled }
  tidy: csv(options: { nullText: "NULL" }) wide: csv(options: { nullText: "NULL", layout: WIDE })
} }`;

async function askFunnel(chart: string, query: object = {}): Promise<Funnel> {
  const variables = { query: { source: 'today', chart, period: dates(FROM, TO), ...query } };
  return (await server.query<{ funnel: Funnel }>(OPERATION, variables)).funnel;
}

const PURCHASE = ['sign_up', 'onboarding_complete', 'paywall_view', 'purchase'];
const SEARCH = ['session_start', 'search', 'add_to_cart'];

/** The day somebody began on, and how many steps that led to. */
interface Journey {
  readonly user: number;
  readonly day: string;
  readonly depth: number;
}

/** Every start of everybody, each followed as far as it led until the end of its last day. */
function findJourneys(names: readonly string[], windowDays: number): Journey[] {
  const [start, ...later] = names;
  const own = Map.groupBy(
    asked.filter(({ name }) => names.includes(name)),
    ({ user }) => user,
  );
  const follow = (rest: readonly Fact[], lastDay: string): number => {
    let depth = 1;
    for (const { name, day } of rest) if (day <= lastDay && name === later[depth - 1]) depth += 1;
    return depth;
  };
  return [...own].flatMap(([user, events]) =>
    events.flatMap(({ name, day }, index) =>
      name === start ? [{ user, day, depth: follow(events.slice(index + 1), dayAfter(day, windowDays - 1)) }] : [],
    ),
  );
}

/** How many people reached each step, as far as the best of their journeys led. */
function countReached(journeys: readonly Journey[], steps: number): number[] {
  return Array.from(
    { length: steps },
    (_, step) => new Set(journeys.filter(({ depth }) => depth > step).map(({ user }) => user)).size,
  );
}

const NATIVE_NAMES = ['第一步', '第二步', '第三步', '最后一步'];

/** Steps of these counts; rates are worked out of them, and none of GrowingIO's own. */
function toSteps(counts: readonly number[]): Step[] {
  const [first = NaN] = counts;
  return counts.map((count, index) => {
    const before = counts[index - 1];
    const isLast = index === counts.length - 1;
    return {
      index: index + 1,
      name: `Step ${index + 1}`,
      nativeName: (isLast ? NATIVE_NAMES.at(-1) : NATIVE_NAMES[index]) ?? null,
      count,
      fromStart: first === 0 ? null : count / first,
      fromPrevious: before === undefined || before === 0 ? null : count / before,
      dropOff: before === undefined ? null : before - count,
    };
  });
}

const isSignedIn = ({ user }: Journey): boolean => world.users[user]?.isAnonymous === false;

describe('a saved funnel of GrowingIO', () => {
  it.each([
    [undefined, 1, 'P1D'],
    ['P1D', 1, 'P1D'],
    ['P7D', 7, 'P7D'],
    ['P90D', 90, 'P90D'],
  ])('counts within %s, in calendar days', async (conversionWindow, windowDays, stated) => {
    const funnel = await askFunnel('f8SjC1xO', { conversionWindow });
    const counts = countReached(findJourneys(PURCHASE, windowDays), PURCHASE.length);
    expect(counts.at(-1)).toBeGreaterThan(0);
    expect(funnel.steps).toEqual(toSteps(counts));
    expect(funnel.groups).toEqual([]);
    expect(funnel.conversionWindow).toBe(stated);
    expect(funnel.conversionRate).toBe((counts.at(-1) ?? NaN) / (counts[0] ?? NaN));
    expect(funnel.freshness).toEqual({ completeness: 'COMPLETE', isSettled: windowDays < 90 });
  });

  it.each([
    ['P1D', 1],
    ['P7D', 7],
  ])('has a funnel for each day of a first step, within %s', async (conversionWindow, windowDays) => {
    const funnel = await askFunnel('f8SjC1xO', { conversionWindow, interval: 'DAY' });
    const journeys = findJourneys(PURCHASE, windowDays);
    const byDay = Map.groupBy(journeys, ({ day }) => day);
    expect(funnel.groups).toEqual(
      DAYS.flatMap((day) => {
        const own = byDay.get(day);
        if (!own) return [];
        const steps = toSteps(countReached(own, PURCHASE.length));
        return [{ at: `${day}T00:00:00+08:00`, dimensions: [EVERYBODY], steps }];
      }),
    );
    expect(funnel.steps).toEqual(toSteps(countReached(journeys, PURCHASE.length)));
  });

  it('knows no number of all groups together where there are several', async () => {
    const funnel = await askFunnel('F5mYb3Wd');
    const journeys = findJourneys(SEARCH, 7);
    expect(funnel.conversionWindow).toBe('P7D');
    expect(funnel.conversionRate).toBeNull();
    expect(funnel.steps.map(({ count, fromStart }) => [count, fromStart])).toEqual(SEARCH.map(() => [null, null]));
    const signedIn = countReached(journeys.filter(isSignedIn), SEARCH.length);
    expect(funnel.groups).toEqual([
      { at: null, dimensions: [EVERYBODY], steps: toSteps(countReached(journeys, SEARCH.length)) },
      { at: null, dimensions: [SIGNED_IN], steps: toSteps(signedIn) },
    ]);
    expect(signedIn[0]).toBeLessThan(countReached(journeys, SEARCH.length)[0] ?? NaN);
  });

  it('has each group of each day', async () => {
    const funnel = await askFunnel('F5mYb3Wd', { interval: 'DAY', conversionWindow: 'P1D' });
    const journeys = findJourneys(SEARCH, 1);
    const expected = [EVERYBODY, SIGNED_IN].flatMap((dimension) =>
      DAYS.map((day) => {
        const own = journeys.filter((one) => one.day === day && (dimension === EVERYBODY || isSignedIn(one)));
        const steps = toSteps(countReached(own, SEARCH.length));
        return { at: `${day}T00:00:00+08:00`, dimensions: [dimension], steps };
      }),
    );
    expect(funnel.groups).toEqual(expected);
  });

  it('reads back from CSV', async () => {
    const funnel = await askFunnel('F5mYb3Wd', { interval: 'DAY' });
    const rows = Papa.parse<Record<string, string>>(funnel.tidy, { header: true, skipEmptyLines: true }).data;
    const journeys = findJourneys(SEARCH, 7);
    const expected = [EVERYBODY, SIGNED_IN].flatMap((dimension) =>
      DAYS.flatMap((day) => {
        const own = journeys.filter((one) => one.day === day && (dimension === EVERYBODY || isSignedIn(one)));
        const counts = countReached(own, SEARCH.length);
        return counts.map((count, step) => [day, dimension.value, String(step + 1), String(count)]);
      }),
    );
    const whole = SEARCH.map((_, step) => ['NULL', 'NULL', String(step + 1), 'NULL']);
    expect(rows.map(({ date, audience: group, step, count }) => [date, group, step, count])).toEqual([
      ...whole,
      ...expected,
    ]);
    const wide = Papa.parse<Record<string, string>>(funnel.wide, { header: true, skipEmptyLines: true }).data;
    expect(wide.slice(1).flatMap((row) => ['1. Step 1', '2. Step 2', '3. Step 3'].map((name) => row[name]))).toEqual(
      expected.map(([, , , count]) => count),
    );
  });

  it('may still change while somebody of its last day has time', async () => {
    // Noon of 16 June in UTC is evening in Beijing. Within 7 days, who began on the 10th has until the end of the 16th.
    const settledFor = async (to: string): Promise<boolean> => {
      const query = { period: dates('2026-06-01', to), conversionWindow: 'P7D' };
      return (await askFunnel('f8SjC1xO', query)).freshness.isSettled;
    };
    expect([await settledFor('2026-06-09'), await settledFor('2026-06-10')]).toEqual([true, false]);
  });
});
