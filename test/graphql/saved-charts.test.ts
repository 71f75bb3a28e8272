import { describe, expect, it } from 'vitest';
import { CAPABILITY_NAMES } from '../../src/analytics/provider.ts';
import { ProviderUnavailableError } from '../../src/errors.ts';
import { chart, dashboard } from '../reports/fake-saved.ts';
import type { AnsweredError } from '../server/running-server.ts';
import { startSavedServer } from './saved-server.ts';

const THREE_DAYS = 'period: { dates: { from: "2026-06-01", to: "2026-06-03" } }';

/** What draws a dashboard of whatever kinds of charts. */
const DRAW = `
  __typename nativeId name kind
  ... on MetricsChart { report(${THREE_DAYS}) { interval series { name values total } csv } }
  ... on FunnelChart { report(${THREE_DAYS}) { conversionWindow conversionRate steps { name count fromStart } } }
  ... on RetentionChart { report(${THREE_DAYS}) { interval entryKind average { offset rate } rows { cohort size } } }
  ... on UnknownChart { nativeKind report(${THREE_DAYS}) { csv } }`;

const METRICS_REPORT = {
  interval: 'DAY',
  series: [{ name: 'visits', values: [1, 2, null], total: 3 }],
  csv: [
    'date,source,metric,value,unit,currency\r\n',
    '2026-06-01,shop,visits,1,COUNT,\r\n',
    '2026-06-02,shop,visits,2,COUNT,\r\n',
    '2026-06-03,shop,visits,,COUNT,\r\n',
  ].join(''),
};

/** Errors by their paths: whichever field fails first comes first in the answer. */
function inOrder(errors: readonly AnsweredError[] = []): AnsweredError[] {
  return errors.toSorted((a, b) => String(a.path).localeCompare(String(b.path)));
}

