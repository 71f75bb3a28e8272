import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dates } from './metrics-question.ts';
import { inDays, readRawEvents, type RawEvent } from './raw-events.ts';
import { startServerUnderTest, type ServerUnderTest } from './running-server.ts';

let server: ServerUnderTest;
let raw: RawEvent[];

beforeAll(async () => {
  server = await startServerUnderTest();
  raw = readRawEvents(server.world());
});
afterAll(() => server.close());

const FROM = '2026-05-01';
const TO = '2026-05-31';
const HOUR_MS = 3_600_000;

interface AskedFunnel {
  readonly conversionWindow: string;
  readonly conversionRate: number | null;
  readonly steps: readonly {
    readonly index: number;
    readonly name: string;
    readonly count: number;
    readonly fromStart: number | null;
    readonly fromPrevious: number | null;
    readonly dropOff: number | null;
  }[];
}

async function askFunnel(steps: readonly string[], query: object = {}): Promise<AskedFunnel> {
  const operation = `query ($query: FunnelQuery!) {
    funnel(query: $query) {
      conversionWindow conversionRate steps { index name count fromStart fromPrevious dropOff }
    }
  }`;
  const asked = {
    source: 'sandbox-openpanel',
    period: dates(FROM, TO),
    steps: steps.map((event) => ({ event })),
    ...query,
  };
  return (await server.query<{ funnel: AskedFunnel }>(operation, { query: asked })).funnel;
}

interface Walk {
  readonly steps: readonly string[];
  readonly windowMs: number;
  readonly by: (event: RawEvent) => string | number;
}

/** Each walker goes from every first step as far as possible: each step strictly later, all within the window of the first. */
function countReached(events: readonly RawEvent[], { steps, windowMs, by }: Walk): number[] {
  const walkers = new Map<string | number, RawEvent[]>();
  for (const event of events) {
    if (!steps.includes(event.name)) continue;
    const own = walkers.get(by(event));
    if (own) own.push(event);
    else walkers.set(by(event), [event]);
  }
  const reached = steps.map(() => 0);
  for (const own of walkers.values()) {
    const longest = Math.max(0, ...own.map((start) => lengthFrom(own, start, { steps, windowMs })));
    for (let step = 0; step < longest; step++) reached[step] = (reached[step] ?? 0) + 1;
  }
  return reached;
}

function lengthFrom(
  own: readonly RawEvent[],
  start: RawEvent,
  { steps, windowMs }: Pick<Walk, 'steps' | 'windowMs'>,
): number {
  if (start.name !== steps[0]) return 0;
  let length = 1;
  let last = start.at;
  while (length < steps.length) {
    const next = own.find(({ name, at }) => name === steps[length] && at > last && at <= start.at + windowMs);
    if (!next) break;
    last = next.at;
    length++;
  }
  return length;
}

const SIGN_UP = ['session_start', 'sign_up', 'onboarding_complete', 'paywall_view', 'trial_start'];
const PAYING = ['sign_up', 'paywall_view', 'trial_start', 'purchase', 'subscription_renewed'];
const TWICE = ['search', 'level_complete', 'search'];

