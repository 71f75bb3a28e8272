import { describe, expect, it } from 'vitest';
import { startCountedServer, type CountedServer } from '../server/counted-provider.ts';

const count = (name: string, more = '') => `{ source: "app", metric: { event: { name: "${name}" ${more} } } }`;
const metric = (key: string) => `{ source: "app", metric: { key: "${key}" } }`;
const ask = (selections: string, more = '', period = 'preset: LAST_7_DAYS') =>
  `metrics(query: { select: [${selections}], period: { ${period} } ${more} }) { series { name total values } }`;

const WEEK = { total: 7, values: [1, 1, 1, 1, 1, 1, 1] };

/** How many series each chart of the provider was asked for. */
function seriesOfCharts(server: CountedServer): number[] {
  return server
    .asked('charts')
    .map(({ searchParams }) => (JSON.parse(searchParams.get('events') ?? '[]') as unknown[]).length);
}

describe('one operation', () => {
  it('asks once for two equal selections', async () => {
    const server = await startCountedServer();
    const data = await server.query(`{ ${ask(count('sign_up') + count('sign_up'))} }`);
    expect(data).toEqual({
      metrics: {
        series: [
          { name: 'sign_up', ...WEEK },
          { name: 'sign_up', ...WEEK },
        ],
      },
    });
    expect(seriesOfCharts(server)).toEqual([1]);
    expect(server.asked('names')).toHaveLength(1);
  });

  it('asks once for selections that differ in what is counted', async () => {
    const server = await startCountedServer();
    const selections = count('sign_up') + count('purchase') + metric('events') + count('sign_up', 'measure: SESSIONS');
    const { metrics } = await server.query<{ metrics: { series: { name: string }[] } }>(`{ ${ask(selections)} }`);
    expect(metrics.series.map(({ name }) => name)).toEqual(['sign_up', 'purchase', 'events', 'sign_up sessions']);
    expect(seriesOfCharts(server)).toEqual([4]);
    expect(server.asked('names')).toHaveLength(1);
  });

  it('asks once for equal fields under different names', async () => {
    const server = await startCountedServer();
    const field = ask(count('sign_up'));
    const named = ask(`{ source: "app", as: "joined", metric: { event: { name: "sign_up" } } }`);
    const data = await server.query(`{ a: ${field} b: ${field} c: ${named} }`);
    const series = [{ name: 'sign_up', ...WEEK }];
    expect(data).toEqual({ a: { series }, b: { series }, c: { series: [{ name: 'joined', ...WEEK }] } });
    expect(seriesOfCharts(server)).toEqual([1]);
  });

  it('asks once for fields about the same days', async () => {
    const server = await startCountedServer();
    // Until the names are known, fields about events wait for them, and the others do not wait with them.
    await server.query('{ dataSource(key: "app") { catalog { events } } }');
    await server.query(`{
      a: ${ask(count('sign_up'))}
      b: ${ask(metric('events') + count('purchase'))}
      c: ${ask(metric('events'), '', 'dates: { from: "2026-06-09", to: "2026-06-15" }')}
      d: ${ask(metric('sessions'), 'seriesLimit: 5')}
    }`);
    expect(seriesOfCharts(server)).toEqual([4]);
  });

  it('asks apart for other days, intervals and breakdowns', async () => {
    const server = await startCountedServer();
    await server.query(`{
      a: ${ask(metric('events'))}
      b: ${ask(metric('events'), '', 'preset: YESTERDAY')}
      c: ${ask(metric('events'), 'interval: HOUR')}
      d: ${ask(metric('events'), 'breakdown: ["country"]')}
    }`);
    expect(seriesOfCharts(server)).toEqual([1, 1, 1, 1]);
  });

  it('asks for the names of events once', async () => {
    const server = await startCountedServer();
    await server.query(`{
      ${ask(count('sign_up') + count('purchase'))}
      funnel(query: {
        source: "app", period: { preset: TODAY }, steps: [{ event: "sign_up" }, { event: "purchase" }]
      }) { conversionRate }
      events(query: { source: "app", period: { preset: TODAY }, names: ["purchase"] }) { totalCount }
      dataSource(key: "app") { catalog { events } }
    }`);
    expect(server.asked('names')).toHaveLength(1);
  });

  it('asks for nothing where the question is wrong', async () => {
    const server = await startCountedServer();
    const { errors } = await server.ask(`{
      a: ${ask(metric('event'))}
      b: ${ask(count('sign_up'), 'seriesLimit: 0')}
      c: ${ask(count('sign_up'), 'interval: YEAR')}
      d: ${ask(count('sign_up') + metric('nothing'), 'breakdown: ["nowhere"]')}
    }`);
    expect(errors).toHaveLength(4);
    expect(server.asked('names')).toEqual([]);
    expect(server.asked('charts')).toEqual([]);
  });

  it('asks once for a report as fields, table and CSV', async () => {
    const server = await startCountedServer();
    const { metrics } = await server.query<{ metrics: { csv: string; table: { rowCount: number } } }>(`{
      metrics(query: { select: [${metric('events')}], period: { preset: LAST_7_DAYS } }) {
        series { values timestamps points { at } } table { rowCount rows } csv wide: csv(options: { layout: WIDE })
      }
    }`);
    expect(metrics.table.rowCount).toBe(7);
    expect(server.asked('charts')).toHaveLength(1);
  });
});

describe('several operations at once', () => {
  it('share what they ask of the provider', async () => {
    const server = await startCountedServer();
    const operations = Array.from({ length: 10 }, () => server.query(`{ ${ask(count('sign_up'))} }`));
    const answers = await Promise.all(operations);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(server.asked('charts').length).toBeLessThan(10);
  });
});
