import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askCharts } from './growingio-charts.ts';
import { readWorld, startGrowingioUnderTest, type GrowingioUnderTest } from './growingio-server.ts';
import { dates } from './metrics-question.ts';
import { unexpectedFailures } from './refused-question.ts';

let server: GrowingioUnderTest;

beforeAll(async () => {
  server = await startGrowingioUnderTest(readWorld());
});
afterAll(() => server.close());

const LIMIT = 'QUERY_NOT_SUPPORTED';
const INPUT = 'BAD_USER_INPUT';
const PERIOD = { period: dates('2026-06-01', '2026-06-07') };

const OPERATIONS = {
  metrics:
    'query ($query: MetricsQuery!) { bad: metrics(query: $query) { csv } good: dataSource(key: "today") { key } }',
  funnel: 'query ($query: FunnelQuery!) { bad: funnel(query: $query) { csv } good: dataSource(key: "today") { key } }',
  retention:
    'query ($query: RetentionQuery!) { bad: retention(query: $query) { csv } good: dataSource(key: "today") { key } }',
} as const;

/** What is asked, the code and words of the refusal. */
type Case = readonly [title: string, query: object, code: string, says: string];

const metric = (more: object): object => ({ select: [{ source: 'today', metric: more }] });
const CHART = metric({ chart: 'Kd82LmQz' });
const INSTANTS = { period: { instants: { from: '2026-06-01T00:00:00Z', to: '2026-06-02T00:00:00Z' } } };
const FUTURE = { period: dates('2026-06-10', '2026-06-17') };
const FILTERS = { filters: [{ dimension: 'country', values: ['SE'] }] };
const BREAKDOWN = { breakdown: ['country'] };

const COMMON: readonly Case[] = [
  [
    'a day that has not come',
    FUTURE,
    INPUT,
    '2026-06-17 is in the future; the last day that can be asked for is 2026-06-16',
  ],
  ['instants that are no days of Beijing', INSTANTS, LIMIT, 'query.period'],
  ['days of another zone', { timezone: 'UTC' }, LIMIT, 'counts in days of Asia/Shanghai'],
  ['all time, which nobody knows', { period: { preset: 'ALL_TIME' } }, INPUT, 'earliestDate'],
  ['minutes', { interval: 'MINUTE' }, LIMIT, 'query.interval: MINUTE is not available'],
  ['a filter', FILTERS, INPUT, 'country'],
  ['an option', { options: { range: 'day' } }, INPUT, 'options'],
];

const METRICS: readonly Case[] = [
  ['a breakdown', BREAKDOWN, LIMIT, 'query.breakdown: 1 '],
  ['a quarter', { interval: 'QUARTER' }, LIMIT, 'Allowed: HOUR, DAY, WEEK, MONTH, TOTAL'],
  ['a metric by its key', metric({ key: 'users' }), INPUT, 'users'],
  ['events', metric({ event: { name: 'purchase' } }), LIMIT, 'ask for a saved chart by its id'],
  ['a path in the place of an id', metric({ chart: '..' }), INPUT, 'is no id of GrowingIO'],
];

const FUNNEL: readonly Case[] = [
  ['a breakdown', BREAKDOWN, INPUT, 'query.breakdown[0]'],
  ['no chart', { chart: null }, INPUT, 'name one by its id'],
  [
    'steps in the place of a chart',
    { chart: null, steps: [{ event: 'a' }, { event: 'b' }] },
    INPUT,
    'name one by its id',
  ],
  ['steps beside a chart', { steps: [{ event: 'a' }, { event: 'b' }] }, INPUT, 'name either steps or a chart'],
  ['a week', { interval: 'WEEK' }, LIMIT, 'Allowed: DAY, TOTAL'],
  ['a window of hours', { conversionWindow: 'PT36H' }, LIMIT, 'P1D to P90D in steps of P1D'],
  ['a window that is too long', { conversionWindow: 'P91D' }, LIMIT, 'P1D to P90D'],
  ['sessions', { countBy: 'SESSIONS' }, LIMIT, 'Allowed: USERS'],
  ['another order', { order: 'STRICT' }, LIMIT, 'Allowed: ORDERED'],
];

const RETENTION: readonly Case[] = [
  ['a breakdown', BREAKDOWN, INPUT, 'query.breakdown[0]'],
  ['no chart', { chart: null }, INPUT, 'name one by its id'],
  ['a whole', { interval: 'TOTAL' }, LIMIT, 'Allowed: DAY, WEEK, MONTH'],
  ['an entry', { entry: { event: 'sign_up' } }, LIMIT, 'query.entry'],
  ['another mode', { mode: 'ROLLING' }, LIMIT, 'Allowed: N_DAY'],
];