describe('funnels of the sandbox', () => {
  it.each([
    [SIGN_UP, 'PT1H', 1],
    [SIGN_UP, 'P1D', 24],
    [PAYING.slice(0, 4), 'P4D', 96],
    [PAYING.slice(0, 4), 'P7D', 168],
    [PAYING, 'P30D', 720],
    [TWICE, 'P14D', 336],
    [['paywall_view', 'trial_start'], 'PT2H', 2],
  ])('count the users of %j within %s', async (steps, conversionWindow, hours) => {
    const funnel = await askFunnel(steps, { conversionWindow, countBy: 'USERS' });
    const walk = { steps, windowMs: hours * HOUR_MS, by: ({ user }: RawEvent) => user };
    const expected = countReached(inDays(raw, FROM, TO), walk);
    expect(expected.at(-1)).toBeGreaterThan(0);
    expect(funnel.steps.map(({ count }) => count)).toEqual(expected);
  });

  it.each([
    [SIGN_UP, 'PT1H', 1],
    [['session_start', 'search', 'level_complete', 'add_to_cart'], 'P1D', 24],
    [['level_complete', 'paywall_view', 'trial_start'], 'P7D', 168],
  ])('count the sessions of %j within %s', async (steps, conversionWindow, hours) => {
    const funnel = await askFunnel(steps, { conversionWindow, countBy: 'SESSIONS' });
    const walk = { steps, windowMs: hours * HOUR_MS, by: ({ session }: RawEvent) => session };
    const expected = countReached(inDays(raw, FROM, TO), walk);
    expect(expected.at(-1)).toBeGreaterThan(0);
    expect(funnel.steps.map(({ count }) => count)).toEqual(expected);
  });

  it('take no two steps in one millisecond', async () => {
    // One visit in eight shows its first screen in the very millisecond of its start.
    const steps = ['session_start', 'screen_view'];
    const day = '2026-06-10';
    const events = inDays(raw, day);
    const walk = { steps, windowMs: HOUR_MS, by: ({ session }: RawEvent) => session };
    const query = { period: dates(day, day), conversionWindow: 'PT1H', countBy: 'SESSIONS' };
    const funnel = await askFunnel(steps, query);
    const [sessions = 0, views = 0] = countReached(
      events.filter(({ at }) => at < Date.parse('2026-06-10T23:59:59.001Z')),
      walk,
    );
    expect(views).toBeLessThan(sessions);
    expect(funnel.steps.map(({ count }) => count)).toEqual([sessions, views]);
  });

  // The provider's window has whole seconds, both included: the last one of a period cannot be had without the next midnight.
  it('lack what happens in the last second of the period', async () => {
    const steps = ['session_start', 'screen_view'];
    const query = { period: dates('2026-06-10', '2026-06-10'), conversionWindow: 'PT1H', countBy: 'SESSIONS' };
    const walk = { steps, windowMs: HOUR_MS, by: ({ session }: RawEvent) => session };
    const all = inDays(raw, '2026-06-10');
    const counted = all.filter(({ at }) => at <= Date.parse('2026-06-10T23:59:59Z'));
    const expected = countReached(counted, walk);
    expect(expected).not.toEqual(countReached(all, walk));
    expect((await askFunnel(steps, query)).steps.map(({ count }) => count)).toEqual(expected);
  });

  it('have the same fractions as their counts', async () => {
    const { steps, conversionRate } = await askFunnel(SIGN_UP);
    const counts = steps.map(({ count }) => count);
    const [first = NaN] = counts;
    steps.forEach((step, index) => {
      const before = counts[index - 1];
      expect(step).toEqual({
        index: index + 1,
        name: SIGN_UP[index],
        count: step.count,
        fromStart: step.count / first,
        fromPrevious: before === undefined ? null : step.count / before,
        dropOff: before === undefined ? null : before - step.count,
      });
    });
    expect(conversionRate).toBe((counts.at(-1) ?? NaN) / first);
  });

  it('state the window that was applied unasked', async () => {
    const funnel = await askFunnel(PAYING);
    const walk = { steps: PAYING, windowMs: 24 * HOUR_MS, by: ({ user }: RawEvent) => user };
    expect(funnel.conversionWindow).toBe('P1D');
    expect(funnel.steps.map(({ count }) => count)).toEqual(countReached(inDays(raw, FROM, TO), walk));
  });

  it('know no rate where nobody started', async () => {
    const query = { period: { preset: 'TODAY' } };
    const funnel = await askFunnel(['sign_up', 'purchase'], query);
    expect(funnel.conversionRate).toBeNull();
    expect(funnel.steps.map(({ count, fromStart, fromPrevious }) => [count, fromStart, fromPrevious])).toEqual([
      [0, null, null],
      [0, null, null],
    ]);
  });

  it('are the same as a table and as CSV', async () => {
    const operation = `query ($query: FunnelQuery!) {
      funnel(query: $query) { csv steps { count } table(layout: WIDE) { columns { name } rows } }
    }`;
    const query = {
      source: 'sandbox-openpanel',
      period: dates(FROM, TO),
      steps: [{ event: 'sign_up', as: 'joined' }, { event: 'paywall_view' }],
    };
    interface Report {
      readonly csv: string;
      readonly steps: readonly { readonly count: number }[];
      readonly table: { readonly columns: readonly { readonly name: string }[]; readonly rows: unknown[][] };
    }
    const { funnel } = await server.query<{ funnel: Report }>(operation, { query });
    const [joined = NaN, seen = NaN] = funnel.steps.map(({ count }) => count);
    expect(funnel.csv).toBe(
      [
        'step,name,count,from_start,from_previous,drop_off,median_seconds_from_previous',
        `1,joined,${joined},1,,,`,
        `2,paywall_view,${seen},${seen / joined},${seen / joined},${joined - seen},`,
        '',
      ].join('\r\n'),
    );
    const cells = Object.fromEntries(
      funnel.table.columns.map(({ name }, index) => [name, funnel.table.rows[0]?.[index]]),
    );
    expect(cells).toMatchObject({ '1. joined': joined, '2. paywall_view': seen, conversion_rate: seen / joined });
  });
});
