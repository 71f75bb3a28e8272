import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWorld, startGrowingioUnderTest, type GrowingioUnderTest } from './growingio-server.ts';
import { dates } from './metrics-question.ts';

let server: GrowingioUnderTest;

beforeAll(async () => {
  server = await startGrowingioUnderTest(readWorld());
});
afterAll(() => server.close());

const PERIOD = { period: dates('2026-05-20', '2026-06-10') };

const DIMENSIONS = 'dimensions { dimension value nativeDimension nativeValue }';
const CELL = 'offset count rate isComplete';
const STEPS = 'steps { index name nativeName count fromStart fromPrevious dropOff }';
const FRESHNESS = 'freshness { isSettled completeness }';

const OPERATIONS = {
  metrics: `query ($query: MetricsQuery!) { answer: metrics(query: $query) {
    series { name unit currency total previousTotal ${DIMENSIONS} points { at date value previous } }
    ${FRESHNESS} csv(options: { layout: WIDE })
  } }`,
  funnel: `query ($query: FunnelQuery!) { answer: funnel(query: $query) {
    conversionWindow conversionRate ${STEPS} groups { at ${DIMENSIONS} ${STEPS} } ${FRESHNESS} csv
  } }`,
  retention: `query ($query: RetentionQuery!) { answer: retention(query: $query) {
    rows { cohort isTotal size ${DIMENSIONS} cells { ${CELL} } } average { ${CELL} } ${FRESHNESS} csv
  } }`,
} as const;

const QUESTIONS: readonly (readonly [keyof typeof OPERATIONS, string, object])[] = [
  ['metrics', 'Kd82LmQz', { interval: 'HOUR', period: dates('2026-06-09', '2026-06-10') }],
  ['metrics', 'kd82LmQz', { interval: 'DAY' }],
  ['metrics', 'Bn5xT0aV', { interval: 'WEEK', compareTo: { preset: 'PREVIOUS_PERIOD' } }],
  ['metrics', 'p3RsW9eY', { interval: 'MONTH', period: dates('2026-03-05', '2026-06-10') }],
  ['metrics', 'Hb7cF2uJ', { interval: 'TOTAL' }],
  ['metrics', 't6NqX4vD', { interval: 'TOTAL', compareTo: { preset: 'PREVIOUS_PERIOD' } }],
  ['metrics', 'e2KfQ6tU', { interval: 'DAY' }],
  ['metrics', 'Ub1oG8kS', { interval: 'DAY' }],
  ['metrics', 'Gj0yM5iC', { interval: 'WEEK' }],
  ['metrics', 'a9ZwE3hP', { interval: 'HOUR', period: dates('2026-06-10', '2026-06-10') }],
  ['metrics', 'Vr4dL7nB', { interval: 'MONTH' }],
  ['funnel', 'f8SjC1xO', {}],
  ['funnel', 'f8SjC1xO', { interval: 'DAY', conversionWindow: 'P7D' }],
  ['funnel', 'F5mYb3Wd', {}],
  ['funnel', 'F5mYb3Wd', { interval: 'DAY' }],
  ['retention', 'R7gHv2Nk', { interval: 'DAY' }],
  ['retention', 'R7gHv2Nk', { interval: 'WEEK' }],
  ['retention', 'r0PzA6Le', { interval: 'DAY' }],
  ['retention', 'r0PzA6Le', { interval: 'MONTH' }],
];

describe('both versions of GrowingIO', () => {
  it.each(QUESTIONS)('answer %s of %s alike: %j', async (field, chart, more) => {
    const ask = async (source: string): Promise<object> => {
      const named =
        field === 'metrics' ? { select: [{ source, metric: { chart } }], seriesLimit: 1000 } : { source, chart };
      const { answer } = await server.query<{ answer: object }>(OPERATIONS[field], {
        query: { ...named, ...PERIOD, ...more },
      });
      return answer;
    };
    const [today, older] = await Promise.all([ask('today'), ask('older')]);
    expect(older).toEqual(today);
    expect(JSON.stringify(today).length).toBeGreaterThan(500);
  });

  it('stand beside each other in one answer', async () => {
    const select = ['today', 'older'].map((source) => ({ source, metric: { chart: 'Bn5xT0aV' } }));
    const operation = `query ($query: MetricsQuery!) { metrics(query: $query) {
      series { source { key } total points { value } } problems { code } freshness { completeness }
    } }`;
    interface Report {
      readonly series: readonly { readonly source: { readonly key: string }; readonly total: number }[];
    }
    const { metrics } = await server.query<{ metrics: Report }>(operation, { query: { select, ...PERIOD } });
    const [one, other] = metrics.series;
    expect(metrics).toMatchObject({ problems: [], freshness: { completeness: 'COMPLETE' } });
    expect(new Set(metrics.series.map(({ source }) => source.key))).toEqual(new Set(['today', 'older']));
    expect({ ...one, source: null }).toEqual({ ...other, source: null });
  });
});
