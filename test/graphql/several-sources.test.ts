import { describe, expect, it, onTestFinished } from 'vitest';
import { json, startServer, text } from '../http/local-server.ts';
import { configure, openpanel, SECRETS } from '../server/fake-openpanel.ts';
import { startServerUnderTest } from '../server/running-server.ts';

/** A server with one data source that answers and one that fails. */
async function serveBoth() {
  const [alive, dead] = await Promise.all([startServer(openpanel()), startServer(text('broken', {}, 500))]);
  const server = await startServerUnderTest({ config: configure({ alive: alive.url, dead: dead.url }) });
  onTestFinished(() => server.close());
  return server;
}

const OPERATION = `query ($select: [MetricSelectionInput!]!) {
  metrics(query: { select: $select, period: { preset: LAST_7_DAYS } }) {
    series { name source { key } total }
    problems { code message isRetryable retryAfter source { key } }
    freshness { completeness }
    csv
  }
}`;

const count = (source: string, name = 'sign_up') => ({ source, metric: { event: { name } } });
const metric = (source: string, key = 'events') => ({ source, metric: { key } });

interface Report {
  readonly metrics: {
    readonly series: readonly { readonly name: string; readonly source: { readonly key: string } }[];
    readonly problems: readonly { readonly code: string; readonly source: { readonly key: string } }[];
    readonly freshness: { readonly completeness: string };
    readonly csv: string;
  } | null;
}

const PROBLEM = {
  code: 'PROVIDER_UNAVAILABLE',
  message: 'OpenPanel failed on its side (500).',
  isRetryable: true,
  retryAfter: null,
  source: { key: 'dead' },
};

describe('metrics of several data sources', () => {
  it.each([
    ['one selection', [metric('dead')]],
    ['two selections', [metric('dead'), metric('dead', 'unique_users')]],
    ['two events', [count('dead'), count('dead', 'purchase')]],
    ['an event and a metric', [count('dead'), metric('dead')]],
  ])('keep the others beside one that failed, asked by %s', async (_kind, selections) => {
    const server = await serveBoth();
    const { data, errors } = await server.ask<Report>(OPERATION, { select: [...selections, count('alive')] });
    expect(errors).toBeUndefined();
    expect(data.metrics?.series).toEqual([{ name: 'sign_up', source: { key: 'alive' }, total: 7 }]);
    expect(data.metrics?.problems).toEqual([PROBLEM]);
    expect(data.metrics?.freshness).toEqual({ completeness: 'PARTIAL' });
    expect(data.metrics?.csv.split('\r\n')).toHaveLength(9);
  });

  it('say what a mistake about one of them is', async () => {
    const server = await serveBoth();
    const { data, errors } = await server.ask<Report>(OPERATION, {
      select: [count('alive', 'sign_ups'), metric('dead')],
    });
    expect(errors).toBeUndefined();
    expect(data.metrics?.series).toEqual([]);
    expect(data.metrics?.problems).toMatchObject([
      { code: 'BAD_USER_INPUT', isRetryable: false, source: { key: 'alive' } },
      { code: 'PROVIDER_UNAVAILABLE', isRetryable: true, source: { key: 'dead' } },
    ]);
  });

  it('are an error where only one is asked and fails', async () => {
    const server = await serveBoth();
    const { data, errors } = await server.ask<Report>(OPERATION, {
      select: [metric('dead'), metric('dead', 'sessions')],
    });
    expect(data).toEqual({ metrics: null });
    expect(errors).toMatchObject([{ path: ['metrics'], extensions: { code: 'PROVIDER_UNAVAILABLE', source: 'dead' } }]);
  });

  it('are a mistake as a whole where one of them is not there', async () => {
    const server = await serveBoth();
    const { data, errors } = await server.ask<Report>(OPERATION, { select: [metric('alive'), metric('daed')] });
    expect(data).toEqual({ metrics: null });
    expect(errors).toMatchObject([{ message: /Did you mean "dead"\?/, extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

describe('a list of data sources', () => {
  it('keeps everything beside dashboards that nobody has', async () => {
    const server = await serveBoth();
    const { data, errors } = await server.ask('{ dataSources { key name dashboards { id } capabilities { kind } } }');
    const analyses = ['METRICS', 'FUNNEL', 'CONVERSION', 'RETENTION', 'COHORT_ANALYSIS', 'LIFETIME_VALUE'];
    const capabilities = [...analyses, 'EVENTS', 'USERS'].map((kind) => ({ kind }));
    const offers =
      'metrics, funnels, conversions, retention, cohort analysis, lifetime value, raw events, user profiles';
    expect(data).toEqual({
      dataSources: ['alive', 'dead'].map((key) => ({ key, name: key, dashboards: null, capabilities })),
    });
    expect(errors).toMatchObject(
      ['alive', 'dead'].map((source, index) => ({
        path: ['dataSources', index, 'dashboards'],
        message: `OpenPanel has no dashboards (data source "${source}"). It offers: ${offers}. It lists none of those that are saved there.`,
        extensions: { code: 'CAPABILITY_NOT_SUPPORTED', source, provider: 'openpanel' },
      })),
    );
  });

  it('tells the healthy from the others', async () => {
    const server = await serveBoth();
    const { data, errors } = await server.ask('{ dataSources { health { isHealthy latency problem { code } } } }');
    expect(errors).toBeUndefined();
    const latency = expect.stringMatching(/^P/) as string;
    expect(data).toEqual({
      dataSources: [
        { health: { isHealthy: true, latency, problem: null } },
        { health: { isHealthy: false, latency, problem: { code: 'PROVIDER_UNAVAILABLE' } } },
      ],
    });
  });

  it('keeps the events that the others can list', async () => {
    const server = await serveBoth();
    const { data, errors } = await server.ask('{ dataSources { catalog { events(search: "SIGN") } } }');
    expect(data).toEqual({ dataSources: [{ catalog: { events: ['sign_up'] } }, { catalog: { events: null } }] });
    expect(errors).toMatchObject([
      { path: ['dataSources', 1, 'catalog', 'events'], extensions: { code: 'PROVIDER_UNAVAILABLE', source: 'dead' } },
    ]);
  });

  it('never shows what it is configured with', async () => {
    const echo = json({ message: `client ${SECRETS.clientId} with ${SECRETS.clientSecret} is blocked` }, 403);
    const { url } = await startServer(echo);
    const server = await startServerUnderTest({ config: configure({ app: url }) });
    onTestFinished(() => server.close());
    const operation = `{ dataSources { key name docsUrl allowance { name limit remaining resetAt }
      catalog { events } health { problem { message } } capabilities { optionsSchema } } }`;
    const said = JSON.stringify([await server.ask(operation), server.logged]);
    expect(said).toContain('[redacted]');
    expect(said).not.toContain(SECRETS.clientSecret);
    expect(said).not.toContain(SECRETS.clientId);
  });
});
