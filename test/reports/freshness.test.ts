import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { json } from '../http/local-server.ts';
import { startCountedServer } from '../server/counted-provider.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';

const FRESHNESS = 'freshness { asOf fromCache isSettled completeness }';

interface Report {
  readonly metrics: {
    readonly series: readonly { readonly values: (number | null)[] }[];
    readonly freshness: Readonly<Record<'asOf' | 'completeness', string> & Record<'isSettled' | 'fromCache', boolean>>;
  };
}

describe('freshness of metrics', () => {
  let server: ServerUnderTest;

  beforeAll(async () => {
    server = await startServerUnderTest();
  });
  afterAll(() => server.close());

  const ask = async (period: string, more = '') => {
    const { metrics } = await server.query<Report>(`{ metrics(query: {
      select: [{ source: "sandbox-openpanel", metric: { event: { name: "sign_up" } } }], period: { ${period} } ${more}
    }) { series { values } ${FRESHNESS} } }`);
    return metrics;
  };

  it('is complete and settled for days gone by', async () => {
    const { freshness } = await ask('preset: LAST_7_DAYS');
    expect(freshness).toMatchObject({ fromCache: false, isSettled: true, completeness: 'COMPLETE' });
    expect(freshness.asOf).toMatch(/^2026-06-16T12:/);
  });

  it.each(['preset: TODAY', 'preset: THIS_WEEK', 'dates: { from: "2026-06-01", to: "2026-06-16" }'])(
    'is not settled while the period runs: %s',
    async (period) => {
      expect((await ask(period)).freshness).toMatchObject({ isSettled: false, completeness: 'COMPLETE' });
    },
  );

  it.each([
    [1, 'TRUNCATED'],
    [14, 'TRUNCATED'],
    [15, 'COMPLETE'],
    [100, 'COMPLETE'],
  ])('of %i of 15 countries is %s', async (seriesLimit, completeness) => {
    const { series, freshness } = await ask(
      'preset: LAST_7_DAYS',
      `breakdown: ["country"] seriesLimit: ${seriesLimit}`,
    );
    expect(series).toHaveLength(Math.min(seriesLimit, 15));
    expect(freshness.completeness).toBe(completeness);
  });

  it('is truncated where any selection is', async () => {
    const select = ['sign_up', 'billing_issue']
      .map((name) => `{ source: "sandbox-openpanel", metric: { event: { name: "${name}" } } }`)
      .join();
    const { metrics } = await server.query<Report>(`{ metrics(query: {
      select: [${select}], period: { preset: YESTERDAY }, breakdown: ["country"], seriesLimit: 12
    }) { series { values } ${FRESHNESS} } }`);
    expect(metrics.series.length).toBeLessThan(24);
    expect(metrics.freshness.completeness).toBe('TRUNCATED');
  });
});

describe('buckets to come', () => {
  it('hold nothing, whatever the provider fills them with', async () => {
    const data = Array.from({ length: 24 }, (_, hour) => ({
      date: `2026-06-16 ${String(hour).padStart(2, '0')}:00:00`,
      count: hour <= 12 ? hour : 0,
    }));
    const series = [{ names: ['*'], event: { id: 'A', name: '*' }, metrics: { sum: 78, count: 1 }, data }];
    const server = await startCountedServer({ charts: json({ series }) }, { now: '2026-06-16T12:34:56Z' });
    const { metrics } = await server.query<Report>(`{ metrics(query: {
      select: [{ source: "app", metric: { key: "events" } }], period: { preset: TODAY }, interval: HOUR
    }) { series { values } ${FRESHNESS} } }`);
    const known = Array.from({ length: 13 }, (_, hour) => hour);
    expect(metrics.series).toEqual([{ values: [...known, ...new Array<null>(11).fill(null)] }]);
    expect(metrics.freshness.isSettled).toBe(false);
  });

  it('begin with the bucket after the running one', async () => {
    const server = await startCountedServer({}, { now: '2026-06-16T00:00:00.500Z' });
    const { metrics } = await server.query<Report>(`{ metrics(query: {
      select: [{ source: "app", metric: { key: "events" } }], period: { preset: TODAY }, interval: DAY
    }) { series { values } ${FRESHNESS} } }`);
    expect(metrics.series).toEqual([{ values: [1] }]);
  });
});