describe('a dashboard', () => {
  it('is listed with what the provider says of it', async () => {
    const server = await startSavedServer();
    const data = await server.query(`{ dataSource(key: "shop") { dashboards {
      nativeId name kind scope creator updater createdAt updatedAt source { key }
      charts { __typename nativeId name kind nativeKind creator createdAt source { key } }
    } } }`);
    const unsaid = { nativeKind: null, creator: null, createdAt: null, source: { key: 'shop' } };
    const growth = { nativeId: 'd2', name: 'Growth', kind: null, scope: null, creator: null, createdAt: null };
    const sales = { nativeId: 'd1', name: 'Sales', kind: 'realtimeV2', scope: 'project', creator: 'Ada' };
    const visits = { __typename: 'MetricsChart', nativeId: 'm1', name: 'Visits', kind: 'METRICS' };
    const clicks = { __typename: 'UnknownChart', nativeId: 'u1', name: 'Clicks', kind: 'UNKNOWN' };
    expect(data).toEqual({
      dataSource: {
        dashboards: [
          {
            ...growth,
            ...{ updater: null, updatedAt: '2026-06-10', source: { key: 'shop' } },
            charts: [
              { ...visits, ...unsaid },
              { ...unsaid, __typename: 'MetricsChart', nativeId: 'lost', name: 'Lost', kind: 'METRICS' },
            ],
          },
          {
            ...sales,
            ...{ updater: null, createdAt: '2026-01-02', updatedAt: null, source: { key: 'shop' } },
            charts: [
              { ...visits, ...unsaid, nativeKind: 'chart', creator: 'Bo', createdAt: '2026-02-03' },
              { ...unsaid, __typename: 'FunnelChart', nativeId: 'f1', name: 'Checkout', kind: 'FUNNEL' },
              { ...unsaid, __typename: 'RetentionChart', nativeId: 'r1', name: 'Back', kind: 'RETENTION' },
              { ...clicks, ...unsaid, nativeKind: 'heatmap' },
              { ...unsaid, __typename: 'UnknownChart', nativeId: 'u2', name: 'Mystery', kind: 'UNKNOWN' },
            ],
          },
        ],
      },
    });
    expect(server.asked.lists.toSorted()).toEqual(['charts of d1', 'charts of d2', 'dashboards']);
  });

  it('is drawn by one operation, but for charts of unknown kinds', async () => {
    const server = await startSavedServer();
    const { data, errors } = await server.ask(
      `{ dataSource(key: "shop") { dashboard(nativeId: "d1") { name charts { ${DRAW} } } } }`,
    );
    const funnel = {
      ...{ conversionWindow: 'P7D', conversionRate: 0.25 },
      steps: [
        { name: 'View', count: 8, fromStart: 1 },
        { name: 'Pay', count: 2, fromStart: 0.25 },
      ],
    };
    const retention = {
      ...{ interval: 'DAY', entryKind: null, rows: [{ cohort: '2026-01-01', size: 10 }] },
      average: [
        { offset: 0, rate: 1 },
        { offset: 1, rate: 0.5 },
      ],
    };
    const unknown = { __typename: 'UnknownChart', kind: 'UNKNOWN', report: null };
    expect(data).toEqual({
      dataSource: {
        dashboard: {
          name: 'Sales',
          charts: [
            { __typename: 'MetricsChart', nativeId: 'm1', name: 'Visits', kind: 'METRICS', report: METRICS_REPORT },
            { __typename: 'FunnelChart', nativeId: 'f1', name: 'Checkout', kind: 'FUNNEL', report: funnel },
            { __typename: 'RetentionChart', nativeId: 'r1', name: 'Back', kind: 'RETENTION', report: retention },
            { ...unknown, nativeId: 'u1', name: 'Clicks', nativeKind: 'heatmap' },
            { ...unknown, nativeId: 'u2', name: 'Mystery', nativeKind: null },
          ],
        },
      },
    });
    const extensions = { code: 'CAPABILITY_NOT_SUPPORTED', source: 'shop', provider: 'fake' };
    const advice = 'If it holds numbers, a funnel or a retention, ask for it as such by its id';
    expect(errors).toMatchObject([
      {
        path: ['dataSource', 'dashboard', 'charts', 3, 'report'],
        message: `Fake says that "Clicks" is of kind "heatmap", which cannot be asked for. ${advice} u1`,
        extensions,
      },
      {
        path: ['dataSource', 'dashboard', 'charts', 4, 'report'],
        message: `Fake does not say what kind of chart "Mystery" is. ${advice} u2`,
        extensions,
      },
    ]);
    expect(errors).toHaveLength(2);
  });

  it('keeps the charts beside one that is gone', async () => {
    const server = await startSavedServer();
    const { data, errors } = await server.ask(
      `{ dataSource(key: "shop") { dashboards { charts { ... on MetricsChart { name report(${THREE_DAYS}) {
        series { total }
      } } } } } }`,
    );
    const visits = { name: 'Visits', report: { series: [{ total: 3 }] } };
    expect(data).toEqual({
      dataSource: {
        dashboards: [{ charts: [visits, { name: 'Lost', report: null }] }, { charts: [visits, {}, {}, {}, {}] }],
      },
    });
    expect(errors).toMatchObject([
      {
        path: ['dataSource', 'dashboards', 0, 'charts', 1, 'report'],
        message: 'no chart lost',
        extensions: { code: 'PROVIDER_REJECTED', source: 'shop' },
      },
    ]);
    // The same chart stands on both dashboards.
    expect(server.asked.metrics).toHaveLength(2);
  });

  it('keeps the others beside one whose charts cannot be had', async () => {
    const server = await startSavedServer({ dashboards: ['d1', 'gone'].map((id) => dashboard(id)) });
    const { data, errors } = await server.ask(
      '{ dataSource(key: "shop") { dashboards { name charts { nativeId } } } }',
    );
    const charts = ['m1', 'f1', 'r1', 'u1', 'u2'].map((nativeId) => ({ nativeId }));
    expect(data).toEqual({
      dataSource: {
        dashboards: [
          { name: 'D1', charts },
          { name: 'GONE', charts: null },
        ],
      },
    });
    expect(errors).toMatchObject([
      {
        path: ['dataSource', 'dashboards', 1, 'charts'],
        extensions: { code: 'PROVIDER_REJECTED', source: 'shop', provider: 'fake' },
      },
    ]);
  });

  it('is null where there is none of that id', async () => {
    const server = await startSavedServer();
    expect(await server.query('{ dataSource(key: "shop") { dashboard(nativeId: "d3") { id } } }')).toEqual({
      dataSource: { dashboard: null },
    });
  });

  it('is a failure of its own where the provider is down', async () => {
    const down = () => Promise.reject(new ProviderUnavailableError('fake is down'));
    const server = await startSavedServer({}, (all) => ({
      ...all,
      dashboards: { listDashboards: down, listCharts: down },
    }));
    const { data, errors } = await server.ask(
      '{ dataSource(key: "shop") { key dashboards { id } dashboard(nativeId: "d1") { id } cohorts { totalCount } } }',
    );
    expect(data).toEqual({
      dataSource: { key: 'shop', dashboards: null, dashboard: null, cohorts: { totalCount: 2 } },
    });
    const failure = { message: 'fake is down', extensions: { code: 'PROVIDER_UNAVAILABLE', source: 'shop' } };
    expect(errors).toMatchObject([failure, failure]);
  });
});

