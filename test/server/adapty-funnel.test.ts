import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { World } from '../../src/sandbox/world.ts';
import { written } from './adapty-report.ts';
import { isIn, isSubscription, paymentsOf, storeOf, trialOf } from './adapty-world.ts';
import { dates } from './metrics-question.ts';
import { startServerUnderTest, type ServerUnderTest } from './running-server.ts';

let server: ServerUnderTest;
let world: World;

beforeAll(async () => {
  server = await startServerUnderTest();
  world = server.world();
});
afterAll(() => server.close());

interface Step {
  readonly index: number;
  readonly name: string;
  readonly count: number;
  readonly fromStart: number | null;
  readonly fromPrevious: number | null;
  readonly dropOff: number | null;
}

interface Funnel {
  readonly steps: readonly Step[];
  readonly groups: readonly { readonly dimensions: readonly { readonly value: string | null }[]; steps: Step[] }[];
  readonly conversionRate: number | null;
  readonly freshness: { readonly isSettled: boolean };
  readonly csv: string;
}

const STEP = 'index name count fromStart fromPrevious dropOff';
const OPERATION = `query ($query: FunnelQuery!) { funnel(query: $query) {
  steps { ${STEP} } groups { dimensions { value } steps { ${STEP} } } conversionRate freshness { isSettled }
  csv(options: { nullText: "NULL" })
} }`;

const [FROM, TO] = ['2026-04-01', '2026-05-31'];

async function ask(query: object = {}): Promise<Funnel> {
  const variables = { query: { source: 'sandbox-adapty', period: dates(FROM, TO), ...query } };
  return (await server.query<{ funnel: Funnel }>(OPERATION, variables)).funnel;
}

/**
 * The people who installed in the days, and those of them who, whenever, saw a paywall (whoever bought did), began a trial,
 * paid once, paid twice and so on for a subscription.
 */
function countSteps(test: (user: number) => boolean = () => true): number[] {
  const { users, subscriptions, events } = world;
  const isInstalled = users.map(({ installedAtMs }, user) => isIn(installedAtMs, FROM, TO) && test(user));
  const steps: Set<number>[] = [new Set(), new Set(), new Set()];
  const add = (step: number, user: number): void => {
    if (isInstalled[user]) (steps[step] ??= new Set()).add(user);
  };
  isInstalled.forEach((_, user) => add(0, user));
  for (let event = 0; event < events.length; event++) {
    if (events.names[events.name[event] ?? -1] === 'paywall_view') add(1, events.user[event] ?? -1);
  }
  for (const one of subscriptions) {
    add(1, one.user);
    if (!isSubscription(one)) continue;
    if (trialOf(one) !== undefined) add(2, one.user);
    paymentsOf(one).forEach((_, index) => add(3 + index, one.user));
  }
  return steps.map(({ size }) => size);
}

describe('funnel of Adapty', () => {
  it('counts people from the install to their renewals', async () => {
    const { steps, conversionRate, freshness } = await ask();
    const counts = countSteps();
    expect(steps.map(({ count }) => count)).toEqual(counts);
    expect(steps.slice(0, 5).map(({ name }) => name)).toEqual([
      'Install',
      'Paywall displayed',
      'Trial',
      'Paid',
      'Renewal 1',
    ]);
    steps.forEach(({ count, fromStart, fromPrevious, dropOff }, index) => {
      const before = counts[index - 1];
      expect(fromStart).toBe(count / (counts[0] ?? NaN));
      expect(fromPrevious).toBe(before === undefined ? null : count / before);
      expect(dropOff).toBe(before === undefined ? null : before - count);
    });
    expect(conversionRate).toBe(steps.at(-1)?.fromStart);
    expect(freshness.isSettled).toBe(false);
  });

  it('is one for each store beside the whole', async () => {
    const { steps, groups } = await ask({ breakdown: ['store'] });
    expect(steps.map(({ count }) => count)).toEqual(countSteps());
    expect(groups).toHaveLength(3);
    for (const { dimensions, steps } of groups) {
      const expected = countSteps((user) => storeOf(world, user) === dimensions[0]?.value);
      // A renewal that nobody of a store has come to may stand with zero.
      const found = steps.map(({ count }) => count);
      expect(found.slice(0, expected.length)).toEqual(expected);
      expect(found.slice(expected.length).every((count) => count === 0)).toBe(true);
    }
  });

  it('reads back from CSV as it is typed', async () => {
    const { steps, csv } = await ask();
    const [header, ...rows] = Papa.parse<string[]>(csv, { skipEmptyLines: true }).data;
    expect(header?.slice(0, 6)).toEqual(['step', 'name', 'count', 'from_start', 'from_previous', 'drop_off']);
    expect(rows.map((row) => row.slice(0, 6))).toEqual(
      steps.map(({ index, name, count, fromStart, fromPrevious, dropOff }) =>
        [index, name, count, fromStart, fromPrevious, dropOff].map(written),
      ),
    );
  });
});
