import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServerUnderTest, type ServerUnderTest } from './running-server.ts';

let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServerUnderTest({ hasDatabase: true });
});
afterAll(() => server.close());

/** Days of the time zone that GrowingIO counts in. */
const FROM = '2026-04-30T16:00:00Z';
const TO = '2026-05-28T16:00:00Z';
const PERIOD = { instants: { from: FROM, to: TO } };
const WAIT = 'PT28S';

const STEPS = ['sign_up', 'onboarding_complete', 'paywall_view', 'purchase'].map((event) => ({ event }));

/** Ask until the rows have arrived. */
async function ask<Data>(document: string, variables: object): Promise<Data> {
  for (;;) {
    const { data, errors } = await server.ask<Data>(document, variables);
    if (!errors) return data;
    if (errors.some(({ extensions }) => extensions.code !== 'NOT_READY')) throw new Error(JSON.stringify(errors));
  }
}

describe('a funnel computed over MyTracker’s events', () => {
  const OPERATION = `query ($query: FunnelQuery!) {
    funnel(query: $query) { answeredBy conversionRate steps { count fromStart fromPrevious dropOff } } }`;

  interface Asked {
    readonly funnel: { readonly answeredBy: string; readonly steps: readonly { readonly count: number }[] };
  }

  it('is the one that OpenPanel and GrowingIO answer themselves', async () => {
    const conversionWindow = 'P30D';
    const computed = await ask<Asked>(OPERATION, {
      query: { source: 'sandbox-mytracker', steps: STEPS, period: PERIOD, conversionWindow, waitFor: WAIT },
    });
    const openpanel = await ask<Asked>(OPERATION, {
      query: { source: 'sandbox-openpanel', steps: STEPS, period: PERIOD, conversionWindow },
    });
    const days = { dates: { from: '2026-05-01', to: '2026-05-28' } };
    const growingio = await ask<Asked>(OPERATION, {
      query: { source: 'sandbox-growingio', chart: 'f8SjC1xO', period: days, conversionWindow },
    });
    expect(computed.funnel.answeredBy).toBe('COMPUTED');
    expect([openpanel, growingio].map(({ funnel }) => funnel.answeredBy)).toEqual(['NATIVE', 'NATIVE']);
    expect(computed.funnel.steps[0]?.count).toBeGreaterThan(1000);
    expect({ ...computed.funnel, answeredBy: 'NATIVE' }).toEqual(openpanel.funnel);
    expect(openpanel.funnel).toEqual(growingio.funnel);
  });
});

describe('metrics computed over MyTracker’s events', () => {
  const OPERATION = `query ($query: MetricsQuery!) {
    metrics(query: $query) { series { name total dimensions { value } values source { key } } } }`;

  interface Asked {
    readonly metrics: {
      readonly series: readonly {
        readonly name: string;
        readonly total: number | null;
        readonly dimensions: readonly { readonly value: string | null }[];
        readonly values: readonly (number | null)[];
        readonly source: { readonly key: string };
      }[];
    };
  }

  it('count what OpenPanel counts, day by day', async () => {
    const ofSource = (source: string) =>
      ['sign_up', 'purchase'].map((name) => ({ source, metric: { event: { name } } }));
    const query = {
      select: [...ofSource('sandbox-mytracker'), ...ofSource('sandbox-openpanel')],
      period: { dates: { from: '2026-05-04', to: '2026-05-10' } },
      timezone: 'UTC',
      waitFor: WAIT,
    };
    const { metrics } = await ask<Asked>(OPERATION, { query });
    const [signUps, purchases, ...others] = metrics.series.map(({ values, total }) => ({ values, total }));
    expect(metrics.series.map(({ source }) => source.key).slice(0, 2)).toEqual([
      'sandbox-mytracker',
      'sandbox-mytracker',
    ]);
    expect([signUps, purchases]).toEqual(others);
    expect(signUps?.total).toBeGreaterThan(100);
  });
});

describe('a funnel that OpenPanel does not know', () => {
  const OPERATION = `query ($query: FunnelQuery!) { funnel(query: $query) { answeredBy order steps { name count } } }`;
  const query = {
    source: 'sandbox-openpanel',
    steps: [{ event: 'paywall_view' }, { event: 'sign_up' }],
    // OpenPanel hands its events out page by page: few days are read in a few seconds.
    period: { dates: { from: '2026-05-04', to: '2026-05-06' } },
    timezone: 'UTC',
    conversionWindow: 'P1D',
    waitFor: WAIT,
  };

  it('is computed over its events, and the others are asked of it', async () => {
    type Asked = {
      readonly funnel: { readonly answeredBy: string; readonly steps: readonly { readonly count: number }[] };
    };
    const { funnel: ordered } = await ask<Asked>(OPERATION, { query });
    const { funnel: unordered } = await ask<Asked>(OPERATION, { query: { ...query, order: 'UNORDERED' } });
    expect([ordered.answeredBy, unordered.answeredBy]).toEqual(['NATIVE', 'COMPUTED']);
    // Whoever signs up sees the paywall after it: in this order hardly anybody, in any order nearly all of them.
    expect(unordered.steps[0]?.count).toBe(ordered.steps[0]?.count);
    expect(unordered.steps[1]?.count).toBeGreaterThan(10 * (ordered.steps[1]?.count ?? 0));
    const { funnel: of } = await ask<Asked>(OPERATION, {
      query: { ...query, source: 'sandbox-mytracker', order: 'UNORDERED' },
    });
    expect(of.steps.map(({ count }) => count)).toEqual(unordered.steps.map(({ count }) => count));
  }, 60_000);
});