describe('a report of a saved chart', () => {
  const ofCharts = (fields: string) =>
    `{ dataSource(key: "shop") { dashboard(nativeId: "d1") { charts { ${fields} } } } }`;

  it('takes what can be chosen about it', async () => {
    const server = await startSavedServer();
    await server.query(
      ofCharts(`
      ... on MetricsChart { report(
        period: { preset: LAST_7_DAYS }, interval: MONTH, compareTo: { preset: PREVIOUS_PERIOD }
      ) { interval } }
      ... on FunnelChart { report(period: { preset: YESTERDAY }, interval: DAY, conversionWindow: "P3D") { conversionRate } }
      ... on RetentionChart { report(period: { preset: LAST_30_DAYS }, interval: MONTH) { interval } }`),
    );
    const { metrics, funnels, retentions } = server.asked;
    expect(metrics).toMatchObject([
      {
        selections: [{ metric: { kind: 'chart', nativeId: 'm1' }, filters: [], options: {} }],
        interval: 'MONTH',
        breakdown: [],
        period: { firstDay: '2026-06-09', lastDay: '2026-06-15' },
        comparison: { period: { firstDay: '2026-06-02', lastDay: '2026-06-08' } },
      },
    ]);
    expect(funnels).toMatchObject([
      { chart: 'f1', steps: null, interval: 'DAY', conversionWindowMs: 3 * 86_400_000, period: { dayCount: 1 } },
    ]);
    expect(retentions).toMatchObject([{ chart: 'r1', entry: null, interval: 'MONTH', period: { dayCount: 30 } }]);
  });

  it('says what cannot be chosen', async () => {
    const server = await startSavedServer();
    const { errors } = await server.ask(
      ofCharts(`
      ... on MetricsChart { report(period: { preset: LAST_7_DAYS }, interval: WEEK) { interval } }
      ... on FunnelChart { report(period: { preset: LAST_7_DAYS }, conversionWindow: "PT1H") { conversionRate } }
      ... on RetentionChart { report(period: { dates: { from: "2026-06-31", to: "2026-06-31" } }) { interval } }`),
    );
    expect(inOrder(errors)).toMatchObject([
      { message: /^query\.interval: WEEK is not available\./, extensions: { code: 'QUERY_NOT_SUPPORTED' } },
      { message: /^query\.conversionWindow: PT1H is not available\./, extensions: { code: 'QUERY_NOT_SUPPORTED' } },
      { message: /^query\.period.*"2026-06-31" does not exist/, extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    expect(server.asked).toMatchObject({ metrics: [], funnels: [], retentions: [] });
  });

  it('is the same through the questions, by either id', async () => {
    const server = await startSavedServer();
    const ids = await server.query<{ dataSource: { dashboard: { charts: { id: string }[] } } }>(ofCharts('id'));
    const [m1, f1, r1, u1] = ids.dataSource.dashboard.charts.map(({ id }) => id);
    const question = `query ($m: ID!, $f: ID!, $r: ID!) {
      metrics(query: { select: [{ source: "shop", metric: { chart: $m } }], ${THREE_DAYS} }) { series { name values } }
      funnel(query: { source: "shop", chart: $f, ${THREE_DAYS} }) { conversionRate }
      retention(query: { source: "shop", chart: $r, ${THREE_DAYS} }) { entryKind average { rate } }
    }`;
    const ours = await server.query(question, { m: m1, f: f1, r: r1 });
    expect(ours).toEqual({
      metrics: { series: [{ name: 'visits', values: [1, 2, null] }] },
      funnel: { conversionRate: 0.25 },
      retention: { entryKind: null, average: [{ rate: 1 }, { rate: 0.5 }] },
    });
    expect(await server.query(question, { m: 'm1', f: 'f1', r: 'r1' })).toEqual(ours);
    const { errors } = await server.ask(question, { m: f1, f: r1, r: u1 });
    expect(inOrder(errors)).toMatchObject([
      { path: ['funnel'], message: 'query.chart: is a saved retention chart; ask for it with retention' },
      { path: ['metrics'], message: 'query.select[0].metric.chart: is a saved funnel chart; ask for it with funnel' },
    ]);
  });

  it("has the global id of its place, and the provider's id of itself", async () => {
    const server = await startSavedServer({ charts: { d1: [chart('m1')], d2: [chart('m1')] } });
    const { dataSource } = await server.query<{
      dataSource: { dashboards: { id: string; charts: { id: string; nativeId: string }[] }[] };
    }>('{ dataSource(key: "shop") { dashboards { id charts { id nativeId } } } }');
    const charts = dataSource.dashboards.flatMap((one) => one.charts);
    expect(charts.map(({ nativeId }) => nativeId)).toEqual(['m1', 'm1']);
    expect(new Set([...charts, ...dataSource.dashboards].map(({ id }) => id)).size).toBe(4);
  });
});

const ANALYSES = ['METRICS', 'FUNNEL', 'CONVERSION', 'RETENTION', 'COHORT_ANALYSIS', 'LIFETIME_VALUE'];

describe('a data source without saved things', () => {
  it.each([
    ['dashboards', 'dashboards { id }'],
    ['dashboards', 'dashboard(nativeId: "1") { id }'],
    ['cohorts', 'cohorts { totalCount }'],
    ['event-definitions', 'eventDefinitions { totalCount }'],
  ] as const)('says that it has no %s: %s', async (capability, field) => {
    const server = await startSavedServer();
    const { data, errors } = await server.ask(`{ dataSource(key: "plain") { key field: ${field} } }`);
    expect(data).toEqual({ dataSource: { key: 'plain', field: null } });
    const offers =
      'metrics, funnels, conversions, retention, cohort analysis, lifetime value, raw events, user profiles';
    const reason = 'It lists none of those that are saved there.';
    expect(errors).toMatchObject([
      {
        path: ['dataSource', 'field'],
        message: `OpenPanel has no ${CAPABILITY_NAMES[capability]} (data source "plain"). It offers: ${offers}. ${reason}`,
        extensions: { code: 'CAPABILITY_NOT_SUPPORTED', source: 'plain', provider: 'openpanel' },
      },
    ]);
  });

  it('takes no charts', async () => {
    const server = await startSavedServer();
    const { errors } = await server.ask(
      `{ metrics(query: { select: [{ source: "plain", metric: { chart: "m1" } }], ${THREE_DAYS} }) { interval } }`,
    );
    expect(errors).toMatchObject([
      {
        message: 'query.select[0].metric.chart: saved charts cannot be asked for; leave it out (data source "plain")',
        extensions: { code: 'QUERY_NOT_SUPPORTED', source: 'plain' },
      },
    ]);
  });

  it('is told apart by its capabilities', async () => {
    const server = await startSavedServer();
    const data = await server.query('{ dataSources { capabilities { kind limits { takesChart intervals } } } }');
    const intervals = ['HOUR', 'DAY', 'MONTH', 'TOTAL'];
    const listing = { takesChart: false, intervals: [] };
    expect(data).toMatchObject({
      dataSources: [
        {
          capabilities: [
            { kind: 'METRICS', limits: { takesChart: true, intervals } },
            { kind: 'FUNNEL', limits: { takesChart: true, intervals } },
            { kind: 'RETENTION', limits: { takesChart: true, intervals } },
            { kind: 'EVENT_DEFINITIONS', limits: listing },
            { kind: 'COHORTS', limits: listing },
            { kind: 'DASHBOARDS', limits: listing },
          ],
        },
        { capabilities: [...ANALYSES, 'EVENTS', 'USERS'].map((kind) => ({ kind, limits: { takesChart: false } })) },
      ],
    });
  });
});