const QUESTIONS: readonly (readonly [keyof typeof OPERATIONS, object, readonly Case[]])[] = [
  ['metrics', CHART, [...COMMON.slice(0, -1), ...METRICS]],
  ['funnel', { source: 'today', chart: 'f8SjC1xO' }, [...COMMON, ...FUNNEL]],
  ['retention', { source: 'today', chart: 'R7gHv2Nk' }, [...COMMON, ...RETENTION]],
];

describe.each(QUESTIONS)('%s of GrowingIO', (field, common, cases) => {
  it.each(cases)('refuses %s before anything is asked', async (_title, more, code, says) => {
    server.relays.today.forget();
    const { data, errors = [] } = await server.ask(OPERATIONS[field], { query: { ...common, ...PERIOD, ...more } });
    expect(data).toEqual({ bad: null, good: { key: 'today' } });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ path: ['bad'], extensions: { code, source: 'today', provider: 'growingio' } });
    expect(errors[0]?.message).toContain(says);
    expect(server.relays.today.requests).toEqual([]);
  });
});

describe('saved charts by their global ids', () => {
  const IDS = `{ dataSource(key: "today") { dashboard(nativeId: "d4Kx01Zq") { charts { id kind } } } }`;

  it('are asked for where they belong, and refused elsewhere', async () => {
    interface Ids {
      readonly dataSource: { readonly dashboard: { readonly charts: readonly { id: string; kind: string }[] } };
    }
    const { dataSource } = await server.query<Ids>(IDS);
    const idOf = (kind: string): string => dataSource.dashboard.charts.find((one) => one.kind === kind)?.id ?? '';
    const { series } = await askCharts(server, { charts: [idOf('METRICS')], query: PERIOD });
    expect(series).toHaveLength(3);

    const refusals: readonly (readonly [keyof typeof OPERATIONS, object, string])[] = [
      ['metrics', metric({ chart: idOf('FUNNEL') }), 'is a saved funnel chart; ask for it with funnel'],
      ['funnel', { source: 'today', chart: idOf('RETENTION') }, 'ask for it with retention'],
      ['retention', { source: 'today', chart: idOf('METRICS') }, 'ask for it with metrics'],
      ['funnel', { source: 'older', chart: idOf('FUNNEL') }, 'is a chart of data source "today", not of "older"'],
    ];
    for (const [field, query, says] of refusals) {
      const { errors } = await server.ask(OPERATIONS[field], { query: { ...query, ...PERIOD } });
      expect(errors).toMatchObject([{ message: expect.stringContaining(says) as string, extensions: { code: INPUT } }]);
    }
  });
});

describe('periods without anybody', () => {
  it('are missing and not zero: before the world, and today before anything happened', async () => {
    const before = { period: dates('2025-12-01', '2025-12-03') };
    const { series, freshness } = await askCharts(server, { charts: ['p3RsW9eY', 'Gj0yM5iC'], query: before });
    expect(series.map(({ points }) => points.map(({ value }) => value))).toEqual(series.map(() => [null, null, null]));
    expect(new Set(series.map(({ name }) => name))).toEqual(
      new Set(['p3RsW9eY.注册次数', 'p3RsW9eY.搜索次数', 'Gj0yM5iC.用户量', 'Gj0yM5iC.访问量']),
    );
    expect(freshness).toMatchObject({ isSettled: true, completeness: 'COMPLETE' });
  });

  it('have a funnel of nobody, and no cohorts', async () => {
    const operation = `query ($funnel: FunnelQuery!, $retention: RetentionQuery!) {
      funnel(query: $funnel) { conversionRate steps { count fromStart } groups { at } }
      retention(query: $retention) { rows { cohort isTotal size cells { offset } } average { offset } csv }
    }`;
    const period = dates('2025-12-01', '2025-12-03');
    const data = await server.query(operation, {
      funnel: { source: 'today', chart: 'f8SjC1xO', period },
      retention: { source: 'today', chart: 'r0PzA6Le', period },
    });
    expect(data).toEqual({
      funnel: {
        conversionRate: null,
        steps: [0, 0, 0, 0].map((count) => ({ count, fromStart: null })),
        groups: [],
      },
      retention: {
        rows: [],
        average: [],
        csv: expect.stringMatching(/^cohort,is_total,size,offset[^\n]*\n$/) as string,
      },
    });
  });
});

describe('GrowingIO', () => {
  it('has nothing unforeseen happen', () => {
    expect(unexpectedFailures(server)).toEqual([]);
  });
});
