import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dates, type AskedSeries } from './metrics-question.ts';
import { startServerUnderTest, type ServerUnderTest } from './running-server.ts';

/** The server whose sandbox holds the emulated Adapty; it asks nothing itself. */
let host: ServerUnderTest;
/** The server with two apps at that emulator, and one whose key is wrong. */
let server: ServerUnderTest;

beforeAll(async () => {
  host = await startServerUnderTest();
  const app = host.sandbox?.dataSources.find(({ provider }) => provider === 'adapty');
  const dataSources = [
    { ...app, key: 'app', name: 'App' },
    { ...app, key: 'twin', name: 'The same app again' },
    { ...app, key: 'locked', name: 'An app with a wrong key', secretKey: 'secret_live_wrong' },
  ];
  server = await startServerUnderTest({ config: JSON.stringify({ dataSources }) });
});
afterAll(async () => {
  await server.close();
  await host.close();
});

interface Report {
  readonly series: readonly (AskedSeries & { readonly source: { readonly key: string } })[];
  readonly problems: readonly {
    readonly code: string;
    readonly isRetryable: boolean;
    readonly source: { readonly key: string } | null;
  }[];
  readonly freshness: { readonly completeness: string; readonly isSettled: boolean };
  readonly csv: string;
}

const OPERATION = `query ($query: MetricsQuery!) {
  metrics(query: $query) {
    series { name unit total previousTotal source { key } dimensions { dimension value } points { at date value previous } }
    problems { code isRetryable source { key } }
    freshness { completeness isSettled }
    csv
  }
}`;

const [FROM, TO] = ['2026-06-01', '2026-06-07'];

async function ask(select: readonly object[], interval = 'DAY'): Promise<Report> {
  const query = { select, interval, period: dates(FROM, TO) };
  return (await server.query<{ metrics: Report }>(OPERATION, { query })).metrics;
}

const of = (source: string, key: string): object => ({ source, metric: { key }, as: `${key} of ${source}` });
const sumOf = ({ points }: AskedSeries): number => points.reduce((sum, { value }) => sum + (value ?? NaN), 0);

describe('two apps at Adapty in one question', () => {
  it('are both answered, each on its own', async () => {
    const { series, problems, freshness } = await ask([of('app', 'revenue'), of('twin', 'revenue')]);
    expect(series.map(({ name, source }) => [name, source.key])).toEqual([
      ['revenue of app', 'app'],
      ['revenue of twin', 'twin'],
    ]);
    expect(problems).toEqual([]);
    expect(freshness).toEqual({ completeness: 'COMPLETE', isSettled: true });
    const [app, twin] = series;
    expect(app?.points).toEqual(twin?.points);
    expect(app?.total).toBe(twin?.total);
    expect(app?.total).toBeGreaterThan(100);
  });

  it('are never one number, not even as a total', async () => {
    const { series, csv } = await ask([of('app', 'installs'), of('twin', 'installs')], 'TOTAL');
    const installs = host.world().users.filter(({ installedAtMs }) => {
      return installedAtMs >= Date.parse(FROM) && installedAtMs < Date.parse('2026-06-08');
    }).length;
    expect(series.map(({ total }) => total)).toEqual([installs, installs]);
    expect(csv.trim().split('\r\n')).toEqual([
      'source,metric,value,unit,currency',
      `app,installs of app,${installs},COUNT,`,
      `twin,installs of twin,${installs},COUNT,`,
    ]);
  });

  it('total only what may be added up', async () => {
    const keys = ['revenue', 'subscriptions_active', 'arpu'];
    const { series, freshness } = await ask(keys.map((key) => of('app', key)));
    const [revenue, active, arpu] = series;
    expect(revenue?.total).toBeCloseTo(revenue ? sumOf(revenue) : NaN, 6);
    // How many are active is how many there are at the end, and an average of the week is no sum of days.
    expect(active?.total).toBe(active?.points.at(-1)?.value);
    expect(active?.total).toBeLessThan((active ? sumOf(active) : NaN) / 6);
    expect(arpu?.total).toBeLessThan((arpu ? sumOf(arpu) : NaN) / 6);
    // Active subscriptions of the past change with refunds, so neither is the whole report settled.
    expect(freshness.isSettled).toBe(false);
  });

  it('of which one fails leave the other answered', async () => {
    const { series, problems, freshness } = await ask([of('locked', 'revenue'), of('app', 'revenue')]);
    expect(series.map(({ source }) => source.key)).toEqual(['app']);
    expect(problems).toEqual([{ code: 'PROVIDER_AUTH_FAILED', isRetryable: false, source: { key: 'locked' } }]);
    expect(freshness.completeness).toBe('PARTIAL');
  });

  it('name no secret where a key is wrong', async () => {
    const asked = { query: { select: [of('locked', 'revenue')], period: dates(FROM, TO) } };
    const { data, errors } = await server.ask(OPERATION, asked);
    expect(data).toEqual({ metrics: null });
    expect(errors?.map(({ extensions, path }) => [extensions.code, extensions.source, path])).toEqual([
      ['PROVIDER_AUTH_FAILED', 'locked', ['metrics']],
    ]);
    expect(JSON.stringify(errors)).not.toContain('secret_live');
    expect(server.logged.join('')).not.toContain('secret_live');
  });

  it('share the allowance of their one key', async () => {
    await ask([of('twin', 'revenue')]);
    const operation = '{ dataSources { key allowance { limit window remaining } } }';
    const { dataSources } = await server.query<{ dataSources: { key: string; allowance: object[] }[] }>(operation);
    const [app, twin, locked] = dataSources.map(({ allowance }) => allowance);
    expect(app).toEqual([{ limit: 2, window: 'PT1S', remaining: expect.any(Number) }]);
    expect(app).toEqual(twin);
    expect(app).not.toMatchObject([{ remaining: 2 }]);
    expect(locked).toMatchObject([{ limit: 2, window: 'PT1S' }]);
  });
});
